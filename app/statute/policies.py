"""Own the policies: the choices the law leaves to an assembly, their values, defaults and plain wording.

Keys, values, defaults and provisions: ``packs/wuhan_default.toml`` (app/statute/LAW.md 2);
wording: ``packs/policy_texts.toml``. Values are strings, also those that look like numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app.errors import Malformed
from app.statute.languages import Bilingual
from app.statute.rule_pack import Provision, provision_of, read_toml


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """Hold one value a policy may take and how it reads on the set-up page."""

    value: str
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class Policy:
    """Hold one policy with everything the set-up page shows."""

    #: Key as ``P-SILENCE``.
    key: str
    title: Bilingual
    question: Bilingual
    #: Allowed values in the order of the pack, the default first.
    values: tuple[PolicyValue, ...]
    default: str
    #: True when the count of a matter reads it.
    counted: bool
    #: At a first assembly only the posted voting rules may depart from the default.
    needs_notice: bool
    provision: Provision

    def allows(self, value: str) -> bool:
        """Say whether the policy may take this value."""
        return any(value == choice.value for choice in self.values)

    def wording(self, value: str) -> Bilingual:
        """Return how a value reads; raises Malformed ``policy_value_unknown``."""
        for choice in self.values:
            if choice.value == value:
                return choice.wording
        raise Malformed("policy_value_unknown", key=self.key, got=value)


class Policies(Mapping[str, str]):
    """Hold a value for every policy key; what was not given takes the default for Wuhan. Never changes."""

    __slots__ = ("_values",)

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        """Check and complete the given values; raises Malformed ``policy_unknown`` or ``policy_value_unknown``."""
        registry = policy_registry()
        chosen = dict(given or {})
        for key, value in chosen.items():
            if key not in registry:
                raise Malformed("policy_unknown", key=key)
            if not isinstance(value, str) or not registry[key].allows(value):
                raise Malformed("policy_value_unknown", key=key, got=value)
        self._values = {key: chosen.get(key, policy.default) for key, policy in registry.items()}

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def departures(self) -> dict[str, str]:
        """Return only the values that differ from their default."""
        registry = policy_registry()
        return {key: value for key, value in self._values.items() if value != registry[key].default}


@cache
def policy_registry() -> Mapping[str, Policy]:
    """Return every policy by key, in the order of the pack: those the count reads come first."""
    document = read_toml("wuhan_default.toml")["policies"]
    texts = read_toml("policy_texts.toml")
    registry = {}
    for key, entry in document.items():
        text = texts[key]
        registry[key] = Policy(
            key=key,
            title=Bilingual(*text["title"]),
            question=Bilingual(*text["question"]),
            values=tuple(PolicyValue(value, Bilingual(*text["values"][value])) for value in entry["values"]),
            default=entry["default"],
            counted=entry["counted"],
            needs_notice=entry["needs_notice"],
            provision=provision_of(entry),
        )
    return MappingProxyType(registry)
