"""Own the replay: what a decided matter would have come to under another law or other policies, from published totals alone.

Some policies change which ballots or owners count; those cannot be replayed without the single ballots or the roll, and the
replay says so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.errors import Malformed
from app.statute.attribution import silence_rule
from app.statute.case import ElectionKind
from app.statute.languages import Bilingual
from app.statute.policies import Policies, policy_registry
from app.statute.rule_pack import Matter, ThresholdClass, load_rule_pack
from app.statute.verdict import ElectionOutcome, Verdict, judge_election, judge_matter
from app.statute.weight import Weight

#: Policies whose effect follows from totals, for matters with options and for elections of people.
FOR_OPTIONS = ("P-ABSTAIN", "P-QSCOPE", "P-INVALID-ITEM", "P-SILENCE", "P-SILENCE-SPECIAL", "P-SPLIT", "P-MAJDEF")
FOR_PEOPLE = ("P-RANK", "P-PARTIAL", "P-ALT", "P-SILENCE", "P-SPLIT")


class Beyond(StrEnum):
    """Name what a replay would need that the published totals do not hold."""

    BALLOTS = "ballots"
    ROLL = "roll"
    PAPER = "paper"


#: Policies the count reads that totals do not settle, each with what it would need.
_BEYOND: Mapping[str, Beyond] = MappingProxyType(
    {
        "P-CHANGE": Beyond.BALLOTS,
        "P-CHANNEL": Beyond.BALLOTS,
        "P-INVALID": Beyond.BALLOTS,
        "P-QSCOPE": Beyond.BALLOTS,
        "P-INVALID-ITEM": Beyond.BALLOTS,
        "P-COOWNER": Beyond.BALLOTS,
        "P-DEV": Beyond.BALLOTS,
        "P-PARK": Beyond.ROLL,
        "P-SAMEBUYER": Beyond.ROLL,
        "P-CONG": Beyond.PAPER,
    }
)
_REASONS = {
    Beyond.BALLOTS: Bilingual(
        "要看每一张票，公布的合计里没有", "needs the single ballots, which the published totals do not hold"
    ),
    Beyond.ROLL: Bilingual("要重新计算名册上的人数和面积", "needs heads and areas of the roll to be counted again"),
    Beyond.PAPER: Bilingual("当时票面上没有这个选项", "the option was not on the ballot"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Hold a decided matter as it was published."""

    matter: Matter
    totals: Weight
    #: Who took part by ballot, without what a policy added.
    by_ballot: Weight
    #: What was marked, per option or candidate, in the order of the ballot.
    marked: Mapping[str, Weight]
    #: None for a matter with options.
    seats: int | None
    election: ElectionKind
    policies: Mapping[str, str]
    rule_pack: str

    @property
    def replayable(self) -> tuple[str, ...]:
        """Return the policies that can be replayed for it."""
        return FOR_OPTIONS if self.seats is None else FOR_PEOPLE


@dataclass(frozen=True, slots=True)
class Replay:
    """Hold what the matter would have come to."""

    verdict: Verdict
    #: True where the result is another one.
    differs: bool
    #: True where everybody who did not vote was taken to have been served, because totals do not say who was.
    supposes_service: bool


def beyond_totals(key: str, *, elects: bool) -> Beyond | None:
    """Say what a replay of a policy would need beside the totals; None where they are enough or the count does not read it."""
    if key in (FOR_PEOPLE if elects else FOR_OPTIONS):
        return None
    return _BEYOND.get(key)


def beyond_reason(needed: Beyond) -> Bilingual:
    """Return why the totals are not enough."""
    return _REASONS[needed]


def replay(decided: Decided, real: Verdict, rule_pack: str, policies: Mapping[str, str]) -> Replay:
    """Judge a decided matter again; ``policies`` are the values that differ from those it was held under.

    Raises Malformed ``replay_beyond_totals`` for a changed policy that totals do not settle, ``policy_unknown``,
    ``policy_value_unknown`` or ``rule_pack_unknown``.
    """
    chosen = Policies({**decided.policies, **policies})
    for key in policy_registry():
        if chosen[key] != decided.policies.get(key, chosen[key]) and beyond_totals(key, elects=decided.seats is not None):
            raise Malformed("replay_beyond_totals", key=key)
    threshold = load_rule_pack(rule_pack).matters[decided.matter].threshold
    supposes = silence_rule(threshold if decided.seats is None else ThresholdClass.ORDINARY, chosen) != "not_counted"
    silent = decided.totals - decided.by_ballot if supposes else Weight.zero()
    verdict = _judge(decided, silent, rule_pack, chosen)
    return Replay(verdict, _result_of(verdict) != _result_of(real), supposes)


def _judge(decided: Decided, silent: Weight, rule_pack: str, policies: Policies) -> Verdict:
    if decided.seats is not None:
        return judge_election(
            decided.seats,
            tuple(decided.marked),
            decided.totals,
            decided.by_ballot,
            decided.marked,
            policies,
            silent=silent,
            election=decided.election,
            rule_pack=rule_pack,
        )
    came = decided.by_ballot
    if policies["P-QSCOPE"] == "per_item" or policies["P-INVALID-ITEM"] == "excluded":
        came = Weight.total(decided.marked.values())
    return judge_matter(decided.matter, decided.totals, came, decided.marked, policies, silent=silent, rule_pack=rule_pack)


def _result_of(verdict: Verdict) -> tuple[object, ...]:
    if isinstance(verdict, ElectionOutcome):
        return (verdict.verdict, verdict.elected, verdict.alternates, verdict.tied)
    return (verdict.verdict,)
