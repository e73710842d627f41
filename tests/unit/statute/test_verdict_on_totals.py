"""Check the verdict on aggregated numbers: it is the count's own, and impossible numbers are refused."""

from __future__ import annotations

import pytest

from app.errors import Malformed
from app.statute.output import verdict_json
from app.statute.rule_pack import Matter
from app.statute.verdict import ElectionOutcome, judge_election, judge_matter
from app.statute.weight import Weight
from tests.unit.statute.cases import ballot, count, flats, votes


def test_verdict_on_totals_is_the_counts_own() -> None:
    counted = count(flats(120), votes(41, 30, 9), "HIRE").verdict
    judged = judge_matter(Matter.HIRE, counted.totals, counted.participating, counted.options, {})
    assert judged == counted


def test_election_on_totals_is_the_counts_own() -> None:
    names = [f"c{i}" for i in range(1, 8)]
    ballots = [ballot(f"u{i}", names[: 5 - i % 3], i) for i in range(1, 9)]
    counted = count(flats(10), ballots, "ELECT", seats=5, candidates=names).verdict
    judged = judge_election(5, names, counted.totals, counted.participating, counted.options, {})
    assert isinstance(counted, ElectionOutcome)
    assert judged == counted


@pytest.mark.parametrize(
    ("totals", "participating", "options", "code"),
    [
        (Weight.of(0, 1), Weight.zero(), {}, "totals_empty"),
        (Weight.of(1, 0), Weight.zero(), {}, "totals_empty"),
        (Weight.of(10, 1), Weight.of(11, 1), {}, "totals_contradict"),
        (Weight.of(10, 1), Weight.of(10, 2), {}, "totals_contradict"),
        (Weight.of(10, 2), Weight.of(10, 2), {"agree": Weight.of(5, 2), "against": Weight.of(5, 1)}, "totals_contradict"),
        (Weight.of(10, 2), Weight.of(10, 2), {"follow": Weight.of(5, 1)}, "option_unknown"),
        (Weight.of(10, 2), Weight.of(10, 2), {"maybe": Weight.of(5, 1)}, "option_unknown"),
    ],
)
def test_impossible_numbers_are_refused(totals: Weight, participating: Weight, options: dict[str, Weight], code: str) -> None:
    with pytest.raises(Malformed, match=code):
        judge_matter(Matter.OTHER, totals, participating, options, {})


def test_candidate_with_more_than_the_participating_is_refused() -> None:
    with pytest.raises(Malformed, match="totals_contradict"):
        judge_election(1, ["a"], Weight.of(10, 2), Weight.of(5, 1), {"a": Weight.of(5, 2)}, {})


def test_silent_voters_beyond_the_totals_are_refused() -> None:
    with pytest.raises(Malformed, match="totals_contradict"):
        judge_matter(Matter.OTHER, Weight.of(10, 2), Weight.of(5, 1), {}, {}, silent=Weight.of(5, 2))


def test_json_of_a_verdict_has_every_field_of_the_contract() -> None:
    verdict = judge_matter(Matter.REBUILD, Weight.of(400, 4), Weight.of(400, 4), {"agree": Weight.of(299, 3)}, {})
    document = verdict_json(verdict)
    assert document["threshold"] == "special"
    assert document["verdict"] == "failed"
    assert document["options"] == {
        "agree": {"area": "2.99", "heads": 3},
        "against": {"area": "0.00", "heads": 0},
        "abstain": {"area": "0.00", "heads": 0},
    }
    assert document["elected"] == document["alternates"] == document["tied"] == []
    conditions = document["conditions"]
    assert isinstance(conditions, list)
    assert conditions[2] | {"article": ""} == {
        "code": "majority",
        "measure": "area",
        "subject": "",
        "part": "2.99",
        "whole": "4.00",
        "attributed": "0.00",
        "required": "3/4",
        "comparison": ">=",
        "holds": False,
        "missing": "0.01",
        "article": "",
    }
