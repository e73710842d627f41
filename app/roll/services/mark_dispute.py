"""Mark a unit whose owner is disputed, sold or inherited, or take the mark away; claims to it wait for a person (outcome F)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.session import current_tenant_id, db
from app.errors import NotFound
from app.roll.models import Unit
from app.roll.services.lock_roll import lock_roll


def mark_dispute(code: str, *, is_disputed: bool, account: int, at: datetime) -> None:
    """Set or clear the mark; claims that hold already are not touched.

    Raises: NotFound.
    """
    lock_roll()
    unit = db.session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound("door_not_found")
    unit.under_review = is_disputed
    db.session.flush()
    record_event("roll:unit:marked", at=at, account=account, tenant=current_tenant_id(), unit=code, disputed=is_disputed)
