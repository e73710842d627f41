"""Load the row that a use case changes, locked on PostgreSQL; SQLite's write lock is already held."""

from __future__ import annotations

from sqlalchemy import select

from app.db.session import db
from app.elections.errors import ElectionFrozen, ElectionNotFound, ElectionStateWrong
from app.elections.models import Election
from app.elections.types import ElectionState


def locked_election(uuid: str) -> Election:
    """Return an election's row, locked until the unit of work ends.

    Raises: ElectionNotFound.
    """
    query = select(Election).where(Election.uuid == uuid).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise ElectionNotFound(uuid=uuid)
    return row


def locked_draft(uuid: str) -> Election:
    """Return an election's row that may still be edited.

    Raises: ElectionNotFound, ElectionFrozen once it was announced.
    """
    row = locked_election(uuid)
    if row.state != ElectionState.DRAFT:
        raise ElectionFrozen(uuid=uuid, state=row.state)
    return row


def locked_in_state(uuid: str, state: ElectionState) -> Election:
    """Return an election's row that stands in a state.

    Raises: ElectionNotFound, ElectionStateWrong.
    """
    row = locked_election(uuid)
    if row.state != state:
        raise ElectionStateWrong(uuid=uuid, state=row.state, expected=state.value)
    return row
