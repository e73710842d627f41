"""Choose the day of a step, or the days of the voting window and of the objections; or go back to the computed ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.session import current_tenant_id, db
from app.procedure.errors import DateFixed, DateInVote, DateRefused, StepUnknown
from app.procedure.models import PlannedDate
from app.procedure.plan import Plan, plan_of
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier
from app.statute.planning_types import Conflict, ConflictCode, Severity

#: Numbers of days that are chosen, and the steps they are chosen at.
DAYS_OF_STEP = {"voting_closes": "voting_days", "objections_close": "objection_days"}
#: Steps whose days are those of the vote, once there is one.
SETTLED_BY_VOTE = frozenset({"notice", "voting_opens", "voting_closes"})

#: Conflicts of a day that comes after the last one.
_MISSES = frozenset({ConflictCode.STEP_TOO_LATE, ConflictCode.STEP_IMPOSSIBLE, ConflictCode.OPENS_AFTER_LIMIT})


def choose_date(code: str, step: str, on: date | None, *, at: datetime, account: int) -> None:
    """Choose the day of a step; None goes back to the computed day.

    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, DateFixed, DateInVote, DateRefused with the broken rule and
    the way out.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    plan = plan_of(dossier, at)
    row = plan.step(step)
    if row is None:
        raise StepUnknown(step=step)
    _check_vote(dossier, step)
    if not row.may_choose:
        raise DateFixed(step=step)
    chosen = {key: day for key, day in dossier.planned.items() if key != step}
    if on is not None:
        chosen[step] = on
    _require_lawful(plan, plan_of(replace(dossier, planned=chosen), at))
    _keep(procedure.id, step, on=on)
    record_event("procedure:date:choose", at=at, account=account, tenant=current_tenant_id(), procedure=code, step=step)


def choose_days(code: str, step: str, days: int | None, *, at: datetime, account: int) -> None:
    """Choose how many days voting or the time for objections lasts; None goes back to the default.

    Raises: as ``choose_date``.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    plan = plan_of(dossier, at)
    row, name = plan.step(step), DAYS_OF_STEP.get(step)
    if row is None or name is None:
        raise StepUnknown(step=step)
    _check_vote(dossier, step)
    if row.is_done:
        raise DateFixed(step=step)
    chosen = {key: number for key, number in dossier.days.items() if key != name}
    if days is not None:
        chosen[name] = days
    _require_lawful(plan, plan_of(replace(dossier, days=chosen), at))
    _keep(procedure.id, name, days=days)
    record_event("procedure:days:choose", at=at, account=account, tenant=current_tenant_id(), procedure=code, step=step)


def _check_vote(dossier: Dossier, step: str) -> None:
    if step in SETTLED_BY_VOTE and standing_vote(dossier) is not None:
        raise DateInVote(step=step)


def _require_lawful(before: Plan, after: Plan) -> None:
    """Refuse a choice that breaks a rule which was not broken before; what cannot be met any more does not stand in its way."""
    known = {(conflict.code, conflict.step) for conflict in before.standing.conflicts}
    for conflict in after.standing.conflicts:
        if _weighs(conflict) and (conflict.code, conflict.step) not in known and not _is_over(after, conflict):
            raise DateRefused(conflict)


def _weighs(conflict: Conflict) -> bool:
    return conflict.severity is Severity.BROKEN or conflict.code is ConflictCode.PLANNED_IN_PAST


def _is_over(plan: Plan, conflict: Conflict) -> bool:
    """Say whether the last day that a choice misses is over anyway, so that no other choice would keep it."""
    if conflict.code not in _MISSES or conflict.step is None:
        return False
    row = plan.standing.of(conflict.step)
    return row is not None and row.step.latest is not None and row.step.latest < plan.today


def _keep(procedure_id: int, name: str, *, on: date | None = None, days: int | None = None) -> None:
    row = db.session.scalar(select(PlannedDate).where(PlannedDate.procedure_id == procedure_id, PlannedDate.step == name))
    if on is None and days is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(PlannedDate(procedure_id=procedure_id, step=name, on=on, days=days))
    else:
        row.on, row.days = on, days
    db.session.flush()
