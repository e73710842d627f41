"""Own the grouping of units into voters: one owner set, one head, areas added (解释 arts. 8-9; P-SAMEBUYER, P-PARK, P-DEV)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.statute.case import Case, Unit, UnitUse
from app.statute.weight import Weight


@dataclass(frozen=True, slots=True)
class Voter:
    """Hold one voter: a set of owners with all units that are theirs alone."""

    #: Place among the voters, by their first unit in the file.
    place: int
    owners: frozenset[str]
    units: tuple[Unit, ...]
    weight: Weight
    #: Nominees named on any of its units; several contradict each other.
    nominees: frozenset[str]

    @property
    def speaker(self) -> str | None:
        """Return who alone may vote: the only owner, or the nominee if exactly one is named; else None (G-25)."""
        for entitled in (self.owners, self.nominees):
            if len(entitled) == 1:
                return next(iter(entitled))
        return None


def names_an_owner(case: Case, unit: Unit) -> bool:
    """Say whether the unit's nominee, if any, is one of its owners; a buyer not yet in possession may be named."""
    return unit.nominee is None or unit.nominee in unit.owners or unit.nominee in case.owners_of(unit)


def group_units_into_voters(case: Case) -> tuple[Voter, ...]:
    """Group the counted units of a case into voters, in the order of their first unit."""
    park = case.policies["P-PARK"]
    counted = [unit for unit in case.units if unit.counted and not (park == "none" and unit.use is UnitUse.PARKING)]
    if case.policies["P-SAMEBUYER"] == "any_common":
        groups = _group_by_any_common_owner(case, counted)
    else:
        groups = _group_by_identical_set(case, counted)
    return tuple(_make_voter(case, place, units, park) for place, units in enumerate(groups))


def _make_voter(case: Case, place: int, units: Sequence[Unit], park: str) -> Voter:
    owners = frozenset().union(*(case.owners_of(unit) for unit in units))
    only_parking = all(unit.use is UnitUse.PARKING for unit in units)
    heads = 0 if park == "area_only" and only_parking else 1
    area = sum(unit.area.centi for unit in units)
    named = {unit.nominee for unit in units if unit.nominee is not None and names_an_owner(case, unit)}
    return Voter(place, owners, tuple(units), Weight.of(area, heads), owners & named)


def _group_by_identical_set(case: Case, units: Sequence[Unit]) -> list[list[Unit]]:
    groups: dict[frozenset[str], list[Unit]] = {}
    for unit in units:
        groups.setdefault(case.owners_of(unit), []).append(unit)
    return list(groups.values())


def _group_by_any_common_owner(case: Case, units: Sequence[Unit]) -> list[list[Unit]]:
    """Join units that share an owner, transitively: union-find over the owners."""
    parent: dict[str, str] = {}

    def root(owner: str) -> str:
        parent.setdefault(owner, owner)
        while parent[owner] != owner:
            parent[owner] = parent[parent[owner]]
            owner = parent[owner]
        return owner

    for unit in units:
        first, *others = sorted(case.owners_of(unit))
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(root(min(case.owners_of(unit))), []).append(unit)
    return list(groups.values())
