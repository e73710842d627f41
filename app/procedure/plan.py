"""Own the plan of a procedure: every step of its spine with state, dates, days left, rule, actor, blockers and proof.

Pure. Dates and conflicts are those of ``app.statute.planning``; a step the law does not date is due by the next dated one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.procedure.blocking import Blocker
from app.procedure.progress import Done, done_steps, last_day_of, standing_vote
from app.procedure.rules import blockers_of, passed_at, warnings_of
from app.procedure.spine import SpineStep, spine_of
from app.procedure.types import Dossier, OrderRow
from app.statute.calendar import window_days
from app.statute.holiday_tables import published_holidays
from app.statute.planning import PlannedStep, PlanningInput, Standing, assess
from app.statute.planning import StepState as Dated
from app.statute.planning_types import Conflict, VotingWindow
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import NEVER_CHOSEN, StepKey, TimelineKind
from app.values.clock import CHINA, china_day

#: Steps that need not wait for each other.
PARALLEL = (
    frozenset({"member_handover", "vacancy_filing", "roll", "drafts", "candidates", "reply"}),
    frozenset({"decision_posted", "first_meeting", "filing", "seals", "handover", "member_handover"}),
)
_KEYS = frozenset(str(key) for key in StepKey)


class StepState(StrEnum):
    """Name where a step stands."""

    DONE = "done"
    #: It can be done now.
    NOW = "now"
    #: Its last day is over.
    LATE = "late"
    #: Others come first.
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """Hold one step as its pages show it."""

    spine: SpineStep
    state: StepState
    #: What the law says of its dates; None for a step it does not date.
    law: PlannedStep | None
    #: How it was done; None before.
    done: Done | None
    #: Day to keep; None where nothing is known yet.
    due_on: date | None
    #: Days until ``due_on``, negative when it is over; None for a step that is done or has no such day.
    days_left: int | None
    #: Whether everything that comes before it is done and the procedure goes on, so that it can be worked on.
    is_open: bool
    #: What keeps it from being done.
    blockers: tuple[Blocker, ...] = ()
    warnings: tuple[Blocker, ...] = ()
    #: What the street let pass, each with its order.
    passed: tuple[tuple[Blocker, OrderRow], ...] = ()
    #: What its dates run into.
    conflicts: tuple[Conflict, ...] = ()

    @property
    def key(self) -> str:
        """Return its key."""
        return self.spine.key

    @property
    def is_done(self) -> bool:
        """Say whether it is done."""
        return self.done is not None

    @property
    def is_late(self) -> bool:
        """Say whether its last day is over and it is not done."""
        return self.state is StepState.LATE

    @property
    def earliest(self) -> date | None:
        """Return the first day on which it may be done; None where the law sets none."""
        return self.law.step.earliest if self.law is not None else None

    @property
    def shown_on(self) -> date | None:
        """Return the day shown beside it: when it was done, else the day to keep."""
        return self.done.on if self.done is not None else self.due_on

    @property
    def is_by(self) -> bool:
        """Say whether the day is a last day and not the day itself."""
        if self.is_done or self.law is None:
            return not self.is_done
        return not self.law.step.is_fixed and self.law.step.latest == self.due_on and self.law.step.earliest != self.due_on

    @property
    def may_choose(self) -> bool:
        """Say whether its date is chosen: the law dates it, it has not happened, and it does not follow from others."""
        return self.law is not None and self.law.step.key not in NEVER_CHOSEN and not self.is_done


@dataclass(frozen=True)
class Plan:
    """Hold the plan of a procedure at one instant."""

    dossier: Dossier
    at: datetime
    #: What the dates were computed from.
    given: PlanningInput
    standing: Standing
    steps: tuple[PlanStep, ...]

    @property
    def today(self) -> date:
        """Return the day of the plan."""
        return self.given.today

    @property
    def current(self) -> PlanStep | None:
        """Return the step to do first; None when all are done."""
        return next(iter(self.open_steps), None)

    @property
    def open_steps(self) -> tuple[PlanStep, ...]:
        """Return the steps that are not done and can be worked on now."""
        return tuple(step for step in self.steps if step.is_open and not step.is_done)

    @property
    def late(self) -> tuple[PlanStep, ...]:
        """Return the steps whose last day is over."""
        return tuple(step for step in self.steps if step.is_late)

    @property
    def is_complete(self) -> bool:
        """Say whether every step is done."""
        return all(step.is_done for step in self.steps)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what the plan as a whole runs into, or a step that has no place in the spine."""
        places = {step.key for step in self.steps}
        return tuple(each for each in self.standing.conflicts if each.step is None or str(each.step) not in places)

    def step(self, key: str) -> PlanStep | None:
        """Return a step by its key; None where the procedure has none of it."""
        return next((step for step in self.steps if step.key == key), None)

    def date_of(self, key: str) -> date | None:
        """Return the day a dated step is planned for, also one without a place in the spine."""
        row = self.standing.of(StepKey(key)) if key in _KEYS else None
        return None if row is None else row.step.planned


def plan_of(dossier: Dossier, at: datetime) -> Plan:
    """Return the plan of a procedure at an instant."""
    done = done_steps(dossier, at)
    given = planning_input(dossier, done, at)
    standing = assess(given)
    spine = spine_of(dossier.procedure.kind)
    law = {str(row.step.key): row for row in standing.steps}
    steps = tuple(_step(dossier, spine, place, law, done, standing, given.today) for place in range(len(spine)))
    return Plan(dossier, at, given, standing, steps)


def planning_input(dossier: Dossier, done: Mapping[str, Done], at: datetime) -> PlanningInput:
    """Return what the dates are computed from: what happened, the vote's window, what was chosen."""
    procedure, vote = dossier.procedure, standing_vote(dossier)
    chosen = {StepKey(key): on for key, on in dossier.planned.items() if key in _KEYS}
    voting_days = dossier.days.get("voting_days")
    if vote is not None:
        opens, closes = china_day(vote.opens_at), last_day_of(vote.closes_at)
        chosen |= {StepKey.VOTING_OPENS: opens, StepKey.VOTING_CLOSES: closes}
        voting_days = max(window_days(opens, closes), 1)
    request = PlanRequest(
        kind=TimelineKind(procedure.kind.timeline),
        term_end=procedure.term_ends_on,
        dates=chosen,
        voting_days=voting_days,
        objection_days=dossier.days.get("objection_days"),
        holidays=published_holidays(),
        pack=dossier.pack,
        policies=dossier.policies,
    )
    happened = {StepKey(key): entry.on for key, entry in done.items() if entry.on is not None and key in _KEYS}
    happened.pop(StepKey.ALARM, None)
    return PlanningInput(
        request=request,
        today=china_day(at),
        facts=happened,
        closes_at=None if vote is None else vote.closes_at.astimezone(CHINA),
        other_votes=[VotingWindow(each.title, each.first_on, each.last_on) for each in dossier.other_votes],
    )


def runs_beside(one: str, other: str) -> bool:
    """Say whether two steps need not wait for each other."""
    return any(one in group and other in group for group in PARALLEL)


def _step(
    dossier: Dossier,
    spine: Sequence[SpineStep],
    place: int,
    law: Mapping[str, PlannedStep],
    done: Mapping[str, Done],
    standing: Standing,
    today: date,
) -> PlanStep:
    step = spine[place]
    dated, finished = law.get(step.key), done.get(step.key)
    due_on, runs = _due_on(spine, place, law), dossier.procedure.is_running
    is_open = runs and all(before.key in done or runs_beside(before.key, step.key) for before in spine[:place])
    if finished is not None:
        state = StepState.DONE
    elif runs and _is_over(dated, due_on, today):
        state = StepState.LATE
    else:
        state = StepState.NOW if is_open else StepState.NEXT
    return PlanStep(
        spine=step,
        state=state,
        law=dated,
        done=finished,
        due_on=due_on,
        days_left=None if finished is not None or due_on is None or not runs else (due_on - today).days,
        is_open=is_open,
        blockers=() if finished is not None or not runs else blockers_of(dossier, step.key, today),
        warnings=() if finished is not None or not runs else warnings_of(dossier, step.key, today),
        passed=passed_at(dossier, step.key, today),
        conflicts=tuple(each for each in standing.conflicts if each.step == step.key),
    )


def _is_over(dated: PlannedStep | None, due_on: date | None, today: date) -> bool:
    if dated is not None:
        return dated.state is Dated.OVERDUE
    return due_on is not None and due_on < today


def _due_on(spine: Sequence[SpineStep], place: int, law: Mapping[str, PlannedStep]) -> date | None:
    """Return the last day of a step; one the law does not date is due by the next step that has a day."""
    own = law.get(spine[place].key)
    if own is not None:
        return own.due_on
    following = (law.get(step.key) for step in spine[place + 1 :])
    return next((row.due_on for row in following if row is not None and row.due_on is not None), None)
