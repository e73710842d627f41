"""Own what a complex's own rules of procedure 议事规则 may change of the packs' values, and the sentence that refuses the rest.

Every change cites page and sentence and is confirmed by two persons. Shares of the law are never changed, periods that a
text fixes only become stricter (app/statute/LAW.md 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from app.statute.languages import Bilingual
from app.statute.policies import policy_registry
from app.statute.rule_pack import Provision, Rule, load_rule_pack, read_toml

#: Longest sentence that is quoted, in characters; page numbers beyond are misreadings.
SENTENCE_LIMIT = 300
PAGE_LIMIT = 500
#: Nothing an assembly waits for takes longer than a year.
PERIOD_LIMIT = 365


class Basis(StrEnum):
    """Name the document a change stands in."""

    #: 议事规则, passed by an assembly.
    RULES = "rules"
    #: 张贴的表决规则 of a preparatory group, before the first assembly.
    VOTING_RULES = "voting_rules"


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one changed value with where it stands and who compared it."""

    #: Key of a policy or of a period, as ``P-RANK`` or ``objection_days``.
    key: str
    value: str
    basis: Basis
    page: int
    #: Word by word.
    sentence: str
    #: The two persons, as they are named to the owners.
    confirmed_by: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the change as it is frozen into an announcement."""
        return {
            "key": self.key,
            "value": self.value,
            "basis": self.basis.value,
            "page": self.page,
            "sentence": self.sentence,
            "confirmed_by": list(self.confirmed_by),
        }

    @property
    def provision(self) -> Provision:
        """Return page and document as the provision that fixes the value."""
        zh = {Basis.RULES: "本小区议事规则", Basis.VOTING_RULES: "本小区张贴的表决规则"}[self.basis]
        en = {Basis.RULES: "own rules of procedure", Basis.VOTING_RULES: "posted voting rules"}[self.basis]
        return Provision(
            f"{zh}第 {self.page} 页", f"{en}, page {self.page}", "own_rules", "found", "、".join(self.confirmed_by)
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say why a change cannot be: the part that is wrong and one sentence."""

    code: str
    #: ``key``, ``value``, ``basis``, ``page``, ``sentence`` or ``confirmed_by``.
    part: str
    sentence: Bilingual


@cache
def own_periods() -> tuple[str, ...]:
    """Return the keys of the periods that own rules may change, in the order of the pack."""
    return tuple(read_toml("wuhan_default.toml")["own_periods"])


def changeable_keys() -> tuple[str, ...]:
    """Return every key that own rules may change: policies with a choice, then periods."""
    policies = [key for key, policy in policy_registry().items() if len(policy.values) > 1]
    return (*policies, *own_periods())


def refusal_of(change: Change, *, before_first_assembly: bool = False) -> Refusal | None:
    """Say why a change cannot be in force; None where it can.

    ``before_first_assembly``: there are no rules of procedure yet, so that some policies need the posted voting rules.
    """
    content = content_refusal(change, before_first_assembly=before_first_assembly)
    if content is not None:
        return content
    people = [" ".join(name.split()) for name in change.confirmed_by]
    if len(people) != 2 or "" in people:
        return _refuse("persons_missing", "confirmed_by", "须由两个人核对原文", "Two persons compare it with the document")
    if people[0] == people[1]:
        return _refuse("same_person", "confirmed_by", "须由两个不同的人核对原文", "The two persons must be different")
    return None


def content_refusal(change: Change, *, before_first_assembly: bool = False) -> Refusal | None:
    """Say why a proposed change cannot be, before anybody has confirmed it."""
    refusal = key_refusal(change.key) or _value_refusal(change.key, change.value)
    if refusal is not None:
        return refusal
    policy = policy_registry().get(change.key)
    departs = policy is not None and policy.needs_notice and change.value != policy.default
    if before_first_assembly and departs and change.basis is not Basis.VOTING_RULES:
        return _refuse(
                "needs_notice", "basis",
                "首次业主大会之前还没有议事规则：这一项只有写进张贴的表决规则才能改",
                "Before the first assembly there are no rules of procedure: only the posted voting rules can change this",
            )  # fmt: skip
    if not 1 <= change.page <= PAGE_LIMIT:
        return _refuse("page_missing", "page", "请写明在第几页", "Give the page it stands on")
    sentence = change.sentence.strip()
    if len(sentence) < 4:
        return _refuse("sentence_missing", "sentence", "请照抄原文这一句", "Copy the sentence of the document")
    if len(sentence) > SENTENCE_LIMIT:
        return _refuse(
            "sentence_too_long", "sentence",
            f"原文最多 {SENTENCE_LIMIT} 字，只抄定下这一项的那一句",
            f"At most {SENTENCE_LIMIT} characters: only the sentence that fixes the value",
        )  # fmt: skip
    return None


def key_refusal(key: str) -> Refusal | None:
    """Say why own rules cannot change what a key names; None where they can."""
    if key in changeable_keys():
        return None
    rule = load_rule_pack().rules.get(key)
    if rule is not None and key.rsplit("_", 1)[0] in {"quorum", "ordinary", "special"}:
        return _refuse(
            "threshold_fixed", "key",
            f"参与比例和同意比例由法律规定，议事规则不能改低，也不能另定（{rule.provision.article_zh}）",
            f"Own rules can neither lower nor replace the shares of the law ({rule.provision.article_en})",
        )  # fmt: skip
    if rule is not None or key in policy_registry():
        return _refuse("key_fixed", "key", "这一项不由议事规则决定", "This is not for the rules of procedure to decide")
    return _refuse("key_unknown", "key", "没有这一项规则", "There is no such rule")


def _value_refusal(key: str, value: str) -> Refusal | None:
    policy = policy_registry().get(key)
    if policy is not None:
        if policy.allows(value):
            return None
        return _refuse("value_unknown", "value", "这一项没有这个选择", "The rule has no such value")
    number = int(value) if value.isascii() and value.isdecimal() and len(value) <= 3 else 0
    if not 1 <= number <= PERIOD_LIMIT:
        return _refuse(
            "value_not_a_number", "value",
            f"请填 1 到 {PERIOD_LIMIT} 之间的整数", f"Give a whole number from 1 to {PERIOD_LIMIT}",
        )  # fmt: skip
    return _limit_refusal(load_rule_pack().rules[key], number)


def _limit_refusal(rule: Rule, number: int) -> Refusal | None:
    """Refuse a period that is laxer than the text that fixes it, or a usual window outside the window's limits."""
    pack = load_rule_pack()
    least: int | None = None
    most: int | None = None
    provision = rule.provision
    if rule.key == "voting_window_days_default":
        least, most = pack.number("voting_window_days_min"), pack.number("voting_window_days_max")
        provision = pack.rules["voting_window_days_min"].provision
    elif provision.confidence != "design" and rule.comparison == ">=":
        least = pack.number(rule.key)
    elif provision.confidence != "design" and rule.comparison == "<=":
        most = pack.number(rule.key)
    if least is not None and number < least:
        return _refuse(
            "below_the_law", "value",
            f"不能少于 {least}（{provision.article_zh}），议事规则只能更严", f"Not less than {least} ({provision.article_en})",
        )  # fmt: skip
    if most is not None and number > most:
        return _refuse(
            "above_the_law", "value",
            f"不能多于 {most}（{provision.article_zh}），议事规则只能更严", f"Not more than {most} ({provision.article_en})",
        )  # fmt: skip
    return None


def _refuse(code: str, part: str, zh: str, en: str) -> Refusal:
    return Refusal(code, part, Bilingual(zh, en))
