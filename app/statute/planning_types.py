"""Own the words of a plan's conflicts and the situation they are found in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.statute.calendar import days_after
from app.statute.languages import Bilingual
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import Step, StepKey


class Severity(StrEnum):
    """Name how much a conflict weighs, the heaviest first."""

    #: A rule is broken.
    BROKEN = "broken"
    #: Allowed, and likely to be regretted.
    WARNING = "warning"
    #: Good to know.
    NOTE = "note"


class ConflictCode(StrEnum):
    """Name what a plan runs into."""

    CERTIFIED_AFTER_TERM = "certified_after_term"
    NOTICE_SHORT = "notice_short"
    OPENS_AFTER_LIMIT = "opens_after_limit"
    VOTING_TOO_SHORT = "voting_too_short"
    VOTING_TOO_LONG = "voting_too_long"
    STEP_TOO_EARLY = "step_too_early"
    STEP_TOO_LATE = "step_too_late"
    STEP_IMPOSSIBLE = "step_impossible"
    DONE_TOO_EARLY = "done_too_early"
    DONE_TOO_LATE = "done_too_late"
    TERM_END_PAST = "term_end_past"
    TOUCHES_SPRING_FESTIVAL = "touches_spring_festival"
    TOUCHES_NATIONAL_DAY = "touches_national_day"
    CLOSES_AT_NOON = "closes_at_noon"
    WINDOWS_OVERLAP = "windows_overlap"
    PLANNED_IN_PAST = "planned_in_past"
    HOLIDAYS_UNPUBLISHED = "holidays_unpublished"


@dataclass(frozen=True, slots=True)
class VotingWindow:
    """Hold the first and last day of another vote and its title."""

    title: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold one thing a plan runs into, said in both languages, with what to do about it."""

    code: ConflictCode
    severity: Severity
    #: The step where it shows; None where it concerns the whole plan.
    step: StepKey | None
    sentence: Bilingual
    way_out: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Hold a plan with everything the conflicts are found by."""

    request: PlanRequest
    today: date
    steps: Mapping[StepKey, Step]
    #: Steps that are done, with their day.
    done: Mapping[StepKey, date]
    closes_at: datetime | None
    other_votes: tuple[VotingWindow, ...]

    @property
    def window(self) -> tuple[date, date] | None:
        """Return first and last day of voting; None while they are unknown, reversed, or over."""
        opens, closes = self.steps[StepKey.VOTING_OPENS].planned, self.steps[StepKey.VOTING_CLOSES].planned
        if opens is None or closes is None or closes < opens or StepKey.VOTING_CLOSES in self.done:
            return None
        return opens, closes

    @property
    def soonest_opening(self) -> date:
        """Return the first day on which voting can still open: counted from the notice that was given, or from one today."""
        notice = self.done.get(StepKey.NOTICE, self.today)
        return max(days_after(notice, self.request.notice_gap), self.today)
