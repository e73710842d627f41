"""Own the list of every value of every pack with its source, as the command and the rules pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.errors import Malformed
from app.statute.languages import Bilingual, Language
from app.statute.matters import matter_types
from app.statute.overlay import Overlay
from app.statute.own_rules import Change, changeable_keys
from app.statute.policies import Policy, policy_registry
from app.statute.rule_pack import (
    DEFAULT_RULE_PACK,
    RULE_PACKS,
    Provision,
    Rule,
    RulePack,
    ThresholdClass,
    load_rule_pack,
    read_toml,
)
from app.statute.rule_words import confidence_words, rule_titles, source_words, unchecked_words, value_words

#: The pack of what the law leaves open.
DEFAULTS_PACK = "wuhan_default"
PACKS = (DEFAULT_RULE_PACK, DEFAULTS_PACK, *(pack for pack in RULE_PACKS if pack != DEFAULT_RULE_PACK))

_CLASSES = {
    ThresholdClass.ORDINARY: Bilingual("一般事项", "ordinary matter"),
    ThresholdClass.SPECIAL: Bilingual("特别事项", "special matter"),
}


class ValueKind(StrEnum):
    """Name what a listed value is: a number, the class of a matter, or the default of a policy."""

    NUMBER = "number"
    MATTER = "matter"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class ListedValue:
    """Hold one value with everything said of it."""

    pack: str
    kind: ValueKind
    #: Rule id, as ``R-278-Q``; the key where there is none.
    id: str
    key: str
    title: Bilingual
    #: As in the pack: a share, a number, a class or a policy's value.
    value: str
    words: Bilingual
    comparison: str
    of: str
    provision: Provision
    #: What a policy may be, the default first; empty for other kinds.
    choices: tuple[str, ...] = ()
    #: Whether own rules of procedure may change it.
    changeable: bool = False

    def as_json(self, lang: str = Language.ZH) -> dict[str, Any]:
        """Return the value for a JSON output."""
        provision = self.provision
        english = Language.of(lang) is Language.EN
        return {
            "pack": self.pack,
            "kind": self.kind.value,
            "id": self.id,
            "key": self.key,
            "title": self.title.say(lang),
            "value": self.value,
            "words": self.words.say(lang),
            "comparison": self.comparison,
            "of": self.of,
            "choices": list(self.choices),
            "changeable": self.changeable,
            "article": provision.article_en if english else provision.article_zh,
            "source": provision.source,
            "source_name": source_words(provision, lang),
            "confidence": provision.confidence,
            "checked_by": provision.checked_by,
            "to_be_checked": not provision.is_checked,
        }

    def line(self, lang: str = Language.ZH) -> str:
        """Return the value as one line for a person."""
        provision, sure = self.provision, confidence_words(self.provision, lang)
        mark = unchecked_words(provision, lang)
        if Language.of(lang) is Language.EN:
            mark = f" [{mark}]" if mark else ""
            sure += f"; checked by {provision.checked_by}" if provision.checked_by else ""
            return f"{self.id} {self.title.en}: {self.words.en}{mark} ({provision.article_en}; {sure})"
        mark = f"【{mark}】" if mark else ""
        sure += f"；核对人：{provision.checked_by}" if provision.checked_by else ""
        return f"{self.id} {self.title.zh}：{self.words.zh}{mark}（{provision.article_zh}；{sure}）"


def pack_title(pack_id: str) -> Bilingual:
    """Return the name of a pack; raises Malformed ``rule_pack_unknown``."""
    if pack_id not in PACKS:
        raise Malformed("rule_pack_unknown", got=pack_id)
    document = read_toml(f"{pack_id}.toml")
    return Bilingual(document["title_zh"], document["title_en"])


def list_values(pack_id: str) -> list[ListedValue]:
    """List every value of a pack in its order; raises Malformed ``rule_pack_unknown``."""
    if pack_id == DEFAULTS_PACK:
        return [listed_policy(policy, policy.default) for policy in policy_registry().values()]
    pack = load_rule_pack(pack_id)
    return [*_numbers(pack), *_matters(pack_id)]


def listed_rule(pack_id: str, rule: Rule) -> ListedValue:
    """Return one number as it is listed."""
    return ListedValue(
        pack=pack_id,
        kind=ValueKind.NUMBER,
        id=rule.id,
        key=rule.key,
        title=rule_titles()[rule.key],
        value=str(rule.value),
        words=Bilingual(value_words(rule, Language.ZH), value_words(rule, Language.EN)),
        comparison=rule.comparison,
        of=rule.of,
        provision=rule.provision,
        changeable=pack_id == DEFAULT_RULE_PACK and rule.key in changeable_keys(),
    )


def listed_policy(policy: Policy, value: str, provision: Provision | None = None) -> ListedValue:
    """Return one policy with a value as it is listed; ``provision`` is what fixed a value other than the default."""
    return ListedValue(
        pack=DEFAULTS_PACK,
        kind=ValueKind.POLICY,
        id=policy.key,
        key=policy.key,
        title=policy.title,
        value=value,
        words=policy.wording(value),
        comparison="=",
        of="policy",
        provision=provision or policy.provision,
        choices=tuple(choice.value for choice in policy.values),
        changeable=policy.key in changeable_keys(),
    )


def listed_change(change: Change) -> ListedValue:
    """Return what a change of own rules fixes as it is listed beside the packs' values."""
    policy = policy_registry().get(change.key)
    if policy is not None:
        return listed_policy(policy, change.value, change.provision)
    pack = Overlay.from_json([change.as_json()]).applied_to(load_rule_pack())
    return listed_rule(DEFAULT_RULE_PACK, pack.rules[change.key])


def _numbers(pack: RulePack) -> Iterator[ListedValue]:
    return (listed_rule(pack.id, rule) for rule in pack.rules.values())


def _matters(pack_id: str) -> Iterator[ListedValue]:
    for matter, law in matter_types(pack_id).items():
        yield ListedValue(
            pack=pack_id,
            kind=ValueKind.MATTER,
            id=str(matter),
            key=str(matter),
            title=law.name,
            value=law.threshold.value,
            words=_CLASSES[law.threshold],
            comparison="=",
            of="matter",
            provision=law.provision,
        )


def lines_of(packs: Mapping[str, list[ListedValue]], lang: str = Language.ZH) -> list[str]:
    """Return packs as lines for a person: the name of each, then its values."""
    lines = []
    for pack_id, values in packs.items():
        lines += [f"{pack_id}  {pack_title(pack_id).say(lang)}", *(f"  {value.line(lang)}" for value in values)]
    return lines
