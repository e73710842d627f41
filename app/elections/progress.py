"""Own how far an election is, as steps for a page and as the one thing to do next. Pure; the words are in ``sentences``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.elections.ceremony import REHEARSAL, due_round
from app.elections.rules import is_open, is_over
from app.elections.types import ElectionRow, ElectionState, TrusteeRow


class Step(StrEnum):
    """Name the steps of an election in their order."""

    DRAFT = "draft"
    ANNOUNCEMENT = "announcement"
    KEYS = "keys"
    REHEARSAL = "rehearsal"
    OPENING = "opening"
    VOTING = "voting"
    DECRYPTION = "decryption"
    RESULT = "result"


class Doing(StrEnum):
    """Name what is to be done next."""

    FINISH_DRAFT = "finish_draft"
    AWAIT_KEYS = "await_keys"
    AWAIT_REHEARSAL = "await_rehearsal"
    OPEN = "open"
    AWAIT_START = "await_start"
    WATCH = "watch"
    AWAIT_DECRYPTION = "await_decryption"
    GIVE_KEY = "give_key"
    GIVE_REHEARSAL = "give_rehearsal"
    DECRYPT = "decrypt"


#: What goes on by itself: no deadline of it can be missed.
_RUNNING = frozenset({Doing.AWAIT_START, Doing.WATCH})
_WAITING = _RUNNING | {Doing.AWAIT_KEYS, Doing.AWAIT_REHEARSAL}


@dataclass(frozen=True, slots=True)
class StepState:
    """Hold one step: ``done``, ``now`` or ``next``, and when it was or will be done."""

    step: Step
    state: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """Hold one thing to do, with its deadline and who is awaited."""

    election: ElectionRow
    doing: Doing
    due_at: datetime
    awaited: tuple[str, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Say whether others have to act, so that no button is the thing to press now."""
        return self.doing in _WAITING

    def urgency(self, now: datetime) -> str:
        """Return how the task is marked: ``late``, ``wait`` within two days, or nothing."""
        if self.doing in _RUNNING:
            return ""
        if now >= self.due_at:
            return "late"
        return "wait" if self.due_at - now < timedelta(days=2) else ""


def steps_of(election: ElectionRow, now: datetime) -> list[StepState]:
    """Return every step with its state; the first that is not done is now."""
    due = due_round(election.trustees) if election.trustees else 1
    done = {
        Step.DRAFT: election.is_public,
        Step.ANNOUNCEMENT: election.is_public,
        Step.KEYS: due > 3,
        Step.REHEARSAL: due > REHEARSAL,
        Step.OPENING: election.opened_at is not None,
        Step.VOTING: is_over(election, now),
        Step.DECRYPTION: election.state is ElectionState.PUBLISHED,
        Step.RESULT: election.state is ElectionState.PUBLISHED,
    }
    times = {
        Step.DRAFT: election.created_at,
        Step.ANNOUNCEMENT: election.announced_at,
        Step.OPENING: election.opened_at,
        Step.VOTING: election.closes_at,
        Step.RESULT: election.published_at,
    }
    first = next((step for step in Step if not done[step]), None)
    running = election.state is not ElectionState.WITHDRAWN
    return [
        StepState(step, "done" if done[step] else "now" if step is first and running else "next", times.get(step))
        for step in Step
    ]


def operator_task(election: ElectionRow, now: datetime) -> Task | None:
    """Return what the operator has to do or to wait for next; None when nothing is left."""
    if election.state is ElectionState.DRAFT:
        return Task(election, Doing.FINISH_DRAFT, election.opens_at)
    if election.state is ElectionState.ANNOUNCED:
        return _task_before_opening(election)
    if election.state is ElectionState.OPEN and now < election.opens_at:
        return Task(election, Doing.AWAIT_START, election.opens_at)
    if is_open(election, now):
        return Task(election, Doing.WATCH, election.closes_at)
    if election.state in (ElectionState.OPEN, ElectionState.CLOSED):
        return Task(election, Doing.AWAIT_DECRYPTION, election.closes_at + timedelta(days=1))
    return None


def trustee_task(election: ElectionRow, trustee: TrusteeRow, now: datetime) -> Task | None:
    """Return what a trustee has to do next; None while others are awaited or nothing is left."""
    due = due_round(election.trustees)
    if election.state is ElectionState.ANNOUNCED and trustee.rounds_done < due <= REHEARSAL:
        doing = Doing.GIVE_REHEARSAL if due == REHEARSAL else Doing.GIVE_KEY
        return Task(election, doing, election.opens_at)
    if is_over(election, now) and election.state is not ElectionState.PUBLISHED:
        return Task(election, Doing.DECRYPT, election.closes_at + timedelta(days=1))
    return None


def by_deadline(tasks: Iterable[Task | None]) -> list[Task]:
    """Sort tasks by their deadline, leaving out what there is none of."""
    return sorted((task for task in tasks if task is not None), key=lambda task: task.due_at)


def _task_before_opening(election: ElectionRow) -> Task:
    due = due_round(election.trustees)
    if due > REHEARSAL:
        return Task(election, Doing.OPEN, election.opens_at)
    awaited = tuple(trustee.organisation for trustee in election.trustees if trustee.rounds_done < due)
    doing = Doing.AWAIT_REHEARSAL if due == REHEARSAL else Doing.AWAIT_KEYS
    return Task(election, doing, election.opens_at, awaited)
