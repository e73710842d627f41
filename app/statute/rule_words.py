"""Own how the values of the packs read: what a number is, a value with its comparison and unit, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from app.statute.explain import share_words
from app.statute.languages import Bilingual, Language
from app.statute.rule_pack import Provision, Rule, read_toml

#: What a value is a share or number of.
_UNITS = {
    "days": Bilingual("天", "days"),
    "months": Bilingual("个月", "months"),
    "years": Bilingual("年", "years"),
    "seats": Bilingual("名", "seats"),
    "members": Bilingual("人", "members"),
}
_WHOLES = {
    "totals": Bilingual("全体", "of all"),
    "participating": Bilingual("参与表决的", "of those who take part"),
    "returned": Bilingual("已交回的票的", "of the ballots returned"),
    "seats": Bilingual("名额的", "of the seats"),
    "members": Bilingual("成员的", "of the members"),
}
_CONFIDENCE = {
    "found": Bilingual("已读原文", "text read"),
    "corroborated": Bilingual("有相同措辞佐证，没有读到原文", "same wording elsewhere, original not read"),
    "known": Bilingual("凭了解，没有读到原文", "from knowledge, original not read"),
    "design": Bilingual("本系统的建议，不是法律规定", "proposal of this software, not law"),
}
_UNCHECKED = Bilingual("待核", "to be checked")


@cache
def rule_titles() -> Mapping[str, Bilingual]:
    """Return what each number of the packs is, by key."""
    return {key: Bilingual(*pair) for key, pair in read_toml("rule_texts.toml").items()}


@cache
def source_names() -> Mapping[str, Bilingual]:
    """Return the texts behind the source keys."""
    return {key: Bilingual(*pair) for key, pair in read_toml("sources.toml").items()}


def source_words(provision: Provision, lang: str = Language.ZH) -> str:
    """Name the texts a value was taken from."""
    names = [source_names()[key.strip()].say(lang) for key in provision.source.split(",")]
    return ("; " if Language.of(lang) is Language.EN else "；").join(dict.fromkeys(names))


def confidence_words(provision: Provision, lang: str = Language.ZH) -> str:
    """Say how sure a value is."""
    return _CONFIDENCE[provision.confidence].say(lang)


def unchecked_words(provision: Provision, lang: str = Language.ZH) -> str:
    """Return the mark 待核 for a value that nobody compared with its text; empty otherwise."""
    return "" if provision.is_checked else _UNCHECKED.say(lang)


def value_words(rule: Rule, lang: str = Language.ZH) -> str:
    """Say a value with its comparison and unit: 全体三分之二以上, 不少于 15 天."""
    english = Language.of(lang) is Language.EN
    if rule.comparison == "odd":
        return "an odd number" if english else "单数"
    if isinstance(rule.value, str):
        return _share_en(rule) if english else _share_zh(rule)
    number, unit = rule.value, _UNITS[rule.of].say(lang)
    if english:
        unit = unit.removesuffix("s") if number == 1 else unit
        return {">=": f"at least {number} {unit}", "<=": f"at most {number} {unit}"}.get(rule.comparison, f"{number} {unit}")
    return {">=": f"不少于 {number} {unit}", "<=": f"不超过 {number} {unit}"}.get(rule.comparison, f"{number} {unit}")


def _share_zh(rule: Rule) -> str:
    whole = _WHOLES[rule.of].zh
    if rule.comparison == "<=":
        words = share_words(Fraction(rule.value), False)
        return f"{whole}{words.removesuffix('以上')}以内"
    return f"{whole}{share_words(Fraction(rule.value), rule.comparison == '>')}"


def _share_en(rule: Rule) -> str:
    share = Fraction(rule.value)
    word = {">": "more than", ">=": "at least", "<=": "at most"}[rule.comparison]
    return f"{word} {share.numerator}/{share.denominator} {_WHOLES[rule.of].en}"
