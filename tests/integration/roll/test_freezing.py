"""Hold the freezing of rolls: exact totals, numbers dealt once, one entry of the record, on both engines."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.board.queries import all_leaves
from app.db.session import db, tenant_work
from app.roll.errors import ScopeUnknown, SnapshotRefused
from app.roll.models import OwnerPerson, Ownership, SnapshotUnit, SnapshotVoter, SnapshotVoterPerson, Unit
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


#: Building 3 has 40 flats of 90 square metres, three of them W's, who also owns a shop in building 5.
_OTHERS = tuple((f"业主{number}", ((f"3-1-{number:04d}", "90.00"),)) for number in range(1, 38))
_W = ("W", (("3-1-0038", "90.00"), ("3-1-0039", "90.00"), ("3-1-0040", "90.00"), ("5-1-0101", "60.00")))
WITH_A_BUILDING_OF_ITS_OWN = (*_OTHERS, _W, ("五栋业主", (("5-1-0102", "60.00"),)))


def test_freezes_one_building_with_its_own_heads_and_areas(app: Flask, place: ComplexRow) -> None:
    persons = make_roll(app, place, WITH_A_BUILDING_OF_ITS_OWN)
    with app.app_context(), tenant_work(place.id, write=True):
        row = freeze_roll(at=NOON, scope=["3栋"])
    assert (row.units, row.heads, str(row.area)) == (40, 38, "3600.00")
    assert Roll.parse(row.body).to_bytes() == row.body
    with app.app_context(), tenant_work(place.id):
        buildings = {unit.building for unit in db.session.scalars(select(SnapshotUnit))}
        belongs = {held.person_id: held.voter_number for held in db.session.scalars(select(SnapshotVoterPerson))}
        areas = {voter.voter_number: str(voter.area) for voter in db.session.scalars(select(SnapshotVoter))}
    assert buildings == {"3栋"}
    assert areas[belongs[persons[37]]] == "270.00"
    assert persons[38] not in belongs


def test_shares_no_snapshot_between_a_building_and_the_whole(app: Flask, place: ComplexRow) -> None:
    make_roll(app, place, WITH_A_BUILDING_OF_ITS_OWN)
    with app.app_context(), tenant_work(place.id, write=True):
        part, whole = freeze_roll(at=NOON, scope=["3栋"]), freeze_roll(at=NOON)
        assert (whole.units, whole.heads, str(whole.area)) == (42, 39, "3720.00")
        assert freeze_roll(at=NOON, scope=["3栋"]) == part
        assert freeze_roll(at=NOON, scope=["5栋", "3栋"]) == whole


def test_counts_the_developers_units_of_a_building_as_one_head(app: Flask, place: ComplexRow) -> None:
    persons = make_roll(app, place, WITH_A_BUILDING_OF_ITS_OWN)
    with app.app_context(), tenant_work(place.id, write=True):
        db.session.scalars(select(OwnerPerson).where(OwnerPerson.id == persons[0])).one().kind = "developer"
        for unit in db.session.scalars(select(Unit).where(Unit.code.in_(("3-1-0002", "3-1-0003", "5-1-0102")))):
            unit.status = "undelivered"
        db.session.flush()
        row = freeze_roll(at=NOON, scope=["3栋"])
    assert (row.units, row.heads, str(row.area)) == (40, 36, "3600.00")


@pytest.mark.parametrize("scope", [["4栋"], ["3栋", "三栋"]])
def test_refuses_a_building_that_is_not_on_the_roll(app: Flask, place: ComplexRow, scope: list[str]) -> None:
    make_roll(app, place, WITH_A_BUILDING_OF_ITS_OWN)
    with app.app_context(), tenant_work(place.id, write=True), pytest.raises(ScopeUnknown) as refusal:
        freeze_roll(at=NOON, scope=scope)
    assert refusal.value.values == {"buildings": scope[-1]}


def test_refuses_a_building_in_which_nothing_counts(app: Flask, place: ComplexRow) -> None:
    make_roll(app, place, WITH_A_BUILDING_OF_ITS_OWN)
    with app.app_context(), tenant_work(place.id, write=True):
        for unit in db.session.scalars(select(Unit).where(Unit.building == "5栋")):
            unit.counted = False
        db.session.flush()
        with pytest.raises(ScopeUnknown):
            freeze_roll(at=NOON, scope=["5栋"])
