"""Own the shape of a clock: every rule and service takes its time from the one it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

#: China Standard Time; China has had no daylight saving since 1991, so a fixed offset is exact.
CHINA = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    """Tell the time."""

    def now(self) -> datetime:
        """Return the current instant as an aware datetime."""
        ...


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Stand still at one instant, for rules that replay a moment and for tests."""

    at: datetime

    def __post_init__(self) -> None:
        require_aware(self.at)

    def now(self) -> datetime:
        """Return the instant this clock stands at."""
        return self.at

    def after(self, span: timedelta) -> FixedClock:
        """Return a clock that stands ``span`` later."""
        return FixedClock(self.at + span)


def require_aware(moment: datetime) -> datetime:
    """Return the moment if it carries an offset; raises ValueError otherwise."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs an offset")
    return moment


def china_day(moment: datetime) -> date:
    """Return the day of an aware moment in China."""
    return require_aware(moment).astimezone(CHINA).date()


def china_iso(moment: datetime) -> str:
    """Write an aware moment as ISO 8601 in China time, to the second: ``2027-05-22T09:00:00+08:00``."""
    return require_aware(moment).astimezone(CHINA).isoformat(timespec="seconds")
