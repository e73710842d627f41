"""Check the replay: the real rules give the real result, another law or policy what totals settle, the rest is refused."""

from __future__ import annotations

import pytest

from app.errors import Malformed
from app.statute.case import ElectionKind
from app.statute.policies import Policies, policy_registry
from app.statute.replay import Beyond, Decided, beyond_reason, beyond_totals, replay
from app.statute.rule_pack import Matter
from app.statute.verdict import ElectionOutcome, Verdict, VerdictKind, judge_election, judge_matter
from app.statute.weight import Weight

NOW = "civil_code_2021"
OLD = "property_law_2007"


def flats(number: int) -> Weight:
    return Weight.of(number * 10_000, number)


def decided(matter: Matter, agree: int, against: int, abstain: int, blank: int = 0) -> tuple[Decided, Verdict]:
    """Return a matter among 120 flats as it was published, with its verdict of the time."""
    marked = {"agree": flats(agree), "against": flats(against), "abstain": flats(abstain)}
    came = flats(agree + against + abstain + blank)
    real = judge_matter(matter, flats(120), came, marked, {})
    return Decided(
        matter=matter, totals=flats(120), by_ballot=came, marked=marked, seats=None, election=ElectionKind.COMMITTEE,
        policies=dict(Policies()), rule_pack=NOW,
    ), real  # fmt: skip


def elected(**support: int) -> tuple[Decided, ElectionOutcome]:
    marked = {name: flats(heads) for name, heads in support.items()}
    real = judge_election(5, tuple(marked), flats(120), flats(90), marked, {})
    return Decided(
        matter=Matter.ELECT, totals=flats(120), by_ballot=flats(90), marked=marked, seats=5, election=ElectionKind.COMMITTEE,
        policies=dict(Policies()), rule_pack=NOW,
    ), real  # fmt: skip


def test_the_rules_of_the_time_give_the_result_of_the_time() -> None:
    for question, real in (decided(Matter.HIRE, 60, 20, 10), elected(a=60, b=58, c=56, d=54, e=52, f=50)):
        again = replay(question, real, NOW, {})
        assert again.verdict == real
        assert not again.differs
        assert not again.supposes_service


def test_another_law_decides_otherwise() -> None:
    question, real = decided(Matter.FUND_USE, 61, 29, 0)
    again = replay(question, real, OLD, {})
    assert (real.verdict, again.verdict.verdict) == (VerdictKind.PASSED, VerdictKind.FAILED)
    assert again.differs


@pytest.mark.parametrize(
    ("counts", "policies", "verdict"),
    [
        ((39, 20, 21), {"P-ABSTAIN": "follow_majority"}, VerdictKind.PASSED),
        ((44, 40, 0, 6), {}, VerdictKind.FAILED),
        ((44, 40, 0, 6), {"P-QSCOPE": "per_item"}, VerdictKind.PASSED),
        ((44, 40, 0, 6), {"P-INVALID-ITEM": "excluded"}, VerdictKind.PASSED),
        ((44, 30, 0, 6), {"P-QSCOPE": "per_item"}, VerdictKind.NO_QUORUM),
        ((45, 10, 5), {"P-SILENCE": "delivered_is_participation"}, VerdictKind.PASSED),
        ((45, 10, 5), {"P-SILENCE": "follow_after_quorum"}, VerdictKind.NO_QUORUM),
    ],
)
def test_policies_that_totals_settle(counts: tuple[int, ...], policies: dict[str, str], verdict: VerdictKind) -> None:
    question, real = decided(Matter.HIRE, *counts)
    again = replay(question, real, NOW, policies)
    assert again.verdict.verdict is verdict
    assert again.differs == (real.verdict is not verdict)
    assert again.supposes_service == (policies.get("P-SILENCE", "not_counted") != "not_counted")


def test_silence_counts_for_special_matters_only_where_asked() -> None:
    question, real = decided(Matter.COMMON_USE, 55, 20, 5)
    policies = {"P-SILENCE": "follow_after_quorum"}
    assert not replay(question, real, NOW, policies).supposes_service
    again = replay(question, real, NOW, policies | {"P-SILENCE-SPECIAL": "same"})
    assert again.verdict.verdict is VerdictKind.PASSED
    assert again.supposes_service


def test_an_election_is_seated_otherwise() -> None:
    question, real = elected(a=60, b=58, c=56, d=54, e=52, f=50)
    assert real.elected == ("a", "b", "c", "d", "e")
    assert real.alternates == ("f",)
    again = replay(question, real, NOW, {"P-ALT": "none"})
    assert isinstance(again.verdict, ElectionOutcome)
    assert again.verdict.alternates == ()
    assert again.differs
    strict, few = elected(a=60, b=58, c=56, d=40, e=40)
    assert few.verdict is VerdictKind.FAILED
    assert replay(strict, few, NOW, {"P-PARTIAL": "accept"}).verdict.verdict is VerdictKind.FAILED
    old = replay(question, real, OLD, {})
    assert old.verdict.verdict is VerdictKind.FAILED


@pytest.mark.parametrize("key", ["P-CHANGE", "P-CHANNEL", "P-INVALID", "P-COOWNER", "P-DEV", "P-PARK", "P-SAMEBUYER", "P-CONG"])
def test_what_needs_single_ballots_is_refused_and_says_so(key: str) -> None:
    question, real = decided(Matter.HIRE, 60, 20, 10)
    other = policy_registry()[key].values[1].value
    with pytest.raises(Malformed, match="replay_beyond_totals"):
        replay(question, real, NOW, {key: other})
    needed = beyond_totals(key, elects=False)
    assert needed is not None
    assert beyond_reason(needed).zh


def test_blank_items_of_an_election_need_the_ballots() -> None:
    question, real = elected(a=60, b=58, c=56, d=54, e=52, f=50)
    assert beyond_totals("P-QSCOPE", elects=True) is Beyond.BALLOTS
    assert beyond_totals("P-QSCOPE", elects=False) is None
    with pytest.raises(Malformed, match="replay_beyond_totals"):
        replay(question, real, NOW, {"P-QSCOPE": "per_item"})


def test_every_policy_the_count_reads_is_either_replayed_or_explained() -> None:
    question, _ = decided(Matter.HIRE, 60, 20, 10)
    people, _ = elected(a=60, b=58, c=56, d=54, e=52, f=50)
    for key, policy in policy_registry().items():
        if policy.counted:
            known = key in question.replayable or key in people.replayable
            assert known or beyond_totals(key, elects=False) or beyond_totals(key, elects=True), key


def test_policies_that_the_count_does_not_read_change_nothing() -> None:
    question, real = decided(Matter.HIRE, 60, 20, 10)
    assert replay(question, real, NOW, {"P-PROXY": "1"}).verdict == real
    with pytest.raises(Malformed, match="policy_value_unknown"):
        replay(question, real, NOW, {"P-ABSTAIN": "maybe"})
