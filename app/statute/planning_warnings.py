"""Own what a plan may do and will regret: the long holidays, a close at noon, overlapping votes, chosen days gone by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from app.statute.calendar import days_after, days_before, window_days, windows_overlap
from app.statute.holiday_tables import HolidayPeriod, LongHoliday, long_holidays, unpublished_years
from app.statute.languages import Bilingual
from app.statute.planning_texts import WayOut, conflict
from app.statute.planning_types import Conflict, ConflictCode, Severity, Situation
from app.statute.timeline_steps import StepKey
from app.values import CHINA, require_aware

#: Between these times of a working day those who work are neither at home nor free; a proposal of the software.
_NOON_FROM, _NOON_UNTIL = time(11), time(14)
_SATURDAY = 5

_HOLIDAY_CODES = {
    LongHoliday.SPRING_FESTIVAL: ConflictCode.TOUCHES_SPRING_FESTIVAL,
    LongHoliday.NATIONAL_DAY: ConflictCode.TOUCHES_NATIONAL_DAY,
}


def find_warnings(situation: Situation) -> Iterator[Conflict]:
    """Yield warnings, then notes."""
    window = situation.window
    if window is not None:
        for period in long_holidays(*window):
            yield _holiday(period, window, situation)
        yield from _overlaps(window, situation)
    yield from _noon(situation)
    yield from _past_choices(situation)
    yield from _unpublished(situation)


def _holiday(period: HolidayPeriod, window: tuple[date, date], situation: Situation) -> Conflict:
    """Offer the days after the holiday and those before it, as far as they are still possible."""
    opening = situation.steps[StepKey.VOTING_OPENS]
    after, before = days_after(period.last, 1), days_before(period.first, 1)
    opens_before = days_before(before, window_days(*window) - 1)
    ways = []
    if StepKey.VOTING_OPENS not in situation.done:
        if opening.latest is None or after <= opening.latest:
            ways.append(WayOut.OPEN_AFTER_HOLIDAY)
        if situation.soonest_opening <= opens_before:
            ways.append(WayOut.CLOSE_BEFORE_HOLIDAY)
    values = {
        "opens": window[0],
        "closes": window[1],
        "name": period.name,
        "first": period.first,
        "last": period.last,
        "expected": Bilingual("", "") if period.is_published else Bilingual("，放假安排未公布", ", not yet published"),
        "after": after,
        "before": before,
        "opens_before": opens_before,
    }
    code = _HOLIDAY_CODES[LongHoliday(period.key)]
    return conflict(code, Severity.WARNING, StepKey.VOTING_OPENS, ways or [WayOut.REMIND_MORE], values)


def _overlaps(window: tuple[date, date], situation: Situation) -> Iterator[Conflict]:
    for other in situation.other_votes:
        if not windows_overlap(window, (other.opens, other.closes)):
            continue
        values = {
            "opens": window[0],
            "closes": window[1],
            "other": other.title,
            "first": other.opens,
            "last": other.closes,
            "after": days_after(other.closes, 1),
        }
        yield conflict(ConflictCode.WINDOWS_OVERLAP, Severity.WARNING, StepKey.VOTING_OPENS, [WayOut.AFTER_THE_OTHER], values)


def _noon(situation: Situation) -> Iterator[Conflict]:
    if situation.closes_at is None or StepKey.VOTING_CLOSES in situation.done:
        return
    closes = require_aware(situation.closes_at).astimezone(CHINA)
    day, holidays = closes.date(), situation.request.holidays
    rests = holidays.is_rest_day(day) if day.year in holidays.years else day.weekday() >= _SATURDAY
    if rests or not _NOON_FROM <= closes.time() < _NOON_UNTIL:
        return
    values = {"closes": day, "time": f"{closes:%H:%M}"}
    yield conflict(ConflictCode.CLOSES_AT_NOON, Severity.WARNING, StepKey.VOTING_CLOSES, [WayOut.CLOSE_AT_MIDNIGHT], values)


def _past_choices(situation: Situation) -> Iterator[Conflict]:
    for step in situation.steps.values():
        is_choice = step.is_fixed and step.problem is None and step.key not in situation.done
        chosen = step.planned if is_choice else None
        if chosen is not None and chosen < situation.today:
            values = {"title": step.title, "planned": chosen, "today": situation.today}
            yield conflict(ConflictCode.PLANNED_IN_PAST, Severity.WARNING, step.key, [WayOut.RECORD_OR_MOVE], values)


def _unpublished(situation: Situation) -> Iterator[Conflict]:
    """Note the years without a table in which open steps lie."""
    open_steps = [step for step in situation.steps.values() if step.key not in situation.done]
    years = {day.year for step in open_steps for day in (step.earliest, step.latest, step.planned) if day is not None}
    for year in unpublished_years(years, situation.request.holidays):
        yield conflict(ConflictCode.HOLIDAYS_UNPUBLISHED, Severity.NOTE, None, [WayOut.WAIT_FOR_TABLE], {"year": year})
