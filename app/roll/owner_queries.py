"""Own what other slices look up on the live roll: an owner by door and name as people write them, who still owns, entrances."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db.personal_data import blind_index
from app.db.session import current_tenant_id, db
from app.roll.claim_queries import countable_doors, doors_meant
from app.roll.live import door_order
from app.roll.models import OwnerPerson, Ownership, Unit
from app.roll.persons import normalise_name


@dataclass(frozen=True, slots=True)
class FoundOwner:
    """Hold a person of the live roll and the door the person was found by."""

    person_id: int
    #: Door as on the roll, ``3-1-1202``.
    unit_code: str


def find_owner(door: str, name: str) -> FoundOwner | None:
    """Return the owner of that name at a counted door written as people write it; None unless exactly one is meant."""
    meant = doors_meant(door, countable_doors())
    query = (
        select(OwnerPerson.id, Unit.code)
        .join(Ownership, Ownership.person_id == OwnerPerson.id)
        .join(Unit, Unit.id == Ownership.unit_id)
        .where(Unit.id.in_([unit.id for unit in meant]))
        .where(OwnerPerson.name_index == blind_index(normalise_name(name), field="name", tenant_id=current_tenant_id()))
    )
    found = [FoundOwner(person_id, code) for person_id, code in db.session.execute(query)]
    return found[0] if len({owner.person_id for owner in found}) == 1 else None


def owners_among(persons: Collection[int]) -> frozenset[int]:
    """Return those persons who own a counted unit on the live roll today."""
    query = (
        select(Ownership.person_id)
        .join(Unit, Unit.id == Ownership.unit_id)
        .where(Ownership.person_id.in_(persons), Unit.counted)
    )
    return frozenset(db.session.scalars(query))


def entrances() -> list[tuple[str, str]]:
    """List (building, entrance) of the counted units in the order of their doors; no entrance is an empty text."""
    query = select(Unit.building, Unit.entrance, func.min(Unit.code)).where(Unit.counted).group_by(Unit.building, Unit.entrance)
    rows = sorted(db.session.execute(query), key=lambda row: door_order(row[2]))
    return [(building, entrance) for building, entrance, _code in rows]
