"""Own the counting of days and months, and the rest days that move a last day.

Source: Civil Code 201 (the first day is not counted), 202 (months), 203 (rest days), 204; app/statute/LAW.md 6.
Every function works on dates alone; what today is, the caller knows.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.errors import Malformed

_MONTHS_A_YEAR = 12
_SATURDAY = 5


@dataclass(frozen=True)
class Holidays:
    """Hold the days off and the weekends worked, of those years for which there is a table."""

    days_off: frozenset[date] = frozenset()
    #: Saturdays and Sundays that are worked.
    workdays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, days_off: Iterable[date] = (), workdays: Iterable[date] = ()) -> Holidays:
        """Collect days off and weekends worked."""
        return cls(frozenset(days_off), frozenset(workdays))

    @cached_property
    def years(self) -> frozenset[int]:
        """Return the years that have a table: those with at least one day off."""
        return frozenset(day.year for day in self.days_off)

    def is_rest_day(self, day: date) -> bool:
        """Say whether a last day moves on from here: a day off or a free weekend, in a year that has a table."""
        if day.year not in self.years:
            return False
        return day in self.days_off or (day.weekday() >= _SATURDAY and day not in self.workdays)

    def __or__(self, other: Holidays) -> Holidays:
        return Holidays(self.days_off | other.days_off, self.workdays | other.workdays)

    def without_years(self, years: Iterable[int]) -> Holidays:
        """Leave out the tables of some years."""
        left_out = frozenset(years)
        return Holidays.of(
            (day for day in self.days_off if day.year not in left_out),
            (day for day in self.workdays if day.year not in left_out),
        )


#: No table for any year: no last day moves.
NO_HOLIDAYS = Holidays()


def days_after(start: date, days: int) -> date:
    """Return the last of so many days, the day of the start not counted; raises Malformed ``date_out_of_range``."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise Malformed("date_out_of_range", got=f"{start} + {days}") from None


def days_before(end: date, days: int) -> date:
    """Return the day so many days before another, which is not counted; raises Malformed ``date_out_of_range``."""
    return days_after(end, -days)


def months_after(start: date, months: int) -> date:
    """Return the corresponding day, or the last day of a month that has none (Civil Code 202).

    Raises Malformed ``date_out_of_range``.
    """
    year, month = divmod(start.year * _MONTHS_A_YEAR + start.month - 1 + months, _MONTHS_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        raise Malformed("date_out_of_range", got=f"{start} + {months} months")
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def months_before(end: date, months: int) -> date:
    """Return the corresponding day of an earlier month; dates counted backwards never move for a holiday."""
    return months_after(end, -months)


def next_working_day(day: date, holidays: Holidays) -> date:
    """Return the day itself, or the first day after it that is not a rest day."""
    while holidays.is_rest_day(day):
        day = days_after(day, 1)
    return day


def last_day(start: date, days: int, holidays: Holidays) -> date:
    """Return the last day for doing something within so many days; on a rest day it moves forward (Civil Code 203)."""
    return next_working_day(days_after(start, days), holidays)


def window_end(opens: date, days: int) -> date:
    """Return the last day of a window that counts both of its ends: 15 days from 22 May end on 5 June."""
    return days_after(opens, days - 1)


def window_days(opens: date, closes: date) -> int:
    """Return how many days a window has, both ends counted; zero or less when it is reversed."""
    return (closes - opens).days + 1


def windows_overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Say whether two windows, given by first and last day, have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]
