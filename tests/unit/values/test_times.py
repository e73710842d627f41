"""Check clocks and intervals: aware moments only, and a window that contains its start but not its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.values import CHINA, Clock, FixedClock, Interval, china_iso

NINE = datetime(2027, 5, 22, 9, 0, tzinfo=CHINA)
HOUR = timedelta(hours=1)
NAIVE = datetime(2027, 5, 22, 9, 0)  # noqa: DTZ001


def test_fixed_clock_tells_its_moment() -> None:
    clock: Clock = FixedClock(NINE)
    assert clock.now() == NINE
    assert FixedClock(NINE).after(HOUR).now() == NINE + HOUR


def test_moments_without_offset_are_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        FixedClock(NAIVE)
    with pytest.raises(ValueError, match="offset"):
        Interval(NAIVE, NINE)
    with pytest.raises(ValueError, match="offset"):
        Interval(NINE, NINE + HOUR).contains(NAIVE)


def test_window_contains_its_start_and_not_its_end() -> None:
    window = Interval(NINE, NINE + HOUR)
    tick = timedelta(microseconds=1)
    moments = [NINE - tick, NINE, NINE + HOUR - tick, NINE + HOUR]
    assert [window.contains(moment) for moment in moments] == [False, True, True, False]
    assert [window.has_begun(moment) for moment in moments] == [False, True, True, True]
    assert [window.is_over(moment) for moment in moments] == [False, False, False, True]
    assert window.contains(NINE.astimezone(UTC))
    assert window.length == HOUR


def test_windows_that_only_touch_do_not_overlap() -> None:
    window = Interval(NINE, NINE + HOUR)
    assert not window.overlaps(Interval(NINE + HOUR, NINE + 2 * HOUR))
    assert window.overlaps(Interval(NINE + HOUR - timedelta(seconds=1), NINE + 2 * HOUR))


def test_empty_and_reversed_windows_are_refused() -> None:
    for end in (NINE, NINE - HOUR):
        with pytest.raises(ValueError, match="ends after"):
            Interval(NINE, end)


def test_moments_are_written_in_china_time() -> None:
    assert china_iso(datetime(2027, 5, 22, 1, 0, 0, 5, tzinfo=UTC)) == "2027-05-22T09:00:00+08:00"
