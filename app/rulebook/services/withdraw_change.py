"""Withdraw a change, proposed or in force, with a reason; votes that were announced keep what was frozen into them."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.db.session import db
from app.rulebook.errors import ChangeRefused, ChangeSettled, ReasonMissing
from app.rulebook.queries import before_first_assembly, list_changes
from app.rulebook.rules import latest_confirmed
from app.rulebook.services.load_change import locked_change
from app.statute.overlay import contradiction_in

#: Longest reason, in characters.
REASON_LIMIT = 200


def withdraw_change(change_id: int, reason: str, *, at: datetime, account: int) -> None:
    """Take a change back; an earlier confirmed one of the same value, or the packs' value, holds again.

    Raises: ChangeNotFound, ChangeSettled, ReasonMissing, ChangeRefused where the rest would contradict itself.
    """
    row = locked_change(change_id)
    words = " ".join(reason.split())[:REASON_LIMIT]
    if row.withdrawn_at is not None:
        raise ChangeSettled(change=change_id)
    if not words:
        raise ReasonMissing(change=change_id)
    first, changes = before_first_assembly(), list_changes()
    now = latest_confirmed(changes, before_first_assembly=first)
    then = latest_confirmed((each for each in changes if each.id != change_id), before_first_assembly=first)
    refusal = contradiction_in(each.change for each in then)
    if refusal is not None and contradiction_in(each.change for each in now) is None:
        raise ChangeRefused(refusal)
    row.withdrawn_by = account
    row.withdrawn_at = at
    row.withdrawal_reason = words
    db.session.flush()
    record_event("rulebook:change:withdraw", at=at, account=account, tenant=row.tenant_id, change=row.id)
