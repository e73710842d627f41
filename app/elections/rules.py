"""Own what counts in an election before its box is opened: the window, what a ballot may be changed, the candidates' order.

Pure functions of plain values. Sources: Civil Code 137 and 202-203 (the instant of receipt decides), P-CHANGE
(app/statute/LAW.md 3.4).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime

from app.elections.errors import (
    ElectionClosed,
    ElectionNotOpen,
    ElectionWithdrawn,
)
from app.elections.types import ElectionRow, ElectionState

#: P-CHANGE to the number of ballots an owner may cast; None is without limit.
_BALLOTS_ALLOWED: Mapping[str, int | None] = {"none": 1, "once": 2, "unlimited": None}


def is_open(election: ElectionRow, now: datetime) -> bool:
    """Say whether a ballot received at this instant is accepted: opened, and opens_at <= now < closes_at."""
    return election.state is ElectionState.OPEN and election.opens_at <= now < election.closes_at


def require_open(election: ElectionRow, now: datetime) -> None:
    """Refuse a ballot outside the window.

    Raises: ElectionNotOpen, ElectionClosed, ElectionWithdrawn.
    """
    if election.state is ElectionState.WITHDRAWN:
        raise ElectionWithdrawn(uuid=election.uuid)
    if is_over(election, now):
        raise ElectionClosed(uuid=election.uuid, closes_at=election.closes_at)
    if not is_open(election, now):
        raise ElectionNotOpen(uuid=election.uuid, opens_at=election.opens_at)


def is_over(election: ElectionRow, now: datetime) -> bool:
    """Say whether voting has ended, by the clock or because the box was closed."""
    return election.state in (ElectionState.CLOSED, ElectionState.PUBLISHED) or (
        election.state is ElectionState.OPEN and now >= election.closes_at
    )


def ballots_allowed(policies: Mapping[str, str]) -> int | None:
    """Return how many ballots one owner may cast under P-CHANGE, the first included; None is without limit."""
    return _BALLOTS_ALLOWED[policies["P-CHANGE"]]


def shuffled(count: int, key: bytes) -> tuple[int, ...]:
    """Return the places 0..count-1 in an order fixed by the key: the same owner always sees the same order.

    Sorting by HMAC-SHA256 of the place is a uniform permutation to whoever does not hold the key.
    """
    return tuple(sorted(range(count), key=lambda place: hmac.digest(key, str(place).encode(), "sha256")))


def order_key(secret: bytes, uuid: str, matter_position: int, owner: str) -> bytes:
    """Return the key of the candidates' order for one owner of one matter; ``owner`` is a voter number or an account."""
    return hmac.digest(secret, f"candidate-order|{uuid}|{matter_position}|{owner}".encode(), "sha256")
