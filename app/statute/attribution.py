"""Own what a policy adds to the options: silence 未交回 and 从众 that follow a majority (指导规则 26(2)).

Source: app/statute/LAW.md 3.5.
All functions work on aggregates, so that a count of single ballots and a verifier of encrypted totals share them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.statute.case import Option
from app.statute.policies import Policies
from app.statute.rule_pack import RulePack, ThresholdClass
from app.statute.weight import Measure, Weight


@dataclass(frozen=True, slots=True)
class Attribution:
    """Say who takes part in the end and what is added to which option."""

    participating: Weight
    attributed: dict[str, Weight]
    #: Silent voters who take part by policy; zero where silence is not counted.
    silent: Weight
    #: Ballots that follow: 从众, and abstentions under P-ABSTAIN ``follow_majority``.
    followers: Weight


def attribute_matter(
    by_ballot: Weight,
    options: Mapping[str, Weight],
    silent: Weight,
    quorum_by_ballot: bool,
    threshold: ThresholdClass,
    policies: Policies,
    pack: RulePack,
) -> Attribution:
    """Let followers and silent voters follow the majority of a matter with the options agree and against."""
    followers = options.get(Option.FOLLOW, Weight.zero())
    if policies["P-ABSTAIN"] == "follow_majority":
        followers += options[Option.ABSTAIN]
    followed = _followed(options, by_ballot - followers, policies, pack)
    has_majority = any(option is not None for option in followed.values())

    rule = silence_rule(threshold, policies)
    joins = rule == "delivered_is_participation" or (rule == "follow_after_quorum" and quorum_by_ballot and has_majority)
    joining = silent if joins else Weight.zero()
    following = followers + joining
    attributed = {
        option: Weight.of(
            following[Measure.AREA] if followed[Measure.AREA] is option else 0,
            following[Measure.HEADS] if followed[Measure.HEADS] is option else 0,
        )
        for option in (Option.AGREE, Option.AGAINST)
    }
    return Attribution(by_ballot + joining, {str(key): value for key, value in attributed.items()}, joining, followers)


def attribute_election(
    by_ballot: Weight,
    support: Mapping[str, Weight],
    silent: Weight,
    quorum_by_ballot: bool,
    policies: Policies,
    pack: RulePack,
) -> Attribution:
    """Let silent voters follow, for each candidate alone, the majority that supports him."""
    rule = silence_rule(ThresholdClass.ORDINARY, policies)
    joins = rule == "delivered_is_participation" or (rule == "follow_after_quorum" and quorum_by_ballot)
    joining = silent if joins else Weight.zero()
    over_half = pack.threshold("follow_majority")
    attributed = {}
    for candidate, weight in support.items():
        wins = {measure: over_half.is_met(weight[measure], by_ballot[measure]) for measure in Measure}
        if policies["P-SPLIT"] == "none" and not all(wins.values()):
            wins = dict.fromkeys(Measure, False)
        attributed[candidate] = Weight.of(
            joining[Measure.AREA] if wins[Measure.AREA] else 0,
            joining[Measure.HEADS] if wins[Measure.HEADS] else 0,
        )
    return Attribution(by_ballot + joining, attributed, joining, Weight.zero())


def silence_rule(threshold: ThresholdClass, policies: Policies) -> str:
    """Return the P-SILENCE value that governs a class of matters (P-SILENCE-SPECIAL)."""
    if threshold is ThresholdClass.SPECIAL and policies["P-SILENCE-SPECIAL"] == "never":
        return "not_counted"
    return policies["P-SILENCE"]


def _followed(options: Mapping[str, Weight], base: Weight, policies: Policies, pack: RulePack) -> dict[Measure, Option | None]:
    """Return the option to follow in each measure; with P-SPLIT ``none`` the same in both, or nothing."""
    majority = _plurality if policies["P-MAJDEF"] == "plurality" else _over_half
    followed = {measure: majority(options, base, measure, pack) for measure in Measure}
    if policies["P-SPLIT"] == "none" and followed[Measure.AREA] is not followed[Measure.HEADS]:
        return dict.fromkeys(Measure, None)
    return followed


def _over_half(options: Mapping[str, Weight], base: Weight, measure: Measure, pack: RulePack) -> Option | None:
    threshold = pack.threshold("follow_majority")
    for option in (Option.AGREE, Option.AGAINST):
        if threshold.is_met(options[option][measure], base[measure]):
            return option
    return None


def _plurality(options: Mapping[str, Weight], base: Weight, measure: Measure, pack: RulePack) -> Option | None:
    """Return the strictly largest of the three options; an abstention that leads, or a tie, is followed by nobody."""
    ranked = sorted((Option.AGREE, Option.AGAINST, Option.ABSTAIN), key=lambda option: options[option][measure], reverse=True)
    first, second = ranked[:2]
    if options[first][measure] == options[second][measure] or first is Option.ABSTAIN:
        return None
    return first
