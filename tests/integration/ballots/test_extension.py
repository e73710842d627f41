"""Hold the one extension of voting and the certification of a result, on both engines."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.ballots.services.build_record import record_files
from app.ballots.services.publish_result import publish_result
from app.ballots.tasks import run_tick
from app.board.queries import all_leaves
from app.db.session import tenant_work
from app.elections.errors import (
    AlreadyCertified,
    AlreadyExtended,
    ElectionStateWrong,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
    ObjectionsStillOpen,
    ReasonMissing,
)
from app.elections.services.certify_election import certify_election, open_to_objections
from app.elections.services.extend_voting import extend_voting
from app.elections.types import ElectionState
from app.verifier.package import write_files
from app.verifier.verify import verify_path
from tests.ballots_support import World, open_world
from tests.conftest import SteerableClock


def _extend(world: World, days: int, reason: str = "参与人数不够") -> None:
    with world.app.app_context(), tenant_work(world.place.id, write=True):
        extend_voting(world.uuid, world.place, days, reason, at=world.clock.at, account=world.operator)


def test_accepts_a_ballot_after_the_first_end_when_voting_was_extended(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    first_end = world.read_election().closes_at
    _extend(world, 3)
    clock.at = first_end + timedelta(hours=1)
    with app.app_context():
        run_tick(clock.at)
    device = world.device(1)
    device.enrol()
    assert device.cast().status_code == 201
    election = world.read_election()
    assert (election.state, election.extended_from) == (ElectionState.OPEN, first_end)
    assert election.closes_at == first_end + timedelta(days=3)
    leaf = next(leaf for leaf in world.read(all_leaves) if leaf.kind == "voting_extended")
    assert json.loads(leaf.body)["reason"] == "参与人数不够"


def test_closes_at_the_new_end(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    _extend(world, 3)
    device = world.device(1)
    device.enrol()
    clock.at = world.read_election().closes_at
    assert device.cast().json["error"] == "election_closed"
    with app.app_context():
        run_tick(clock.at)
    assert world.read_election().state is ElectionState.CLOSED


def test_refuses_a_second_extension(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    _extend(world, 1)
    with pytest.raises(AlreadyExtended):
        _extend(world, 1)


@pytest.mark.parametrize("days", [0, 16])
def test_refuses_more_days_than_the_rule_allows(app: Flask, clock: SteerableClock, days: int) -> None:
    world = open_world(app, clock)
    with pytest.raises(ExtensionTooLong):
        _extend(world, days)


def test_refuses_an_extension_after_the_end(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    clock.at = world.read_election().closes_at
    with pytest.raises(ExtensionTooLate):
        _extend(world, 1)


def test_refuses_an_extension_that_the_announced_rules_do_not_allow(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, policies={"P-EXT": "no"})
    with pytest.raises(ExtensionNotAllowed):
        _extend(world, 1)


def test_refuses_an_extension_without_a_reason(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    with pytest.raises(ReasonMissing):
        _extend(world, 1, "  ")


def _published(app: Flask, clock: SteerableClock, extended: int = 0) -> World:
    world = open_world(app, clock)
    if extended:
        _extend(world, extended)
    device = world.device(1)
    device.enrol()
    device.cast()
    at = world.close_by_clock()
    with app.app_context():
        run_tick(at)
    for index in (1, 2):
        world.decrypt(index)
    with app.app_context(), tenant_work(world.place.id, write=True):
        publish_result(world.place, world.uuid, at=clock.at)
        open_to_objections(world.uuid, clock.at + timedelta(days=7))
    return world


def _certify(world: World) -> None:
    with world.app.app_context(), tenant_work(world.place.id, write=True):
        certify_election(world.uuid, world.place, at=world.clock.at, account=world.operator)


def test_certifies_once_the_objection_period_is_over(app: Flask, clock: SteerableClock) -> None:
    world = _published(app, clock)
    with pytest.raises(ObjectionsStillOpen):
        _certify(world)
    clock.at += timedelta(days=7)
    _certify(world)
    assert world.read_election().certified_at == clock.at
    assert [leaf.kind for leaf in world.read(all_leaves)][-1] == "certified"
    with pytest.raises(AlreadyCertified):
        _certify(world)


def test_does_not_certify_an_open_vote(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    with pytest.raises(ElectionStateWrong):
        _certify(world)


def test_record_of_an_extended_and_certified_vote_is_consistent(app: Flask, clock: SteerableClock, tmp_path: Path) -> None:
    world = _published(app, clock, extended=3)
    clock.at += timedelta(days=7)
    _certify(world)
    write_files(tmp_path / "record", world.read(lambda: record_files(world.place.slug, world.uuid)))
    report = verify_path(tmp_path / "record")
    assert [(each.id, each.detail.say("zh")) for each in report.checks if not each.passed] == []
