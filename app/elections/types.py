"""Own the states of an election and the frozen rows that other slices read."""

from __future__ import annotations

from enum import StrEnum


class ElectionState(StrEnum):
    """Name where an election stands; it only moves forward."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
