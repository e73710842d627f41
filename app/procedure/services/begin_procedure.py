"""Begin a procedure from what is on record: a renewal takes title, term and seats from the present committee."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.committee.queries import current_term
from app.committee.types import TermRow
from app.crypto.encoding import BASE58
from app.db.session import current_tenant_id, db
from app.procedure.beginning import Beginning, check_beginning, title_of_beginning
from app.procedure.errors import ProcedureRuns
from app.procedure.models import Procedure, Reminder, StepFact
from app.procedure.services.give_short_name import give_short_name
from app.procedure.types import ProcedureKind, ProcedureState
from app.roll.queries import live_units
from app.statute.rule_pack import DEFAULT_RULE_PACK
from app.tenancy.types import ComplexRow
from app.values.clock import china_day

_CODE_LENGTH = 8
_UNFINISHED = (ProcedureState.RUNNING, ProcedureState.STOPPED)


def begin_procedure(place: ComplexRow, beginning: Beginning, *, at: datetime, account: int) -> str:
    """Begin a procedure and return its public code; the alarm of a renewal is recorded with it.

    Raises: TermUnknown, CommitteeExists, NoVacancy, MemberNotServing, MatterMissing, SeatsUnlawful, BuildingsUnknown,
    ProcedureRuns.
    """
    today = china_day(at)
    term = current_term(today)
    buildings = {unit.building for unit in live_units()} if beginning.scope else set()
    check_beginning(beginning, term, today, buildings=buildings)
    _check_not_running(beginning, term)
    row = Procedure(
        tenant_id=current_tenant_id(),
        code="".join(secrets.choice(BASE58) for _ in range(_CODE_LENGTH)),
        kind=beginning.kind.value,
        title=title_of_beginning(beginning, term),
        state=ProcedureState.RUNNING.value,
        term_id=term.id if term is not None and beginning.concerns_term else None,
        term_ends_on=term.ends_on if term is not None and beginning.concerns_term else None,
        seats=beginning.seats_of(term),
        member_id=beginning.member_id,
        matter=beginning.matter.value if beginning.matter is not None else "",
        scope=list(beginning.scope),
        rule_pack=DEFAULT_RULE_PACK,
        started_by=account,
        started_at=at,
    )
    db.session.add(row)
    db.session.flush()
    give_short_name(row.code)
    if beginning.kind is ProcedureKind.RENEWAL and term is not None:
        _record_alarm(row.id, term, at)
    append_entry("procedure_started", {"procedure": row.code, "kind": row.kind, "title": row.title}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:procedure:begin", at=at, account=account, tenant=place.id, procedure=row.code, kind=row.kind)
    return row.code


def _check_not_running(beginning: Beginning, term: TermRow | None) -> None:
    """Refuse a second procedure of a kind that can only run once: for a term, for a member, or for the first assembly."""
    if beginning.kind in (ProcedureKind.DECISION, ProcedureKind.EXTRAORDINARY):
        return
    query = select(Procedure).where(Procedure.kind == beginning.kind, Procedure.state.in_(_UNFINISHED)).with_for_update()
    for row in db.session.scalars(query):
        if beginning.kind is ProcedureKind.RECALL and row.member_id != beginning.member_id:
            continue
        if term is None or row.term_id in (None, term.id):
            raise ProcedureRuns(title=row.title)


def _record_alarm(procedure_id: int, term: TermRow, at: datetime) -> None:
    """Record the alarm on the day on which the first reminder of the term's end appeared, else today."""
    query = select(Reminder).where(Reminder.term_id == term.id, Reminder.claimed_at.is_not(None))
    sent: Collection[Reminder] = db.session.scalars(query).all()
    moments = [row.claimed_at for row in sent if row.claimed_at is not None]
    on = china_day(min(moments, default=at))
    db.session.add(StepFact(procedure_id=procedure_id, step="alarm", done_on=on, recorded_by=None, recorded_at=at))
    for row in sent:
        row.settled_at = row.settled_at or at
    db.session.flush()
