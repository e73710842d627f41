"""Own the overview of the street and the district: every covered complex with its procedure at a glance, what is over first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.access.permissions import Permission as P
from app.access.roles import permissions_of
from app.committee.queries import current_term
from app.committee.types import TermRow
from app.db.session import read_in_tenant
from app.identity.queries import grants_of, roles_here
from app.procedure.desk import term_task
from app.procedure.plan import Plan, PlanStep, plan_of
from app.procedure.queries import running_dossiers
from app.procedure.stages import STAGES, Stage, stages_of
from app.statute.calendar import months_before
from app.statute.rule_pack import load_rule_pack
from app.tenancy.queries import all_complexes
from app.tenancy.types import ComplexRow
from app.values.clock import china_day


class Group(StrEnum):
    """Name the groups of the overview in their order."""

    LATE = "late"
    VOTING = "voting"
    RESULT = "result"
    PREPARING = "preparing"
    #: No procedure runs, and the term ends soon.
    ENDING = "ending"
    #: No procedure runs.
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one complex, or one of its procedures where several run."""

    place: ComplexRow
    group: Group
    #: Empty where no procedure runs.
    stages: tuple[Stage, ...]
    plan: Plan | None
    #: The step that waits, or is over.
    step: PlanStep | None
    term: TermRow | None
    #: Days until what waits, negative when it is over; None where nothing does.
    days_left: int | None


def covered_lines(account_id: int, at: datetime) -> list[Line]:
    """Return the lines of every complex in which the account may read procedures, what is over first, then the least time."""
    grants = grants_of(account_id)
    lines: list[Line] = []
    for place in all_complexes():
        if P.PROCEDURE_READ in permissions_of(roles_here(grants, place)):
            lines += read_in_tenant(place.id, lambda place=place: _lines(place, at))  # type: ignore[misc]
    order = list(Group)
    return sorted(lines, key=lambda line: (order.index(line.group), line.days_left is None, line.days_left or 0))


def grouped(lines: Iterable[Line]) -> list[tuple[Group, list[Line]]]:
    """Return the lines by group, groups without any left out."""
    rows = list(lines)
    return [(group, found) for group in Group if (found := [line for line in rows if line.group is group])]


def _lines(place: ComplexRow, at: datetime) -> list[Line]:
    plans = [plan_of(dossier, at) for dossier in running_dossiers()]
    term = current_term(china_day(at))
    lines = [_running(place, plan, term) for plan in plans]
    ending = term_task(term, plans, china_day(at), load_rule_pack())
    if ending is not None:
        left = (ending.report_by - china_day(at)).days
        if ending.term.ends_on < china_day(at):
            left = (ending.term.ends_on - china_day(at)).days
        group = Group.LATE if left < 0 else Group.ENDING
        lines.append(Line(place, group, _resting(left), None, None, term, left))
    return lines or [Line(place, Group.RESTING, (), None, None, term, None)]


def _running(place: ComplexRow, plan: Plan, term: TermRow | None) -> Line:
    late = min(plan.late, key=lambda step: step.due_on or date.max, default=None)
    step = late or plan.current
    return Line(place, _group_of(plan), stages_of(plan), plan, step, term, None if step is None else step.days_left)


def _group_of(plan: Plan) -> Group:
    if plan.late:
        return Group.LATE
    done = {step.key for step in plan.steps if step.is_done}
    if "preliminary" in done:
        return Group.RESULT
    return Group.VOTING if "notice" in done else Group.PREPARING


def _resting(left: int) -> tuple[Stage, ...]:
    """Return the stages of a renewal that has not begun."""
    first = Stage("report", "late" if left < 0 else "now")
    return (first, *(Stage(key, "next") for key in list(STAGES)[1:]))


def ends_soon(term: TermRow | None, today: date) -> bool:
    """Say whether a term ends within the months of the alarm, or is over."""
    return term is not None and today >= months_before(term.ends_on, load_rule_pack().number("renewal_alarm_months"))
