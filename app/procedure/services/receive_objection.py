"""Receive an objection 异议 from an owner's phone or as staff writes it down; it gets a number and must be answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.base import new_id
from app.db.session import db
from app.elections.services.texts import checked_text
from app.procedure.models import Objection
from app.procedure.objecting import open_windows
from app.procedure.objection_text import seal_objection
from app.procedure.preparation_errors import ObjectionNotDue
from app.procedure.queries import get_dossier
from app.procedure.services.running_procedure import running_procedure
from app.tenancy.types import ComplexRow
from app.values.clock import china_day

TEXT_LIMIT = 500
_SUBJECT_LIMIT = 80


def receive_objection(
    place: ComplexRow, code: str, about: str, subject: str, text: str, *, at: datetime, account: int, is_owner: bool
) -> int:
    """Keep an objection, its text sealed, and write the leaf ``objection``; return its number in the complex.

    What staff writes down belongs to nobody's account. Raises: ProcedureNotFound, ProcedureNotRunning, ObjectionNotDue,
    TextTooLong.
    """
    # The leaf's head row is locked below; the number is drawn under the lock of the procedures of the complex.
    procedure = running_procedure(code, lock_all=True)
    windows = open_windows(get_dossier(code), china_day(at))
    if about not in {window.about for window in windows}:
        raise ObjectionNotDue(about=about)
    objection_id = new_id()
    number = (db.session.scalar(select(func.max(Objection.number))) or 0) + 1
    db.session.add(
        Objection(
            id=objection_id,
            procedure_id=procedure.id,
            number=number,
            about=about,
            subject=checked_text(subject, _SUBJECT_LIMIT),
            text_sealed=seal_objection(checked_text(text, TEXT_LIMIT), objection_id),
            account_id=account if is_owner else None,
            received_at=at,
        )
    )
    db.session.flush()
    append_entry("objection", {"procedure": code, "number": number, "about": about}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:objection:received", at=at, account=account, tenant=place.id, number=number, about=about)
    return number
