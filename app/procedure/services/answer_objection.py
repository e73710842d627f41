"""Answer an objection, once: everybody can read the answer, and the owner is told by message that it is there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import db
from app.elections.services.texts import checked_text
from app.identity.queries import phone_of
from app.outbox.services.queue_message import queue_sms
from app.procedure.models import Objection
from app.procedure.preparation_errors import AnswerMissing, ObjectionAnswered, ObjectionNotFound
from app.procedure.services.running_procedure import running_procedure
from app.tenancy.types import ComplexRow

ANSWER_LIMIT = 500


def answer_objection(
    place: ComplexRow, code: str, number: int, answer: str, *, is_upheld: bool, at: datetime, account: int
) -> None:
    """Keep the answer and write the leaf ``objection_answered``; the answer never changes.

    Raises: ProcedureNotFound, ProcedureNotRunning, ObjectionNotFound, ObjectionAnswered, AnswerMissing, TextTooLong.
    """
    procedure = running_procedure(code)
    row = db.session.scalar(select(Objection).where(Objection.procedure_id == procedure.id, Objection.number == number))
    if row is None:
        raise ObjectionNotFound()
    if row.answered_at is not None:
        raise ObjectionAnswered()
    answer = checked_text(answer, ANSWER_LIMIT)
    if not answer:
        raise AnswerMissing()
    row.answer, row.upheld, row.answered_by, row.answered_at = answer, is_upheld, account, at
    db.session.flush()
    append_entry("objection_answered", {"procedure": code, "number": number, "upheld": is_upheld}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:objection:answered", at=at, account=account, tenant=place.id, number=number, upheld=is_upheld)
    _tell_author(place, row, at)


def _tell_author(place: ComplexRow, row: Objection, at: datetime) -> None:
    phone = None if row.account_id is None else phone_of(row.account_id)
    if phone:
        queue_sms(
            phone, f"【{place.name}】您的第{row.number}号异议已经答复，请登录后在“我的异议”里看。", at=at, tenant=place.id
        )
