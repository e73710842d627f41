"""Freeze the roll 封存名册 of the present complex: exact bytes, their hash, and numbers dealt at random to the voters.

Where only some buildings decide, the snapshot holds their units alone: owners are merged within them, and every total, share
and quorum that is taken from the snapshot is that of the scope. Freezing again while nothing has changed gives the same
snapshot, so that two elections of one roll share it.
Source: app/crypto/PROTOCOL.md 4 (voter numbers), app/verifier/README.md (``roll.json``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.db.base import Base, new_id
from app.db.session import current_tenant_id, db
from app.roll.errors import SnapshotRefused
from app.roll.live import LiveVoter, live_totals, live_voters, units_in_scope
from app.roll.models import RollSnapshot, SnapshotUnit, SnapshotVoter, SnapshotVoterPerson
from app.roll.queries import developer_id, live_units
from app.roll.services.lock_roll import lock_roll
from app.roll.snapshot import FrozenRoll, FrozenVoter
from app.roll.snapshot import freeze_roll as freeze_bytes
from app.roll.types import RollTotals, SnapshotRow
from app.tenancy.queries import complex_by_id
from app.values import ComplexSlug, UnitCode

#: Deals tried until the bytes differ from an older snapshot's; only rolls of a few voters ever need a second one.
_DEALS = 40

#: What makes two rolls the same: each voter's doors with areas, persons and nominees.
Contents = frozenset[tuple[frozenset[tuple[str, str, int]], frozenset[tuple[int, bool]], int]]


def freeze_roll(
    *, at: datetime, scope: Collection[str] = (), randbelow: Callable[[int], int] = secrets.randbelow
) -> SnapshotRow:
    """Freeze the live roll of the present complex, or return the snapshot that already holds exactly this roll.

    ``scope`` names the buildings that decide, as on the roll; empty for the whole complex. ``randbelow(n)`` draws an integer
    from 0 to n-1; it deals the voter numbers. Writes the ``roll_frozen`` entry of the public record.
    Raises: ScopeUnknown, SnapshotRefused when the roll is empty or not whole.
    """
    lock_roll()
    units = units_in_scope(live_units(), scope)
    voters = live_voters(units, developer_id())
    known = _same_roll(live_totals(units, voters), _contents(voters))
    if known is not None:
        return known
    slug = ComplexSlug(complex_by_id(current_tenant_id()).slug)
    frozen = _deal_new(slug, voters, randbelow)
    row = _store(frozen, voters, at)
    totals = frozen.totals
    body = {"roll": frozen.roll_hash, "units": totals.units, "heads": totals.voters, "area": str(totals.area)}
    append_entry("roll_frozen", body, at=at)
    record_event("roll:snapshot:frozen", at=at, tenant=current_tenant_id(), snapshot=row.id)
    return row


def deal_numbers(count: int, randbelow: Callable[[int], int]) -> tuple[int, ...]:
    """Deal the numbers 1 to ``count`` in a random order (Fisher-Yates)."""
    numbers = list(range(1, count + 1))
    for place in range(count - 1, 0, -1):
        other = randbelow(place + 1)
        numbers[place], numbers[other] = numbers[other], numbers[place]
    return tuple(numbers)


def _deal_new(slug: ComplexSlug, voters: Sequence[LiveVoter], randbelow: Callable[[int], int]) -> FrozenRoll:
    """Deal until the bytes are new: the hash names one snapshot, also where only the persons changed."""
    areas = [(UnitCode(unit.code), unit.area) for voter in voters for unit in voter.units]
    plain = [FrozenVoter(tuple(UnitCode(unit.code) for unit in voter.units), voter.heads) for voter in voters]
    for _ in range(_DEALS):
        frozen = freeze_bytes(slug, areas, plain, deal_numbers(len(plain), randbelow))
        if db.session.scalar(select(RollSnapshot.id).where(RollSnapshot.roll_hash == frozen.roll_hash)) is None:
            return frozen
    raise SnapshotRefused("snapshot_not_distinct", voters=len(plain))


def _store(frozen: FrozenRoll, voters: Sequence[LiveVoter], at: datetime) -> SnapshotRow:
    totals, snapshot = frozen.totals, new_id()
    row = SnapshotRow(snapshot, frozen.roll_hash, frozen.body, totals.units, totals.voters, totals.area)
    db.session.add(
        RollSnapshot(
            id=row.id,
            roll_hash=row.roll_hash,
            body=row.body,
            units=row.units,
            heads=row.heads,
            area=row.area,
            frozen_at=at,
        )
    )
    db.session.flush()
    for number, voter in zip(frozen.voter_numbers, voters, strict=True):
        db.session.add_all(_rows_of(snapshot, number, voter))
    db.session.flush()
    return row


def _rows_of(snapshot: int, number: int, voter: LiveVoter) -> list[Base]:
    return [
        SnapshotVoter(snapshot_id=snapshot, voter_number=number, area=voter.area, heads=voter.heads),
        *(
            SnapshotUnit(snapshot_id=snapshot, code=unit.code, building=unit.building, area=unit.area, voter_number=number)
            for unit in voter.units
        ),
        *(
            SnapshotVoterPerson(
                snapshot_id=snapshot, voter_number=number, person_id=person, is_nominee=person in voter.nominees
            )
            for person in voter.persons
        ),
    ]


def _same_roll(totals: RollTotals, contents: Contents) -> SnapshotRow | None:
    query = (
        select(RollSnapshot)
        .where(RollSnapshot.units == totals.units, RollSnapshot.heads == totals.voters, RollSnapshot.area == totals.area)
        .order_by(RollSnapshot.frozen_at.desc())
    )
    for row in db.session.scalars(query):
        if _frozen_contents(row.id) == contents:
            return SnapshotRow(row.id, row.roll_hash, row.body, row.units, row.heads, row.area)
    return None


def _contents(voters: Sequence[LiveVoter]) -> Contents:
    return frozenset(
        (
            frozenset((unit.code, unit.building, unit.area.centi) for unit in voter.units),
            frozenset((person, person in voter.nominees) for person in voter.persons),
            voter.heads,
        )
        for voter in voters
    )


def _frozen_contents(snapshot_id: int) -> Contents:
    units: dict[int, set[tuple[str, str, int]]] = {}
    persons: dict[int, set[tuple[int, bool]]] = {}
    heads: dict[int, int] = {}
    for unit in db.session.scalars(select(SnapshotUnit).where(SnapshotUnit.snapshot_id == snapshot_id)):
        units.setdefault(unit.voter_number, set()).add((unit.code, unit.building, unit.area.centi))
    for belongs in db.session.scalars(select(SnapshotVoterPerson).where(SnapshotVoterPerson.snapshot_id == snapshot_id)):
        persons.setdefault(belongs.voter_number, set()).add((belongs.person_id, belongs.is_nominee))
    for voter in db.session.scalars(select(SnapshotVoter).where(SnapshotVoter.snapshot_id == snapshot_id)):
        heads[voter.voter_number] = voter.heads
    return frozenset(
        (frozenset(units.get(number, set())), frozenset(persons.get(number, set())), heads[number]) for number in heads
    )
