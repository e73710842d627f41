"""Own how one step after another is laid out: its date from the anchors before it, its rules, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.errors import Malformed
from app.statute.calendar import NO_HOLIDAYS, Holidays, days_after, days_before, last_day, window_days, window_end
from app.statute.policies import Policies
from app.statute.rule_pack import Rule, RulePack, load_rule_pack
from app.statute.timeline_steps import Step, StepKey, StepProblem, TimelineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """Hold what a plan is made from."""

    kind: TimelineKind
    #: Last day of the committee's term; required for a renewal.
    term_end: date | None = None
    #: Dates chosen or of steps really done; a step that the plan does not have is not read.
    dates: Mapping[StepKey, date] = field(default_factory=dict)
    #: Days of the voting window, both ends counted; None takes the pack's default.
    voting_days: int | None = None
    #: Days for objections to the tally; None takes the pack's default.
    objection_days: int | None = None
    #: Whether a decision ends the property company's contract.
    dismissal: bool = False
    holidays: Holidays = NO_HOLIDAYS
    pack: RulePack = field(default_factory=load_rule_pack)
    policies: Policies = field(default_factory=Policies)

    @property
    def window(self) -> int:
        """Return the days of the voting window."""
        return self.pack.number("voting_window_days_default") if self.voting_days is None else self.voting_days

    @property
    def objections(self) -> int:
        """Return the days for objections to the tally."""
        return self.pack.number("objection_days") if self.objection_days is None else self.objection_days

    @property
    def notice_gap(self) -> int:
        """Return how many days after the notice voting may open: the clear days and, by P-NOTICECLR ``d16``, one more."""
        return self.pack.number("notice_days_clear") + (1 if self.policies["P-NOTICECLR"] == "d16" else 0)

    def require_term_end(self) -> date:
        """Return the last day of the term; raises Malformed ``term_end_missing``."""
        if self.term_end is None:
            raise Malformed("term_end_missing", where="term_end")
        return self.term_end


class Draft:
    """Collect the steps of one plan; every step returns the date from which the next ones count."""

    def __init__(self, request: PlanRequest) -> None:
        """Begin without steps."""
        self.request = request
        self.steps: list[Step] = []

    def add(
        self,
        key: StepKey,
        *rules: str,
        earliest: date | None = None,
        latest: date | None = None,
        after: StepKey | None = None,
        is_judged: bool = True,
    ) -> date | None:
        """Add a step and return its planned date: fixed, else the earliest, else the latest.

        ``rules`` are keys of the pack; without ``is_judged`` the step keeps its dates and is never wrong itself.
        """
        fixed = self.request.dates.get(key)
        planned = fixed or earliest or latest
        problem = None
        if planned is not None and is_judged:
            if earliest is not None and planned < earliest:
                problem = StepProblem.TOO_EARLY
            elif latest is not None and planned > latest:
                problem = StepProblem.TOO_LATE
        self._append(key, rules, earliest, latest, planned, after, problem)
        return planned

    def add_window_end(self, opens: date | None) -> date | None:
        """Add the last day of voting; a window that is too short or too long is wrong even before it has dates."""
        pack = self.request.pack
        fewest, most = pack.number("voting_window_days_min"), pack.number("voting_window_days_max")
        fixed = self.request.dates.get(StepKey.VOTING_CLOSES)
        days = self.request.window if fixed is None or opens is None else window_days(opens, fixed)
        problem = None
        if days < fewest:
            problem = StepProblem.VOTING_TOO_SHORT
        elif days > most:
            problem = StepProblem.VOTING_TOO_LONG
        rules = ("voting_window_days_min", "voting_window_days_max")
        if opens is None:
            self._append(StepKey.VOTING_CLOSES, rules, None, None, fixed, StepKey.VOTING_OPENS, problem)
            return fixed
        closes = fixed or window_end(opens, days)
        between = window_end(opens, fewest), window_end(opens, most)
        self._append(StepKey.VOTING_CLOSES, rules, *between, closes, StepKey.VOTING_OPENS, problem)
        return closes

    def within(self, start: date | None, rule: str) -> date | None:
        """Return the last day for doing something within a rule's days; on a rest day it moves forward."""
        if start is None:
            return None
        return last_day(start, self.request.pack.number(rule), self.request.holidays)

    def _append(
        self,
        key: StepKey,
        rules: tuple[str, ...],
        earliest: date | None,
        latest: date | None,
        planned: date | None,
        after: StepKey | None,
        problem: StepProblem | None,
    ) -> None:
        step = Step(
            key=key,
            kind=self.request.kind,
            earliest=earliest,
            latest=latest,
            planned=planned,
            is_fixed=key in self.request.dates,
            rules=tuple(self._rule(name) for name in rules),
            after=after,
            problem=problem,
        )
        self.steps.append(step)

    def _rule(self, name: str) -> Rule:
        return self.request.pack.rules[name]


def after(start: date | None, days: int) -> date | None:
    """Return the day so many days after one that may be unknown."""
    return None if start is None else days_after(start, days)


def before(end: date | None, days: int) -> date | None:
    """Return the day so many days before one that may be unknown."""
    return None if end is None else days_before(end, days)
