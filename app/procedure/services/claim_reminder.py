"""Claim a reminder so that it appears once, whichever worker comes first; settle it when it is done with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.db.session import db
from app.procedure.models import Reminder
from app.procedure.reminders import Due


def claim_reminder(due: Due, *, at: datetime) -> bool:
    """Write the reminder as shown, unless it exists; say whether this call wrote it."""
    if db.session.scalar(select(Reminder.id).where(Reminder.key == due.key)) is not None:
        return False
    row = Reminder(
        key=due.key,
        procedure_id=due.procedure_id,
        term_id=due.term_id,
        step=due.step,
        due_on=due.due_on,
        role=due.role.value,
        claimed_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # Another worker has claimed it in the meantime.
        return False
    return True


def settle_reminder(key: str, *, at: datetime) -> bool:
    """Take a reminder off the desks, because its step is done or its date has moved; say whether this call did it."""
    row = db.session.scalar(select(Reminder).where(Reminder.key == key).with_for_update())
    if row is None or row.settled_at is not None:
        return False
    row.settled_at = at
    return True
