"""Own who may confirm a change: pure functions of the account and the change.

Two persons compare every clause with the document, so that a slip of one is seen by the other.
"""

from __future__ import annotations

from app.rulebook.errors import ChangeSettled, SecondPersonNeeded
from app.rulebook.types import ChangeRow, ChangeState


def may_confirm(account_id: int | None, row: ChangeRow) -> bool:
    """Say whether the account is the second person a proposed change waits for."""
    return row.state is ChangeState.PROPOSED and account_id != row.proposed_by.account_id


def require_second_person(account_id: int, row: ChangeRow) -> None:
    """Check that a change waits and that another person than its proposer confirms it.

    Raises: ChangeSettled, SecondPersonNeeded.
    """
    if row.state is not ChangeState.PROPOSED:
        raise ChangeSettled(change=row.id)
    if not may_confirm(account_id, row):
        raise SecondPersonNeeded(change=row.id)
