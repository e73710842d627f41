"""A decision of one building goes the whole way: entitlement, turnout, result and record are those of the building alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from app.ballots.services.build_record import record_files
from app.ballots.tasks import run_tick
from app.ballots.turnout import turnout
from app.elections.queries import get_election
from app.elections.services.choose_scope import choose_scope
from app.elections.services.choose_trustees import choose_trustees
from app.elections.services.save_draft import create_draft
from app.elections.services.save_matter import MatterText, add_matter
from app.elections.types import ElectionKind
from app.roll.errors import ScopeUnknown
from app.statute.rule_pack import Matter
from app.verifier.definition import Definition as Description
from app.verifier.package import write_files
from app.verifier.verify import verify_path
from tests.ballots_support import AGAINST, AGREE, World, world_of
from tests.conftest import SteerableClock
from tests.elections_support import (
    OpenElection,
    announce,
    basics,
    in_complex,
    make_roll,
    make_staff,
    open_now,
    run_ceremony,
)
from tests.pages import Browser
from tests.support import make_complexes

#: 3栋: W owns three flats and one elsewhere; five others own one flat each. 5栋 has nothing to say.
OWNERS = (
    ("W", (("3-1-0101", "90.00"), ("3-1-0102", "90.00"), ("3-1-0103", "90.00"), ("5-1-0101", "60.00"))),
    *((f"三栋业主{number}", ((f"3-1-{number:04d}", "90.00"),)) for number in range(201, 206)),
    ("五栋业主", (("5-1-0102", "60.00"),)),
)


def open_scoped(app: Flask, clock: SteerableClock) -> World:
    """Open a vote of building 3 on the use of the maintenance fund."""
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, clock.at)
    persons = make_roll(app, place, OWNERS)
    with in_complex(app, place):
        uuid = create_draft(basics(clock.at, ElectionKind.DECISION, "三栋更换电梯"), at=clock.at, account=staff.operator)
        add_matter(uuid, Matter.FUND_USE, MatterText("使用三栋的维修资金更换电梯", "预算 38 万元。"))
        choose_trustees(uuid, place, staff.trustees)
        with pytest.raises(ScopeUnknown):
            choose_scope(uuid, ["三号楼"])
        choose_scope(uuid, ["3栋"])
    announce(app, place, staff, uuid, clock.at)
    keys = run_ceremony(app, place, uuid, clock.at)
    return world_of(app, clock, OpenElection(place, staff, open_now(app, place, staff, uuid, clock.at), keys, persons))


def test_counts_a_buildings_vote_among_its_own_owners(app: Flask, clock: SteerableClock, tmp_path: Path) -> None:
    world = open_scoped(app, clock)
    election = world.read_election()
    assert election.scope == ("3栋",)
    assert json.loads(election.announcement)["scope"] == ["3栋"]
    assert json.loads(election.announcement)["roll"] == {
        "sha256": json.loads(election.announcement)["roll"]["sha256"],
        "units": 8,
        "heads": 6,
        "area": "720.00",
    }
    assert Description.parse(world.definition.description).scope == "3栋"
    assert len(world.accounts) == 6
    [outsider] = world.outsiders

    page = Browser(world.browser(outsider)).get(f"{world.url}/booth", 403)
    assert "只由 3栋 的业主表决" in page.words()

    # W and three others vote: four heads of six and 540 of 720 square metres. W and one more agree: half of the heads.
    w = next(number for number in world.accounts if _units_of(world, number) == 3)
    others = [number for number in world.accounts if number != w][:3]
    for number, mark in zip((w, *others), (AGREE, AGREE, AGAINST, AGAINST), strict=True):
        clock.forward(minutes=5)
        assert world.device(number).cast(None, mark).status_code == 201
    figures = world.read(lambda: turnout(get_election(world.uuid), at=clock.at))
    assert (figures.heads.value, figures.heads.total, figures.area.value, figures.area.total) == (4, 6, 54000, 72000)
    assert [(row.building, row.owners) for row in figures.buildings] == [("3栋", 6)]

    world.close_by_clock()
    with app.app_context():
        run_tick(clock.at)
    for index in (1, 2):
        assert world.decrypt(index).status_code == 201
    assert world.browser(world.operator).post(f"{world.url}/publish").status_code == 303
    [matter] = json.loads(world.read_election().result)["matters"]
    assert matter["totals"] == {"area": "720.00", "heads": 6}
    assert matter["participating"] == {"area": "540.00", "heads": 4}
    assert matter["options"]["agree"] == {"area": "360.00", "heads": 2}
    assert matter["verdict"] == "failed"
    shown = Browser(app.test_client()).get(f"{world.url}/result").words()
    assert "3栋共 6 人，720.00㎡" in shown
    assert "全小区" not in shown

    write_files(tmp_path / "record", world.read(lambda: record_files(world.place.slug, world.uuid)))
    report = verify_path(tmp_path / "record")
    assert [(each.id, each.detail.say("zh")) for each in report.checks if not each.passed] == []


def _units_of(world: World, number: int) -> int:
    client = world.browser(world.accounts[number])
    document = client.get(f"{world.url}/booth.json?voter={number}").get_json()
    return len(document["voter"]["units"])
