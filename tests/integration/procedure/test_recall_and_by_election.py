"""Lead a recall and a by-election through their votes, on both engines: what the certified result does to the committee."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from app.committee.queries import get_member, get_term
from app.committee.services.change_membership import end_membership
from app.committee.services.record_term import TermFacts
from app.committee.types import Ending, MemberRow, TermRow
from app.db.session import db
from app.procedure.beginning import Beginning
from app.procedure.models import Nomination, StepFact
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.services.leave_committee import hand_over_as_leaver, record_vacancy
from app.procedure.services.record_fact import record_fact
from app.procedure.services.record_petition import Petition, confirm_petition, record_petition
from app.procedure.services.record_reply import record_reply
from app.procedure.types import ProcedureKind
from tests.committee_support import MEMBERS, make_committee
from tests.conftest import SteerableClock
from tests.elections_support import in_complex, make_roll, make_staff
from tests.renewal_support import OWNERS, Renewal, procedure_id
from tests.support import make_complexes

AGREE, AGAINST = (1, 0, 0), (0, 1, 0)
LONG = TermFacts(2, date(2025, 7, 1), date(2030, 6, 30), 5)
SHORT = TermFacts(2, date(2022, 7, 1), date(2027, 6, 30), 5)


def begin_recall(app: Flask, clock: SteerableClock, facts: TermFacts) -> tuple[Renewal, TermRow, MemberRow]:
    """Lead a recall that two members ask for up to its posted roll."""
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, clock.at)
    persons = make_roll(app, place, OWNERS)
    term = make_committee(app, place, clock.at, staff.operator, facts=facts, members=MEMBERS[:5])
    member, others = term.serving[2], tuple(row.id for row in term.serving[:2])
    at, by = clock.at, staff.operator
    with in_complex(app, place):
        code = begin_procedure(place, Beginning(kind=ProcedureKind.RECALL, member_id=member.id), at=at, account=by)
        petition = Petition(at.date(), "两年没有公开账目。", others, by_members=True)
        record_petition(place, code, petition, at=at, account=by)
        confirm_petition(place, code, "湖畔街道 何平", at.date(), at=at, account=by)
        record_reply(place, code, "账目贴在公告栏。", None, at.date(), at=at, account=by)
    case = Renewal(app, clock, place, staff, persons, code)
    case.hang("N2")
    return case, term, member


def decide(case: Renewal, choice: tuple[int, ...], votes: int = 5) -> None:
    """Announce the vote, let owners cast the same choice, and certify it after its objections."""
    uuid = case.draft()
    case.announce()
    case.hang("N5")
    case.vote_and_publish(uuid, votes, choice)
    case.let_objections_pass()
    case.certify()


def test_a_recall_that_passes_ends_the_membership_and_waits_for_the_handover(app: Flask, clock: SteerableClock) -> None:
    case, term, member = begin_recall(app, clock, LONG)
    decide(case, AGREE)
    with in_complex(app, case.place):
        row = get_member(member.id)[1]
        assert (row.end_reason, row.ended_on) == (Ending.RECALLED, case.today)
        assert get_term(term.id).vacancies == 1
        hand_over_as_leaver(case.place, case.code, member.id, case.today, at=clock.at, account=case.staff.operator)
    assert case.state_of("member_handover") == "done"


def test_a_recall_that_fails_changes_nothing_and_asks_for_no_handover(app: Flask, clock: SteerableClock) -> None:
    case, term, member = begin_recall(app, clock, LONG)
    decide(case, AGAINST)
    with in_complex(app, case.place):
        assert get_term(term.id).vacancies == 0
        assert get_member(member.id)[1].serves
        record_fact(case.place, case.code, "member_handover", at=clock.at, account=case.staff.operator)
    assert case.state_of("member_handover") == "done"


def test_a_recall_certified_after_the_term_ends_the_membership_with_it(app: Flask, clock: SteerableClock) -> None:
    case, _term, member = begin_recall(app, clock, SHORT)
    decide(case, AGREE)
    assert case.today > SHORT.ends_on
    with in_complex(app, case.place, write=False):
        assert get_member(member.id)[1].ended_on == SHORT.ends_on


def nominate(case: Renewal, number: int) -> None:
    """Write settled candidates, as the steps before the notice leave them."""
    with in_complex(case.app, case.place):
        procedure = procedure_id(case.code)
        for place, (name, units) in enumerate(OWNERS[:number]):
            row = Nomination(procedure_id=procedure, name=name, unit_code=units[0][0], person_id=case.persons[place])
            row.proposed_by, row.introduction, row.state = "owners", "愿意把账目贴到单元门口。", "eligible"
            row.created_by, row.created_at = case.staff.operator, case.clock.at + timedelta(seconds=place)
            db.session.add(row)
        fact = StepFact(procedure_id=procedure, step="candidates", done_on=case.today, recorded_by=1, recorded_at=case.clock.at)
        db.session.add(fact)


def test_a_by_election_seats_its_winner_for_the_rest_of_the_term(app: Flask, clock: SteerableClock) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, clock.at)
    persons = make_roll(app, place, OWNERS)
    term = make_committee(app, place, clock.at, staff.operator, facts=LONG, members=MEMBERS[:5])
    left = term.serving[-1].id
    at, by = clock.at, staff.operator
    with in_complex(app, place):
        end_membership(left, Ending.RESIGNED, at.date(), "", None, at=at, account=by)
        code = begin_procedure(place, Beginning(kind=ProcedureKind.BY_ELECTION), at=at, account=by)
        record_vacancy(place, code, at.date(), "", None, at=at, account=by)
        hand_over_as_leaver(place, code, left, at.date(), at=at, account=by)
        record_fact(place, code, "vacancy_filing", at=at, account=by)
    case = Renewal(app, clock, place, staff, persons, code)
    case.hang("N2")
    nominate(case, 2)
    decide(case, (1, 0))
    with in_complex(app, place, write=False):
        after = get_term(term.id)
    assert (after.vacancies, len(after.serving), after.ends_on) == (0, 5, LONG.ends_on)
    assert after.serving[-1].name == OWNERS[0][0]
    assert after.serving[-1].since_on == case.today
    assert [row.is_replaced for row in after.members if row.id == left] == [True]
