"""Own the reads of outgoing messages."""

from __future__ import annotations

from sqlalchemy import select

from app.db.personal_data import unseal
from app.db.session import db
from app.outbox.models import OutgoingMessage
from app.outbox.types import MessageRow


def newest_messages(limit: int) -> list[MessageRow]:
    """List the newest messages in clear, newest first; for the demonstration's outbox page only."""
    query = select(OutgoingMessage).order_by(OutgoingMessage.created_at.desc(), OutgoingMessage.id).limit(limit)
    return [
        MessageRow(
            recipient=unseal(message.recipient_sealed, field="message.recipient", owner=message.id),
            text=unseal(message.text_sealed, field="message.text", owner=message.id),
            created_at=message.created_at,
            sent_at=message.sent_at,
        )
        for message in db.session.scalars(query)
    ]
