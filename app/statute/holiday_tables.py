"""Own the yearly holiday tables and the warning that a vote touches one of the two long holidays.

Tables: ``holidays/<year>.toml``, one for each year whose notice the State Council has published, with source and confidence.
Nothing is guessed into a table: in a year without one no last day moves; only the warning knows where 春节 and 国庆
will lie.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from app.statute.calendar import Holidays, days_after, days_before, window_end, windows_overlap
from app.statute.languages import Bilingual


class LongHoliday(StrEnum):
    """Name the two holidays over which many owners are away."""

    SPRING_FESTIVAL = "spring_festival"
    NATIONAL_DAY = "national_day"


@dataclass(frozen=True, slots=True)
class HolidayPeriod:
    """Hold one holiday of a year, first and last day included."""

    #: A ``LongHoliday``, or the name of a shorter one.
    key: str
    name: Bilingual
    first: date
    last: date
    #: False where the year's table is not published and the days are only expected.
    is_published: bool = True

    def days(self) -> Iterator[date]:
        """Yield every day of it."""
        return (days_after(self.first, i) for i in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """Hold the published days off of one year."""

    year: int
    #: Notice that published it.
    title: Bilingual
    issued_on: date
    source: str
    #: One of found, corroborated, known.
    confidence: str
    periods: tuple[HolidayPeriod, ...]
    workdays: tuple[date, ...]


@cache
def holiday_tables() -> Mapping[int, HolidayTable]:
    """Return the published tables by year."""
    folder = resources.files("app.statute").joinpath("holidays")
    names = (entry.name for entry in folder.iterdir())
    years = sorted(int(name.removesuffix(".toml")) for name in names if name.removesuffix(".toml").isdigit())
    return MappingProxyType({year: _read_table(_read(f"{year}.toml")) for year in years})


@cache
def published_holidays() -> Holidays:
    """Return the days off and weekends worked of every year that has a table."""
    tables = holiday_tables().values()
    return Holidays.of(
        (day for table in tables for period in table.periods for day in period.days()),
        (day for table in tables for day in table.workdays),
    )


def unpublished_years(years: Iterable[int], holidays: Holidays) -> tuple[int, ...]:
    """Return those years, in order, for which a calendar has no table."""
    return tuple(sorted(set(years) - holidays.years))


def unpublished_sentence(year: int) -> Bilingual:
    """Say that a year has no table and what follows from it."""
    return Bilingual(
        f"{year} 年放假安排未公布：期限的最后一天遇休息日暂不顺延，按较早的日期算。",
        f"The holidays of {year} are not published: a last day on a rest day does not move yet; the earlier date holds.",
    )


def long_holidays(first: date, last: date) -> tuple[HolidayPeriod, ...]:
    """Return the 春节 and 国庆 that a window from ``first`` to ``last`` touches, in order of time.

    Published days where the year has a table, else the days expected. 春节 is known until the last lunar year of the data.
    """
    near = range(first.year, last.year + 1)
    found = [period for year in near for period in _long_holidays_of(year)]
    return tuple(period for period in found if windows_overlap((first, last), (period.first, period.last)))


def _long_holidays_of(year: int) -> tuple[HolidayPeriod, ...]:
    table = holiday_tables().get(year)
    if table is None:
        return tuple(_expected(year))
    return tuple(period for period in table.periods if period.key in set(LongHoliday))


def _expected(year: int) -> Iterator[HolidayPeriod]:
    data = _expectations()
    spring, national = data[LongHoliday.SPRING_FESTIVAL], data[LongHoliday.NATIONAL_DAY]
    for new_year in data["lunar_new_year"]["days"]:
        if new_year.year == year:
            first = days_before(new_year, spring["days_before"])
            last = window_end(first, spring["days"])
            yield HolidayPeriod(LongHoliday.SPRING_FESTIVAL, Bilingual(*spring["name"]), first, last, is_published=False)
    first = date(year, national["month"], national["day"])
    last = window_end(first, national["days"])
    yield HolidayPeriod(LongHoliday.NATIONAL_DAY, Bilingual(*national["name"]), first, last, is_published=False)


@cache
def _expectations() -> dict[str, Any]:
    return _read("expected.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("app.statute").joinpath("holidays", name).read_text(encoding="utf-8"))


def _read_table(document: Mapping[str, Any]) -> HolidayTable:
    periods = tuple(
        HolidayPeriod(entry["key"], Bilingual(*entry["name"]), entry["first"], entry["last"]) for entry in document["holidays"]
    )
    workdays = tuple(sorted(day for entry in document["holidays"] for day in entry["workdays"]))
    return HolidayTable(
        document["year"],
        Bilingual(*document["title"]),
        document["issued_on"],
        document["source"],
        document["confidence"],
        periods,
        workdays,
    )
