"""Announce the vote of a procedure: the residents' committee is told at the same time, and nothing is typed again."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.elections.readiness import earliest_opening
from app.elections.services.announce_election import announce_election
from app.procedure.errors import StepBlocked, StepNotDue
from app.procedure.plan import plan_of
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.services.record_fact import first_waiting
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import OrderKind
from app.procedure.vote_errors import NoticeTooShort, ResidentsCommitteeNotTold, VoteNotDrafted
from app.tenancy.types import ComplexRow
from app.values.clock import china_day


def announce_vote(place: ComplexRow, code: str, *, residents_committee_told: bool, at: datetime, account: int) -> str:
    """Announce the drafted vote and return the SHA-256 of the announcement.

    The days of notice are a condition here and not a warning (物业管理条例 14: all owners 15 days before, and the residents'
    committee at the same time).
    Raises: ProcedureNotFound, ProcedureNotRunning, VoteNotDrafted, StepNotDue, StepBlocked, ResidentsCommitteeNotTold,
    NoticeTooShort, or what ``announce_election`` refuses.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    vote = standing_vote(dossier)
    if vote is None or not vote.is_draft:
        raise VoteNotDrafted()
    plan = plan_of(dossier, at)
    step = plan.step("notice")
    if step is not None and not step.is_open:
        raise StepNotDue(waiting=first_waiting(plan, "notice"))
    if step is not None and step.blockers:
        raise StepBlocked(blockers=[blocker.code for blocker in step.blockers])
    if not residents_committee_told:
        raise ResidentsCommitteeNotTold()
    earliest = earliest_opening(at, vote.pack, vote.policies["P-NOTICECLR"])
    if vote.opens_at < earliest:
        raise NoticeTooShort(earliest=china_day(earliest))
    passed = [order.blocker for order in dossier.orders if order.order is OrderKind.OVERRIDE and order.step == "notice"]
    digest = announce_election(vote.uuid, place, at=at, account=account, waived=passed)
    body = {"procedure": code, "election": vote.uuid, "residents_committee": "told"}
    append_entry("notice_given", body, at=at, election_uuid=vote.uuid)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:vote:announce", at=at, account=account, tenant=place.id, procedure=procedure.id)
    return digest
