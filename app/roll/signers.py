"""Own the comparison of signatures with the live roll: doors as people write them, and who owns there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db.personal_data import blind_index
from app.db.session import current_tenant_id, db
from app.roll.claim_queries import countable_doors, doors_meant
from app.roll.models import OwnerPerson, Ownership
from app.roll.persons import normalise_name


@dataclass(frozen=True, slots=True)
class Signer:
    """Hold what a signed line means on the live roll."""

    #: Door as on the roll; None unless exactly one that counts is meant.
    unit_code: str | None
    #: Whether somebody owns there and, where a name was written, that person does.
    is_owner: bool


def read_signers(lines: Sequence[tuple[str, str]]) -> list[Signer]:
    """Compare lines of door and name with the live roll; an empty name asks only for the door to have owners."""
    doors = countable_doors()
    owners = _owners_by_unit()
    found = []
    for door, name in lines:
        meant = doors_meant(door, doors)
        if len(meant) != 1:
            found.append(Signer(None, False))
            continue
        names = owners[meant[0].id]
        wanted = blind_index(normalise_name(name), field="name", tenant_id=current_tenant_id()) if name else None
        found.append(Signer(meant[0].code, wanted in names if wanted is not None else bool(names)))
    return found


def _owners_by_unit() -> defaultdict[int, set[bytes]]:
    """Map every unit to the blind indexes of its owners' names."""
    names: defaultdict[int, set[bytes]] = defaultdict(set)
    query = select(Ownership.unit_id, OwnerPerson.name_index).join(OwnerPerson, Ownership.person_id == OwnerPerson.id)
    for unit_id, name in db.session.execute(query):
        names[unit_id].add(name)
    return names
