"""Record that a step was done on a day, with its proof; or take such a record back because it was made in error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import db
from app.procedure.errors import (
    DateInFuture,
    DateTooEarly,
    FactNotFound,
    LaterStepDone,
    StepAutomatic,
    StepBlocked,
    StepDone,
    StepNotDue,
    StepUnknown,
)
from app.procedure.labels import step_words, title_of
from app.procedure.models import StepFact
from app.procedure.plan import Plan, PlanStep, plan_of, runs_beside
from app.procedure.progress import AUTOMATIC
from app.procedure.queries import get_dossier
from app.procedure.services.end_procedure import finish_if_complete
from app.procedure.services.follow_up import follow_done, follow_undone
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow


def record_fact(
    place: ComplexRow,
    code: str,
    step: str,
    *,
    at: datetime,
    account: int,
    done_on: date | None = None,
    note: str = "",
    file_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> int:
    """Record that a step was done, today unless another day is given, on the public record too; return the id of the fact.

    ``file_id`` is a stored paper that proves it; ``details`` are values of this kind of step and never personal data.
    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, StepAutomatic, StepDone, StepNotDue, DateInFuture,
    DateTooEarly, StepBlocked.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    plan = plan_of(dossier, at)
    day = done_on or plan.today
    _check(plan, step, day)
    row = StepFact(
        procedure_id=procedure.id,
        step=step,
        done_on=day,
        note=note,
        file_id=file_id,
        details=dict(details or {}),
        recorded_by=account,
        recorded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    follow_done(dossier, step, day, at=at, account=account)
    title = step_words(step, dossier.procedure.kind).zh
    append_entry("step_done", {"procedure": code, "step": step, "title": title, "done_on": day.isoformat()}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:step:done", at=at, account=account, tenant=place.id, procedure=code, step=step)
    finish_if_complete(place, code, at=at)
    return row.id


def take_back_fact(place: ComplexRow, code: str, step: str, *, at: datetime, account: int) -> None:
    """Take back what was recorded for a step, as long as nothing builds on it.

    Raises: ProcedureNotFound, ProcedureNotRunning, StepUnknown, FactNotFound, LaterStepDone.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    _check_nothing_later(dossier, plan_of(dossier, at), step)
    undo_fact(procedure.id, dossier, step, at=at, account=account)
    follow_undone(dossier, step, at=at, account=account)
    append_entry("step_undone", {"procedure": code, "step": step, "title": step_words(step, dossier.procedure.kind).zh}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:step:undone", at=at, account=account, tenant=place.id, procedure=code, step=step)


def undo_fact(procedure_id: int, dossier: Dossier, step: str, *, at: datetime, account: int) -> None:
    """Write the row that undoes the fact that holds for a step.

    Raises: FactNotFound.
    """
    fact = dossier.facts.get(step)
    if fact is None:
        raise FactNotFound(step=step)
    row = StepFact(
        procedure_id=procedure_id,
        step=step,
        done_on=fact.done_on,
        undoes_id=fact.id,
        recorded_by=account,
        recorded_at=at,
    )
    db.session.add(row)
    db.session.flush()


def _check(plan: Plan, key: str, done_on: date) -> None:
    step = _known(plan, key)
    if step.is_done:
        raise StepDone(step=key)
    if key in AUTOMATIC:
        raise StepAutomatic(step=key)
    if not step.is_open:
        raise StepNotDue(waiting=first_waiting(plan, key))
    if done_on > plan.today:
        raise DateInFuture()
    if step.earliest is not None and done_on < step.earliest:
        raise DateTooEarly(earliest=step.earliest)
    if step.blockers:
        raise StepBlocked(blockers=[blocker.code for blocker in step.blockers])


def _check_nothing_later(dossier: Dossier, plan: Plan, key: str) -> None:
    _known(plan, key)
    keys = [step.key for step in plan.steps]
    for step in plan.steps[keys.index(key) + 1 :]:
        if step.is_done and not runs_beside(key, step.key):
            raise LaterStepDone(later=title_of(step.key, dossier.procedure.kind))


def _known(plan: Plan, key: str) -> PlanStep:
    step = plan.step(key)
    if step is None:
        raise StepUnknown(step=key)
    return step


def require_open(dossier: Dossier, key: str, at: datetime) -> None:
    """Refuse what belongs to a step while others must come before it.

    Raises: StepUnknown, StepNotDue.
    """
    plan = plan_of(dossier, at)
    if not _known(plan, key).is_open:
        raise StepNotDue(waiting=first_waiting(plan, key))


def first_waiting(plan: Plan, key: str) -> str:
    """Return the title of the first step that must be done before another one."""
    waiting = next(step for step in plan.steps if not step.is_done and step.key != key and not runs_beside(step.key, key))
    return title_of(waiting.key, plan.dossier.procedure.kind)
