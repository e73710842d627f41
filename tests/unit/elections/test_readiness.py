"""Hold what keeps a draft from being announced: each rule at both of its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.committee.rules import Mandate, Standing
from app.committee.types import TermRow
from app.elections.readiness import earliest_opening, may_announce, problems_of
from app.elections.types import CandidateRow, ElectionKind, ElectionRow, MatterRow
from app.statute.overlay import Overlay
from app.statute.own_rules import Basis, Change
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


def test_refuses_seats_in_a_recall_and_an_election_without_seats() -> None:
    """The kind of a draft may change after its matters were added."""
    election = an_election()
    recall = MatterRow(3, 0, Matter.ELECT, "罢免委员", "")
    with_seats = replace(election, kind=ElectionKind.RECALL, matters=(elect(2, candidates(3)),))
    without = replace(election, kind=ElectionKind.BY_ELECTION, matters=(recall,))
    assert codes(with_seats) == codes(without) == ["seats_contradict_kind"]
    assert codes(replace(election, kind=ElectionKind.RECALL, matters=(recall,))) == []


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
    [
        ("P-SILENCE", "follow_after_quorum"),
        ("P-CONG", "yes"),
        ("P-PARK", "both"),
        ("P-SAMEBUYER", "any_common"),
        ("P-QSCOPE", "per_item"),
        ("P-INVALID-ITEM", "excluded"),
        ("P-DEV", "rules_limit"),
    ],
)
def test_refuses_policies_that_an_electronic_count_does_not_implement(key: str, value: str) -> None:
    election = replace(an_election(), policies=dict(Policies({key: value})))
    assert codes(election) == ["policy_not_implemented"]


@pytest.mark.parametrize(("clause", "code"), [(None, "policy_without_clause"), ("area", "policy_against_own_rules")])
def test_warns_of_a_policy_that_the_own_rules_do_not_say(clause: str | None, code: str) -> None:
    said = Change("P-RANK", clause or "heads", Basis.RULES, 7, "候选人按本条规定排名。", ("甲", "乙"))
    election = replace(an_election(), policies=dict(Policies({"P-RANK": "heads"})))
    own = Overlay([said] if clause else [])
    assert code in codes(replace(election, own_rules=own), warnings=True)
    assert not {"policy_without_clause", "policy_against_own_rules"} & set(
        codes(replace(election, own_rules=Overlay([replace(said, value="heads")])), warnings=True)
    )


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


TERM = TermRow(1, 2, date(2022, 7, 1), date(2027, 6, 30), 5, "", date(2027, 4, 2), None, "")


def limits(
    kind: ElectionKind, standing: Standing, *matters: MatterRow, restrict: str = "on", waived: tuple[str, ...] = ()
) -> list[str]:
    election = replace(an_election(), kind=kind, policies=dict(Policies({"P-RESTRICT": restrict})))
    election = replace(election, matters=matters or election.matters)
    found = problems_of(election, NOW, PACK, Mandate(standing, TERM), waived)
    return [problem.code for problem in found if problem.code.startswith(("committee_", "matter_withheld"))]


@pytest.mark.parametrize("kind", [ElectionKind.RENEWAL, ElectionKind.FIRST_ELECTION])
@pytest.mark.parametrize("standing", list(Standing))
def test_the_committee_limits_no_vote_that_a_group_calls(kind: ElectionKind, standing: Standing) -> None:
    assert limits(kind, standing) == []


@pytest.mark.parametrize("kind", [ElectionKind.DECISION, ElectionKind.BY_ELECTION, ElectionKind.RECALL])
def test_a_committee_without_a_mandate_calls_no_vote(kind: ElectionKind) -> None:
    assert limits(kind, Standing.IN_OFFICE) == []
    assert limits(kind, Standing.UNKNOWN) == []
    assert limits(kind, Standing.EXPIRED) == ["committee_expired"]
    assert limits(kind, Standing.TOO_FEW) == ["committee_too_few"]


def test_a_caretaker_committee_leaves_major_matters_to_its_successor() -> None:
    rules = replace(hire("修改议事规则"), kind=Matter.RULES)
    assert limits(ElectionKind.DECISION, Standing.CARETAKER, hire(), rules, hire("另一项")) == ["matter_withheld"] * 2
    assert limits(ElectionKind.DECISION, Standing.CARETAKER, rules) == []
    assert limits(ElectionKind.DECISION, Standing.CARETAKER, hire(), restrict="off") == []
    numbers = [
        problem.values["number"]
        for problem in problems_of(
            replace(an_election(), kind=ElectionKind.DECISION, matters=(rules, hire())),
            NOW,
            PACK,
            Mandate(Standing.CARETAKER, TERM),
        )
        if problem.code == "matter_withheld"
    ]
    assert numbers == [2]


def test_an_order_of_the_street_lets_pass_what_it_names() -> None:
    assert limits(ElectionKind.DECISION, Standing.EXPIRED, waived=("committee_expired",)) == []
    assert limits(ElectionKind.DECISION, Standing.EXPIRED, waived=("matter_withheld",)) == ["committee_expired"]
    assert limits(ElectionKind.DECISION, Standing.CARETAKER, hire(), waived=("matter_withheld",)) == []


@pytest.mark.parametrize("kind", list(Matter))
def test_only_matters_of_a_part_are_left_to_some_buildings(kind: Matter) -> None:
    election = replace(an_election(), kind=ElectionKind.DECISION, matters=(replace(hire(), kind=kind),), scope=("3栋",))
    needs_everybody = kind in {Matter.RULES, Matter.COVENANT, Matter.ELECT, Matter.HIRE}
    assert ("matter_needs_everybody" in codes(election)) is needs_everybody
    assert "matter_needs_everybody" not in codes(replace(election, scope=()))
