"""Own the choice of a door on a phone: building, entrance, then a grid of floors and rooms. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.roll.doors import canonical_building, canonical_entrance
from app.roll.live import LiveUnit


@dataclass(frozen=True, slots=True)
class BuildingChoice:
    """Hold one building to choose: its short name for the address and its label."""

    key: str
    label: str
    doors: int


@dataclass(frozen=True, slots=True)
class Floor:
    """Hold the doors of one floor; the number is None where the roll does not know it."""

    number: int | None
    doors: tuple[LiveUnit, ...]


@dataclass(frozen=True, slots=True)
class DoorGrid:
    """Hold what the page of one choice shows: what is chosen, and what can be chosen next."""

    buildings: tuple[BuildingChoice, ...]
    #: None while no building is chosen.
    building: BuildingChoice | None
    #: Entrances of the building; empty where it has at most one.
    entrances: tuple[str, ...]
    #: None while an entrance must still be chosen.
    entrance: str | None
    #: Top floor first; empty until building and entrance are chosen.
    floors: tuple[Floor, ...]


def door_grid(units: Sequence[LiveUnit], building: str, entrance: str) -> DoorGrid:
    """Return the grid for what the address says; a building or entrance that does not exist counts as not chosen."""
    held: defaultdict[str, list[LiveUnit]] = defaultdict(list)
    for unit in units:
        held[unit.door.building].append(unit)
    buildings = tuple(BuildingChoice(key, own[0].building, len(own)) for key, own in held.items())
    key = canonical_building(building) if building else ""
    chosen = next((choice for choice in buildings if choice.key == key), None)
    if chosen is None:
        return DoorGrid(buildings, None, (), None, ())
    own = held[chosen.key]
    entrances = tuple(dict.fromkeys(unit.entrance for unit in own))
    wanted = canonical_entrance(entrance)
    if len(entrances) == 1:
        return DoorGrid(buildings, chosen, (), entrances[0], _floors(own))
    if wanted not in entrances:
        return DoorGrid(buildings, chosen, entrances, None, ())
    return DoorGrid(buildings, chosen, entrances, wanted, _floors([unit for unit in own if unit.entrance == wanted]))


def _floors(units: Sequence[LiveUnit]) -> tuple[Floor, ...]:
    held: defaultdict[int | None, list[LiveUnit]] = defaultdict(list)
    for unit in units:
        held[unit.floor].append(unit)
    known = sorted((number for number in held if number is not None), reverse=True)
    order: list[int | None] = [*known, *([None] if None in held else [])]
    return tuple(Floor(number, tuple(held[number])) for number in order)
