"""Own the nine joint decisions of Civil Code 278(1): names, threshold class, article, and a template to start from.

Class and article come from the rule pack, the wording from ``packs/matter_texts.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app.statute.case import Option
from app.statute.explain import share_words
from app.statute.languages import Bilingual, Language
from app.statute.rule_pack import (
    DEFAULT_RULE_PACK,
    Matter,
    Provision,
    RulePack,
    ThresholdClass,
    load_rule_pack,
    read_toml,
)
from app.statute.weight import Measure

#: What a voter reads for each option; the order is the order on the ballot.
OPTION_TITLES: Mapping[Option, Bilingual] = MappingProxyType(
    {
        Option.AGREE: Bilingual("同意", "Agree"),
        Option.AGAINST: Bilingual("反对", "Against"),
        Option.ABSTAIN: Bilingual("弃权", "Abstain"),
        Option.FOLLOW: Bilingual("从众", "Follow the majority"),
    }
)


@dataclass(frozen=True, slots=True)
class MatterType:
    """Hold one of the nine matters as the set-up page and the ballot show it."""

    matter: Matter
    #: Its number in Civil Code 278(1).
    item: int
    name: Bilingual
    short: Bilingual
    threshold: ThresholdClass
    provision: Provision
    #: Title and summary to start from; what must be filled in stands between 【 and 】.
    template_title: Bilingual
    template_summary: Bilingual


@cache
def matter_types(rule_pack: str = DEFAULT_RULE_PACK) -> Mapping[Matter, MatterType]:
    """Return the nine matters in the order of the statute; raises Malformed ``rule_pack_unknown``."""
    pack, texts = load_rule_pack(rule_pack), read_toml("matter_texts.toml")
    types = {}
    for matter, law in pack.matters.items():
        text = {key: Bilingual(*pair) for key, pair in texts[matter].items()}
        types[matter] = MatterType(matter, law.item, threshold=law.threshold, provision=law.provision, **text)
    return MappingProxyType(types)


def threshold_sentence(threshold: ThresholdClass, lang: str = Language.ZH, pack: RulePack | None = None) -> str:
    """Say for the set-up page what a class of matters needs, quorum and majority, with the article."""
    pack = pack or load_rule_pack()
    majority = pack.majority(threshold, Measure.AREA)
    agreed = share_words(majority.share, majority.strict, lang)
    if not pack.has_quorum:
        return _all_owners_sentence(agreed, majority.provision, lang)
    quorum = pack.quorum(Measure.AREA)
    joined = share_words(quorum.share, quorum.strict, lang)
    if Language.of(lang) is Language.EN:
        return (
            f"{joined[:1].upper()}{joined[1:]} of the area and {joined} of the heads must take part; "
            f"{agreed} of both, of those who take part, must agree ({majority.provision.article_en})."
        )
    return (
        f"须有专有部分面积占比{joined}且人数占比{joined}的业主参与表决，"
        f"并经参与表决专有部分面积{agreed}且参与表决人数{agreed}的业主同意（{majority.provision.article_zh}）。"
    )


def _all_owners_sentence(agreed: str, provision: Provision, lang: str) -> str:
    if Language.of(lang) is Language.EN:
        return f"{agreed[:1].upper()}{agreed[1:]} of all area and of all heads must agree ({provision.article_en})."
    return f"须经专有部分占建筑物总面积{agreed}的业主且占总人数{agreed}的业主同意（{provision.article_zh}）。"
