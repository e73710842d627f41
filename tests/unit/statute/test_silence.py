"""Check whom silence and followers join (app/statute/LAW.md 3.5)."""

from __future__ import annotations

import pytest

from tests.unit.statute.cases import ballot, count, flats, votes

SERVED = [f"u{i}" for i in range(1, 101)]


def heads(agree: int, against: int, abstain: int, silence: str = "delivered_is_participation", **more: str) -> list[int]:
    """Return participating heads and heads attributed to agree and against, of 100 flats with everybody served."""
    policies = {"P-SILENCE": silence, **{key.replace("_", "-"): value for key, value in more.items()}}
    verdict = count(flats(100), votes(agree, against, abstain), policies=policies, delivered=SERVED).verdict
    return [verdict.participating.heads, verdict.attributed["agree"].heads, verdict.attributed["against"].heads]


def test_over_half_needs_more_than_half_of_the_returned() -> None:
    assert heads(35, 30, 5) == [100, 0, 0]
    assert heads(36, 30, 4) == [100, 30, 0]


def test_plurality_follows_the_strictly_largest() -> None:
    assert heads(30, 25, 15, P_MAJDEF="plurality") == [100, 30, 0]
    assert heads(30, 30, 10, P_MAJDEF="plurality") == [100, 0, 0]
    assert heads(20, 20, 30, P_MAJDEF="plurality") == [100, 0, 0]


def test_silence_after_quorum_needs_the_quorum_and_a_majority() -> None:
    assert heads(40, 26, 0, "follow_after_quorum") == [66, 0, 0]
    assert heads(40, 27, 0, "follow_after_quorum") == [100, 33, 0]
    assert heads(30, 30, 10, "follow_after_quorum") == [70, 0, 0]


def test_silence_can_follow_against() -> None:
    assert heads(10, 60, 0, "follow_after_quorum") == [100, 0, 30]


@pytest.mark.parametrize(
    "entry",
    [
        ballot("u100", "agree", 999, "paper", valid=False),
        ballot("B", "agree", 999),
    ],
    ids=["invalid", "refused"],
)
def test_invalid_or_refused_ballot_is_not_silence(entry: dict[str, object]) -> None:
    units = [*flats(99), {"unit": "co", "area": "100.00", "owners": ["u100", "B"], "nominee": "u100"}]
    policies = {"P-SILENCE": "delivered_is_participation"}
    with_entry = count(units, [*votes(99), entry], policies=policies, delivered=SERVED).verdict
    without = count(units, votes(99), policies=policies, delivered=SERVED).verdict
    assert (with_entry.participating.heads, without.participating.heads) == (99, 100)


@pytest.mark.parametrize(
    ("coowner", "served", "joins"),
    [
        ("nominee_only", ["A", "B"], False),
        ("first_ballot", ["A"], False),
        ("first_ballot", ["A", "B"], True),
        ("void", ["A", "B"], True),
    ],
)
def test_coowners_without_nominee_are_silent_only_when_all_are_served(coowner: str, served: list[str], joins: bool) -> None:
    units = [*flats(9), {"unit": "co", "area": "100.00", "owners": ["A", "B"]}]
    policies = {"P-SILENCE": "delivered_is_participation", "P-COOWNER": coowner}
    verdict = count(units, votes(9), policies=policies, delivered=served).verdict
    assert verdict.participating.heads == 9 + joins


def test_nominee_alone_must_be_served() -> None:
    units = [*flats(9), {"unit": "co", "area": "100.00", "owners": ["A", "B"], "nominee": "B"}]
    policies = {"P-SILENCE": "delivered_is_participation"}
    served_b = count(units, votes(9), policies=policies, delivered=["B"]).verdict
    served_a = count(units, votes(9), policies=policies, delivered=["A"]).verdict
    assert (served_b.participating.heads, served_a.participating.heads) == (10, 9)


def test_followers_are_not_part_of_the_base_they_follow() -> None:
    ballots = votes(4, 3) + [ballot(f"u{i}", "follow", i) for i in range(8, 11)]
    verdict = count(flats(10), ballots, policies={"P-CONG": "yes"}).verdict
    assert verdict.options["follow"].heads == 3
    assert verdict.attributed["agree"].heads == 3


def test_silent_voters_in_an_election_follow_candidate_by_candidate() -> None:
    ballots = [ballot(f"u{i}", ["c1", "c2"] if i <= 5 else ["c1"], i) for i in range(1, 9)]
    verdict = count(
        flats(10),
        ballots,
        "ELECT",
        seats=3,
        candidates=["c1", "c2", "c3"],
        policies={"P-SILENCE": "follow_after_quorum"},
        delivered=["u9", "u10"],
    ).verdict
    assert {name: weight.heads for name, weight in verdict.attributed.items()} == {"c1": 2, "c2": 2, "c3": 0}
    assert verdict.participating.heads == 10
