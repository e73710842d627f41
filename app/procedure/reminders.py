"""Own which reminders are due on a day: before the end of a term, before a step's last day, and when it is over. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.access.roles import Role
from app.committee.types import TermRow
from app.procedure.plan import Plan, PlanStep
from app.procedure.progress import AUTOMATIC
from app.statute.calendar import days_after, days_before, months_before
from app.statute.rule_pack import RulePack

#: Names of the two reminders before a term's end, with the rules that date them.
TERM_REMINDERS = {"alarm": "renewal_alarm_months", "report": "renewal_report_months"}
#: Names of the reminders before a step's last day, with the days before it; a proposal of the software.
BEFORE_DUE = {"week": 7, "day": 1}
OVERDUE = "overdue"

_TOLD_OF_TERM = (Role.COMMUNITY_OPERATOR, Role.STREET_OPERATOR, Role.COMMITTEE_MEMBER)
_COMMITTEE_ACTORS = frozenset({"committee", "new_committee", "both", "member"})


@dataclass(frozen=True, slots=True)
class Due:
    """Hold one reminder that should be shown."""

    #: Unique in the complex; names the day it is about, so that a moved date is reminded of anew.
    key: str
    #: ``alarm`` or ``report`` for a term; ``week``, ``day`` or ``overdue`` for a step.
    name: str
    due_on: date
    role: Role
    step: str = ""
    term_id: int | None = None
    procedure_id: int | None = None


def term_reminders(term: TermRow, today: date, pack: RulePack) -> Iterator[Due]:
    """Yield the reminders of a term's end that are due; an earlier one is left out once a later one is due, and after it."""
    due = [
        (name, on) for name, rule in TERM_REMINDERS.items() if (on := months_before(term.ends_on, pack.number(rule))) <= today
    ]
    if not due:
        return
    name, on = due[-1]
    for role in _TOLD_OF_TERM:
        yield Due(f"t:{term.id}:{name}:{term.ends_on}:{role}", name, on, role, term_id=term.id)


def step_reminders(plan: Plan) -> Iterator[Due]:
    """Yield the reminders of a running procedure's open steps that are due; the latest of a step alone."""
    procedure = plan.dossier.procedure
    for step in plan.open_steps:
        if step.due_on is None or (step.key in AUTOMATIC and step.spine.actor == "system"):
            continue
        name, on = _latest(step, step.due_on, plan.today)
        if not name:
            continue
        for role in _told(step, name):
            key = f"p:{procedure.id}:{step.key}:{name}:{step.due_on}:{role}"
            yield Due(key, name, on, role, step=step.key, procedure_id=procedure.id)


def _latest(step: PlanStep, due_on: date, today: date) -> tuple[str, date]:
    if step.is_late or due_on < today:
        return OVERDUE, days_after(due_on, 1)
    found = [(name, on) for name, days in BEFORE_DUE.items() if (on := days_before(due_on, days)) <= today]
    return found[-1] if found else ("", due_on)


def _told(step: PlanStep, name: str) -> tuple[Role, ...]:
    """Return who is told: those who work on the step, the committee where it acts, the street of what is over."""
    roles = [Role.STREET_OPERATOR if step.spine.actor == "street" else Role.COMMUNITY_OPERATOR]
    if step.spine.actor in _COMMITTEE_ACTORS:
        roles.append(Role.COMMITTEE_MEMBER)
    if name == OVERDUE and Role.STREET_OPERATOR not in roles:
        roles.append(Role.STREET_OPERATOR)
    return tuple(roles)
