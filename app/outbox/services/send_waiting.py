"""Send the messages that wait, after the commit that queued them and again from the minute tick.

A worker first claims a message in a short transaction of its own, then speaks to the gateway without any lock, then notes the
outcome: a slow gateway holds up nobody's vote. A claim without an outcome ends after two minutes, so that the message of a
process that died is sent by another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, CursorResult, or_, select, update

from app.db.personal_data import unseal
from app.db.session import begin_write, commit, db, rollback
from app.outbox.models import OutgoingMessage
from app.outbox.types import SmsGateway

_BATCH = 100
_MAXIMUM_FAILURES = 5
#: Longer than any gateway takes to answer.
CLAIM_LASTS = timedelta(minutes=2)
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
        query = select(OutgoingMessage.id).where(*_waiting(at)).order_by(OutgoingMessage.created_at).limit(_BATCH)
        waiting = list(db.session.scalars(query))
    return send_messages(waiting, at)


def _waiting(at: datetime) -> tuple[ColumnElement[bool], ...]:
    unclaimed = or_(OutgoingMessage.claimed_at.is_(None), OutgoingMessage.claimed_at <= at - CLAIM_LASTS)
    return OutgoingMessage.sent_at.is_(None), OutgoingMessage.failures < _MAXIMUM_FAILURES, unclaimed


def _send_one(message_id: int, at: datetime) -> int:
    message = _claim(message_id, at)
    if message is None:
        return 0
    gateway = cast(SmsGateway, current_app.extensions["yeyi_sms_gateway"])
    try:
        gateway.send(
            unseal(message.recipient_sealed, field="message.recipient", owner=message.id),
            unseal(message.text_sealed, field="message.text", owner=message.id),
        )
    except Exception as problem:
        # Whatever a gateway from outside or a damaged row raises, the other messages still have to leave.
        log.warning("message_not_taken", failures=message.failures + 1, problem=type(problem).__name__)
        _settle(message_id, claimed_at=None, failures=OutgoingMessage.failures + 1)
        return 0
    _settle(message_id, sent_at=at)
    return 1


def _claim(message_id: int, at: datetime) -> OutgoingMessage | None:
    """Take a message up, unless another worker has it or it has left; nothing of it is locked afterwards."""
    begin_write()
    claim = update(OutgoingMessage).where(OutgoingMessage.id == message_id, *_waiting(at)).values(claimed_at=at)
    if cast("CursorResult[object]", db.session.execute(claim)).rowcount == 0:
        rollback()
        return None
    message = db.session.get_one(OutgoingMessage, message_id, populate_existing=True)
    commit()
    return message


def _settle(message_id: int, **outcome: object) -> None:
    begin_write()
    db.session.execute(update(OutgoingMessage).where(OutgoingMessage.id == message_id).values(**outcome))
    commit()
