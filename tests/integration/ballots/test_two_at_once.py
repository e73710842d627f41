"""Two requests at the same instant: exactly one ballot of a voter takes each place, on both engines."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.ballots.models import Ballot, VoterState
from app.ballots.tasks import run_tick
from app.board.queries import leaves_of_election
from app.db.session import db
from tests.ballots_support import World, flats, open_world
from tests.conftest import SteerableClock


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start every act from a thread of its own at the same instant and return the results in order."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = act()
        except BaseException as problem:
            results[place] = problem

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def world(app: Flask, clock: SteerableClock) -> World:
    return open_world(app, clock, policies={"P-CHANGE": "none"})


def test_one_of_two_different_ballots_of_a_voter_counts(world: World) -> None:
    first = world.device(1)
    raws = [first.ballot(), first.ballot()]
    second = world.device(1)
    answers = at_once(lambda: first.cast(raws[0]), lambda: second.cast(raws[1]))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert (refused.json["error"], refused.json["counted"]) == ("no_changes_left", True)
    assert len(world.read(lambda: db.session.scalars(select(Ballot)).all())) == 1
    state = world.read(lambda: db.session.scalars(select(VoterState)).one())
    assert (state.ballots_accepted, state.effective_number) == (1, 1)


def test_same_ballot_sent_twice_at_once_is_in_the_box_once(world: World) -> None:
    first, second = world.device(1), world.device(1)
    raw = first.ballot()
    answers = at_once(lambda: first.cast(raw), lambda: second.cast(raw))
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert answers[0].json == answers[1].json
    assert len(world.read(lambda: db.session.scalars(select(Ballot)).all())) == 1


def test_ballots_of_many_voters_at_once_get_places_without_gaps(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, flats(6), candidates=0)
    devices = [world.device(voter) for voter in range(1, 7)]
    raws = [device.ballot() for device in devices]
    acts = [lambda d=device, r=raw: d.cast(r) for device, raw in zip(devices, raws, strict=True)]
    assert [answer.status_code for answer in at_once(*acts)] == [201] * 6
    rows = world.read(lambda: db.session.scalars(select(Ballot).order_by(Ballot.box_number)).all())
    assert [row.box_number for row in rows] == [1, 2, 3, 4, 5, 6]
    indexes = [leaf.index for leaf in world.read(lambda: leaves_of_election(world.uuid, ("ballot",)))]
    assert [row.leaf_index for row in rows] == indexes


def test_two_devices_enrol_at_once_and_one_is_newest(world: World) -> None:
    first, second = world.device(1), world.device(1)
    answers = at_once(first.enrol, second.enrol)
    assert [answer.status_code for answer in answers] == [201, 201]
    casts = [first.cast(), second.cast()]
    assert sorted(answer.status_code for answer in casts) == [201, 409]


def test_two_workers_close_a_box_once(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, candidates=0)
    assert world.device(1).cast().status_code == 201
    at = world.close_by_clock()

    def tick() -> int:
        with app.app_context():
            return run_tick(at)

    steps = at_once(tick, tick)
    assert sorted(steps) in ([0, 2], [1, 1])
    kinds = [leaf.kind for leaf in world.read(lambda: leaves_of_election(world.uuid, ("closed", "tally")))]
    assert kinds == ["closed", "tally"]


def test_ballot_and_closing_at_once_leave_one_of_two_truths(world: World) -> None:
    device = world.device(1)
    raw = device.ballot()
    before_end = world.clock.at
    world.close_by_clock()
    after_end = world.clock.at
    world.clock.at = before_end

    def tick() -> int:
        with world.app.app_context():
            return run_tick(after_end)

    answer, _steps = at_once(lambda: device.cast(raw), tick)
    kinds = [leaf.kind for leaf in world.read(lambda: leaves_of_election(world.uuid, ("ballot", "closed")))]
    assert kinds in (["ballot", "closed"], ["closed"])
    assert (answer.status_code == 201) is (kinds[0] == "ballot")
