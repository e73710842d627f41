"""Put a read roll in the place of the live one: units, persons and ownerships, with every personal value sealed.

A person keeps the id by which snapshots and claims know him as long as the same document (or name and number) identifies
him.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from app.db.base import new_id
from app.db.personal_data import blind_index, seal
from app.db.session import current_tenant_id, db
from app.roll.documents import last_six
from app.roll.models import OwnerBinding, OwnerPerson, Ownership, SnapshotVoterPerson, Unit
from app.roll.persons import Persons, is_company, normalise_name
from app.roll.report import is_developers_name
from app.roll.types import OwnerEntry, PersonKey, RollRow, StoredRoll, UnitUse

_CHUNK = 500


@dataclass(slots=True)
class _Person:
    """Gather one person from all rows that name him."""

    index: bytes
    kind: str
    entry: OwnerEntry | None
    phone: str = ""
    id: int = field(default_factory=new_id)


def store_roll(rows: Sequence[RollRow], persons: Persons, developer: str | None) -> StoredRoll:
    """Replace the live roll by rows whose persons are known; ``developer`` is his name as the rows write it.

    Marks made by people outlive the replacement: a disputed door stays disputed, a nominee stays named for the same door.
    The caller holds the roll's lock.
    """
    found = _gather(rows, persons, developer)
    marks = _Marks.read()
    _clear()
    _write_persons(found.values())
    labels = _labels(rows)
    units: list[Unit] = []
    ownerships: list[Ownership] = []
    for row, keys in zip(rows, persons.keys, strict=True):
        unit = _unit_of(row, labels[row.door.building], marks)
        units.append(unit)
        for key in dict.fromkeys(keys):
            person = found[key]
            share = row.owners[keys.index(key)].share if len(row.owners) == len(keys) else None
            ownerships.append(
                Ownership(
                    unit_id=unit.id,
                    person_id=person.id,
                    share=str(share) if share is not None else "",
                    is_nominee=(row.code, person.id) in marks.nominees,
                )
            )
    for rows_of_table in (units, ownerships):
        db.session.add_all(rows_of_table)
        db.session.flush()
    gone = _drop_unused({person.id for person in found.values()})
    return StoredRoll(units=len(units), persons=len(found), bound_and_gone=gone)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Hold what people have marked on the live roll, by door."""

    disputed: frozenset[str]
    nominees: frozenset[tuple[str, int]]

    @classmethod
    def read(cls) -> _Marks:
        disputed = db.session.scalars(select(Unit.code).where(Unit.under_review))
        named = select(Unit.code, Ownership.person_id).join(Ownership, Ownership.unit_id == Unit.id).where(Ownership.is_nominee)
        return cls(frozenset(disputed), frozenset((code, person) for code, person in db.session.execute(named)))


def _gather(rows: Sequence[RollRow], persons: Persons, developer: str | None) -> dict[PersonKey, _Person]:
    found: dict[PersonKey, _Person] = {}
    for row, keys in zip(rows, persons.keys, strict=True):
        for place, key in enumerate(keys):
            entry = _entry_of(row, place, key, persons.developer, developer)
            person = found.get(key)
            if person is None:
                kind = "developer" if key == persons.developer else _kind_of(entry)
                person = found[key] = _Person(_identity_index(row, place, key, entry), kind, entry)
            person.entry = person.entry or entry
            person.phone = person.phone or (entry.phone if entry else "")
    query = select(OwnerPerson.identity_index, OwnerPerson.id)
    known = dict(db.session.execute(query).all())
    for person in found.values():
        person.id = known.get(person.index, person.id)
    return found


def _entry_of(row: RollRow, place: int, key: PersonKey, developer_key: PersonKey, developer: str | None) -> OwnerEntry | None:
    """Return the owner's own cells; a buyer named on an unsold door is not the developer."""
    if key == developer_key:
        return next((owner for owner in row.owners if is_developers_name(owner.name, developer)), None)
    return row.owners[place] if place < len(row.owners) else None


def _kind_of(entry: OwnerEntry | None) -> str:
    return "organisation" if entry is not None and is_company(entry) else "person"


def _identity_index(row: RollRow, place: int, key: PersonKey, entry: OwnerEntry | None) -> bytes:
    """Index what makes the person one; an owner known by his row alone is known by door and name from file to file."""
    name = key
    if key.startswith(("entry:", "unknown:")):
        name = PersonKey(f"door:{row.code}:{place}:{normalise_name(entry.name) if entry else ''}")
    return blind_index(name, field="person", tenant_id=current_tenant_id())


def _labels(rows: Sequence[RollRow]) -> dict[str, str]:
    """Name each building once, as the file writes it first; a bare number becomes ``3栋``."""
    labels: dict[str, str] = {}
    for row in rows:
        label = row.building_label
        labels.setdefault(row.door.building, f"{label}栋" if label.isdecimal() else label)
    return labels


def _unit_of(row: RollRow, label: str, marks: _Marks) -> Unit:
    return Unit(
        id=new_id(),
        code=row.code,
        building=label,
        entrance=row.door.entrance,
        room=row.door.room,
        floor=row.floor or None,
        area=row.area,
        area_source="registry",
        use="parking" if row.use is UnitUse.PARKING else "exclusive",
        status=row.status.value,
        counted=row.use.counted,
        under_review=row.code in marks.disputed,
    )


def _clear() -> None:
    for model in (Ownership, Unit):
        mine = model.tenant_id == current_tenant_id()
        db.session.execute(delete(model).where(mine).execution_options(synchronize_session=False))


def _write_persons(persons: Collection[_Person]) -> None:
    known = {row.id: row for row in db.session.scalars(select(OwnerPerson))}
    for person in persons:
        row = known.get(person.id)
        if row is None:
            db.session.add(OwnerPerson(**_person_values(person)))
            continue
        for name, value in _person_values(person).items():
            setattr(row, name, value)
    db.session.flush()


def _person_values(person: _Person) -> dict[str, Any]:
    tenant, entry = current_tenant_id(), person.entry
    name = entry.name if entry else ""
    number = entry.document.number if entry else ""
    tail = last_six(number) if entry and entry.document.trusted else ""
    return {
        "id": person.id,
        "kind": person.kind,
        "name_sealed": seal(name, field="owner_person.name", owner=person.id),
        "name_index": blind_index(normalise_name(name), field="name", tenant_id=tenant),
        "document_kind": entry.document.kind.value if entry else "none",
        "document_sealed": seal(number, field="owner_person.document", owner=person.id) if number else None,
        "identity_index": person.index,
        "tail_index": blind_index(tail, field="document_tail", tenant_id=tenant) if tail and name else None,
        "phone_sealed": seal(person.phone, field="owner_person.phone", owner=person.id) if person.phone else None,
        "phone_index": blind_index(person.phone, field="phone") if person.phone else None,
    }


def _drop_unused(kept: set[int]) -> int:
    """Delete the persons nobody refers to any more; return how many who claimed a flat are no longer on the roll."""
    bound = set(db.session.scalars(select(OwnerBinding.person_id).where(OwnerBinding.ended_at.is_(None)).distinct()))
    held = set(db.session.scalars(select(OwnerBinding.person_id).distinct()))
    held |= set(db.session.scalars(select(SnapshotVoterPerson.person_id).distinct()))
    unused = set(db.session.scalars(select(OwnerPerson.id))) - kept - held
    for chunk in _chunks(sorted(unused)):
        mine = OwnerPerson.tenant_id == current_tenant_id()
        db.session.execute(
            delete(OwnerPerson).where(mine, OwnerPerson.id.in_(chunk)).execution_options(synchronize_session=False)
        )
    return len(bound - kept)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
