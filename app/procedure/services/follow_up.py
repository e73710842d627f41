"""Carry out what follows by law from a step: once its renewal group is formed, the old committee only keeps things going."""

from __future__ import annotations

from datetime import date, datetime

from app.committee.services.mark_caretaker import end_caretaker, mark_caretaker
from app.procedure.types import Dossier, ProcedureKind


def follow_done(dossier: Dossier, step: str, done_on: date, *, at: datetime, account: int) -> None:
    """Do what follows from a step that was recorded as done."""
    term_id = _outgoing_term(dossier)
    if step == "group_formed" and term_id is not None:
        mark_caretaker(term_id, done_on, at=at, account=account)


def follow_undone(dossier: Dossier, step: str, *, at: datetime, account: int) -> None:
    """Take back what followed from a step whose record was taken back."""
    term_id = _outgoing_term(dossier)
    if step == "group_formed" and term_id is not None:
        end_caretaker(term_id, at=at, account=account)


def follow_abandoned(dossier: Dossier, *, at: datetime, account: int) -> None:
    """Take back what followed from a procedure that was abandoned."""
    term_id = _outgoing_term(dossier)
    if term_id is not None:
        end_caretaker(term_id, at=at, account=account)


def _outgoing_term(dossier: Dossier) -> int | None:
    return dossier.procedure.term_id if dossier.procedure.kind is ProcedureKind.RENEWAL else None
