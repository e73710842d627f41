"""Check day counting: Civil Code 201 to 204."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.errors import Malformed
from app.statute.calendar import (
    NO_HOLIDAYS,
    Holidays,
    days_after,
    days_before,
    last_day,
    months_after,
    months_before,
    window_days,
    window_end,
    windows_overlap,
)

#: An invented table: the first days of May 2027 are off, Sunday 25 April is worked.
MAY = Holidays.of([date(2027, 5, day) for day in range(1, 6)], [date(2027, 4, 25)])


def test_first_day_is_not_counted() -> None:
    assert days_after(date(2027, 3, 1), 15) == date(2027, 3, 16)
    assert days_before(date(2027, 3, 16), 15) == date(2027, 3, 1)
    assert days_after(date(2028, 2, 28), 1) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 6, 30), 3, date(2027, 9, 30)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2027, 8, 31), 0, date(2027, 8, 31)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@pytest.mark.parametrize(
    ("end", "months", "start"),
    [
        (date(2027, 5, 31), 3, date(2027, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2027, 6, 30), 6, date(2026, 12, 30)),
        (date(2027, 1, 1), 1, date(2026, 12, 1)),
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_months_before_follow_the_same_rule(end: date, months: int, start: date) -> None:
    assert months_before(end, months) == start


def test_last_day_moves_over_the_whole_holiday_to_the_next_working_day() -> None:
    assert last_day(date(2027, 4, 20), 11, MAY) == date(2027, 5, 6)


def test_last_day_moves_over_a_weekend_and_on_through_the_holiday_after_it() -> None:
    april = Holidays.of([date(2027, 4, 5)])
    assert last_day(date(2027, 4, 1), 2, april) == date(2027, 4, 6)


def test_worked_weekend_is_a_working_day_and_a_free_one_is_not() -> None:
    assert last_day(date(2027, 4, 24), 1, MAY) == date(2027, 4, 25)
    assert last_day(date(2027, 4, 17), 1, MAY) == date(2027, 4, 19)


def test_day_off_wins_over_the_list_of_workdays() -> None:
    both = Holidays.of([date(2027, 5, 4)], [date(2027, 5, 4)])
    assert last_day(date(2027, 5, 3), 1, both) == date(2027, 5, 5)


def test_nothing_moves_in_a_year_without_a_day_off() -> None:
    saturday = date(2028, 4, 1)
    assert saturday.weekday() == 5
    assert last_day(saturday - timedelta(days=1), 1, MAY) == saturday
    assert last_day(date(2027, 4, 30), 1, NO_HOLIDAYS) == date(2027, 5, 1)
    assert Holidays.of([], [date(2027, 4, 25)]).years == frozenset()


def test_move_stops_at_the_first_day_of_a_year_without_a_table() -> None:
    new_year = Holidays.of([date(2027, 12, 31)])
    assert date(2028, 1, 1).weekday() == 5
    assert last_day(date(2027, 12, 30), 1, new_year) == date(2028, 1, 1)


def test_tables_are_joined_and_left_out_by_year() -> None:
    joined = MAY | Holidays.of([date(2028, 1, 1)])
    assert joined.years == {2027, 2028}
    assert joined.without_years([2028]) == MAY


def test_window_counts_both_ends() -> None:
    assert window_end(date(2027, 5, 22), 15) == date(2027, 6, 5)
    assert window_days(date(2027, 5, 22), date(2027, 6, 5)) == 15
    assert window_days(date(2027, 5, 22), date(2027, 5, 21)) == 0


@pytest.mark.parametrize(
    ("first", "last", "overlap"), [(1, 4, False), (1, 5, True), (6, 7, True), (9, 9, True), (10, 12, False)]
)
def test_windows_overlap_when_they_share_a_day(first: int, last: int, overlap: bool) -> None:
    window = (date(2027, 5, 5), date(2027, 5, 9))
    other = (date(2027, 5, first), date(2027, 5, last))
    assert windows_overlap(window, other) is overlap
    assert windows_overlap(other, window) is overlap


def test_dates_outside_the_calendar_are_refused() -> None:
    with pytest.raises(Malformed, match="date_out_of_range"):
        days_after(date(9999, 12, 30), 2)
    with pytest.raises(Malformed, match="date_out_of_range"):
        months_before(date(1, 3, 1), 3)
    with pytest.raises(Malformed, match="date_out_of_range"):
        last_day(date(9999, 12, 30), 1, Holidays.of([date(9999, 12, 31)]))
