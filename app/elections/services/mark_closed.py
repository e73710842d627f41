"""Move an election from open to closed; the ballots slice calls this when it closes the box and writes the leaf."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.elections.errors import WindowNotOver
from app.elections.services.load_election import locked_in_state
from app.elections.types import ElectionState


def mark_closed(uuid: str, *, at: datetime) -> None:
    """Close an election whose window is over.

    Raises: ElectionNotFound, ElectionStateWrong unless it is open, WindowNotOver before closes_at.
    """
    row = locked_in_state(uuid, ElectionState.OPEN)
    if at < row.closes_at:
        raise WindowNotOver(uuid=uuid, closes_at=row.closes_at)
    row.state = ElectionState.CLOSED
    row.closed_at = at
    record_event("elections:election:close", at=at, tenant=row.tenant_id, election=row.id)
