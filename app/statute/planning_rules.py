"""Own which rules a plan breaks and how to mend it; source of the rules: ``timeline``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.statute.calendar import days_before, window_days
from app.statute.planning_texts import WayOut, conflict
from app.statute.planning_types import Conflict, ConflictCode, Severity, Situation
from app.statute.timeline import soonest_certification
from app.statute.timeline_steps import Step, StepKey, StepProblem, TimelineKind

#: In a renewal these are late because the whole vote is, which is said once.
_LATE_WITH_THE_TERM = frozenset({StepKey.NOTICE, StepKey.VOTING_OPENS, StepKey.CERTIFIED, StepKey.HANDOVER})


def find_broken_rules(situation: Situation) -> Iterator[Conflict]:
    """Yield what breaks a rule, and an ended term first of all."""
    term = list(_term(situation))
    yield from term
    limit_said = False
    for step in situation.steps.values():
        if step.problem is None:
            continue
        if term and step.problem is StepProblem.TOO_LATE and step.key in _LATE_WITH_THE_TERM:
            continue
        if _misses_first_meeting(step):
            if not limit_said:
                yield _first_meeting(situation)
            limit_said = True
        else:
            yield _broken(step, situation)


def _term(situation: Situation) -> Iterator[Conflict]:
    """Yield that the term is over, or that it will be over before the result can be certified."""
    request, term_end = situation.request, situation.request.term_end
    if term_end is None or StepKey.CERTIFIED in situation.done:
        return
    is_renewal = request.kind is TimelineKind.RENEWAL
    if term_end < situation.today:
        way = WayOut.COMMUNITY_RENEWS if is_renewal else WayOut.RENEW_FIRST
        yield conflict(ConflictCode.TERM_END_PAST, Severity.WARNING, None, [way], {"term_end": term_end})
        return
    opening, certified = situation.steps[StepKey.VOTING_OPENS], situation.steps[StepKey.CERTIFIED].earliest
    if not is_renewal or opening.latest is None or certified is None:
        return
    still_open = StepKey.VOTING_OPENS not in situation.done
    if still_open:
        certified = max(certified, soonest_certification(situation.soonest_opening, request))
    if certified <= term_end:
        return
    shorter = _shorter_window(situation, term_end) if still_open else None
    way = WayOut.COMMUNITY_RENEWS_SOON if shorter is None else WayOut.SHORTEN_WINDOW
    if still_open and situation.soonest_opening <= opening.latest:
        way = WayOut.OPEN_EARLIER if StepKey.NOTICE in situation.done else WayOut.ANNOUNCE_EARLIER
    values = {
        "shorter": shorter,
        "soonest_opening": situation.soonest_opening,
        "certified": certified,
        "term_end": term_end,
        "opens_by": opening.latest,
        "notice_by": days_before(opening.latest, request.notice_gap),
        "fewest": request.pack.number("voting_window_days_min"),
    }
    yield conflict(ConflictCode.CERTIFIED_AFTER_TERM, Severity.BROKEN, StepKey.CERTIFIED, [way], values)


def _shorter_window(situation: Situation, term_end: date) -> int | None:
    """Return the longest window, shorter than the chosen one, with which the term can still be met."""
    request = situation.request
    for days in range(request.window - 1, request.pack.number("voting_window_days_min") - 1, -1):
        if soonest_certification(situation.soonest_opening, replace(request, voting_days=days)) <= term_end:
            return days
    return None


def _misses_first_meeting(step: Step) -> bool:
    late = step.problem is StepProblem.TOO_LATE
    return late and step.kind is TimelineKind.FIRST_ELECTION and step.key in {StepKey.NOTICE, StepKey.VOTING_OPENS}


def _first_meeting(situation: Situation) -> Conflict:
    """Say once that notice and opening are too late for the first meeting."""
    opening, request = situation.steps[StepKey.VOTING_OPENS], situation.request
    limit = request.pack.number("group_prepare_days")
    values = {"limit_days": limit, "planned": opening.planned, "latest": opening.latest}
    way = WayOut.DO_AND_EXPLAIN
    still_open = StepKey.VOTING_OPENS not in situation.done
    if still_open and opening.latest is not None and situation.soonest_opening <= opening.latest:
        way = WayOut.MOVE_EARLIER
    return conflict(ConflictCode.OPENS_AFTER_LIMIT, Severity.BROKEN, StepKey.VOTING_OPENS, [way], values)


def _broken(step: Step, situation: Situation) -> Conflict:
    if step.problem in {StepProblem.VOTING_TOO_SHORT, StepProblem.VOTING_TOO_LONG}:
        return _window(step, situation)
    if step.key is StepKey.VOTING_OPENS and step.problem is StepProblem.TOO_EARLY:
        return _short_notice(step, situation)
    early = step.problem is StepProblem.TOO_EARLY
    values = {"title": step.title, "planned": step.planned, "earliest": step.earliest, "latest": step.latest}
    if step.key in situation.done:
        code = ConflictCode.DONE_TOO_EARLY if early else ConflictCode.DONE_TOO_LATE
        way = WayOut.STREET_DECIDES if early else WayOut.EXPLAIN
    elif early:
        code, way = ConflictCode.STEP_TOO_EARLY, WayOut.MOVE_LATER
    elif not step.is_fixed:
        code, way = ConflictCode.STEP_IMPOSSIBLE, WayOut.MOVE_OTHERS
    else:
        over = step.latest is not None and step.latest < situation.today
        code, way = ConflictCode.STEP_TOO_LATE, WayOut.DO_AND_EXPLAIN if over else WayOut.MOVE_EARLIER
    return conflict(code, Severity.BROKEN, step.key, [way], values)


def _window(step: Step, situation: Situation) -> Conflict:
    pack, opens = situation.request.pack, situation.steps[StepKey.VOTING_OPENS].planned
    values = {
        "days": window_days(opens, step.planned) if opens and step.planned else situation.request.window,
        "fewest": pack.number("voting_window_days_min"),
        "most": pack.number("voting_window_days_max"),
    }
    short = step.problem is StepProblem.VOTING_TOO_SHORT
    code = ConflictCode.VOTING_TOO_SHORT if short else ConflictCode.VOTING_TOO_LONG
    way = WayOut.STREET_DECIDES if step.key in situation.done else WayOut.CHOOSE_DAYS
    return conflict(code, Severity.BROKEN, step.key, [way], values)


def _short_notice(step: Step, situation: Situation) -> Conflict:
    """Say how many whole days lie between notice and opening; the day of the notice is none of them."""
    notice = situation.steps[StepKey.NOTICE].planned
    values = {
        "days": max(0, window_days(notice, step.planned) - 2) if notice and step.planned else 0,
        "needed": situation.request.pack.number("notice_days_clear"),
        "earliest": step.earliest,
    }
    way = WayOut.ANNOUNCE_AGAIN if step.key in situation.done else WayOut.OPEN_LATER
    return conflict(ConflictCode.NOTICE_SHORT, Severity.BROKEN, step.key, [way], values)
