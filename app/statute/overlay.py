"""Own the overlay: the changes of a complex's own rules that are in force together, and the pack with them applied.

Pure and frozen like the packs; what a change may be: app/statute/own_rules.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, overload

from app.errors import Malformed
from app.statute.languages import Bilingual
from app.statute.own_rules import Basis, Change, Refusal, refusal_of
from app.statute.policies import policy_registry
from app.statute.rule_pack import RulePack, load_rule_pack


class Overlay(Sequence[Change]):
    """Hold the changes in force in one complex, at most one for a key. Never changes."""

    __slots__ = ("_changes",)

    def __init__(self, changes: Iterable[Change] = (), *, before_first_assembly: bool = False) -> None:
        """Check every change; raises Malformed ``overlay_refused`` with reason, key and part, or ``overlay_key_twice``."""
        self._changes = tuple(changes)
        for change in self._changes:
            _require(refusal_of(change, before_first_assembly=before_first_assembly), change.key)
        keys = [change.key for change in self._changes]
        if len(set(keys)) != len(keys):
            raise Malformed("overlay_key_twice")
        _require(contradiction_in(self._changes), "voting_window_days_default")

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> Overlay:
        """Read changes that were checked before they were frozen: what is announced stays as it was announced."""
        frozen = cls.__new__(cls)
        frozen._changes = tuple(
            Change(
                key=row["key"],
                value=row["value"],
                basis=Basis(row["basis"]),
                page=row["page"],
                sentence=row["sentence"],
                confirmed_by=tuple(row["confirmed_by"]),
            )
            for row in rows
        )
        return frozen

    def as_json(self) -> list[dict[str, Any]]:
        """Return the changes as they are frozen into an announcement, by key."""
        return [change.as_json() for change in sorted(self._changes, key=lambda change: change.key)]

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Change]: ...
    def __getitem__(self, at: int | slice) -> Change | Sequence[Change]:
        return self._changes[at]

    def __len__(self) -> int:
        return len(self._changes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Overlay) and self._changes == other._changes

    def __hash__(self) -> int:
        return hash(self._changes)

    @property
    def policies(self) -> dict[str, str]:
        """Return the policy values it fixes."""
        registry = policy_registry()
        return {change.key: change.value for change in self._changes if change.key in registry}

    def change_of(self, key: str) -> Change | None:
        """Return the change of a value; None where the packs' value holds."""
        return next((change for change in self._changes if change.key == key), None)

    def kept_by(self, policies: Mapping[str, str]) -> Overlay:
        """Return the changes that a vote with these policies keeps to: its periods, and the policy values it took over."""
        kept = Overlay.from_json(())
        kept._changes = tuple(change for change in self if policies.get(change.key, change.value) == change.value)
        return kept

    def applied_to(self, pack: RulePack) -> RulePack:
        """Return the pack with the periods it changes; a period the pack does not know stays unknown."""
        rules = dict(pack.rules)
        for change in self._changes:
            rule = rules.get(change.key)
            if rule is not None:
                rules[change.key] = replace(rule, value=int(change.value), provision=change.provision)
        return replace(pack, rules=MappingProxyType(rules))


def _require(refusal: Refusal | None, key: str) -> None:
    if refusal is not None:
        raise Malformed("overlay_refused", reason=refusal.code, key=key, where=refusal.part)


def contradiction_in(changes: Iterable[Change]) -> Refusal | None:
    """Say which periods cannot hold together: a shortest voting window beyond the longest, a usual one outside both."""
    given = {change.key: change.value for change in changes}
    pack = load_rule_pack()

    def days(which: str) -> int:
        key = f"voting_window_days_{which}"
        return int(given.get(key, pack.number(key)))

    if days("min") <= days("default") <= days("max"):
        return None
    sentence = Bilingual(
        f"投票时间自相矛盾：最短 {days('min')} 天、通常 {days('default')} 天、最长 {days('max')} 天",
        f"The voting windows contradict: shortest {days('min')}, usual {days('default')}, longest {days('max')} days",
    )
    return Refusal("windows_contradict", "value", sentence)
