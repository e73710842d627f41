"""Record a petition: who asks and why, the doors that signed, and that it was compared with the roll."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.session import db
from app.documents.services.store_file import store_material
from app.procedure.committee_errors import (
    LinesMissing,
    OwnersMustPetition,
    PetitionChecked,
    ProposersTooFew,
    SignatureNotFound,
    StatementMissing,
)
from app.procedure.models import PetitionSignature, Statement
from app.procedure.petitioning import is_asked_by_members, read_signature_lines
from app.procedure.queries import get_dossier
from app.procedure.services.record_fact import record_fact
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier, ProcedureKind, SignatureState
from app.roll.signers import Signer, read_signers
from app.statute.committee_meeting import members_to_ask
from app.tenancy.types import ComplexRow

_DOOR_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Petition:
    """Hold what is known of a petition when it arrives."""

    received_on: date
    #: Why it is asked; published with the announcement.
    reasons: str
    #: Members of the committee who ask; empty where owners do.
    members: tuple[int, ...] = ()
    by_members: bool = False
    #: The signed paper.
    paper: bytes | None = None


def record_petition(place: ComplexRow, code: str, petition: Petition, *, at: datetime, account: int) -> None:
    """Record that a petition arrived, with its reasons.

    Raises: OwnersMustPetition, ProposersTooFew, StatementMissing, or what recording a fact and storing a paper refuse.
    """
    running_procedure(code)
    dossier = get_dossier(code)
    if petition.by_members:
        _require_members(dossier, petition.members)
    add_statement(code, "reasons", petition.reasons, petition.paper, at=at, account=account)
    details = {"by": "members", "members": len(set(petition.members))} if petition.by_members else {"by": "owners"}
    record_fact(place, code, "petition", at=at, account=account, done_on=petition.received_on, details=details)


def record_signatures(place: ComplexRow, code: str, text: str, *, at: datetime, account: int) -> int:
    """Compare a pasted list of doors with the live roll and keep it, each door once; return how many lines were read.

    A door that stands already takes the new finding, so that a corrected line mends the old one.
    Raises: ProcedureNotFound, ProcedureNotRunning, PetitionChecked, LinesMissing.
    """
    row = running_procedure(code)
    _require_open(get_dossier(code))
    lines = read_signature_lines(text)
    if not lines:
        raise LinesMissing()
    query = select(PetitionSignature).where(PetitionSignature.procedure_id == row.id)
    known = {each.unit_code: each for each in db.session.scalars(query)}
    for (door, _name), signer in zip(lines, read_signers(lines), strict=True):
        unit_code, state = signer.unit_code or door[:_DOOR_LIMIT], _state(signer)
        kept = known.get(unit_code)
        if kept is None:
            kept = known[unit_code] = PetitionSignature(procedure_id=row.id, unit_code=unit_code, state=state.value)
            db.session.add(kept)
        elif kept.state != SignatureState.COUNTED:
            kept.state = state.value
        kept.recorded_by, kept.recorded_at = account, at
    db.session.flush()
    record_event("procedure:petition:sign", at=at, account=account, tenant=place.id, procedure=code, lines=len(lines))
    return len(lines)


def withdraw_signature(place: ComplexRow, code: str, signature_id: int, *, at: datetime, account: int) -> None:
    """Take a signature out of the count, because its owner withdrew it or it was written down in error.

    Raises: ProcedureNotFound, ProcedureNotRunning, PetitionChecked, SignatureNotFound.
    """
    row = running_procedure(code)
    _require_open(get_dossier(code))
    query = select(PetitionSignature).where(PetitionSignature.procedure_id == row.id, PetitionSignature.id == signature_id)
    kept = db.session.scalar(query)
    if kept is None:
        raise SignatureNotFound(signature=signature_id)
    kept.state, kept.recorded_by, kept.recorded_at = SignatureState.WITHDRAWN.value, account, at
    db.session.flush()
    record_event("procedure:petition:withdraw", at=at, account=account, tenant=place.id, procedure=code)


def confirm_petition(place: ComplexRow, code: str, checked_by: str, on: date, *, at: datetime, account: int) -> None:
    """Record that the petition was compared with the roll, with what it amounted to; ``checked_by`` answers for it.

    Raises: StatementMissing, or what recording a fact refuses, ``StepBlocked`` where it falls short.
    """
    if not checked_by.strip():
        raise StatementMissing()
    dossier = get_dossier(code)
    details: dict[str, int | str] = {}
    if dossier.petition is not None and not is_asked_by_members(dossier):
        signed, totals = dossier.petition.signed, dossier.petition.totals
        details = {
            "signed_heads": signed.heads,
            "signed_area": str(signed.area),
            "heads": totals.heads,
            "area": str(totals.area),
        }
    note = checked_by.strip()
    record_fact(place, code, "petition_check", at=at, account=account, done_on=on, note=note, details=details)


def add_statement(code: str, kind: str, text: str, paper: bytes | None, *, at: datetime, account: int) -> None:
    """Keep what a person concerned says for the record, with the signed paper sealed.

    Raises: ProcedureNotFound, ProcedureNotRunning, StatementMissing, or what storing a paper refuses.
    """
    row = running_procedure(code)
    if not text.strip():
        raise StatementMissing()
    file_id = None
    if paper is not None:
        file_id = store_material(paper, name=f"{code} {kind}", at=at, account=account, public=False).id
    said = Statement(procedure_id=row.id, kind=kind, text=text.strip(), file_id=file_id, recorded_by=account, recorded_at=at)
    db.session.add(said)
    db.session.flush()


def _require_members(dossier: Dossier, members: Collection[int]) -> None:
    if dossier.procedure.kind is not ProcedureKind.RECALL or dossier.term is None:
        raise OwnersMustPetition()
    serving = {row.id for row in dossier.term.serving}
    needed = members_to_ask(len(serving), dossier.pack)
    if len(serving.intersection(members)) < needed:
        raise ProposersTooFew(needed=needed, members=len(serving))


def _require_open(dossier: Dossier) -> None:
    if "petition_check" in dossier.facts:
        raise PetitionChecked()


def _state(signer: Signer) -> SignatureState:
    if signer.unit_code is None:
        return SignatureState.UNKNOWN_DOOR
    return SignatureState.COUNTED if signer.is_owner else SignatureState.NOT_AN_OWNER
