"""Certify a published result once its objection period is over; the day of it is the day of the election 选举产生之日."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.crypto.encoding import sha256_hex
from app.elections.errors import AlreadyCertified, ObjectionsStillOpen
from app.elections.rules import last_moment
from app.elections.services.load_election import locked_in_state
from app.elections.types import ElectionState
from app.tenancy.types import ComplexRow


def open_to_objections(uuid: str, until: datetime) -> None:
    """Say until when a published result is preliminary.

    Raises: ElectionNotFound, ElectionStateWrong unless it is published.
    """
    locked_in_state(uuid, ElectionState.PUBLISHED).objections_close_at = until


def certify_election(uuid: str, place: ComplexRow, *, at: datetime, account: int) -> None:
    """Certify the result and write its leaf.

    Raises: ElectionNotFound, ElectionStateWrong unless it is published, AlreadyCertified, ObjectionsStillOpen.
    """
    row = locked_in_state(uuid, ElectionState.PUBLISHED)
    if row.certified_at is not None:
        raise AlreadyCertified()
    if row.objections_close_at is not None and at < row.objections_close_at:
        raise ObjectionsStillOpen(until=last_moment(row.objections_close_at))
    row.certified_at = at
    body = {"election": uuid, "result": sha256_hex(row.result or b"")}
    append_entry("certified", body, at=at, election_uuid=uuid)
    sign_checkpoint(place.slug, at=at)
    record_event("elections:result:certify", at=at, account=account, tenant=row.tenant_id, election=row.id)
