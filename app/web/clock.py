"""Own the running clock: the machine's time, plus the offset of the demonstration where that mode is on.

This is the one place that reads the machine's time; views hand the instant on and rules never ask for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

from flask import current_app
from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import GlobalRow
from app.db.session import db
from app.settings import Settings
from app.values.clock import CHINA, Clock


class DemoClockOffset(GlobalRow):
    """Be the one row that says how far the demonstration's clock is ahead."""

    __tablename__ = "demo_clock_offsets"

    #: Seconds added to the machine's time.
    seconds: Mapped[int] = mapped_column(BigInteger, default=0)


class MachineClock:
    """Tell the machine's time in China Standard Time."""

    def now(self) -> datetime:
        """Return the current instant."""
        return datetime.now(UTC).astimezone(CHINA)


class DemoClock:
    """Tell the machine's time moved forward by the demonstration's offset."""

    def now(self) -> datetime:
        """Return the current instant of the demonstration."""
        seconds = db.session.scalar(select(DemoClockOffset.seconds).limit(1)) or 0
        return MachineClock().now() + timedelta(seconds=seconds)


def clock_for(settings: Settings) -> Clock:
    """Choose the clock of a process."""
    return DemoClock() if settings.demo_mode else MachineClock()


def now() -> datetime:
    """Return the current instant of the running application, in China Standard Time."""
    return cast(Clock, current_app.extensions["yeyi_clock"]).now().astimezone(CHINA)


def advance_demo_clock(span: timedelta) -> datetime:
    """Move the demonstration's clock forward and return its new time; it never goes back."""
    row = db.session.scalar(select(DemoClockOffset).limit(1))
    if row is None:
        row = DemoClockOffset(seconds=0)
        db.session.add(row)
    row.seconds += max(0, int(span.total_seconds()))
    db.session.flush()
    return now()
