"""Own the reads of procedures: the dossier with everything one consists of, and the list of a complex."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from app.committee.queries import get_term, list_terms
from app.db.session import db
from app.elections.queries import get_election, list_elections
from app.elections.types import ElectionRow, ElectionState
from app.procedure import models
from app.procedure.errors import ProcedureNotFound
from app.procedure.objection_text import open_objection
from app.procedure.petition_queries import petition_count
from app.procedure.types import (
    Dossier,
    FactRow,
    FilingRow,
    FilingState,
    GroupMemberRow,
    HandoverRow,
    NominationRow,
    NominationState,
    ObjectionRow,
    OrderKind,
    OrderRow,
    OtherVote,
    PaperRow,
    PostingRow,
    ProcedureKind,
    ProcedureRow,
    ProcedureState,
    ReminderRow,
    Side,
    SignatureRow,
    SignatureState,
    StatementRow,
)
from app.roll.owner_queries import owners_among
from app.roll.queries import has_counted_units
from app.rulebook.queries import overlay_in_force
from app.values.clock import china_day

#: States of a vote that has days of its own which owners see.
_STANDING = frozenset({ElectionState.ANNOUNCED, ElectionState.OPEN, ElectionState.CLOSED})

#: Kinds that begin with a petition of the owners.
_PETITIONED = frozenset({ProcedureKind.RECALL, ProcedureKind.EXTRAORDINARY})


def get_dossier(code: str) -> Dossier:
    """Return a procedure of the present complex with everything it consists of.

    Raises: ProcedureNotFound, also for the procedure of another complex.
    """
    row = db.session.scalar(select(models.Procedure).where(models.Procedure.code == code))
    if row is None:
        raise ProcedureNotFound(procedure=code)
    return _dossier(row)


def list_procedures(*, running_only: bool = False) -> list[ProcedureRow]:
    """List the procedures of the present complex, running ones first, then the newest."""
    rows = [_procedure(row) for row in db.session.scalars(select(models.Procedure))]
    if running_only:
        rows = [row for row in rows if row.is_running]
    rows.sort(key=lambda row: row.started_at, reverse=True)
    return sorted(rows, key=lambda row: not row.is_running)


def running_dossiers() -> list[Dossier]:
    """Return the dossier of every procedure that runs or was stopped in the present complex, the newest first."""
    query = (
        select(models.Procedure)
        .where(models.Procedure.state.in_([ProcedureState.RUNNING, ProcedureState.STOPPED]))
        .order_by(models.Procedure.started_at.desc())
    )
    return [_dossier(row) for row in db.session.scalars(query)]


def open_reminders(roles: Collection[str]) -> list[ReminderRow]:
    """List the reminders that are shown to one of several roles, each matter once, the latest first."""
    query = (
        select(models.Reminder)
        .where(models.Reminder.role.in_(roles), models.Reminder.claimed_at.is_not(None), models.Reminder.settled_at.is_(None))
        .order_by(models.Reminder.due_on.desc(), models.Reminder.key)
    )
    found = {}
    for row in db.session.scalars(query):
        name = row.key.split(":")[2] if row.procedure_id is None else row.key.split(":")[3]
        found[name, row.step, row.procedure_id] = ReminderRow(name, row.due_on, row.step, row.procedure_id)
    return list(found.values())


def procedure_of_election(election_uuid: str) -> ProcedureRow | None:
    """Return the procedure a vote belongs to; None where it was set up without one."""
    row = db.session.scalar(select(models.Procedure).where(models.Procedure.election_uuid == election_uuid))
    return None if row is None else _procedure(row)


def _dossier(row: models.Procedure) -> Dossier:
    planned, days = _planned(row.id)
    nominations = _all(models.Nomination, row.id, _nomination)
    signatures = _all(models.PetitionSignature, row.id, _signature)
    return Dossier(
        procedure=_procedure(row),
        planned=planned,
        days=days,
        facts=MappingProxyType(_facts(row.id)),
        orders=_all(models.StreetOrder, row.id, _order),
        group=_all(models.GroupMember, row.id, _group_member),
        nominations=nominations,
        objections=tuple(sorted(_all(models.Objection, row.id, _objection), key=lambda each: each.number)),
        postings=_all(models.Posting, row.id, _posting),
        papers=_all(models.KeptPaper, row.id, _paper),
        filings=_all(models.Filing, row.id, _filing),
        handover=_all(models.HandoverItem, row.id, _handover),
        signatures=signatures,
        petition=petition_count(signatures) if row.kind in _PETITIONED else None,
        statements=_all(models.Statement, row.id, _statement),
        term=get_term(row.term_id) if row.term_id is not None else None,
        terms=tuple(list_terms()),
        election=get_election(row.election_uuid) if row.election_uuid else None,
        has_roll=has_counted_units(),
        owners_today=owners_among({each.person_id for each in nominations if each.person_id is not None}),
        own_rules=overlay_in_force(),
        other_votes=_other_votes(row.election_uuid),
    )


#: What orders the rows of a table in time; rows with a place in a list are ordered by it, others keep the order of their ids.
_MOMENTS = ("recorded_at", "received_at", "posted_at", "kept_at", "created_at")


def _all(model: Any, procedure_id: int, read: Any) -> tuple[Any, ...]:
    query = select(model).where(model.procedure_id == procedure_id).order_by(model.id)
    rows = list(db.session.scalars(query))
    moment = next((name for name in ("position", *_MOMENTS) if hasattr(model, name)), None)
    if moment is not None:
        rows.sort(key=lambda each: getattr(each, moment))
    return tuple(read(each) for each in rows)


def _planned(procedure_id: int) -> tuple[MappingProxyType[str, date], MappingProxyType[str, int]]:
    rows = list(db.session.scalars(select(models.PlannedDate).where(models.PlannedDate.procedure_id == procedure_id)))
    dates = {row.step: row.on for row in rows if row.on is not None}
    return MappingProxyType(dates), MappingProxyType({row.step: row.days for row in rows if row.days is not None})


def _facts(procedure_id: int) -> dict[str, FactRow]:
    query = (
        select(models.StepFact)
        .where(models.StepFact.procedure_id == procedure_id)
        .order_by(models.StepFact.recorded_at, models.StepFact.id)
    )
    rows = list(db.session.scalars(query))
    undone = {row.undoes_id for row in rows if row.undoes_id is not None}
    return {row.step: _fact(row) for row in rows if row.undoes_id is None and row.id not in undone}


def _other_votes(election_uuid: str) -> tuple[OtherVote, ...]:
    return tuple(_other_vote(row) for row in list_elections() if row.uuid != election_uuid and row.state in _STANDING)


def _other_vote(row: ElectionRow) -> OtherVote:
    return OtherVote(row.title, china_day(row.opens_at), china_day(row.closes_at - timedelta(microseconds=1)))


def _procedure(row: models.Procedure) -> ProcedureRow:
    return ProcedureRow(
        id=row.id,
        code=row.code,
        kind=ProcedureKind(row.kind),
        title=row.title,
        state=ProcedureState(row.state),
        term_id=row.term_id,
        term_ends_on=row.term_ends_on,
        seats=row.seats,
        member_id=row.member_id,
        matter=row.matter,
        scope=tuple(row.scope),
        rule_pack=row.rule_pack,
        election_uuid=row.election_uuid,
        started_by=row.started_by,
        started_at=row.started_at,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
    )


def _fact(row: models.StepFact) -> FactRow:
    return FactRow(
        row.id, row.step, row.done_on, row.note, row.file_id, MappingProxyType(row.details), row.recorded_by, row.recorded_at
    )


def _order(row: models.StreetOrder) -> OrderRow:
    return OrderRow(
        id=row.id,
        order=OrderKind(row.order),
        step=row.step,
        blocker=row.blocker,
        reason=row.reason,
        signed_by=row.signed_by,
        place=row.place,
        file_id=row.file_id,
        recorded_at=row.recorded_at,
    )


def _group_member(row: models.GroupMember) -> GroupMemberRow:
    return GroupMemberRow(row.id, row.name, Side(row.side), row.belongs_to, row.is_head, row.position)


def _nomination(row: models.Nomination) -> NominationRow:
    return NominationRow(
        id=row.id,
        name=row.name,
        unit_code=row.unit_code,
        person_id=row.person_id,
        proposed_by=row.proposed_by,
        introduction=row.introduction,
        photo_id=row.photo_id,
        checks=MappingProxyType(row.checks),
        declaration=MappingProxyType(row.declaration),
        evidence_id=row.evidence_id,
        state=NominationState(row.state),
        reason=row.reason,
        created_by=row.created_by,
        created_at=row.created_at,
        decided_at=row.decided_at,
    )


def _objection(row: models.Objection) -> ObjectionRow:
    return ObjectionRow(
        id=row.id,
        number=row.number,
        about=row.about,
        subject=row.subject,
        text=open_objection(row.text_sealed, row.id),
        account_id=row.account_id,
        received_at=row.received_at,
        answer=row.answer,
        upheld=row.upheld,
        answered_at=row.answered_at,
    )


def _posting(row: models.Posting) -> PostingRow:
    return PostingRow(row.id, row.paper, row.place, row.photo_id, row.posted_at)


def _paper(row: models.KeptPaper) -> PaperRow:
    return PaperRow(row.id, row.code, row.file_id, row.pages, row.kept_at)


def _filing(row: models.Filing) -> FilingRow:
    return FilingRow(FilingState(row.state), row.on, row.note, row.number, row.file_id, row.recorded_at)


def _handover(row: models.HandoverItem) -> HandoverRow:
    return HandoverRow(
        id=row.id,
        position=row.position,
        label=row.label,
        note=row.note,
        given_by=row.given_by,
        given_at=row.given_at,
        received_by=row.received_by,
        received_at=row.received_at,
    )


def _signature(row: models.PetitionSignature) -> SignatureRow:
    return SignatureRow(row.id, row.unit_code, SignatureState(row.state))


def _statement(row: models.Statement) -> StatementRow:
    return StatementRow(row.kind, row.text, row.file_id, row.recorded_at)
