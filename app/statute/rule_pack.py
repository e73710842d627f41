"""Own the rule packs: the numbers of the law with article, source and confidence, read from ``packs/*.toml``.

A threshold number stands in a pack and nowhere else (app/statute/LAW.md 1 and 2).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from app.errors import Malformed
from app.statute.weight import Measure

#: The pack in force for decisions since 2021.
DEFAULT_RULE_PACK = "civil_code_2021"

#: Every version of the law, the one in force first.
RULE_PACKS = ("civil_code_2021", "property_law_2007")


class Matter(StrEnum):
    """Name the nine joint decisions of Civil Code 278(1)."""

    RULES = "RULES"
    COVENANT = "COVENANT"
    ELECT = "ELECT"
    HIRE = "HIRE"
    FUND_USE = "FUND_USE"
    FUND_RAISE = "FUND_RAISE"
    REBUILD = "REBUILD"
    COMMON_USE = "COMMON_USE"
    OTHER = "OTHER"


class ThresholdClass(StrEnum):
    """Name the majority a matter needs: ordinary 过半数 or special 四分之三以上."""

    ORDINARY = "ordinary"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Provision:
    """Hold one article with its names in both languages, where it was read and how sure it is."""

    article_zh: str
    article_en: str
    source: str
    #: One of found, corroborated, known, design.
    confidence: str
    #: Who compared the value with the text; empty where nobody did yet.
    checked_by: str = ""

    @property
    def is_checked(self) -> bool:
        """Say whether the value may be shown without the mark 待核: its text was read, or somebody compared it."""
        return self.confidence == "found" or bool(self.checked_by)


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one number of the law."""

    #: Id in app/statute/LAW.md 1, as ``R-278-Q``.
    id: str
    key: str
    #: A share such as ``2/3``, or a whole number.
    value: str | int
    #: ``>``, ``>=``, ``<=``, ``=`` or ``odd``.
    comparison: str
    #: What the value is a share or number of.
    of: str
    provision: Provision


@dataclass(frozen=True, slots=True)
class Threshold:
    """Hold a share that must be reached (``>=``) or exceeded (``>``), with the provision that demands it."""

    share: Fraction
    #: True for 过半数 (more than), false for 以上 (at least; Civil Code 1259).
    strict: bool
    provision: Provision
    #: What it is a share of: ``participating``, ``totals``, ``returned`` or ``seats``.
    of: str

    def is_met(self, part: int, whole: int) -> bool:
        """Compare part with the share of the whole by cross-multiplication; nothing is rounded."""
        left = part * self.share.denominator
        right = whole * self.share.numerator
        return left > right if self.strict else left >= right

    def missing(self, part: int, whole: int) -> int:
        """Return the least that must be added to the part, in its own unit; zero when it is met."""
        scaled = whole * self.share.numerator
        least_above = scaled // self.share.denominator + 1
        least_at = -(-scaled // self.share.denominator)
        return max(0, (least_above if self.strict else least_at) - part)


@dataclass(frozen=True, slots=True)
class MatterLaw:
    """Hold what the law says of one of the nine matters."""

    matter: Matter
    #: Its number in Civil Code 278(1).
    item: int
    threshold: ThresholdClass
    provision: Provision


@dataclass(frozen=True, slots=True)
class RulePack:
    """Hold one version of the law."""

    id: str
    title_zh: str
    title_en: str
    in_force_on: date
    #: Last day on which it was in force; None while it is.
    in_force_until: date | None
    rules: Mapping[str, Rule]
    matters: Mapping[Matter, MatterLaw]

    @property
    def has_quorum(self) -> bool:
        """Say whether this law asks for a participation quorum at all."""
        return all(f"quorum_{measure}" in self.rules for measure in Measure)

    def number(self, key: str) -> int:
        """Return a rule's whole number; raises TypeError when the rule is a share."""
        value = self.rules[key].value
        if not isinstance(value, int):
            raise TypeError(f"{key} is a share")
        return value

    def threshold(self, key: str) -> Threshold:
        """Return a rule as a share to be reached or exceeded; raises ValueError when it is another kind of rule."""
        rule = self.rules[key]
        if rule.comparison not in {">", ">="} or not isinstance(rule.value, str):
            raise ValueError(f"{key} is not a threshold")
        return Threshold(Fraction(rule.value), rule.comparison == ">", rule.provision, rule.of)

    def share(self, key: str) -> Fraction:
        """Return a rule's exact share."""
        return Fraction(self.rules[key].value)

    def quorum(self, measure: Measure) -> Threshold:
        """Return the participation quorum of one measure; raises KeyError where ``has_quorum`` is false."""
        return self.threshold(f"quorum_{measure}")

    def majority(self, kind: ThresholdClass, measure: Measure) -> Threshold:
        """Return the majority, of participating owners or of all, that a class of matters needs in one measure."""
        return self.threshold(f"{kind}_{measure}")


def provision_of(entry: Mapping[str, Any]) -> Provision:
    """Read article, source, confidence and who checked it from an entry of a pack."""
    fields = (entry["article_zh"], entry["article_en"], entry["source"], entry["confidence"])
    return Provision(*fields, entry.get("checked_by", ""))


def read_toml(name: str) -> dict[str, Any]:
    """Read one TOML file of the ``packs`` folder."""
    text = resources.files("app.statute").joinpath("packs", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def load_rule_pack(pack_id: str = DEFAULT_RULE_PACK) -> RulePack:
    """Return a rule pack by its id; raises Malformed ``rule_pack_unknown``."""
    if pack_id not in RULE_PACKS:
        raise Malformed("rule_pack_unknown", got=pack_id)
    document = read_toml(f"{pack_id}.toml")
    rules = {
        key: Rule(entry["id"], key, entry["value"], entry["comparison"], entry["of"], provision_of(entry))
        for key, entry in document["rules"].items()
    }
    matters = {
        Matter(code): MatterLaw(Matter(code), entry["item"], ThresholdClass(entry["threshold"]), provision_of(entry))
        for code, entry in document["matters"].items()
    }
    return RulePack(
        document["id"],
        document["title_zh"],
        document["title_en"],
        document["in_force_on"],
        document.get("in_force_until"),
        MappingProxyType(rules),
        MappingProxyType(matters),
    )
