"""Check seats, ranks, ties, partial results and alternates (app/statute/LAW.md 3.6)."""

from __future__ import annotations

import pytest

from app.errors import Malformed
from app.statute.case import ElectionKind
from app.statute.verdict import ElectionOutcome, judge_election
from app.statute.weight import Weight

TOTALS = Weight.of(10_000, 100)


def elect(seats: int, support: dict[str, tuple[int, int]], kind: str = "committee", **policies: str) -> ElectionOutcome:
    """Judge with everybody taking part; support in 0.01 m2 and heads."""
    weights = {name: Weight.of(*pair) for name, pair in support.items()}
    keyed = {key.replace("_", "-"): value for key, value in policies.items()}
    return judge_election(seats, list(weights), TOTALS, TOTALS, weights, keyed, election=ElectionKind(kind))


def row(*heads: int) -> dict[str, tuple[int, int]]:
    """Give each candidate the same share of area as of heads."""
    return {f"c{i}": (number * 100, number) for i, number in enumerate(heads, start=1)}


def test_more_pass_than_seats_and_the_rest_wait_as_alternates() -> None:
    outcome = elect(5, row(51, 90, 80, 70, 60, 55, 52, 53))
    assert outcome.verdict == "elected"
    assert outcome.elected == ("c2", "c3", "c4", "c5", "c6")
    assert outcome.alternates == ("c8", "c7")
    assert elect(5, row(51, 90, 80, 70, 60, 55, 52), P_ALT="none").alternates == ()


def test_alternates_are_at_most_half_of_the_seats() -> None:
    assert elect(5, row(90, 89, 88, 87, 86, 60, 59, 58)).alternates == ("c6", "c7")


@pytest.mark.parametrize(("rank", "first"), [("ratio_sum", "area_strong"), ("heads", "heads_strong"), ("area", "area_strong")])
def test_rank_policy_decides_who_is_first(rank: str, first: str) -> None:
    outcome = elect(1, {"heads_strong": (6000, 70), "area_strong": (7500, 60)}, P_RANK=rank)
    assert outcome.elected == (first,)


def test_equal_ratio_sums_are_decided_by_area() -> None:
    assert elect(1, {"a": (6000, 65), "b": (6500, 60)}).elected == ("b",)


def test_tie_for_the_last_seat_leaves_it_open() -> None:
    outcome = elect(5, row(90, 80, 70, 60, 55, 55, 51))
    assert (outcome.verdict, outcome.elected) == ("tied", ("c1", "c2", "c3", "c4"))
    assert (outcome.tied, outcome.alternates) == (("c5", "c6"), ())


def test_tie_above_the_last_seat_changes_nothing() -> None:
    outcome = elect(5, row(90, 80, 80, 60, 55, 51))
    assert (outcome.verdict, outcome.elected, outcome.tied) == ("elected", ("c1", "c2", "c3", "c4", "c5"), ())


def test_tie_for_the_last_alternate_keeps_the_verdict() -> None:
    outcome = elect(5, row(90, 89, 88, 87, 86, 60, 55, 55))
    assert (outcome.verdict, outcome.alternates, outcome.tied) == ("elected", ("c6",), ("c7", "c8"))


@pytest.mark.parametrize(
    ("passing", "policy", "verdict", "elected"),
    [
        (6, "accept_odd", "partial", 5),
        (6, "accept", "partial", 6),
        (6, "fail", "failed", 0),
        (5, "accept_odd", "partial", 5),
        (4, "accept_odd", "failed", 0),
        (4, "accept", "failed", 0),
        (0, "accept", "failed", 0),
    ],
)
def test_fewer_pass_than_seven_seats(passing: int, policy: str, verdict: str, elected: int) -> None:
    outcome = elect(7, row(*range(90, 90 - passing, -1), *[20] * (9 - passing)), P_PARTIAL=policy)
    assert (outcome.verdict, len(outcome.elected)) == (verdict, elected)


def test_partial_needs_more_than_half_of_the_seats_after_dropping() -> None:
    assert elect(11, row(90, 89, 88, 87, 86)).verdict == "failed"
    assert elect(11, row(90, 89, 88, 87, 86, 85)).verdict == "failed"
    assert elect(11, row(90, 89, 88, 87, 86, 85, 84)).verdict == "partial"
    assert elect(11, row(90, 89, 88, 87, 86, 85), P_PARTIAL="accept").verdict == "partial"


def test_tie_where_one_would_be_dropped_is_a_tie_for_the_seat() -> None:
    outcome = elect(7, row(90, 89, 88, 87, 60, 60))
    assert (outcome.verdict, outcome.elected, outcome.tied) == ("tied", ("c1", "c2", "c3", "c4"), ("c5", "c6"))


@pytest.mark.parametrize(("passing", "verdict"), [(2, "elected"), (1, "partial"), (0, "failed")])
def test_by_election_ignores_the_partial_rule(passing: int, verdict: str) -> None:
    outcome = elect(2, row(*range(90, 90 - passing, -1), *[20] * (3 - passing)), "by_election", P_PARTIAL="fail")
    assert (outcome.verdict, len(outcome.elected)) == (verdict, passing)


def test_no_quorum_elects_nobody() -> None:
    outcome = judge_election(1, ["a"], TOTALS, Weight.of(10_000, 66), {"a": Weight.of(10_000, 66)}, {})
    assert (outcome.verdict, outcome.elected) == ("no_quorum", ())


@pytest.mark.parametrize(
    ("seats", "candidates", "support"),
    [(0, ["a"], {}), (1, [], {}), (1, ["a", "a"], {}), (1, ["a"], {"b": Weight.zero()})],
)
def test_unusable_elections_are_refused(seats: int, candidates: list[str], support: dict[str, Weight]) -> None:
    with pytest.raises(Malformed):
        judge_election(seats, candidates, TOTALS, TOTALS, support, {})
