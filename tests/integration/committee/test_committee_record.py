"""Hold the record of the committee on both engines: terms, offices, endings, alternates, a new committee."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask import Flask

from app.board.queries import all_leaves
from app.committee.errors import (
    DayOutsideTerm,
    MemberNotFound,
    MembershipLasts,
    MembershipOver,
    MembersTooMany,
    NoAlternate,
    NoVacancy,
    OfficesUnclear,
    TermExists,
    TermNotFound,
    TermsOverlap,
)
from app.committee.queries import coming_term, current_mandate, current_term, get_member, get_term, list_terms
from app.committee.rules import Standing
from app.committee.services.change_membership import (
    end_membership,
    fill_vacancies,
    move_up_alternate,
    record_leaver_handover,
)
from app.committee.services.mark_caretaker import end_caretaker, mark_caretaker
from app.committee.services.record_term import TermFacts, correct_term, install_committee, record_filing, record_term
from app.committee.services.set_offices import set_offices
from app.committee.types import Ending, Office, Seat
from app.documents.queries import private_file
from app.statute.rule_pack import load_rule_pack
from app.verifier.leaves import OtherLeaf, parse_leaf
from tests.committee_support import MEMBERS, TERM, make_committee
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.support import make_account, make_complexes

TODAY = NOON.date()
PDF = b"%PDF-1.7\nletter of resignation\n%%EOF\n"
THIRD = TermFacts(3, date(2027, 7, 1), date(2032, 6, 30), 5)


def test_records_a_committee_and_names_nobody_on_the_public_record(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account)
    assert [(person.name, person.office) for person in term.serving][:2] == [
        ("赵文娟", Office.CHAIR),
        ("王建国", Office.VICE_CHAIR),
    ]
    assert [person.name for person in term.alternates] == ["孙丽萍", "黄晓燕"]
    with in_complex(app, place, write=False):
        assert current_term(TODAY) == term
        assert list_terms() == [term]
        [leaf] = all_leaves()
        parsed = parse_leaf(leaf.body, "leaf")
        assert isinstance(parsed, OtherLeaf)
        body = json.loads(leaf.body)
    assert body["term"] == 2
    assert (body["seats"], body["members"], body["alternates"]) == (5, 5, 2)
    assert not any(person.name in leaf.body.decode() for person in term.members)


def test_refuses_a_term_that_stands_beside_another(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account)
    with in_complex(app, place):
        with pytest.raises(TermExists):
            record_term(TERM, MEMBERS, at=NOON, account=account)
        with pytest.raises(TermsOverlap):
            record_term(TermFacts(3, date(2027, 6, 30), date(2032, 6, 29), 5), MEMBERS, at=NOON, account=account)
        with pytest.raises(MembersTooMany):
            correct_term(term.id, TermFacts(2, TERM.starts_on, TERM.ends_on, 4), at=NOON, account=account)
        correct_term(term.id, TermFacts(2, TERM.starts_on, date(2027, 6, 1), 7), at=NOON, account=account)
        assert (get_term(term.id).ends_on, get_term(term.id).vacancies) == (date(2027, 6, 1), 2)


def test_ends_a_membership_and_lets_the_next_alternate_move_up(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account)
    leaver = term.serving[2]
    with in_complex(app, place):
        with pytest.raises(NoVacancy):
            move_up_alternate(term.id, TODAY, at=NOON, account=account)
        end_membership(leaver.id, Ending.RESIGNED, TODAY, "书面辞职", PDF, at=NOON, account=account)
    with in_complex(app, place):
        left, gone = get_member(leaver.id)
        assert (gone.ended_on, gone.end_reason, gone.end_note) == (TODAY, Ending.RESIGNED, "书面辞职")
        assert gone.end_file_id is not None
        assert private_file(gone.end_file_id).content == PDF
        assert left.vacancies == 1
        with pytest.raises(MembershipOver):
            end_membership(leaver.id, Ending.RESIGNED, TODAY, "", None, at=NOON, account=account)
        moved = move_up_alternate(term.id, TODAY, at=NOON, account=account)
        after = get_term(term.id)
        assert [person.name for person in after.serving][-1] == "孙丽萍"
        assert get_member(moved)[1].office is Office.MEMBER
        assert get_member(leaver.id)[1].is_replaced
        assert [person.name for person in after.alternates] == ["黄晓燕"]
        kinds = [leaf.kind for leaf in all_leaves()]
    assert kinds == ["committee_recorded", "membership_ended", "alternate_moved_up"]
    with in_complex(app, place, write=False):
        assert "resigned" not in "".join(leaf.body.decode() for leaf in all_leaves())


def test_knows_when_nobody_is_left_to_move_up(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account, members=MEMBERS[:5])
    with in_complex(app, place):
        for person in term.serving[:3]:
            end_membership(person.id, Ending.NO_LONGER_OWNER, TODAY, "", None, at=NOON, account=account)
        with pytest.raises(NoAlternate):
            move_up_alternate(term.id, TODAY, at=NOON, account=account)
        assert current_mandate(TODAY, load_rule_pack()).standing is Standing.TOO_FEW


def test_refuses_days_outside_the_term_and_in_the_future(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    person = make_committee(app, place, NOON, account).serving[0]
    with in_complex(app, place):
        for day in (date(2022, 6, 30), date(2027, 5, 23)):
            with pytest.raises(DayOutsideTerm):
                end_membership(person.id, Ending.RESIGNED, day, "", None, at=NOON, account=account)
        with pytest.raises(MembershipLasts):
            record_leaver_handover(person.id, TODAY, at=NOON, account=account)
        end_membership(person.id, Ending.RESIGNED, date(2027, 5, 20), "", None, at=NOON, account=account)
        for day in (date(2027, 5, 19), date(2027, 5, 23)):
            with pytest.raises(DayOutsideTerm):
                record_leaver_handover(person.id, day, at=NOON, account=account)
        record_leaver_handover(person.id, TODAY, at=NOON, account=account)
        assert get_member(person.id)[1].handed_over_on == TODAY


def test_gives_the_offices_to_members_in_office_only(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account)
    old_chair, new_chair = term.serving[0].id, term.serving[3].id
    with in_complex(app, place):
        for chair, vices in ((term.alternates[0].id, ()), (new_chair, (new_chair,)), (new_chair, (term.alternates[0].id,))):
            with pytest.raises(OfficesUnclear):
                set_offices(term.id, chair, vices, at=NOON, account=account)
        set_offices(term.id, new_chair, (old_chair,), at=NOON, account=account)
        offices = {person.id: person.office for person in get_term(term.id).serving}
    assert offices[new_chair] is Office.CHAIR
    assert offices[old_chair] is Office.VICE_CHAIR
    assert list(offices.values()).count(Office.MEMBER) == 3


def test_installs_the_committee_a_vote_elected(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    old = make_committee(app, place, NOON, account)
    elected = [Seat(f"新委员{number}", f"{number}栋") for number in range(1, 6)]
    with in_complex(app, place):
        new = install_committee("HJ5vbqvQ6fVYg7", THIRD, elected, [Seat("候补一", "9栋")], at=NOON, account=account)
        record_filing(new, date(2027, 7, 20), " 备2027-031 ", at=NOON, account=account)
        assert current_term(TODAY) == get_term(old.id)
        assert coming_term(TODAY) == get_term(new)
        assert current_term(date(2027, 7, 1)) == get_term(new)
        row = get_term(new)
    assert (row.election_uuid, row.filing_number, row.filed_on) == ("HJ5vbqvQ6fVYg7", "备2027-031", date(2027, 7, 20))
    assert [person.office for person in row.members] == [Office.MEMBER] * 5 + [Office.ALTERNATE]


def test_cuts_a_term_short_where_the_new_committee_begins_earlier(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    old = make_committee(app, place, NOON, account)
    early = TermFacts(3, date(2027, 6, 10), date(2032, 6, 9), 5)
    with in_complex(app, place):
        install_committee("HJ5vbqvQ6fVYg7", early, [Seat("新委员", "1栋")], [], at=NOON, account=account)
        assert get_term(old.id).ends_on == date(2027, 6, 9)


def test_seats_those_a_by_election_chose(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account, members=MEMBERS[:5])
    seats = [Seat("吴刚", "6栋"), Seat("郑爽", "5栋")]
    with in_complex(app, place):
        with pytest.raises(NoVacancy):
            fill_vacancies(term.id, "HJ5vbqvQ6fVYg7", seats, [], TODAY, at=NOON, account=account)
        for person in term.serving[3:]:
            end_membership(person.id, Ending.RESIGNED, TODAY, "", None, at=NOON, account=account)
        with pytest.raises(MembersTooMany):
            fill_vacancies(term.id, "HJ5vbqvQ6fVYg7", [*seats, Seat("第三")], [], TODAY, at=NOON, account=account)
        fill_vacancies(term.id, "HJ5vbqvQ6fVYg7", seats, [Seat("候补", "1栋")], TODAY, at=NOON, account=account)
        after = get_term(term.id)
    assert [person.name for person in after.serving][-2:] == ["吴刚", "郑爽"]
    assert [person.name for person in after.alternates] == ["候补"]
    assert all(person.is_replaced for person in after.members if person.ended_on)
    assert sorted(person.rank for person in after.members) == list(range(1, 9))


def test_marks_the_caretaker_time_from_its_first_day(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    term = make_committee(app, place, NOON, account)
    with in_complex(app, place):
        for day in (date(2027, 4, 2), date(2027, 4, 10)):
            mark_caretaker(term.id, day, at=NOON, account=account)
        assert get_term(term.id).caretaker_since_on == date(2027, 4, 2)
        assert current_mandate(TODAY, load_rule_pack()).standing is Standing.CARETAKER
        end_caretaker(term.id, at=NOON, account=account)
        assert current_mandate(TODAY, load_rule_pack()).standing is Standing.IN_OFFICE


def test_another_complex_does_not_see_the_record(app: Flask) -> None:
    own, other = make_complexes(app, "qinglan", "xiaoshiqiao")
    account = make_account(app, NOON)
    term = make_committee(app, own, NOON, account)
    with in_complex(app, other):
        assert current_term(TODAY) is None
        with pytest.raises(TermNotFound):
            get_term(term.id)
        with pytest.raises(MemberNotFound):
            end_membership(term.serving[0].id, Ending.RESIGNED, TODAY, "", None, at=NOON, account=account)
        with pytest.raises(TermNotFound):
            set_offices(term.id, term.serving[0].id, (), at=NOON, account=account)
