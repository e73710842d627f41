"""Certify the result of a procedure's vote and write what follows from it into the committee's record.

The day of certification is the day of the election 选举产生之日, from which the days of the first meeting and the filing count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.committee.services.change_membership import end_membership, fill_vacancies
from app.committee.services.record_term import TermFacts, install_committee
from app.committee.types import Ending
from app.elections.services.certify_election import certify_election
from app.elections.types import ElectionRow
from app.procedure.errors import StepBlocked
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.rules import blockers_of
from app.procedure.services.record_fact import require_open
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier, ProcedureKind
from app.procedure.vote_errors import LotNotDrawn, LotUnclear, VoteNotDrafted
from app.procedure.vote_outcome import WITHOUT_EFFECT, SeatsOutcome, seats_of, seats_outcome, verdicts_of, with_lot
from app.procedure.vote_texts import next_committee
from app.statute.calendar import days_before, months_after
from app.tenancy.types import ComplexRow
from app.values.clock import china_day

_MONTHS_A_YEAR = 12


def certify_result(place: ComplexRow, code: str, drawn: Sequence[int] = (), *, at: datetime, account: int) -> None:
    """Certify the result; ``drawn`` are the candidates a public lot gave a seat, where candidates are equal.

    Raises: ProcedureNotFound, ProcedureNotRunning, VoteNotDrafted, StepNotDue, StepBlocked, LotNotDrawn, LotUnclear, or
    what ``certify_election`` and the committee's record refuse.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    vote = standing_vote(dossier)
    if vote is None:
        raise VoteNotDrafted()
    if vote.published_at is None:
        require_open(dossier, "certified", at)
    blockers = blockers_of(dossier, "certified", china_day(at))
    if blockers:
        raise StepBlocked(blockers=[blocker.code for blocker in blockers])
    outcome = _after_lot(vote, drawn)
    certify_election(vote.uuid, place, at=at, account=account)
    if drawn and outcome is not None:
        labels = [candidate.label for candidate in outcome.elected if candidate.id in set(drawn)]
        append_entry("lot_drawn", {"procedure": code, "election": vote.uuid, "seats": labels}, at=at, election_uuid=vote.uuid)
        sign_checkpoint(place.slug, at=at)
    _record_committee(dossier, vote, outcome, china_day(at), at, account)
    record_event("procedure:result:certify", at=at, account=account, tenant=place.id, procedure=procedure.id)


def _after_lot(vote: ElectionRow, drawn: Sequence[int]) -> SeatsOutcome | None:
    outcome = seats_outcome(vote)
    if outcome is None or not outcome.to_draw:
        if drawn:
            raise LotUnclear(number=0)
        return outcome
    if not drawn:
        names = "、".join(candidate.label for candidate in outcome.tied)
        raise LotNotDrawn(names=names, number=outcome.to_draw)
    return with_lot(outcome, drawn)


def _record_committee(
    dossier: Dossier, vote: ElectionRow, outcome: SeatsOutcome | None, on: date, at: datetime, account: int
) -> None:
    kind = dossier.procedure.kind
    if kind is ProcedureKind.RECALL:
        if verdicts_of(vote) == ("passed",) and dossier.procedure.member_id is not None and dossier.term is not None:
            last = min(on, dossier.term.ends_on)
            end_membership(dossier.procedure.member_id, Ending.RECALLED, last, vote.title, None, at=at, account=account)
        return
    if outcome is None or outcome.verdict in WITHOUT_EFFECT:
        return
    elected, alternates = seats_of(outcome.elected), seats_of(outcome.alternates)
    if kind is ProcedureKind.BY_ELECTION and dossier.term is not None:
        fill_vacancies(dossier.term.id, vote.uuid, elected, alternates, on, at=at, account=account)
    elif kind in (ProcedureKind.RENEWAL, ProcedureKind.FIRST_ELECTION):
        facts = _next_term(dossier, outcome.seats, int(vote.policies["P-TERM"]), on)
        install_committee(vote.uuid, facts, elected, alternates, at=at, account=account)


def _next_term(dossier: Dossier, seats: int, years: int, certified_on: date) -> TermFacts:
    """Return the new term: it follows the present one, or begins with the certification where that is over."""
    ends_on = dossier.procedure.term_ends_on
    starts_on = certified_on if ends_on is None or ends_on < certified_on else ends_on + timedelta(days=1)
    last = days_before(months_after(starts_on, years * _MONTHS_A_YEAR), 1)
    return TermFacts(next_committee(dossier), starts_on, last, seats)
