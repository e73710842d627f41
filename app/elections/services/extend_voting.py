"""Extend voting once, before it closes, with a reason everybody can read (P-EXT)."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.elections.errors import AlreadyExtended, ReasonMissing
from app.elections.queries import get_election
from app.elections.rules import last_moment, require_extension
from app.elections.services.load_election import locked_election
from app.elections.services.texts import checked_text
from app.tenancy.types import ComplexRow
from app.values.clock import china_iso

REASON_LIMIT = 200


def extend_voting(uuid: str, place: ComplexRow, days: int, reason: str, *, at: datetime, account: int) -> datetime:
    """Move the end of voting by whole days, write the leaf, and return the new end.

    Raises: ElectionNotFound, AlreadyExtended, ReasonMissing, TextTooLong, or what ``require_extension`` refuses.
    """
    row = locked_election(uuid)
    if row.extended_from is not None:
        raise AlreadyExtended(closes=last_moment(row.closes_at))
    pack = get_election(uuid).pack
    require_extension(row.state, row.policies["P-EXT"], (row.opens_at, row.closes_at), days, at, pack)
    reason = checked_text(reason, REASON_LIMIT)
    if not reason:
        raise ReasonMissing()
    row.extended_from, row.closes_at = row.closes_at, row.closes_at + timedelta(days=days)
    row.extension_reason = reason
    body = {
        "election": uuid,
        "closes_at": china_iso(row.closes_at),
        "extended_from": china_iso(row.extended_from),
        "reason": reason,
    }
    append_entry("voting_extended", body, at=at, election_uuid=uuid)
    sign_checkpoint(place.slug, at=at)
    record_event("elections:voting:extend", at=at, account=account, tenant=row.tenant_id, election=row.id, days=days)
    return row.closes_at
