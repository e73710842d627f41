"""Own the live roll as plain values: its units with their owners, and the voters they make.

The grouping is the statute's under the default policies (R-HEAD, P-SAMEBUYER); ids of persons stand for persons.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.roll.errors import ScopeUnknown
from app.roll.types import Door, RollTotals
from app.statute.case import Case
from app.statute.case import Unit as StatuteUnit
from app.statute.case import UnitStatus as StatuteStatus
from app.statute.case import UnitUse as StatuteUse
from app.statute.rule_pack import Matter
from app.statute.voters import group_units_into_voters
from app.values import Area

_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class LiveUnit:
    """Hold one unit of the live roll."""

    id: int
    #: Door as residents write it, ``3-1-1202``.
    code: str
    #: Building as screens name it, ``3栋``.
    building: str
    #: Empty where the building has no entrances.
    entrance: str
    room: str
    #: None when the file does not say and the room does not tell.
    floor: int | None
    area: Area
    use: str
    status: str
    counted: bool
    under_review: bool
    #: Ids of the persons who own it, in ascending order.
    owners: tuple[int, ...]
    #: Those of them whom the co-owners named (Guidance Rules 25).
    nominees: frozenset[int] = frozenset()

    @property
    def door(self) -> Door:
        """Return the door in its three parts; the building is the short name that begins the code."""
        tail = "-".join(part for part in (self.entrance, self.room) if part)
        return Door(self.code.removesuffix(tail).removesuffix("-"), self.entrance, self.room)

    @property
    def owner_key(self) -> frozenset[str]:
        """Return who owns it as the statute compares it; a unit without owners is its own unknown owner's."""
        return frozenset(str(owner) for owner in self.owners) or frozenset({f"unknown:{self.code}"})


@dataclass(frozen=True, slots=True)
class LiveVoter:
    """Hold one voter of the live roll: an owner set with every counted unit that is exactly its own."""

    units: tuple[LiveUnit, ...]
    #: Ids of the persons, ascending; the developer alone for his block.
    persons: tuple[int, ...]
    nominees: frozenset[int]
    area: Area
    #: 1 under the default policies.
    heads: int


def live_voters(units: Sequence[LiveUnit], developer: int | None) -> tuple[LiveVoter, ...]:
    """Group the counted units into voters, in the order of each voter's first unit."""
    by_code = {unit.code: unit for unit in units}
    case = Case(
        matter=Matter.OTHER,
        units=tuple(_statute_unit(unit) for unit in units),
        developer=None if developer is None else str(developer),
    )
    found = []
    for voter in group_units_into_voters(case):
        own = tuple(by_code[unit.code] for unit in voter.units)
        persons = tuple(sorted(int(owner) for owner in voter.owners if owner.isdecimal()))
        nominees = frozenset(person for unit in own for person in unit.nominees) & frozenset(persons)
        found.append(LiveVoter(own, persons, nominees, voter.weight.area, voter.weight.heads))
    return tuple(found)


def live_totals(units: Sequence[LiveUnit], voters: Sequence[LiveVoter]) -> RollTotals:
    """Return the counted units, the heads and the counted area."""
    counted = [unit for unit in units if unit.counted]
    return RollTotals(len(counted), sum(voter.heads for voter in voters), Area.total(unit.area for unit in counted))


def counted_buildings(units: Sequence[LiveUnit]) -> tuple[str, ...]:
    """Name the buildings that have units which count, in the order people expect."""
    return tuple(sorted({unit.building for unit in units if unit.counted}, key=door_order))


def units_in_scope(units: Sequence[LiveUnit], scope: Collection[str]) -> list[LiveUnit]:
    """Return the units of the named buildings; all units for an empty scope.

    Raises: ScopeUnknown for a building without units that count.
    """
    unknown = sorted(set(scope) - set(counted_buildings(units)))
    if unknown:
        raise ScopeUnknown(buildings="、".join(unknown))
    return [unit for unit in units if not scope or unit.building in scope]


def door_order(code: str) -> tuple[tuple[int, str], ...]:
    """Return the key by which doors stand in the order people expect: 2栋 before 10栋, numbers before letters."""
    return tuple(
        (int(part), "") if part.isdigit() else (1 << 30, part) for part in _NUMBERS.split(code) if part not in ("", "-")
    )


def _statute_unit(unit: LiveUnit) -> StatuteUnit:
    nominees = sorted(unit.nominees)
    return StatuteUnit(
        code=unit.code,
        area=unit.area,
        owners=unit.owner_key,
        status=StatuteStatus(unit.status),
        use=StatuteUse(unit.use),
        counted=unit.counted,
        nominee=str(nominees[0]) if len(nominees) == 1 else None,
    )
