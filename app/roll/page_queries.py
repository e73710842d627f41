"""Own what the roll's pages show: totals and buildings, units with masked owners, imports, snapshots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.db.personal_data import unseal
from app.db.session import db
from app.documents.queries import private_file
from app.errors import NotFound
from app.roll.doors import canonical_building, fold, parse_door
from app.roll.errors import DoorUnreadable
from app.roll.live import LiveUnit, LiveVoter, door_order, live_totals, live_voters
from app.roll.matching import find_doors
from app.roll.models import OwnerBinding, OwnerPerson, RollImport, RollSnapshot
from app.roll.queries import developer_id, live_units
from app.roll.report import RollReport
from app.roll.types import ImportState, RollTotals
from app.values import Area


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """Hold one building: counted units, area, and the voters who own something in it."""

    label: str
    units: int
    area: Area
    heads: int
    #: Voters of it of whom at least one person has registered.
    registered: int


@dataclass(frozen=True, slots=True)
class RollOverview:
    """Hold the live roll as a whole."""

    totals: RollTotals
    registered: int
    uncounted: int
    disputed: int
    buildings: tuple[BuildingLine, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Hold one unit with its owners' names, for masking."""

    unit: LiveUnit
    #: (kind, clear name) in the order of persons.
    owners: tuple[tuple[str, str], ...] = field(repr=False)
    registered: bool


@dataclass(frozen=True, slots=True)
class ImportLine:
    """Hold one uploaded file."""

    id: int
    file_id: int
    state: ImportState
    report: RollReport
    created_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Hold one uploaded file with its name and digest."""

    line: ImportLine
    file_name: str
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """Hold one frozen roll without its bytes."""

    id: int
    roll_hash: str
    units: int
    heads: int
    area: Area
    frozen_at: datetime


def roll_overview() -> RollOverview:
    """Return the live roll's totals, exactly as a freeze would take them, and its buildings."""
    units = sorted(live_units(), key=lambda unit: door_order(unit.code))
    voters = live_voters(units, developer_id())
    bound = bound_persons()
    return RollOverview(
        totals=live_totals(units, voters),
        registered=sum(1 for voter in voters if bound & set(voter.persons)),
        uncounted=sum(1 for unit in units if not unit.counted),
        disputed=sum(1 for unit in units if unit.under_review),
        buildings=_buildings(units, voters, bound),
    )


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Hold what the address of a list asks for; empty texts ask for nothing."""

    #: A door as people write it, or a part of one.
    wanted: str = ""
    #: Label of a building.
    building: str = ""
    only_disputed: bool = False


def find_units(units: Iterable[LiveUnit], asked: UnitFilter) -> list[LiveUnit]:
    """Return the units a filter asks for, in the order of doors.

    A whole door is read as people write it; anything else is looked for inside the doors.
    """
    chosen = [
        unit for unit in units if asked.building in ("", unit.building) and (unit.under_review or not asked.only_disputed)
    ]
    if asked.wanted.strip():
        chosen = _meant(chosen, asked.wanted)
    return sorted(chosen, key=lambda unit: door_order(unit.code))


def with_owners(units: Sequence[LiveUnit]) -> list[UnitLine]:
    """Open the owners' names of some units."""
    people = names_of({person for unit in units for person in unit.owners})
    bound = bound_persons()
    return [UnitLine(unit, tuple(people[person] for person in unit.owners), bool(bound & set(unit.owners))) for unit in units]


def names_of(persons: Collection[int]) -> dict[int, tuple[str, str]]:
    """Map persons to (kind, clear name)."""
    rows: dict[int, tuple[str, str]] = {}
    ids = sorted(persons)
    for start in range(0, len(ids), 500):
        for person in db.session.scalars(select(OwnerPerson).where(OwnerPerson.id.in_(ids[start : start + 500]))):
            rows[person.id] = (person.kind, unseal(person.name_sealed, field="owner_person.name", owner=person.id))
    return rows


def unit_by_code(code: str) -> LiveUnit:
    """Return one unit of the live roll.

    Raises: NotFound.
    """
    found = next((unit for unit in live_units() if unit.code == code), None)
    if found is None:
        raise NotFound("door_not_found")
    return found


def bound_persons() -> set[int]:
    """Return the persons for whom an account holds a valid claim."""
    query = select(OwnerBinding.person_id).where(OwnerBinding.state == "active", OwnerBinding.ended_at.is_(None))
    return set(db.session.scalars(query))


def list_of_imports() -> list[ImportLine]:
    """List the uploaded files, newest first."""
    return [_import_line(row) for row in db.session.scalars(select(RollImport).order_by(RollImport.created_at.desc()))]


def live_import() -> ImportLine | None:
    """Return the import the live roll came from, if it came from one."""
    row = db.session.scalar(select(RollImport).where(RollImport.state == ImportState.CONFIRMED.value))
    return _import_line(row) if row else None


def get_import(import_id: int) -> ImportPage:
    """Return one uploaded file, opened.

    Raises: NotFound.
    """
    row = db.session.scalar(select(RollImport).where(RollImport.id == import_id))
    if row is None:
        raise NotFound("import_not_found")
    file = private_file(row.file_id)
    return ImportPage(_import_line(row), file.row.name, file.row.sha256, file.content)


def list_of_snapshots() -> list[SnapshotLine]:
    """List the frozen rolls, newest first."""
    query = select(
        RollSnapshot.id,
        RollSnapshot.roll_hash,
        RollSnapshot.units,
        RollSnapshot.heads,
        RollSnapshot.area,
        RollSnapshot.frozen_at,
    ).order_by(RollSnapshot.frozen_at.desc())
    return [SnapshotLine(*row) for row in db.session.execute(query)]


def _import_line(row: RollImport) -> ImportLine:
    report = RollReport.from_json(row.report)
    return ImportLine(row.id, row.file_id, ImportState(row.state), report, row.created_at, row.confirmed_at)


def _buildings(units: Sequence[LiveUnit], voters: Sequence[LiveVoter], bound: set[int]) -> tuple[BuildingLine, ...]:
    held: defaultdict[str, list[LiveUnit]] = defaultdict(list)
    for unit in units:
        if unit.counted:
            held[unit.building].append(unit)
    heads: defaultdict[str, int] = defaultdict(int)
    registered: defaultdict[str, int] = defaultdict(int)
    for voter in voters:
        for building in {unit.building for unit in voter.units}:
            heads[building] += voter.heads
            registered[building] += bool(bound & set(voter.persons))
    return tuple(
        BuildingLine(label, len(own), Area.total(unit.area for unit in own), heads[label], registered[label])
        for label, own in held.items()
    )


def _meant(units: Sequence[LiveUnit], wanted: str) -> list[LiveUnit]:
    try:
        by_door = {unit.door: unit for unit in units}
        found = [by_door[door] for door in find_doors(parse_door(wanted), by_door)]
    except DoorUnreadable:
        found = []
    if found:
        return found
    text = fold(wanted)
    building = canonical_building(wanted)
    return [unit for unit in units if text in unit.code.upper() or building == unit.door.building]
