"""Own the tick of the procedures: show reminders that are due, settle those that are done with, finish what is complete.

Safe with several workers at once: a reminder is a row with a key of its own, and whoever writes it first has claimed it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.committee.queries import current_term
from app.db.session import db, read_in_tenant, tenant_work
from app.procedure.models import Reminder
from app.procedure.plan import Plan, plan_of
from app.procedure.queries import running_dossiers
from app.procedure.reminders import Due, step_reminders, term_reminders
from app.procedure.services.claim_reminder import claim_reminder, settle_reminder
from app.procedure.services.end_procedure import finish_if_complete
from app.procedure.types import ProcedureKind, ProcedureState
from app.statute.rule_pack import load_rule_pack
from app.tenancy.queries import all_complexes
from app.tenancy.types import ComplexRow
from app.values.clock import china_day


def run_procedures(at: datetime) -> int:
    """Do what is due in every complex; return how many reminders were claimed, settled, and procedures finished."""
    return sum(run_in_complex(place, at) for place in all_complexes())


def run_in_complex(place: ComplexRow, at: datetime) -> int:
    """Do what is due in one complex, each in a unit of work of its own."""
    due, over, complete = read_in_tenant(place.id, lambda: _due_work(at))
    steps = 0
    for reminder in due:
        with tenant_work(place.id, write=True):
            steps += int(claim_reminder(reminder, at=at))
    for key in over:
        with tenant_work(place.id, write=True):
            steps += int(settle_reminder(key, at=at))
    for code in complete:
        with tenant_work(place.id, write=True):
            steps += int(finish_if_complete(place, code, at=at))
    return steps


def _due_work(at: datetime) -> tuple[list[Due], list[str], list[str]]:
    """Return the reminders to claim, the keys of those to settle, and the procedures to finish."""
    plans = [plan_of(dossier, at) for dossier in running_dossiers()]
    running = [plan for plan in plans if plan.dossier.procedure.state is ProcedureState.RUNNING]
    wanted = {each.key: each for plan in running for each in step_reminders(plan)} | _of_the_term(plans, at)
    rows = list(db.session.scalars(select(Reminder)))
    known = {row.key for row in rows}
    over = [row.key for row in rows if row.settled_at is None and row.claimed_at is not None and row.key not in wanted]
    complete = [plan.dossier.procedure.code for plan in running if plan.is_complete]
    return [each for key, each in wanted.items() if key not in known], over, complete


def _of_the_term(plans: list[Plan], at: datetime) -> dict[str, Due]:
    """Return the reminders of the present term's end, unless its renewal has begun."""
    term = current_term(china_day(at))
    renewed = {plan.dossier.procedure.term_id for plan in plans if plan.dossier.procedure.kind is ProcedureKind.RENEWAL}
    if term is None or term.id in renewed:
        return {}
    return {each.key: each for each in term_reminders(term, china_day(at), load_rule_pack())}
