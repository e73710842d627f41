"""Record an audit event in the present unit of work."""

from __future__ import annotations

from datetime import datetime

from app.audit.models import AuditEvent
from app.db.session import db

#: Names that would put a person beside a choice, or a secret into the log.
FORBIDDEN_DETAILS = frozenset({"choice", "choices", "vote", "password", "code", "phone", "name", "document", "secret"})


def record_event(
    tag: str, *, at: datetime, account: int | None = None, tenant: int | None = None, **details: int | str | bool | None
) -> None:
    """Add one event; details hold ids, counts and names of states only.

    Raises: ValueError for a detail that must never be logged.
    """
    forbidden = FORBIDDEN_DETAILS & details.keys()
    if forbidden:
        raise ValueError(f"an audit event never holds {sorted(forbidden)}")
    db.session.add(AuditEvent(tag=tag, at=at, account=account, tenant=tenant, details=dict(details)))
