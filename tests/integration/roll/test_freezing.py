"""Hold the freezing of rolls: exact totals, numbers dealt once, one entry of the record, on both engines."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.board.queries import all_leaves
from app.db.session import db, tenant_work
from app.roll.errors import SnapshotRefused
from app.roll.models import Ownership, SnapshotUnit, SnapshotVoter, SnapshotVoterPerson, Unit
from app.roll.services.freeze_roll import freeze_roll
from app.tenancy.types import ComplexRow
from app.values import Area
from app.verifier.roll import Roll
from tests.conftest import NOON
from tests.elections_support import make_roll
from tests.support import make_complexes


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


def test_freezes_totals_units_voters_and_persons(app: Flask, place: ComplexRow) -> None:
    persons = make_roll(app, place)
    with app.app_context(), tenant_work(place.id, write=True):
        row = freeze_roll(at=NOON)
    assert (row.units, row.heads, str(row.area)) == (6, 5, "591.80")
    assert sha256(row.body).hexdigest() == row.roll_hash
    assert Roll.parse(row.body).to_bytes() == row.body
    with app.app_context(), tenant_work(place.id):
        assert len(db.session.scalars(select(SnapshotUnit)).all()) == 6
        voters = db.session.scalars(select(SnapshotVoter)).all()
        assert sorted(voter.voter_number for voter in voters) == [1, 2, 3, 4, 5]
        assert Area.total(voter.area for voter in voters) == row.area
        assert {belongs.person_id for belongs in db.session.scalars(select(SnapshotVoterPerson))} == set(persons)
        leaf = json.loads(all_leaves()[-1].body)
    assert (leaf["type"], leaf["roll"], leaf["units"], leaf["heads"], leaf["area"]) == (
        "roll_frozen",
        row.roll_hash,
        6,
        5,
        "591.80",
    )


def test_deals_the_numbers_that_the_source_draws(app: Flask, place: ComplexRow) -> None:
    make_roll(app, place)
    with app.app_context(), tenant_work(place.id, write=True):
        row = freeze_roll(at=NOON, randbelow=lambda _n: 0)
    units = {unit["unit"]: unit["voter"] for unit in json.loads(row.body)["units"]}
    assert units == {"1-1-0201": 2, "1-1-0202": 3, "1-1-0203": 3, "1-1-0301": 4, "2-1-0101": 5, "2-1-0102": 1}


def test_gives_the_same_snapshot_when_nothing_changed(app: Flask, place: ComplexRow) -> None:
    make_roll(app, place)
    with app.app_context(), tenant_work(place.id, write=True):
        first = freeze_roll(at=NOON)
    with app.app_context(), tenant_work(place.id, write=True):
        assert freeze_roll(at=NOON) == first
    with app.app_context(), tenant_work(place.id):
        assert [leaf.kind for leaf in all_leaves()] == ["roll_frozen"]


def test_freezes_anew_when_a_flat_was_sold(app: Flask, place: ComplexRow) -> None:
    persons = make_roll(app, place)
    with app.app_context(), tenant_work(place.id, write=True):
        first = freeze_roll(at=NOON)
    with app.app_context(), tenant_work(place.id, write=True):
        unit = db.session.scalars(select(Unit).where(Unit.code == "1-1-0201")).one()
        held = db.session.scalars(select(Ownership).where(Ownership.unit_id == unit.id)).one()
        held.person_id = persons[1]
    with app.app_context(), tenant_work(place.id, write=True):
        second = freeze_roll(at=NOON)
    assert second.id != first.id
    assert (second.units, second.heads, second.area) == (6, 4, first.area)


def test_keeps_hashes_apart_when_only_the_person_changed(app: Flask, place: ComplexRow) -> None:
    persons = make_roll(app, place, (("甲一", (("1-1-0201", "10.00"),)), ("乙二", (("1-1-0202", "10.00"),))))
    newcomer = make_roll(app, place, (("丙三", (("1-1-0203", "10.00"),)),))[0]
    hashes = set()
    with app.app_context(), tenant_work(place.id, write=True):
        hashes.add(freeze_roll(at=NOON).roll_hash)
    with app.app_context(), tenant_work(place.id, write=True):
        for held in db.session.scalars(select(Ownership)):
            held.person_id = {persons[0]: persons[1], persons[1]: persons[0]}.get(held.person_id, newcomer)
        db.session.flush()
        hashes.add(freeze_roll(at=NOON).roll_hash)
    assert len(hashes) == 2


def test_refuses_an_empty_roll(app: Flask, place: ComplexRow) -> None:
    with app.app_context(), tenant_work(place.id, write=True), pytest.raises(SnapshotRefused) as refusal:
        freeze_roll(at=NOON)
    assert refusal.value.code == "snapshot_empty"


def test_refuses_a_roll_of_one_voter_whose_person_changed(app: Flask, place: ComplexRow) -> None:
    old, new = make_roll(app, place, (("甲一", (("1-1-0201", "10.00"),)), ("乙二", (("1-1-0202", "10.00"),))))
    with app.app_context(), tenant_work(place.id, write=True):
        second = db.session.scalars(select(Unit).where(Unit.code == "1-1-0202")).one()
        db.session.execute(delete(Ownership).where(Ownership.unit_id == second.id))
        db.session.delete(second)
        db.session.flush()
        freeze_roll(at=NOON)
        held = db.session.scalars(select(Ownership).where(Ownership.person_id == old)).one()
        held.person_id = new
        db.session.flush()
        with pytest.raises(SnapshotRefused) as refusal:
            freeze_roll(at=NOON)
    assert refusal.value.code == "snapshot_not_distinct"
