"""Hold what blocks by-elections, recalls and decisions: vacancies, petitions, the reply, the committee's mandate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from app.committee.types import MemberRow, Office, TermRow
from app.procedure.blocking import Blocker
from app.procedure.committee_sentences import BLOCKER_SENTENCES
from app.procedure.petitioning import conditions_of, read_signature_lines, reply_until
from app.procedure.rules_committee import (
    RULES,
    require_fifth,
    require_handover,
    require_mandate,
    require_reasons,
    require_same_vacancies,
    require_time_to_reply,
    require_vacancy,
    warn_of_mandate,
)
from app.procedure.sentences import say_blocker
from app.procedure.types import Dossier, PetitionCount, ProcedureKind, StatementRow
from app.statute.rule_pack import Matter
from app.statute.weight import Weight
from app.values import Area
from tests.unit.procedure.dossiers import TODAY, at, dossier, fact, procedure


def codes(found: Iterable[Blocker]) -> list[str]:
    return [blocker.code for blocker in found]


def member(number: int, *, left: bool = False, handed_over: bool = False, office: Office = Office.MEMBER) -> MemberRow:
    ended = date(2026, 4, 1) if left else None
    handed = date(2026, 4, 2) if handed_over else None
    return MemberRow(number, f"委员{number}", "3栋", office, number, date(2022, 7, 1), ended, None, "", None, handed, False)


def term(*members: MemberRow, seats: int = 5, ends_on: date = date(2027, 6, 30), caretaker: date | None = None) -> TermRow:
    return TermRow(1, 2, date(2022, 7, 1), ends_on, seats, "", caretaker, None, "", members)


def full(seats: int = 5) -> tuple[MemberRow, ...]:
    return tuple(member(number) for number in range(1, seats + 1))


def case(kind: ProcedureKind, row: TermRow | None, *, seats: int | None = None, matter: str = "", **parts: object) -> Dossier:
    changed = procedure(kind, seats, matter=matter, member_id=1)
    return dossier(changed, term=row, terms=() if row is None else (row,), **parts)  # type: ignore[arg-type]


def petition(heads: int, area: str, total_heads: int = 121, total_area: str = "12000.00") -> PetitionCount:
    return PetitionCount(Weight(Area.parse(area), heads), Weight(Area.parse(total_area), total_heads))


def test_a_by_election_asks_for_a_seat_that_only_it_can_fill() -> None:
    by = ProcedureKind.BY_ELECTION
    left = member(9, left=True)
    assert codes(require_vacancy(case(by, term(*full())), TODAY)) == ["no_seat_free"]
    waiting = term(*full(4), left, member(8, office=Office.ALTERNATE))
    assert codes(require_vacancy(case(by, waiting), TODAY)) == ["alternates_first"]
    assert codes(require_vacancy(case(by, term(*full(4), left)), TODAY)) == []
    assert codes(require_vacancy(case(by, term(*full(3), seats=7)), TODAY)) == ["re_election_due"]
    assert codes(require_vacancy(case(by, term(*full(4), seats=7)), TODAY)) == []


def test_a_by_election_fills_the_vacancies_of_today() -> None:
    row = term(*full(3))
    assert codes(require_same_vacancies(case(ProcedureKind.BY_ELECTION, row, seats=2), TODAY)) == []
    [found] = require_same_vacancies(case(ProcedureKind.BY_ELECTION, row, seats=1), TODAY)
    assert (found.values, found.may_override) == ({"now": 2, "then": 1}, False)


def test_every_leaver_hands_over_and_of_a_recall_only_the_member_concerned() -> None:
    row = term(*full(3)[1:], member(1, left=True), member(4, left=True, handed_over=True), member(5, left=True))
    [found] = require_handover(case(ProcedureKind.BY_ELECTION, row), TODAY)
    assert found.values == {"names": "委员1、委员5"}
    assert codes(require_handover(case(ProcedureKind.RECALL, row), TODAY)) == ["leavers_wait"]
    rest = term(member(1, left=True, handed_over=True), member(5, left=True))
    assert codes(require_handover(case(ProcedureKind.RECALL, rest), TODAY)) == []


@pytest.mark.parametrize(
    ("heads", "area", "found"),
    [
        (24, "2500.00", ["petition_heads_short"]),
        (25, "2400.00", []),
        (25, "2399.99", ["petition_area_short"]),
        (24, "2399.99", ["petition_heads_short", "petition_area_short"]),
    ],
)
def test_a_petition_needs_a_fifth_of_both_measures(heads: int, area: str, found: list[str]) -> None:
    asked = case(ProcedureKind.RECALL, term(*full()), petition=petition(heads, area))
    assert sorted(codes(require_fifth(asked, TODAY))) == sorted(found)


def test_a_petition_that_falls_short_says_exactly_by_how_much() -> None:
    [found] = require_fifth(case(ProcedureKind.EXTRAORDINARY, None, petition=petition(24, "2500.00")), TODAY)
    assert found.values == {"signed": "24", "total": "121", "missing": "1", "share": "1/5"}
    [found] = require_fifth(case(ProcedureKind.EXTRAORDINARY, None, petition=petition(25, "2399.99")), TODAY)
    assert found.values == {"signed": "2399.99", "total": "12000.00", "missing": "0.01", "share": "1/5"}


def test_members_who_ask_need_no_signatures() -> None:
    asked = replace(fact("petition", 3), details={"by": "members", "members": 2})
    row = case(ProcedureKind.RECALL, term(*full()), petition=petition(0, "0.00"), facts=(asked,))
    assert conditions_of(row) == ()
    assert codes(require_fifth(row, TODAY)) == []


def test_asks_for_the_reasons_and_gives_the_member_time_to_reply() -> None:
    recall = case(ProcedureKind.RECALL, term(*full()), facts=(fact("petition_check", 14),))
    assert codes(require_reasons(recall, TODAY)) == ["reasons_missing"]
    assert reply_until(recall) == date(2026, 4, 21)
    assert codes(require_time_to_reply(recall, date(2026, 4, 21))) == ["reply_time_runs"]
    assert codes(require_time_to_reply(recall, date(2026, 4, 22))) == []
    said = (StatementRow("reasons", "挪用公共收益", None, at(3)), StatementRow("reply", "账目可查", None, at(15)))
    assert codes(require_time_to_reply(replace(recall, statements=said), date(2026, 4, 15))) == []
    assert codes(require_reasons(replace(recall, statements=said), TODAY)) == []


def test_the_committee_calls_no_vote_without_a_mandate() -> None:
    over, few = term(*full(), ends_on=date(2026, 3, 31)), term(*full(2))
    for kind in ProcedureKind:
        called = kind not in (ProcedureKind.RENEWAL, ProcedureKind.FIRST_ELECTION)
        assert codes(require_mandate(case(kind, over), TODAY)) == (["committee_expired"] if called else [])
        assert codes(require_mandate(case(kind, few), TODAY)) == (["committee_too_few"] if called else [])
        assert codes(require_mandate(case(kind, None), TODAY)) == []


def test_a_caretaker_committee_brings_no_major_matter() -> None:
    row = term(*full(), caretaker=date(2026, 4, 1))
    for matter in Matter:
        found = codes(require_mandate(case(ProcedureKind.DECISION, row, matter=matter.value), TODAY))
        assert found == ([] if matter in {Matter.RULES, Matter.COVENANT, Matter.ELECT} else ["matter_withheld"])
    warned = list(warn_of_mandate(case(ProcedureKind.DECISION, row, matter="HIRE"), TODAY))
    assert [(blocker.code, blocker.is_warning) for blocker in warned] == [("matter_withheld", True)]


def test_the_term_of_today_counts_and_not_one_that_was_recorded_first() -> None:
    old, new = term(*full(), ends_on=date(2026, 3, 31)), replace(term(*full()), id=2, starts_on=date(2026, 4, 1))
    row = replace(case(ProcedureKind.DECISION, old), terms=(new, old))
    assert codes(require_mandate(row, TODAY)) == []


def test_every_blocker_has_its_sentence() -> None:
    few = replace(case(ProcedureKind.BY_ELECTION, term(*full(2), member(9, left=True)), seats=1), petition=petition(1, "1.00"))
    withheld = case(ProcedureKind.DECISION, term(*full(), caretaker=date(2026, 4, 1)), matter="HIRE")
    over = case(ProcedureKind.RECALL, term(*full(), ends_on=date(2026, 3, 31)), facts=(fact("petition_check", 18),))
    none_free = case(ProcedureKind.BY_ELECTION, term(*full()))
    moving = case(ProcedureKind.BY_ELECTION, term(*full(4), member(8, office=Office.ALTERNATE)))
    said = set()
    for row in (few, withheld, over, none_free, moving):
        for rules in RULES.values():
            for rule in rules:
                for blocker in rule(row, TODAY):
                    assert "{" not in str(BLOCKER_SENTENCES[blocker.code]).format_map(dict(blocker.values))
                    assert say_blocker(blocker)
                    said.add(blocker.code)
    assert said == set(BLOCKER_SENTENCES)


def test_reads_doors_with_and_without_names() -> None:
    text = "3-1-1202 王芳\n3栋1单元1203，李强\n\n３-1-1204\n3栋 1单元 1205 丁一\n3栋 1单元 1206室\n赵六 3-1-1207"
    assert read_signature_lines(text) == [
        ("3-1-1202", "王芳"),
        ("3栋1单元1203", "李强"),
        ("3-1-1204", ""),
        ("3栋 1单元 1205", "丁一"),
        ("3栋 1单元 1206室", ""),
        ("3-1-1207", "赵六"),
    ]
