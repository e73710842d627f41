"""Own the half-open interval of time: its first instant belongs to it, its last does not (a voting window)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.values.clock import require_aware


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold the time from ``starts_at`` until just before ``ends_at``; both aware, and never empty or reversed."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if require_aware(self.starts_at) >= require_aware(self.ends_at):
            raise ValueError("an interval ends after it starts")

    def contains(self, moment: datetime) -> bool:
        """Say whether the moment lies in the interval."""
        return self.starts_at <= require_aware(moment) < self.ends_at

    def is_over(self, moment: datetime) -> bool:
        """Say whether the interval has ended at the moment."""
        return require_aware(moment) >= self.ends_at

    def has_begun(self, moment: datetime) -> bool:
        """Say whether the interval has started at the moment."""
        return require_aware(moment) >= self.starts_at

    @property
    def length(self) -> timedelta:
        """Return how long the interval is."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: Interval) -> bool:
        """Say whether some instant lies in both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at
