"""Own the reads of claims: doors to choose from, owners of a claimed door as blind indexes, and who has claimed what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from app.db.personal_data import blind_index, unseal
from app.db.session import db
from app.errors import NotFound
from app.identity.queries import phone_of
from app.roll.doors import find_doors, parse_door
from app.roll.errors import DoorUnreadable
from app.roll.live import LiveUnit, door_order
from app.roll.matching import RollOwner, RollUnit
from app.roll.models import OwnerBinding, OwnerPerson, Ownership, Unit
from app.values import Area


@dataclass(frozen=True, slots=True)
class ClaimedDoor:
    """Hold a door with its owners in the form a claim is compared by."""

    unit_id: int
    code: str
    area: Area
    #: Ids of the owners, in the order of ``roll_unit.owners``.
    persons: tuple[int, ...]
    roll_unit: RollUnit = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnDoor:
    """Hold one door of a person."""

    code: str
    area: Area
    #: Owners of the door, this person included.
    owners: int


@dataclass(frozen=True, slots=True)
class BindingRow:
    """Hold one claim with the person and his doors; the name is clear, for masking or for the person himself."""

    id: int
    account_id: int
    person_id: int
    name: str = field(repr=False)
    outcome: str
    #: ``active`` or ``pending``.
    state: str
    bound_at: datetime
    ended_at: datetime | None
    doors: tuple[OwnDoor, ...]


def countable_doors() -> list[LiveUnit]:
    """List the units an owner may claim by: those that count, in the order of doors, without their owners."""
    units = db.session.scalars(select(Unit).where(Unit.counted))
    return sorted(
        (
            LiveUnit(
                id=unit.id,
                code=unit.code,
                building=unit.building,
                entrance=unit.entrance,
                room=unit.room,
                floor=unit.floor,
                area=unit.area,
                use=unit.use,
                status=unit.status,
                counted=unit.counted,
                under_review=unit.under_review,
                owners=(),
            )
            for unit in units
        ),
        key=lambda unit: door_order(unit.code),
    )


def doors_meant(typed: str, units: Collection[LiveUnit]) -> list[LiveUnit]:
    """Return the doors a typed text may mean, in order; none when it is unreadable or unknown."""
    try:
        claimed = parse_door(typed)
    except DoorUnreadable:
        return []
    by_door = {unit.door: unit for unit in units}
    return [by_door[door] for door in find_doors(claimed, by_door)]


def claimed_door(code: str) -> ClaimedDoor:
    """Return a door of the live roll with its owners' blind indexes.

    Raises: NotFound.
    """
    unit = db.session.scalar(select(Unit).where(Unit.code == code, Unit.counted))
    if unit is None:
        raise NotFound("door_not_found")
    query = (
        select(OwnerPerson)
        .join(Ownership, Ownership.person_id == OwnerPerson.id)
        .where(Ownership.unit_id == unit.id)
        .order_by(OwnerPerson.id)
    )
    persons = db.session.scalars(query).all()
    owners = tuple(_comparable(person) for person in persons)
    return ClaimedDoor(
        unit.id, unit.code, unit.area, tuple(person.id for person in persons), RollUnit(owners, unit.under_review)
    )


def account_phone_index(account_id: int) -> bytes:
    """Return the blind index of an account's telephone number, comparable with the roll's; empty without a number."""
    phone = phone_of(account_id)
    return blind_index(phone, field="phone") if phone else b""


def person_name(person_id: int) -> str:
    """Open the name of a person of the roll, for himself or for masking.

    Raises: NotFound.
    """
    person = db.session.scalar(select(OwnerPerson).where(OwnerPerson.id == person_id))
    if person is None:
        raise NotFound("person_not_found")
    return unseal(person.name_sealed, field="owner_person.name", owner=person.id)


def doors_of_persons(persons: Collection[int]) -> dict[int, tuple[OwnDoor, ...]]:
    """Map persons to their counted doors on the live roll, in the order of doors."""
    query = (
        select(Ownership.person_id, Unit.id, Unit.code, Unit.area)
        .join(Unit, Unit.id == Ownership.unit_id)
        .where(Ownership.person_id.in_(persons), Unit.counted)
    )
    rows = db.session.execute(query).all()
    counts = _owner_counts({unit_id for _, unit_id, _, _ in rows})
    held: defaultdict[int, list[OwnDoor]] = defaultdict(list)
    for person_id, unit_id, code, area in rows:
        held[person_id].append(OwnDoor(code, area, counts[unit_id]))
    return {person: tuple(sorted(doors, key=lambda door: door_order(door.code))) for person, doors in held.items()}


def bindings_of(account_id: int) -> list[BindingRow]:
    """List the living claims of an account, oldest first."""
    query = (
        select(OwnerBinding)
        .where(OwnerBinding.account_id == account_id, OwnerBinding.ended_at.is_(None))
        .order_by(OwnerBinding.bound_at)
    )
    return _rows(db.session.scalars(query).all())


def waiting_bindings() -> list[BindingRow]:
    """List the claims a person must check, oldest first."""
    query = (
        select(OwnerBinding)
        .where(OwnerBinding.state == "pending", OwnerBinding.ended_at.is_(None))
        .order_by(OwnerBinding.bound_at)
    )
    return _rows(db.session.scalars(query).all())


def newest_bindings(limit: int) -> list[BindingRow]:
    """List the newest claims that hold or were ended."""
    query = (
        select(OwnerBinding)
        .where((OwnerBinding.state == "active") | OwnerBinding.ended_at.is_not(None))
        .order_by(OwnerBinding.bound_at.desc())
        .limit(limit)
    )
    return _rows(db.session.scalars(query).all())


def count_waiting() -> int:
    """Count the claims a person must check."""
    query = (
        select(func.count()).select_from(OwnerBinding).where(OwnerBinding.state == "pending", OwnerBinding.ended_at.is_(None))
    )
    return db.session.scalar(query) or 0


def _comparable(person: OwnerPerson) -> RollOwner:
    """Give a person without a reliable document nothing that anything could agree with."""
    if person.tail_index is None:
        return RollOwner(b"", b"", b"")
    return RollOwner(person.name_index, person.tail_index, person.phone_index or b"")


def _owner_counts(units: Iterable[int]) -> dict[int, int]:
    query = select(Ownership.unit_id, func.count()).where(Ownership.unit_id.in_(list(units))).group_by(Ownership.unit_id)
    return dict(db.session.execute(query).all())


def _rows(bindings: Iterable[OwnerBinding]) -> list[BindingRow]:
    bound = list(bindings)
    persons = {binding.person_id for binding in bound}
    doors = doors_of_persons(persons)
    names = {
        person.id: unseal(person.name_sealed, field="owner_person.name", owner=person.id)
        for person in db.session.scalars(select(OwnerPerson).where(OwnerPerson.id.in_(persons)))
    }
    return [
        BindingRow(
            id=binding.id,
            account_id=binding.account_id,
            person_id=binding.person_id,
            name=names[binding.person_id],
            outcome=binding.outcome,
            state=binding.state,
            bound_at=binding.bound_at,
            ended_at=binding.ended_at,
            doors=doors.get(binding.person_id, ()),
        )
        for binding in bound
    ]
