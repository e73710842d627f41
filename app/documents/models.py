"""Own the table of stored files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key


class StoredFile(TenantScoped):
    """Be a file kept byte for byte, found by its digest."""

    __tablename__ = "stored_files"
    __append_only__ = True
    __table_args__ = (tenant_key(),)

    #: SHA-256 of the content in hexadecimal.
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    #: What it is for: ``photo``, ``material``, ``roll``.
    purpose: Mapped[str] = mapped_column(String(20))
    #: Media type decided by us from the content, never by the sender.
    media_type: Mapped[str] = mapped_column(String(80))
    #: Name shown to people.
    name: Mapped[str] = mapped_column(String(200))
    #: Size in bytes.
    size: Mapped[int] = mapped_column(Integer)
    #: Whether anyone may fetch it (a candidate's photo) or staff only (a roll).
    public: Mapped[bool] = mapped_column(Boolean, default=False)
    #: The bytes; sealed where the file holds personal data.
    content: Mapped[bytes] = mapped_column(LargeBinary)
    #: When it was stored.
    created_at: Mapped[datetime]
    #: Account that stored it.
    created_by: Mapped[int | None] = mapped_column(BigInteger)
