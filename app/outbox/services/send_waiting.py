"""Send the messages that wait, after the commit that queued them and again from the minute tick.

Every message is claimed by a conditional update, so that two workers never send it twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import structlog
from flask import current_app
from sqlalchemy import CursorResult, select, update

from app.db.personal_data import unseal
from app.db.session import begin_write, commit, db, rollback
from app.outbox.models import OutgoingMessage
from app.outbox.types import SmsGateway

_BATCH = 100
_MAXIMUM_FAILURES = 5
log = structlog.get_logger()


def send_messages(message_ids: Sequence[int], at: datetime) -> int:
    """Hand these messages to the gateway, each in its own unit of work; returns how many left."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context():
        return sum(_send_one(message_id, at) for message_id in message_ids)


def send_waiting(at: datetime) -> int:
    """Hand all waiting messages to the gateway, oldest first; returns how many left."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context():
        query = select(OutgoingMessage.id).where(
            OutgoingMessage.sent_at.is_(None), OutgoingMessage.failures < _MAXIMUM_FAILURES
        )
        waiting = list(db.session.scalars(query.order_by(OutgoingMessage.created_at).limit(_BATCH)))
    return send_messages(waiting, at)


def _send_one(message_id: int, at: datetime) -> int:
    begin_write()
    claim = (
        update(OutgoingMessage).where(OutgoingMessage.id == message_id, OutgoingMessage.sent_at.is_(None)).values(sent_at=at)
    )
    if cast("CursorResult[object]", db.session.execute(claim)).rowcount == 0:
        rollback()
        return 0
    message = db.session.get_one(OutgoingMessage, message_id)
    gateway = cast(SmsGateway, current_app.extensions["yeyi_sms_gateway"])
    try:
        gateway.send(
            unseal(message.recipient_sealed, field="message.recipient", owner=message.id),
            unseal(message.text_sealed, field="message.text", owner=message.id),
        )
    except Exception as problem:
        # Whatever a gateway from outside or a damaged row raises, the other messages still have to leave.
        rollback()
        _count_failure(message_id, type(problem).__name__)
        return 0
    commit()
    return 1


def _count_failure(message_id: int, problem: str) -> None:
    begin_write()
    message = db.session.get_one(OutgoingMessage, message_id)
    message.failures += 1
    log.warning("message_not_taken", failures=message.failures, problem=problem)
    commit()
