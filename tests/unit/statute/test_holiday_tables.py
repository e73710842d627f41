"""Check the yearly holiday tables and where the long holidays lie."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.statute.holiday_tables import (
    LongHoliday,
    holiday_tables,
    long_holidays,
    published_holidays,
    unpublished_sentence,
    unpublished_years,
)

#: Days off as the notices state them, written out a second time: each holiday's number of days.
STATED = {
    2024: [1, 8, 3, 5, 1, 3, 7],
    2025: [1, 8, 3, 5, 3, 8],
    2026: [3, 9, 3, 5, 3, 3, 7],
}


def test_tables_are_those_of_the_published_notices() -> None:
    assert {year: [len(list(period.days())) for period in table.periods] for year, table in holiday_tables().items()} == STATED


def test_every_table_names_its_notice_and_how_sure_it_is() -> None:
    for year, table in holiday_tables().items():
        assert f"{year}年部分节假日安排" in table.title.zh
        assert table.issued_on.year == year - 1
        assert table.source == f"S-HOL{year % 100}"
        assert table.confidence == "found"


def test_holidays_of_a_table_lie_in_their_year_and_do_not_overlap() -> None:
    for year, table in holiday_tables().items():
        assert all(before.last < after.first for before, after in pairwise(table.periods))
        assert {period.first.year for period in table.periods} == {period.last.year for period in table.periods} == {year}


def test_worked_days_are_weekends_outside_every_holiday() -> None:
    days_off = {day for table in holiday_tables().values() for period in table.periods for day in period.days()}
    worked = [day for table in holiday_tables().values() for day in table.workdays]
    assert worked
    assert all(day.weekday() >= 5 and day not in days_off for day in worked)


def test_calendar_moves_the_last_day_over_the_spring_festival() -> None:
    holidays = published_holidays()
    assert holidays.years == {2024, 2025, 2026}
    assert holidays.is_rest_day(date(2026, 2, 23))
    assert not holidays.is_rest_day(date(2026, 2, 14))
    assert not holidays.is_rest_day(date(2026, 2, 24))


def test_a_year_without_a_table_says_so() -> None:
    assert unpublished_years([2027, 2026, 2028, 2027], published_holidays()) == (2027, 2028)
    assert "2027 年放假安排未公布" in unpublished_sentence(2027).zh
    assert "2027" in unpublished_sentence(2027).en


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [
        (date(2026, 2, 1), date(2026, 2, 14), []),
        (date(2026, 2, 1), date(2026, 2, 15), [LongHoliday.SPRING_FESTIVAL]),
        (date(2026, 2, 23), date(2026, 2, 25), [LongHoliday.SPRING_FESTIVAL]),
        (date(2026, 2, 24), date(2026, 3, 1), []),
        (date(2026, 9, 20), date(2026, 10, 1), [LongHoliday.NATIONAL_DAY]),
        (date(2026, 10, 8), date(2026, 10, 20), []),
        (date(2025, 10, 8), date(2025, 10, 9), [LongHoliday.NATIONAL_DAY]),
        (date(2026, 5, 1), date(2026, 5, 5), []),
        (date(2026, 12, 20), date(2027, 2, 10), [LongHoliday.SPRING_FESTIVAL]),
        (date(2026, 2, 20), date(2027, 10, 1), [*LongHoliday, *LongHoliday]),
    ],
)
def test_window_touches_a_long_holiday_from_its_first_to_its_last_day(first: date, last: date, touched: list[str]) -> None:
    assert [period.key for period in long_holidays(first, last)] == touched


def test_long_holidays_of_an_unpublished_year_are_expected_from_the_lunar_new_year() -> None:
    spring, national = long_holidays(date(2027, 1, 1), date(2027, 12, 31))
    assert (spring.first, spring.last) == (date(2027, 2, 5), date(2027, 2, 12))
    assert (national.first, national.last) == (date(2027, 10, 1), date(2027, 10, 7))
    assert not spring.is_published
    assert not national.is_published


def test_lunar_new_years_are_new_moons_between_21_january_and_20_february() -> None:
    """Two of them lie twelve or thirteen lunar months apart: 354 to 355 or 383 to 385 days."""
    years = range(2027, 2051)
    new_years = [
        period.first + timedelta(days=1) for year in years for period in long_holidays(date(year, 1, 1), date(year, 3, 1))
    ]
    assert [day.year for day in new_years] == list(years)
    assert all(date(day.year, 1, 21) <= day <= date(day.year, 2, 20) for day in new_years)
    assert {(after - before).days for before, after in pairwise(new_years)} <= {353, 354, 355, 383, 384, 385}


def test_expected_days_agree_with_the_published_ones_on_the_lunar_new_year() -> None:
    """The published holiday of each year holds the day that the expectation is counted from."""
    lunar = {2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17)}
    for year, new_year in lunar.items():
        (period,) = long_holidays(date(year, 1, 1), date(year, 3, 1))
        assert period.is_published
        assert period.first <= new_year <= period.last
