"""Own where a procedure stands on a day: what is done, what is to do now, what is overdue, and what its plan runs into.

Pure: the day is passed in. Dates come from ``timeline``, conflicts from ``planning_rules`` and ``planning_warnings``. A caller
holds dates that were chosen and days on which steps were really done; what was done counts before what was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from app.statute.planning_rules import find_broken_rules
from app.statute.planning_types import Conflict, Severity, Situation, VotingWindow
from app.statute.planning_warnings import find_warnings
from app.statute.timeline import plan
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import Step, StepKey


class StepState(StrEnum):
    """Name where a step stands on a day."""

    DONE = "done"
    #: Not done, and the last day the law gives is over.
    OVERDUE = "overdue"
    #: Not done, and it can be done: the first open step, and every step whose anchor is done and whose time has come.
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """Hold one step with its state on a day."""

    step: Step
    state: StepState
    #: The day it was really done; None while it is open.
    done_on: date | None
    #: The day to keep: the chosen one, else the last the law allows, else the planned one; None where nothing is known.
    due_on: date | None
    #: Days from today to ``due_on``, negative when it is over; None for a step that is done or has no day.
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold where a procedure stands on a day."""

    steps: tuple[PlannedStep, ...]
    #: What the plan runs into, broken rules first.
    conflicts: tuple[Conflict, ...]

    @property
    def current(self) -> PlannedStep | None:
        """Return the first step that is overdue or can be done now; None before the beginning and after the end."""
        return next((row for row in self.steps if row.state in {StepState.OVERDUE, StepState.NOW}), None)

    @property
    def breaks_a_rule(self) -> bool:
        """Say whether the plan breaks a rule, warnings and notes apart."""
        return any(conflict.severity is Severity.BROKEN for conflict in self.conflicts)

    def of(self, key: StepKey) -> PlannedStep | None:
        """Return one step; None where the plan does not have it."""
        return next((row for row in self.steps if row.step.key is key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningInput:
    """Hold what is known of a procedure on a day."""

    #: Kind, end of the term, chosen dates and days, holidays, rule pack and policies.
    request: PlanRequest
    today: date
    #: Days on which steps were really done. A day after today fixes the step and does not make it done.
    facts: Mapping[StepKey, date] = field(default_factory=dict)
    #: Aware moment at which voting is to close, for the warning about noon; None where it is not set.
    closes_at: datetime | None = None
    #: Other votes of the same complex.
    other_votes: Sequence[VotingWindow] = ()


def assess(given: PlanningInput) -> Standing:
    """Return the states of all steps and everything the plan runs into; raises Malformed as ``timeline.plan``."""
    chosen = given.request.dates
    request = replace(given.request, dates={**chosen, **given.facts})
    steps = plan(request)
    done = {step.key: day for step in steps if (day := _done_on(step, given)) is not None}
    situation = Situation(
        request=request,
        today=given.today,
        steps={step.key: step for step in steps},
        done=done,
        closes_at=given.closes_at,
        other_votes=tuple(given.other_votes),
    )
    weights = list(Severity)
    found = sorted(
        (*find_broken_rules(situation), *find_warnings(situation)),
        key=lambda conflict: weights.index(conflict.severity),
    )
    return Standing(_states(steps, done, given.today), tuple(found))


def _done_on(step: Step, given: PlanningInput) -> date | None:
    """Return when a step was done; the alarm is the system's own and is done when its day has come."""
    day = step.planned if step.key is StepKey.ALARM else given.facts.get(step.key)
    return day if day is not None and day <= given.today else None


def _states(steps: Sequence[Step], done: Mapping[StepKey, date], today: date) -> tuple[PlannedStep, ...]:
    first_open = next((step.key for step in steps if step.key not in done), None)
    rows = []
    for step in steps:
        done_on, due_on = done.get(step.key), _due_on(step)
        if done_on is not None:
            rows.append(PlannedStep(step, StepState.DONE, done_on, due_on, None))
            continue
        if step.latest is not None and step.latest < today:
            state = StepState.OVERDUE
        elif step.key is not StepKey.ALARM and (step.key is first_open or _may_begin(step, done, today)):
            state = StepState.NOW
        else:
            state = StepState.NEXT
        rows.append(PlannedStep(step, state, None, due_on, None if due_on is None else (due_on - today).days))
    return tuple(rows)


def _may_begin(step: Step, done: Mapping[StepKey, date], today: date) -> bool:
    return step.after in done and (step.earliest is None or step.earliest <= today)


#: Steps that happen on their planned day; the law's last day is only a limit for the plan.
_HAPPEN_AS_PLANNED = frozenset({StepKey.VOTING_OPENS, StepKey.VOTING_CLOSES, StepKey.OBJECTIONS_CLOSE})


def _due_on(step: Step) -> date | None:
    if step.is_fixed or step.key in _HAPPEN_AS_PLANNED:
        return step.planned
    return step.latest or step.planned
