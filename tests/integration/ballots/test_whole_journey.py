"""A vote goes the whole way: enrolled, cast, closed, summed, opened by two of three, published, and verified by others."""

from __future__ import annotations

import subprocess
from pathlib import Path

from flask import Flask

from app.ballots.services.build_record import record_files
from app.ballots.tasks import run_tick
from app.verifier.package import write_files
from app.verifier.verify import verify_path
from tests.ballots_support import ABSTAIN, AGAINST, AGREE, World, flats, open_world
from tests.conftest import SteerableClock


def published_world(app: Flask, clock: SteerableClock) -> World:
    world = open_world(app, clock, flats(9))
    marks = [AGREE, AGREE, AGREE, AGREE, AGAINST, AGREE, ABSTAIN, AGREE]
    for voter, mark in enumerate(marks, 1):
        clock.forward(minutes=5)
        assert world.device(voter).cast(None, mark, (1, 0, 1, 0)).status_code == 201
    changed = world.device(2)
    assert changed.cast(None, AGAINST, (0, 1, 0, 1)).status_code == 201
    world.close_by_clock()
    with app.app_context():
        assert run_tick(clock.at) == 2
    for index in (1, 3):
        assert world.decrypt(index).status_code == 201
    operator = world.browser(world.operator)
    assert operator.get(f"{world.url}/publish").status_code == 200
    assert operator.post(f"{world.url}/publish").status_code == 303
    return world


def test_record_of_an_election_is_accepted_by_both_verifiers(app: Flask, clock: SteerableClock, tmp_path: Path) -> None:
    world = published_world(app, clock)
    files = world.read(lambda: record_files(world.place.slug, world.uuid))
    folder = write_files(tmp_path / "record", files)
    report = verify_path(folder)
    assert [(each.id, each.detail.say("zh")) for each in report.checks if not each.passed] == []
    for weight in ("area", "heads"):
        subprocess.run(["belenios-tool", "election", "verify", "--dir", str(folder / weight)], check=True, capture_output=True)
