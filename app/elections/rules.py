"""Own what counts in an election before its box is opened: the window, what a ballot may be changed, the candidates' order.

Pure functions of plain values. Sources: Civil Code 137 and 202-203 (the instant of receipt decides), P-CHANGE
(app/statute/LAW.md 3.4).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from app.elections.errors import (
    ElectionClosed,
    ElectionNotOpen,
    ElectionWithdrawn,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
    WindowTooLong,
)
from app.elections.types import ElectionRow, ElectionState
from app.statute.calendar import Holidays, last_day
from app.statute.rule_pack import RulePack
from app.values.clock import CHINA, china_day

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


def last_moment(end: datetime) -> datetime:
    """Return the last instant of a span whose end is the first one no longer included: midnight belongs to the day before."""
    return end - timedelta(microseconds=1)


def require_extension(
    state: str, policy: str, window: tuple[datetime, datetime], days: int, now: datetime, pack: RulePack
) -> None:
    """Refuse an extension that P-EXT or the longest window does not allow, or that comes too late.

    ``policy`` is the value of P-EXT, ``window`` the instants of opening and of the present end.
    Raises: ExtensionNotAllowed, ExtensionTooLate, ExtensionTooLong, WindowTooLong.
    """
    opens_at, closes_at = window
    most, longest = pack.number("extension_days_max"), pack.number("voting_window_days_max")
    if policy == "no":
        raise ExtensionNotAllowed()
    if state != ElectionState.OPEN or not opens_at <= now < closes_at:
        raise ExtensionTooLate(opens=opens_at, closes=last_moment(closes_at))
    if not 1 <= days <= most:
        raise ExtensionTooLong(days=most)
    if closes_at + timedelta(days=days) - opens_at > timedelta(days=longest):
        raise WindowTooLong(days=longest)


def end_of_objections(published_at: datetime, pack: RulePack, holidays: Holidays) -> datetime:
    """Return the first instant after the last day for objections; the day of publication is not counted.

    Source: Civil Code 201, 203.
    """
    last = last_day(china_day(published_at), pack.number("objection_days"), holidays)
    return datetime(last.year, last.month, last.day, tzinfo=CHINA) + timedelta(days=1)


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
