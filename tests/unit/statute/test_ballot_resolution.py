"""Check which ballot counts and why each other one does not (app/statute/LAW.md 3.3, 3.4)."""

from __future__ import annotations

import pytest

from tests.unit.statute.cases import ballot, count, flats, reasons_of

PAPER, WEB = "paper", "electronic"


def counted_choice(ballots: list[dict[str, object]], **policies: str) -> tuple[str | None, list[str]]:
    """Count ballots of u1 alone; return the option that counts and the reasons of the rest."""
    outcome = count(flats(1), ballots, policies={key.replace("_", "-"): value for key, value in policies.items()})
    marked = [option for option, weight in outcome.verdict.options.items() if weight.heads]
    return (marked[0] if marked else None), [reason for _, reason in reasons_of(outcome)]


SEQUENCE = [
    ballot("u1", "agree", 1, PAPER),
    ballot("u1", "against", 2, WEB),
    ballot("u1", "abstain", 3, PAPER),
    ballot("u1", "agree", 4, WEB),
    ballot("u1", "against", 5, PAPER),
]


@pytest.mark.parametrize(
    ("channel", "change", "choice", "reasons"),
    [
        ("first", "once", "abstain", ["superseded", "other_channel", "other_channel", "no_more_changes"]),
        ("first", "none", "agree", ["other_channel", "no_more_changes", "other_channel", "no_more_changes"]),
        ("first", "unlimited", "against", ["superseded", "other_channel", "superseded", "other_channel"]),
        ("electronic_final", "once", "agree", ["other_channel", "superseded", "other_channel", "other_channel"]),
        ("electronic_final", "none", "against", ["other_channel", "other_channel", "no_more_changes", "other_channel"]),
        ("paper_final", "once", "abstain", ["superseded", "other_channel", "other_channel", "no_more_changes"]),
        ("last", "unlimited", "against", ["superseded"] * 4),
        ("last", "once", "against", ["superseded", "no_more_changes", "no_more_changes", "no_more_changes"]),
        ("last", "none", "agree", ["no_more_changes"] * 4),
    ],
)
def test_channel_then_change_decide_the_ballot(channel: str, change: str, choice: str, reasons: list[str]) -> None:
    assert counted_choice(SEQUENCE, **{"P-CHANNEL": channel, "P-CHANGE": change}) == (choice, reasons)


def test_offsets_are_respected_in_the_order_of_ballots() -> None:
    early = {"owner": "u1", "channel": WEB, "at": "2027-05-22T09:30:00+09:00", "choice": "agree"}
    late = {"owner": "u1", "channel": WEB, "at": "2027-05-22T09:00:00+08:00", "choice": "against"}
    assert counted_choice([late, early]) == ("against", ["superseded"])


def test_invalid_ballot_locks_no_channel_and_uses_up_no_change() -> None:
    ballots = [
        ballot("u1", "agree", 1, PAPER, valid=False),
        ballot("u1", "against", 2, WEB),
        ballot("u1", "agree", 3, WEB),
    ]
    assert counted_choice(ballots) == ("agree", ["invalid", "superseded"])


@pytest.mark.parametrize(
    ("policies", "heads"),
    [({}, 1), ({"P-QSCOPE": "per_item"}, 0), ({"P-INVALID-ITEM": "excluded"}, 0)],
)
def test_blank_item_takes_part_unless_a_policy_leaves_it_out(policies: dict[str, str], heads: int) -> None:
    outcome = count(flats(1), [ballot("u1", None)], policies=policies)
    assert outcome.verdict.participating.heads == heads
    assert all(weight.heads == 0 for weight in outcome.verdict.options.values())
    assert outcome.ignored == ()


COOWNED = [{"unit": "101", "area": "100.00", "owners": ["A", "B"]}]


@pytest.mark.parametrize(
    ("policy", "second", "heads", "reasons"),
    [
        ("nominee_only", "agree", 0, [("A", "no_nominee"), ("B", "no_nominee")]),
        ("first_ballot", "against", 1, [("B", "coowner_voted_first")]),
        ("void", "agree", 1, [("B", "coowner_voted_first")]),
        ("void", "against", 0, [("A", "coowners_differ"), ("B", "coowners_differ")]),
    ],
)
def test_coowners_without_nominee(policy: str, second: str, heads: int, reasons: list[tuple[str, str]]) -> None:
    ballots = [ballot("A", "agree", 1), ballot("B", second, 2)]
    outcome = count(COOWNED, ballots, policies={"P-COOWNER": policy})
    assert outcome.verdict.participating.heads == heads
    assert reasons_of(outcome) == reasons


def test_coowners_who_differ_take_part_where_invalid_ballots_do() -> None:
    ballots = [ballot("A", "agree", 1), ballot("B", "against", 2)]
    outcome = count(COOWNED, ballots, policies={"P-COOWNER": "void", "P-INVALID": "participation"})
    assert outcome.verdict.participating.heads == 1
    assert all(weight.heads == 0 for weight in outcome.verdict.options.values())


def test_first_coowner_may_change_while_the_other_stays_out() -> None:
    ballots = [ballot("A", "agree", 1), ballot("B", "against", 2), ballot("A", "abstain", 3)]
    outcome = count(COOWNED, ballots, policies={"P-COOWNER": "first_ballot"})
    assert outcome.verdict.options["abstain"].heads == 1
    assert reasons_of(outcome) == [("A", "superseded"), ("B", "coowner_voted_first")]


def test_invalid_ballot_of_a_coowner_does_not_make_him_the_first() -> None:
    ballots = [ballot("A", "agree", 1, PAPER, valid=False), ballot("B", "against", 2)]
    outcome = count(COOWNED, ballots, policies={"P-COOWNER": "first_ballot"})
    assert outcome.verdict.options["against"].heads == 1
    assert reasons_of(outcome) == [("A", "invalid")]


def test_one_ballot_speaks_for_the_own_flat_and_as_nominee() -> None:
    units = [*flats(1), {"unit": "101", "area": "60.00", "owners": ["u1", "B"], "nominee": "u1"}]
    outcome = count(units, [ballot("u1", "agree")])
    assert (outcome.verdict.options["agree"].heads, str(outcome.verdict.options["agree"].area)) == (2, "160.00")


def test_ballot_that_names_a_unit_speaks_for_its_voter_only() -> None:
    units = [*flats(1), {"unit": "101", "area": "60.00", "owners": ["u1", "B"], "nominee": "u1"}]
    outcome = count(units, [ballot("u1", "agree", unit="101")])
    assert str(outcome.verdict.options["agree"].area) == "60.00"


def test_ballot_of_a_non_nominee_still_counts_for_his_own_flat() -> None:
    units = [{"unit": "101", "area": "60.00", "owners": ["A", "u1"], "nominee": "A"}, *flats(1)]
    outcome = count(units, [ballot("u1", "agree")])
    assert str(outcome.verdict.participating.area) == "100.00"
    assert outcome.ignored == ()


def test_ballot_for_an_uncounted_unit_is_refused() -> None:
    units = [*flats(1), {"unit": "P1", "area": "12.00", "owners": ["C"], "use": "parking"}]
    assert reasons_of(count(units, [ballot("C", "agree"), ballot("u1", "agree")])) == [("C", "no_counted_unit")]


def test_buyer_of_an_undelivered_unit_has_no_vote() -> None:
    units = [*flats(1), {"unit": "x", "area": "50.00", "owners": ["buyer"], "status": "undelivered"}]
    outcome = count(units, [ballot("buyer", "agree")], developer="dev")
    assert reasons_of(outcome) == [("buyer", "no_counted_unit")]
    assert outcome.verdict.totals.heads == 2


def test_delivered_unit_of_the_developer_joins_his_head() -> None:
    units = [
        {"unit": "a", "area": "50.00", "owners": ["dev"]},
        {"unit": "b", "area": "50.00", "owners": [], "status": "unsold"},
    ]
    outcome = count(units, [ballot("dev", "agree")], developer="dev")
    assert outcome.verdict.totals.heads == 1
    assert str(outcome.verdict.options["agree"].area) == "100.00"


def test_developer_limited_by_the_rules_stays_in_the_totals_and_never_follows() -> None:
    units = [*flats(3), {"unit": "x", "area": "50.00", "owners": ["dev"], "status": "unsold"}]
    policies = {"P-DEV": "rules_limit", "P-SILENCE": "delivered_is_participation"}
    outcome = count(units, [ballot("dev", "against")], developer="dev", policies=policies, delivered=["dev"])
    assert reasons_of(outcome) == [("dev", "developer_limited")]
    silent = count(units, [], developer="dev", policies=policies, delivered=["dev"]).verdict
    assert (silent.totals.heads, silent.participating.heads) == (4, 0)


@pytest.mark.parametrize(
    ("policy", "heads", "area"), [("none", 1, "100.00"), ("area_only", 1, "125.00"), ("both", 2, "125.00")]
)
def test_parking_counts_by_policy(policy: str, heads: int, area: str) -> None:
    units = [
        *flats(1),
        {"unit": "p1", "area": "12.50", "owners": ["u1"], "use": "parking"},
        {"unit": "p2", "area": "12.50", "owners": ["only"], "use": "parking"},
    ]
    totals = count(units, [], policies={"P-PARK": policy}).verdict.totals
    assert (totals.heads, str(totals.area)) == (heads, area)


def test_any_common_owner_joins_units_transitively() -> None:
    units = [
        {"unit": "1", "area": "10.00", "owners": ["A", "B"]},
        {"unit": "2", "area": "10.00", "owners": ["C"]},
        {"unit": "3", "area": "10.00", "owners": ["C", "D"]},
        {"unit": "4", "area": "10.00", "owners": ["B", "C"]},
        {"unit": "5", "area": "10.00", "owners": ["E"]},
    ]
    assert count(units, []).verdict.totals.heads == 5
    assert count(units, [], policies={"P-SAMEBUYER": "any_common"}).verdict.totals.heads == 2
