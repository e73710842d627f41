"""Hold what keeps a draft from being announced: each rule at both of its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.elections.readiness import earliest_opening, may_announce, problems_of
from app.elections.types import CandidateRow, ElectionKind, ElectionRow, MatterRow
from app.statute.policies import Policies
from app.statute.rule_pack import Matter, load_rule_pack
from app.values.clock import CHINA
from tests.unit.elections.rows import NOW, an_election, candidates, elect, hire

PACK = load_rule_pack()


def codes(election: ElectionRow, *, warnings: bool = False, now: datetime = NOW) -> list[str]:
    return [problem.code for problem in problems_of(election, now, PACK) if problem.is_warning is warnings]


def test_lets_a_complete_draft_be_announced() -> None:
    problems = problems_of(an_election(), NOW, PACK)
    assert codes(an_election()) == []
    assert may_announce(problems)


@pytest.mark.parametrize(
    ("days", "code"),
    [(0, "window_reversed"), (-1, "window_reversed"), (5, None), (60, None), (61, "window_too_long"), (4, "window_too_short")],
)
def test_measures_the_window_by_the_rule_pack(days: int, code: str | None) -> None:
    election = replace(an_election(), closes_at=an_election().opens_at + timedelta(days=days))
    assert codes(election) == ([code] if code else [])


def test_refuses_a_window_a_minute_too_short() -> None:
    election = an_election()
    short = replace(election, closes_at=election.opens_at + timedelta(days=5) - timedelta(minutes=1))
    assert codes(short) == ["window_too_short"]


def test_refuses_to_begin_in_the_past_and_at_this_instant() -> None:
    assert codes(an_election(), now=an_election().opens_at) == ["window_begins_in_past"]
    assert codes(an_election(), now=an_election().opens_at - timedelta(seconds=1)) == []


@pytest.mark.parametrize(("value", "day"), [("d16", 16), ("d15", 15)])
def test_counts_the_notice_without_the_day_of_posting(value: str, day: int) -> None:
    posted = datetime(2027, 5, 6, 23, 59, tzinfo=CHINA)
    assert earliest_opening(posted, PACK, value) == datetime(2027, 5, 6, tzinfo=CHINA) + timedelta(days=day)


def test_warns_of_a_short_notice_without_stopping() -> None:
    election = an_election()
    assert "notice_short" in codes(election, warnings=True)
    assert "notice_short" not in codes(election, warnings=True, now=election.opens_at - timedelta(days=17))


def test_wants_matters_that_differ_and_have_no_gaps() -> None:
    assert codes(replace(an_election(), matters=())) == ["matters_missing"]
    assert codes(replace(an_election(), matters=(hire(title="选聘【企业名称】"),))) == ["matter_unfinished"]
    assert codes(replace(an_election(), matters=(hire(), replace(hire(), id=9)))) == ["matter_twice", "matter_twice"]


@pytest.mark.parametrize(
    ("seats", "number", "found"),
    [
        (5, 6, []),
        (11, 12, []),
        (4, 6, ["seats_unlawful"]),
        (6, 8, ["seats_unlawful"]),
        (13, 14, ["seats_unlawful"]),
        (3, 4, ["seats_unlawful"]),
        (5, 4, ["candidates_too_few"]),
    ],
)
def test_wants_a_lawful_committee_and_enough_candidates(seats: int, number: int, found: list[str]) -> None:
    assert codes(replace(an_election(), matters=(elect(seats, candidates(number)),))) == found


def test_lets_a_by_election_fill_any_number_of_seats() -> None:
    election = replace(an_election(), kind=ElectionKind.BY_ELECTION, matters=(elect(2, candidates(3)),))
    assert codes(election) == []


def test_warns_when_there_are_as_many_candidates_as_seats() -> None:
    election = replace(an_election(), matters=(elect(5, candidates(5)),))
    assert codes(election) == []
    assert "candidates_equal_seats" in codes(election, warnings=True)


def test_refuses_two_candidates_of_one_label_and_accepts_namesakes_of_two_buildings() -> None:
    five = candidates(5)
    twice = (*five, replace(five[0], id=77, position=5))
    namesake = (*five, replace(five[0], id=77, position=5, building="9栋"))
    assert codes(replace(an_election(), matters=(elect(5, twice),))) == ["candidate_twice"]
    assert codes(replace(an_election(), matters=(elect(5, namesake),))) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("P-SILENCE", "follow_after_quorum"), ("P-CONG", "yes"), ("P-PARK", "both"), ("P-SAMEBUYER", "any_common")],
)
def test_refuses_policies_that_an_electronic_count_does_not_implement(key: str, value: str) -> None:
    election = replace(an_election(), policies=dict(Policies({key: value})))
    assert codes(election) == ["policy_not_implemented"]


def test_wants_three_trustees() -> None:
    election = an_election()
    assert codes(replace(election, trustees=election.trustees[:2])) == ["trustees_missing"]


def test_says_that_a_recall_is_an_ordinary_matter() -> None:
    recall = MatterRow(3, 0, Matter.ELECT, "罢免委员王某", "", None)
    election = replace(an_election(), kind=ElectionKind.RECALL, matters=(recall,))
    assert codes(election) == []
    assert recall.answers == ("同意", "反对", "弃权")


def test_labels_a_candidate_with_the_building() -> None:
    assert CandidateRow(1, 0, "陈建国", "3栋", "").label == "陈建国（3栋）"
    assert CandidateRow(1, 0, "陈建国", "", "").label == "陈建国"
