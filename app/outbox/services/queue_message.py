"""Queue a message in the transaction that causes it; it leaves after the commit."""

from __future__ import annotations

from datetime import datetime

from app.db.base import new_id
from app.db.session import db, on_commit
from app.db.personal_data import seal
from app.outbox.models import OutgoingMessage
from app.outbox.services.send_waiting import send_waiting

#: Words that would influence a vote or offer a gain; no message may hold one (ux.md 4.3).
FORBIDDEN_WORDS = ("请支持", "请投", "务必同意", "有礼", "抽奖")


def queue_sms(phone: str, text: str, *, at: datetime, tenant: int | None = None) -> None:
    """Queue a text message to a telephone number.

    Raises: ValueError for a text that influences a vote.
    """
    if any(word in text for word in FORBIDDEN_WORDS):
        raise ValueError("a message never influences a vote")
    message_id = new_id()
    db.session.add(
        OutgoingMessage(
            id=message_id,
            tenant=tenant,
            recipient_sealed=seal(phone, field="message.recipient", owner=message_id),
            text_sealed=seal(text, field="message.text", owner=message_id),
            created_at=at,
        )
    )
    waiting: set[str] = db.session().info.setdefault("outbox", set())
    if not waiting:
        waiting.add("queued")
        on_commit(lambda: _leave(at))


def _leave(at: datetime) -> None:
    db.session().info.pop("outbox", None)
    send_waiting(at)
