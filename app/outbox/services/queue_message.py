"""Queue a message in the transaction that causes it; it leaves after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.db.base import new_id
from app.db.personal_data import seal
from app.db.session import db, on_commit, waiting_actions
from app.outbox.models import OutgoingMessage
from app.outbox.services.send_waiting import send_messages

#: Messages of one unit of work that are sent while its request waits.
SENT_AT_ONCE = 20
#: Words that would influence a vote or offer a gain; no message may hold one.
FORBIDDEN_WORDS = ("请支持", "请投", "务必同意", "有礼", "抽奖")


def queue_sms(phone: str, text: str, *, at: datetime, tenant: int | None = None, at_once: bool = True) -> None:
    """Queue a text message to a telephone number; one that is not wanted ``at_once`` leaves with the next tick.

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
    if at_once:
        _leave_afterwards(message_id, at)


@dataclass
class Departure:
    """Send what one unit of work has queued, once it is in the database; what is beyond the limit leaves with the tick.

    Older messages that the gateway would not take are not tried again here: a gateway that is down must not slow down
    everybody's requests, nor use up the tries of every message.
    """

    at: datetime
    message_ids: list[int]

    def __call__(self) -> None:
        """Send them."""
        send_messages(self.message_ids[:SENT_AT_ONCE], self.at)


def _leave_afterwards(message_id: int, at: datetime) -> None:
    for action in waiting_actions():
        if isinstance(action, Departure):
            action.message_ids.append(message_id)
            return
    on_commit(Departure(at, [message_id]))
