"""Keep the list of what the old committee hands to the new one, and both signatures of every line (指导规则 45, 48)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import db
from app.procedure.handover_list import STANDING_ITEMS, is_complete
from app.procedure.models import HandoverItem
from app.procedure.queries import get_dossier
from app.procedure.services.record_fact import require_open
from app.procedure.services.running_procedure import running_procedure
from app.procedure.vote_errors import HandoverItemNotFound, HandoverNotGiven, HandoverSigned, SignerMissing
from app.tenancy.types import ComplexRow

_LABEL_LIMIT = 80
_NOTE_LIMIT = 200
_NAME_LIMIT = 40


def begin_handover(code: str, *, at: datetime, account: int) -> None:
    """Write the standing lines of the list, once.

    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, StepNotDue.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    require_open(dossier, "handover", at)
    if dossier.handover:
        return
    for position, label in enumerate(STANDING_ITEMS):
        db.session.add(HandoverItem(procedure_id=procedure.id, position=position, label=label))
    db.session.flush()
    record_event("procedure:handover:begin", at=at, account=account, tenant=procedure.tenant_id, procedure=procedure.id)


def add_item(code: str, label: str, note: str, *, at: datetime, account: int) -> int:
    """Add a line of the complex's own; return its id.

    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, StepNotDue, SignerMissing when the line says nothing.
    """
    procedure = running_procedure(code)
    require_open(get_dossier(code), "handover", at)
    label = label.strip()[:_LABEL_LIMIT]
    if not label:
        raise SignerMissing()
    last = db.session.scalar(select(func.max(HandoverItem.position)).where(HandoverItem.procedure_id == procedure.id))
    row = HandoverItem(
        procedure_id=procedure.id, position=0 if last is None else last + 1, label=label, note=note.strip()[:_NOTE_LIMIT]
    )
    db.session.add(row)
    db.session.flush()
    record_event("procedure:handover:add", at=at, account=account, tenant=procedure.tenant_id, procedure=procedure.id)
    return row.id


def sign_items(
    place: ComplexRow, code: str, items: dict[int, str], *, giver: str, receiver: str, at: datetime, account: int
) -> bool:
    """Let one side or both sign lines; ``items`` gives the note of each by its id. Return whether the list is complete.

    A name that is empty leaves its side as it is; the account is the witness.
    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, StepNotDue, HandoverItemNotFound, HandoverSigned,
    HandoverNotGiven, SignerMissing.
    """
    procedure = running_procedure(code)
    require_open(get_dossier(code), "handover", at)
    giver, receiver = giver.strip()[:_NAME_LIMIT], receiver.strip()[:_NAME_LIMIT]
    if not giver and not receiver:
        raise SignerMissing()
    for item_id, note in items.items():
        _sign(_item(procedure.id, item_id), note, giver, receiver, at, account)
    db.session.flush()
    complete = is_complete(get_dossier(code).handover)
    if complete:
        append_entry("handover_done", {"procedure": code}, at=at)
        sign_checkpoint(place.slug, at=at)
    record_event("procedure:handover:sign", at=at, account=account, tenant=place.id, procedure=procedure.id, lines=len(items))
    return complete


def _item(procedure_id: int, item_id: int) -> HandoverItem:
    query = select(HandoverItem).where(HandoverItem.procedure_id == procedure_id, HandoverItem.id == item_id)
    row = db.session.scalar(query)
    if row is None:
        raise HandoverItemNotFound()
    return row


def _sign(row: HandoverItem, note: str, giver: str, receiver: str, at: datetime, account: int) -> None:
    if giver:
        if row.given_at is not None:
            raise HandoverSigned(label=row.label)
        row.given_by, row.given_at = giver, at
    if receiver:
        if row.given_at is None:
            raise HandoverNotGiven(label=row.label)
        if row.received_at is not None:
            raise HandoverSigned(label=row.label)
        row.received_by, row.received_at = receiver, at
    row.note = note.strip()[:_NOTE_LIMIT] or row.note
    row.witnessed_by = account
