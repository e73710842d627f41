"""Let one change of a complex's roll happen at a time, so that nobody freezes or claims a half-replaced roll."""

from __future__ import annotations

from sqlalchemy import func, select

from app.db.session import current_tenant_id, db


def lock_roll() -> None:
    """Wait for the roll of the present complex; the lock ends with the transaction.

    SQLite has one writer at a time already.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(current_tenant_id())))
