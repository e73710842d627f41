"""Own the table of outgoing messages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import GlobalRow


class OutgoingMessage(GlobalRow):
    """Be a message written in the transaction that causes it and sent after its commit."""

    __tablename__ = "outgoing_messages"

    #: The complex it is about; None for account messages.
    tenant: Mapped[int | None] = mapped_column(BigInteger)
    #: Way of sending, ``sms``.
    channel: Mapped[str] = mapped_column(String(10), default="sms")
    #: Encrypted telephone number.
    recipient_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: Encrypted text.
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: When it was written.
    created_at: Mapped[datetime]
    #: When a worker took it up; it is another's again after a while without an outcome.
    claimed_at: Mapped[datetime | None]
    #: When the gateway took it; None while waiting.
    sent_at: Mapped[datetime | None]
    #: Failed attempts so far.
    failures: Mapped[int] = mapped_column(Integer, default=0)
