"""Keep the result of a closed election; the ballots slice calls this when it publishes and writes the leaf."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.elections.services.load_election import locked_in_state
from app.elections.types import ElectionState


def mark_published(uuid: str, result: bytes, *, at: datetime, account: int | None = None) -> None:
    """Keep the exact bytes of result.json and move the election to published, once.

    Raises: ElectionNotFound, ElectionStateWrong unless it is closed.
    """
    row = locked_in_state(uuid, ElectionState.CLOSED)
    row.result = result
    row.state = ElectionState.PUBLISHED
    row.published_at = at
    record_event("elections:election:publish", at=at, account=account, tenant=row.tenant_id, election=row.id)
