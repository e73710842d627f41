"""Check the data of the law: packs with sources, policies with their values, the nine matters."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from app.errors import Malformed
from app.statute.matters import OPTION_TITLES, matter_types
from app.statute.policies import Policies, policy_registry
from app.statute.rule_pack import Matter, ThresholdClass, load_rule_pack
from app.statute.weight import Measure

#: Written out a second time, so that no value is lost by an edit of the pack: the first value is the default.
CONTRACT = """
P-SILENCE: not_counted, follow_after_quorum, delivered_is_participation · P-SILENCE-SPECIAL: never, same ·
P-SPLIT: none, each_measure · P-MAJDEF: over_half_returned, plurality · P-QSCOPE: per_ballot, per_item ·
P-ABSTAIN: participates, follow_majority · P-CONG: no, yes · P-INVALID: not_participation, participation ·
P-INVALID-ITEM: participates, excluded · P-CHANGE: once, none, unlimited ·
P-CHANNEL: first, electronic_final, last, paper_final · P-PARK: none, area_only, both ·
P-SAMEBUYER: identical_set, any_common · P-COOWNER: nominee_only, first_ballot, void · P-DEV: yes, rules_limit ·
P-RANK: ratio_sum, heads, area · P-PARTIAL: accept_odd, accept, fail · P-ALT: half_of_seats, none
| P-RECORD: opening, announcement, live · P-RESERVED: no, within_limits · P-HYBRID: on_request, always, no ·
P-SECRET: auditors_after_close, nobody_until_close, public · P-PROXY: 3, 1, unlimited, building_5_other_3 ·
P-PROXYFORM: instructed, free · P-PROXY-E: signed, paper_only · P-ARREARS: no_limit, cannot_stand, vote_restricted ·
P-20: both, heads_only ·
P-START: half_area_or_20_percent, half_area, sixty_percent, two_years, owners_20_percent ·
P-GROUP: half_owners, two_thirds_owners · P-DIFF: one_more, equal, twenty_percent ·
P-CMTMAJ: over_half, at_least_half · P-CMTNOTICE: 7, 5, 3 · P-RESIGN: automatic, decision · P-TERM: 5, 4, 3 ·
P-EXT: once_15_days, no · P-REPEAT: any_time, after_1_year · P-NOTICECLR: d16, d15 · P-OPENDAY: opens, closes ·
P-RESTRICT: on, off · P-DELEGATE: off, on · P-EXIT: 15, 10, 30 · P-INCOME: quarterly, half_yearly, yearly ·
P-RETAIN: term_plus_5_years
"""


def contract_policies() -> dict[str, tuple[list[str], bool]]:
    """Return values and whether the count reads them, by key, from the contract's text."""
    policies = {}
    for half, counted in zip(CONTRACT.split("|"), (True, False), strict=True):
        for entry in half.split("·"):
            key, values = entry.strip().split(": ")
            policies[key] = ([value.strip() for value in values.split(",")], counted)
    return policies


def test_policies_are_those_of_the_contract_with_the_first_value_as_default() -> None:
    registry = {key: ([choice.value for choice in policy.values], policy.counted) for key, policy in policy_registry().items()}
    assert registry == contract_policies()
    assert all(policy.default == policy.values[0].value for policy in policy_registry().values())


def test_every_policy_is_worded_in_both_languages_and_has_a_source() -> None:
    for policy in policy_registry().values():
        texts = [policy.title, policy.question, *(choice.wording for choice in policy.values)]
        assert all(re.search("[一-鿿]", text.zh) and not re.search("[一-鿿]", text.en) for text in texts), policy.key
        assert len({choice.wording for choice in policy.values}) == len(policy.values)
        assert policy.provision.source
        assert policy.provision.confidence in {"found", "corroborated", "known", "design"}


def test_policies_complete_and_compare() -> None:
    chosen = Policies({"P-CHANGE": "none", "P-CONG": "no"})
    assert chosen["P-SILENCE"] == "not_counted"
    assert chosen.departures() == {"P-CHANGE": "none"}
    assert len(chosen) == len(policy_registry())
    assert policy_registry()["P-CHANGE"].wording("once").say("en") == "Once"


@pytest.mark.parametrize(
    ("given", "code"), [({"P-NONE": "x"}, "policy_unknown"), ({"P-CHANGE": "twice"}, "policy_value_unknown")]
)
def test_unknown_policies_are_refused(given: dict[str, str], code: str) -> None:
    with pytest.raises(Malformed, match=code):
        Policies(given)


def test_only_silence_and_parking_need_the_notice_of_a_first_assembly() -> None:
    assert [key for key, policy in policy_registry().items() if policy.needs_notice] == ["P-SILENCE", "P-PARK"]


def test_pack_holds_the_thresholds_of_article_278() -> None:
    pack = load_rule_pack()
    for measure in Measure:
        quorum = pack.quorum(measure)
        ordinary = pack.majority(ThresholdClass.ORDINARY, measure)
        special = pack.majority(ThresholdClass.SPECIAL, measure)
        assert (quorum.share, quorum.strict) == (Fraction(2, 3), False)
        assert (ordinary.share, ordinary.strict) == (Fraction(1, 2), True)
        assert (special.share, special.strict) == (Fraction(3, 4), False)


def test_every_rule_of_the_pack_names_article_source_and_confidence() -> None:
    pack = load_rule_pack()
    for rule in pack.rules.values():
        assert rule.id
        assert rule.provision.article_zh
        assert rule.provision.article_en
        assert rule.provision.source
        assert rule.provision.confidence in {"found", "corroborated", "known", "design"}


def test_rules_are_taken_only_as_what_they_are() -> None:
    pack = load_rule_pack()
    with pytest.raises(TypeError):
        pack.number("quorum_area")
    with pytest.raises(ValueError, match="not a threshold"):
        pack.threshold("committee_max")
    with pytest.raises(Malformed, match="rule_pack_unknown"):
        load_rule_pack("../secrets")


def test_using_the_fund_is_ordinary_and_raising_it_special() -> None:
    special = {matter for matter, kind in matter_types().items() if kind.threshold is ThresholdClass.SPECIAL}
    assert special == {Matter.FUND_RAISE, Matter.REBUILD, Matter.COMMON_USE}
    assert [kind.item for kind in matter_types().values()] == list(range(1, 10))
    assert list(matter_types()) == list(Matter)


def test_every_matter_has_a_template_with_places_to_fill_in() -> None:
    for kind in matter_types().values():
        for text in (kind.template_title, kind.template_summary):
            assert "【" in text.zh
            assert "【" in text.en
        assert kind.provision.article_zh.startswith("《民法典》第二百七十八条第一款")


def test_options_read_as_the_law_says() -> None:
    assert [title.zh for title in OPTION_TITLES.values()] == ["同意", "反对", "弃权", "从众"]
