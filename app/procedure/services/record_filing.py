"""Record how far a filing 备案 has come: handed in, to be completed, filed with its certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.committee.queries import list_terms
from app.committee.services.record_term import record_filing as record_term_filing
from app.db.session import db
from app.documents.services.store_file import store_material
from app.procedure.errors import DateInFuture, StepBlocked
from app.procedure.models import Filing
from app.procedure.queries import get_dossier
from app.procedure.rules import blockers_of
from app.procedure.services.record_fact import require_open
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import FilingState
from app.procedure.vote_errors import FiledAlready, FilingNotHandedIn, FilingNumberMissing
from app.tenancy.types import ComplexRow
from app.values.clock import china_day


@dataclass(frozen=True, slots=True)
class NewFiling:
    """Hold one state of a filing as it is recorded."""

    state: FilingState
    on: date
    #: What is to be completed; empty where nothing is to say.
    note: str = ""
    #: Number of the certificate, once it is filed.
    number: str = ""
    #: Bytes of the certificate; None where none came.
    certificate: bytes | None = None


def record_filing(place: ComplexRow, code: str, filing: NewFiling, *, at: datetime, account: int) -> None:
    """Add a state of the filing; the certificate is uploaded once, and its number goes into the committee's record.

    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, StepNotDue, DateInFuture, StepBlocked when papers are
    missing, FilingNotHandedIn, FiledAlready, FilingNumberMissing, or what storing a paper refuses.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    _require_order(filing, [row.state for row in dossier.filings])
    require_open(dossier, "filing", at)
    if filing.on > china_day(at):
        raise DateInFuture()
    blockers = blockers_of(dossier, "filing", china_day(at)) if filing.state is FilingState.RECEIVED else ()
    if blockers:
        raise StepBlocked(blockers=[blocker.code for blocker in blockers])
    file_id = None
    if filing.certificate is not None:
        file_id = store_material(filing.certificate, name="备案证明", at=at, account=account, public=False).id
    row = Filing(
        procedure_id=procedure.id,
        state=filing.state.value,
        on=filing.on,
        note=filing.note.strip(),
        number=filing.number.strip(),
        file_id=file_id,
        recorded_by=account,
        recorded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    append_entry("filing", {"procedure": code, "state": filing.state.value, "on": filing.on.isoformat()}, at=at)
    sign_checkpoint(place.slug, at=at)
    if filing.state is FilingState.FILED:
        _mark_term(procedure.election_uuid, filing.on, row.number, at, account)
    record_event("procedure:filing:record", at=at, account=account, tenant=place.id, procedure=procedure.id, state=row.state)


def _require_order(filing: NewFiling, before: list[FilingState]) -> None:
    if FilingState.FILED in before:
        raise FiledAlready()
    if filing.state is not FilingState.RECEIVED and FilingState.RECEIVED not in before:
        raise FilingNotHandedIn()
    if filing.state is FilingState.FILED and not filing.number.strip():
        raise FilingNumberMissing()


def _mark_term(election_uuid: str, on: date, number: str, at: datetime, account: int) -> None:
    """Put date and number into the record of the committee that the vote elected, where it elected one."""
    for term in list_terms():
        if election_uuid and term.election_uuid == election_uuid:
            record_term_filing(term.id, on, number, at=at, account=account)
