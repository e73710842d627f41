"""The whole server is killed again and again while owners cast: nothing that was acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import http.client
import threading
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.ballots.models import Ballot, SeenCiphertext, VoterState
from app.board.models import BoardHead
from app.board.queries import all_leaves, leaves_of_election
from app.crypto.encoding import b64_sha
from app.db.session import db
from app.settings import Settings
from app.tlog.merkle import Frontier, frontier_of, leaf_hash
from app.values.clock import CHINA
from tests.ballots_support import World, flats, open_world
from tests.conftest import SteerableClock
from tests.served_app import HttpOwner, ServedApp

KILLS = 3
OWNERS = 36


class Owners:
    """Be owners who cast one after the other and keep trying with the same bytes until they have a receipt."""

    def __init__(self, served: ServedApp, waiting: list[tuple[HttpOwner, bytes]]) -> None:
        self.served, self.waiting = served, waiting
        self.lock = threading.Lock()
        self.receipts: dict[str, dict[str, Any]] = {}
        self.lost = 0
        self.problems: list[object] = []

    def vote(self) -> None:
        while True:
            with self.lock:
                if not self.waiting:
                    return
                owner, raw = self.waiting.pop()
            try:
                self._cast(owner, raw)
            except BaseException as problem:
                self.problems.append(problem)
                return
            finally:
                owner.close()

    def _cast(self, owner: HttpOwner, raw: bytes) -> None:
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            try:
                if not owner.csrf:
                    owner.open_booth()
                status, body = owner.cast(raw)
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.lost += 1
                time.sleep(0.05)
                continue
            assert status in (200, 201), body
            with self.lock:
                self.receipts[body["tracker"]] = body
            return
        raise TimeoutError("no receipt within a minute")


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(app: Flask, settings: Settings, clock: SteerableClock) -> None:
    clock.at = datetime.now(UTC).astimezone(CHINA)
    world = open_world(app, clock, flats(OWNERS), candidates=0)
    sealed = [(device, device.ballot()) for device in (world.device(voter) for voter in range(1, OWNERS + 1))]
    served = ServedApp(settings)
    try:
        served.start()
        owners = Owners(served, [(HttpOwner(served, device), raw) for device, raw in sealed])
        threads = [threading.Thread(target=owners.vote) for _ in range(6)]
        for thread in threads:
            thread.start()
        for kill in range(KILLS):
            _wait_for_receipts(owners, (kill + 1) * 8)
            served.kill()
            served.start()
        for thread in threads:
            thread.join(timeout=120)
        assert owners.problems == []
        # A retry after the last kill finds the ballot in the box: the same receipt, not a second ballot.
        owner = HttpOwner(served, sealed[0][0])
        owner.open_booth()
        assert owner.cast(sealed[0][1]) == (200, owners.receipts[b64_sha(sealed[0][1])])
        owner.close()
    finally:
        served.stop()
    assert len(owners.receipts) == OWNERS
    _require_whole(world, owners)


def _wait_for_receipts(owners: Owners, count: int) -> None:
    give_up = time.monotonic() + 60
    while len(owners.receipts) < count and time.monotonic() < give_up:
        assert owners.problems == []
        time.sleep(0.002)


def _require_whole(world: World, owners: Owners) -> None:
    """Check that the box, the states and the record tell the same ballots."""
    rows = world.read(lambda: db.session.scalars(select(Ballot).order_by(Ballot.box_number)).all())
    assert [row.box_number for row in rows] == list(range(1, OWNERS + 1))
    assert {row.tracker: row.box_number for row in rows} == {
        tracker: body["box_number"] for tracker, body in owners.receipts.items()
    }
    assert all(b64_sha(row.body) == row.tracker for row in rows)
    states = world.read(lambda: db.session.scalars(select(VoterState)).all())
    assert [state.ballots_accepted for state in states] == [1] * OWNERS
    assert len(world.read(lambda: db.session.scalars(select(SeenCiphertext)).all())) == OWNERS * 3
    leaves = world.read(lambda: leaves_of_election(world.uuid, ("ballot",)))
    assert [leaf.index for leaf in leaves] == [row.leaf_index for row in rows]
    whole = frontier_of(leaf_hash(leaf.body) for leaf in world.read(all_leaves))
    head = world.read(lambda: db.session.scalars(select(BoardHead)).one())
    assert Frontier.from_bytes(head.frontier).root() == whole.root()
