"""Open an election: ballots are accepted from opens_at on; blocked until all three trustees have rehearsed."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.elections.errors import OpeningBlocked, WindowOver
from app.elections.queries import get_election
from app.elections.services.load_election import locked_in_state
from app.elections.types import ElectionState
from app.tenancy.types import ComplexRow


def open_election(uuid: str, place: ComplexRow, *, at: datetime, account: int) -> None:
    """Open an announced election at any time before its window ends.

    Raises: ElectionNotFound, ElectionStateWrong, OpeningBlocked naming who has not rehearsed, WindowOver.
    """
    row = locked_in_state(uuid, ElectionState.ANNOUNCED)
    election = get_election(uuid)
    waiting = [trustee.organisation for trustee in election.trustees if trustee.rehearsal is None]
    if waiting or election.fingerprint is None:
        raise OpeningBlocked(uuid=uuid, waiting="、".join(waiting))
    if at >= election.closes_at:
        raise WindowOver(uuid=uuid, closes_at=election.closes_at)
    row.state = ElectionState.OPEN.value
    row.opened_at = at
    append_entry("opened", {"election": uuid, "fingerprint": election.fingerprint}, at=at, election_uuid=uuid)
    sign_checkpoint(place.slug, at=at)
    record_event("elections:election:open", at=at, account=account, tenant=place.id, election=row.id)
