"""Load a change to work on, locked until the end of the unit of work."""

from __future__ import annotations

from sqlalchemy import select

from app.db.session import db
from app.rulebook.errors import ChangeNotFound
from app.rulebook.models import RuleChange


def locked_change(change_id: int) -> RuleChange:
    """Return the row of a change, so that two persons cannot settle it at once.

    Raises: ChangeNotFound.
    """
    query = select(RuleChange).where(RuleChange.id == change_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise ChangeNotFound(change=change_id)
    return row
