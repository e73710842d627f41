"""Own the append-only table of audit events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import GlobalRow


class AuditEvent(GlobalRow):
    """Be one thing that somebody did; rows are only ever added."""

    __tablename__ = "audit_events"
    __append_only__ = True

    #: The complex it happened in; None outside any.
    tenant: Mapped[int | None] = mapped_column(BigInteger, index=True)
    #: Who did it; None for the platform itself.
    account: Mapped[int | None] = mapped_column(BigInteger, index=True)
    #: What happened, ``<slice>:<object>:<verb>``.
    tag: Mapped[str] = mapped_column(String(60), index=True)
    #: When.
    at: Mapped[datetime]
    #: Values that explain it, ids and counts only.
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
