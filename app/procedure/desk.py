"""Own what is to be done in a complex: open steps of procedures, tasks of votes, a term that ends; sorted by the time left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.access.actor import Actor
from app.access.permissions import Permission as P
from app.committee.types import TermRow
from app.procedure.plan import Plan, PlanStep
from app.procedure.progress import AUTOMATIC
from app.procedure.types import ProcedureKind
from app.statute.calendar import days_before, months_before
from app.statute.rule_pack import RulePack
from app.values.clock import CHINA, china_day

#: Automatic steps that still wait for somebody's act.
_ACTED = frozenset({"notice", "trustees", "preliminary", "certified"})
#: Steps of the vote: once there is one, its own tasks say what is to be done.
_OF_THE_VOTE = frozenset({"trustees", "voting_opens", "voting_closes", "preliminary"})
_WEEK = timedelta(days=7)


class Urgency(StrEnum):
    """Name when something has to be done; the groups of the page in their order."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StepTask:
    """Hold a step of a procedure that waits for the present person or those he looks after."""

    plan: Plan
    step: PlanStep

    @property
    def due_at(self) -> datetime | None:
        """Return the end of its last day; None where it has none."""
        return end_of(self.step.due_on) if self.step.due_on is not None else None


@dataclass(frozen=True, slots=True)
class TermTask:
    """Hold that a term ends and its renewal has not begun."""

    term: TermRow
    #: Last day on which the committee reports the renewal.
    report_by: date

    @property
    def due_at(self) -> datetime:
        """Return the end of that day."""
        return end_of(self.report_by)


def end_of(day: date) -> datetime:
    """Return the first instant after a day in China."""
    return datetime.combine(day, time(), CHINA) + timedelta(days=1)


def step_tasks(plans: Iterable[Plan], who: Actor) -> list[StepTask]:
    """Return the open steps that somebody has to act on; only those who manage procedures have any."""
    if not who.may(P.PROCEDURE_MANAGE):
        return []
    return [StepTask(plan, step) for plan in plans for step in plan.open_steps if _waits_for_somebody(plan, step)]


def term_task(term: TermRow | None, plans: Sequence[Plan], today: date, pack: RulePack) -> TermTask | None:
    """Return that the renewal should begin: from the alarm before the term's end on, until one runs."""
    if term is None or any(plan.dossier.procedure.kind is ProcedureKind.RENEWAL for plan in plans):
        return None
    if today < months_before(term.ends_on, pack.number("renewal_alarm_months")):
        return None
    return TermTask(term, months_before(term.ends_on, pack.number("renewal_report_months")))


def urgency_of(due_at: datetime | None, at: datetime) -> Urgency:
    """Return the group of the page that something due at an instant belongs to."""
    if due_at is None:
        return Urgency.LATER
    if due_at <= at:
        return Urgency.LATE
    if due_at <= end_of(china_day(at)):
        return Urgency.TODAY
    return Urgency.WEEK if due_at - at <= _WEEK else Urgency.LATER


def coming_dates(plans: Iterable[Plan], limit: int = 6) -> list[tuple[date, Plan, PlanStep]]:
    """Return the next dates of the law in the complex, the nearest first."""
    found = [
        (step.due_on, plan, step)
        for plan in plans
        for step in plan.steps
        if not step.is_done and step.law is not None and step.due_on is not None and step.due_on > days_before(plan.today, 1)
    ]
    return sorted(found, key=lambda each: each[0])[:limit]


def _waits_for_somebody(plan: Plan, step: PlanStep) -> bool:
    if step.key in _OF_THE_VOTE and plan.dossier.election is not None:
        return False
    return step.key not in AUTOMATIC or step.key in _ACTED
