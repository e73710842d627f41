"""Record an order of the street: stop, go on, correct a step, or let it pass in spite of what blocks it (指导规则 44, 58)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import db
from app.procedure.errors import BlockerUnknown, OrderIncomplete, OrderNotPossible, StepUnknown
from app.procedure.models import Procedure, StreetOrder
from app.procedure.objecting import POSTED_LISTS
from app.procedure.plan import Plan, plan_of
from app.procedure.queries import get_dossier
from app.procedure.services.follow_up import follow_undone
from app.procedure.services.record_fact import undo_fact
from app.procedure.services.running_procedure import locked_procedure
from app.procedure.types import Dossier, OrderKind, ProcedureState
from app.tenancy.types import ComplexRow

REASON_LIMIT = 500
#: Steps whose posted list an order to correct voids, also before they are done.
CORRECTABLE_LISTS = frozenset(step for _paper, steps in POSTED_LISTS.values() for step in steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """Hold what the street orders."""

    order: OrderKind
    #: Key of the step; empty for the whole procedure.
    step: str = ""
    #: Code of what blocks, for an override.
    blocker: str = ""
    reason: str
    #: Name and office of the person who answers for it.
    signed_by: str
    #: Where it was given.
    place: str
    #: Stored written order.
    file_id: int | None = None


def give_order(place: ComplexRow, code: str, given: NewOrder, *, at: datetime, account: int) -> int:
    """Record the order and carry it out, on the public record too; return its id.

    Raises: ProcedureNotFound, OrderIncomplete, OrderNotPossible, StepUnknown, BlockerUnknown.
    """
    if not (given.reason.strip() and given.signed_by.strip() and given.place.strip()):
        raise OrderIncomplete()
    procedure = locked_procedure(code)
    dossier = get_dossier(code)
    _carry_out(procedure, dossier, plan_of(dossier, at), given, at, account)
    row = StreetOrder(
        procedure_id=procedure.id,
        order=given.order.value,
        step=given.step,
        blocker=given.blocker if given.order is OrderKind.OVERRIDE else "",
        reason=given.reason.strip(),
        signed_by=given.signed_by.strip(),
        place=given.place.strip(),
        file_id=given.file_id,
        recorded_by=account,
        recorded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    body = {"procedure": code, "order": given.order.value, "step": given.step, "blocker": row.blocker}
    append_entry("order", {**body, "reason_sha256": sha256(row.reason.encode()).hexdigest()}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event(f"procedure:order:{given.order}", at=at, account=account, tenant=place.id, procedure=code, step=given.step)
    return row.id


def _carry_out(procedure: Procedure, dossier: Dossier, plan: Plan, given: NewOrder, at: datetime, account: int) -> None:
    if given.order in (OrderKind.STOP, OrderKind.RESUME):
        _switch(procedure, given)
        return
    if not dossier.procedure.is_running:
        raise OrderNotPossible(order=given.order)
    step = plan.step(given.step)
    if step is None:
        raise StepUnknown(step=given.step)
    if given.order is OrderKind.OVERRIDE:
        if given.blocker not in {blocker.code for blocker in step.blockers if blocker.may_override}:
            raise BlockerUnknown(blocker=given.blocker)
    elif given.step in dossier.facts:
        undo_fact(procedure.id, dossier, given.step, at=at, account=account)
        follow_undone(dossier, given.step, at=at, account=account)
    elif given.step not in CORRECTABLE_LISTS:
        raise OrderNotPossible(order=given.order)


def _switch(procedure: Procedure, given: NewOrder) -> None:
    before, after = ProcedureState.RUNNING, ProcedureState.STOPPED
    if given.order is OrderKind.RESUME:
        before, after = after, before
    if procedure.state != before or given.step:
        raise OrderNotPossible(order=given.order)
    procedure.state = after.value
