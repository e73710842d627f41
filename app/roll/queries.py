"""Own the reads of the roll: the live units, frozen snapshots, and what an account may vote for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app.db.personal_data import unseal
from app.db.session import db
from app.errors import NotFound
from app.identity.phones import NotAPhone, normalise_phone
from app.roll.live import LiveUnit, counted_buildings
from app.roll.models import (
    OwnerBinding,
    OwnerPerson,
    Ownership,
    RollImport,
    RollSnapshot,
    SnapshotUnit,
    SnapshotVoter,
    SnapshotVoterPerson,
    Unit,
)
from app.roll.types import Entitlement, SnapshotRow, SnapshotUnitRow


def live_units() -> list[LiveUnit]:
    """List every unit of the live roll with its owners, by code."""
    owners: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
    for unit_id, person_id, is_nominee in db.session.execute(
        select(Ownership.unit_id, Ownership.person_id, Ownership.is_nominee)
    ):
        owners[unit_id].append((person_id, is_nominee))
    return [
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
            owners=tuple(sorted(person for person, _ in owners[unit.id])),
            nominees=frozenset(person for person, is_nominee in owners[unit.id] if is_nominee),
        )
        for unit in db.session.scalars(select(Unit).order_by(Unit.code))
    ]


def has_counted_units() -> bool:
    """Say whether the live roll holds anything that counts in the totals."""
    return db.session.scalar(select(Unit.id).where(Unit.counted).limit(1)) is not None


def roll_buildings() -> tuple[str, ...]:
    """Name the buildings of the live roll that have units which count, in the order people expect."""
    return counted_buildings(live_units())


def developer_id() -> int | None:
    """Return the person who is the developer on the live roll, if any."""
    query = (
        select(OwnerPerson.id)
        .join(Ownership, Ownership.person_id == OwnerPerson.id)
        .where(OwnerPerson.kind == "developer")
        .order_by(OwnerPerson.id)
        .limit(1)
    )
    return db.session.scalar(query)


def import_moments() -> list[datetime]:
    """List when each import became the live roll, in order; the newest is the roll that holds."""
    query = select(RollImport.confirmed_at).where(RollImport.confirmed_at.is_not(None)).order_by(RollImport.confirmed_at)
    return [moment for moment in db.session.scalars(query) if moment is not None]


def entitlements_of(snapshot_id: int, account_id: int) -> tuple[Entitlement, ...]:
    """Return every voter of a frozen roll that the account's persons belong to, by voter number."""
    query = (
        select(SnapshotVoterPerson, SnapshotVoter, OwnerBinding.state)
        .join(OwnerBinding, OwnerBinding.person_id == SnapshotVoterPerson.person_id)
        .join(
            SnapshotVoter,
            (SnapshotVoter.snapshot_id == SnapshotVoterPerson.snapshot_id)
            & (SnapshotVoter.voter_number == SnapshotVoterPerson.voter_number),
        )
        .where(SnapshotVoterPerson.snapshot_id == snapshot_id)
        .where(OwnerBinding.account_id == account_id, OwnerBinding.ended_at.is_(None))
        .order_by(SnapshotVoterPerson.voter_number, SnapshotVoterPerson.is_nominee.desc(), SnapshotVoterPerson.person_id)
    )
    found: dict[int, tuple[SnapshotVoterPerson, SnapshotVoter, str]] = {}
    for belongs, voter, state in db.session.execute(query):
        found.setdefault(voter.voter_number, (belongs, voter, state))
    codes, counts = _units_of(snapshot_id, found), _persons_of(snapshot_id, found)
    return tuple(
        Entitlement(
            voter_number=number,
            area=voter.area,
            heads=voter.heads,
            unit_codes=tuple(sorted(codes[number])),
            person_id=belongs.person_id,
            is_nominee=belongs.is_nominee,
            co_owner_count=counts[number],
            holds=None if state == "active" else "binding_pending",
        )
        for number, (belongs, voter, state) in found.items()
    )


def get_snapshot(snapshot_id: int) -> SnapshotRow:
    """Return a frozen roll with its bytes.

    Raises: NotFound.
    """
    row = db.session.scalar(select(RollSnapshot).where(RollSnapshot.id == snapshot_id))
    if row is None:
        raise NotFound("snapshot_not_found", id=snapshot_id)
    return SnapshotRow(row.id, row.roll_hash, row.body, row.units, row.heads, row.area)


def snapshot_units(snapshot_id: int) -> list[SnapshotUnitRow]:
    """List the counted units of a frozen roll by code."""
    query = select(SnapshotUnit).where(SnapshotUnit.snapshot_id == snapshot_id).order_by(SnapshotUnit.code)
    return [SnapshotUnitRow(unit.code, unit.building, unit.area, unit.voter_number) for unit in db.session.scalars(query)]


def phones_of_voter(snapshot_id: int, voter_number: int) -> list[tuple[int, str]]:
    """List (person, mobile number) of the persons of a voter; a number that cannot take a message is left out."""
    query = (
        select(OwnerPerson)
        .join(SnapshotVoterPerson, SnapshotVoterPerson.person_id == OwnerPerson.id)
        .where(SnapshotVoterPerson.snapshot_id == snapshot_id, SnapshotVoterPerson.voter_number == voter_number)
        .where(OwnerPerson.phone_sealed.is_not(None))
        .order_by(OwnerPerson.id)
    )
    found = []
    for person in db.session.scalars(query):
        if person.phone_sealed is None:
            continue
        number = unseal(person.phone_sealed, field="owner_person.phone", owner=person.id)
        try:
            found.append((person.id, normalise_phone(number)))
        except NotAPhone:
            continue
    return found


def _units_of(snapshot_id: int, voters: Collection[int]) -> defaultdict[int, list[str]]:
    query = select(SnapshotUnit.voter_number, SnapshotUnit.code).where(
        SnapshotUnit.snapshot_id == snapshot_id, SnapshotUnit.voter_number.in_(voters)
    )
    codes: defaultdict[int, list[str]] = defaultdict(list)
    for number, code in db.session.execute(query):
        codes[number].append(code)
    return codes


def _persons_of(snapshot_id: int, voters: Collection[int]) -> dict[int, int]:
    query = (
        select(SnapshotVoterPerson.voter_number, func.count())
        .where(SnapshotVoterPerson.snapshot_id == snapshot_id, SnapshotVoterPerson.voter_number.in_(voters))
        .group_by(SnapshotVoterPerson.voter_number)
    )
    return dict(db.session.execute(query).all())
