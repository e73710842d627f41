"""Hold the unit of work to its promise: all or nothing, once, and nothing leaves before the commit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from app.access.permissions import Permission as P
from app.access.registry import Lock, Route
from app.audit.models import AuditEvent
from app.audit.services.record_event import record_event
from app.board.models import BoardLeaf
from app.board.services.append_entry import append_entry
from app.db.session import begin_write, commit, db, on_commit, rollback, tenant_work
from app.errors import RuleBroken
from app.identity.models import RateCounter
from app.identity.services.count_attempt import count_attempt
from app.outbox.models import OutgoingMessage
from app.outbox.services.queue_message import queue_sms
from app.tenancy.models import District
from tests.conftest import NOON
from tests.integration.platform.planted import planted_routes
from tests.support import make_complexes

PHONE = "13800138000"
JSON = {"Accept": "application/json"}


class RecordingGateway:
    """Keep what was handed over, with the names of the districts that others could see at that moment."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.seen: list[list[str]] = []

    def send(self, phone: str, text: str) -> None:
        self.sent.append((phone, text))
        with db.engine.connect() as connection:
            self.seen.append(list(connection.scalars(select(District.name))))


@pytest.fixture
def gateway(app: Flask) -> RecordingGateway:
    made = RecordingGateway()
    app.extensions["yeyi_sms_gateway"] = made
    return made


def rows(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def write_all() -> str:
    """Write a row, an event and a message, as a use case does."""
    db.session.add(District(name="江夏区"))
    record_event("a:b:c", at=NOON)
    queue_sms(PHONE, "通知", at=NOON)
    db.session.flush()
    return "done"


def test_a_request_commits_once_and_then_its_message_leaves(app: Flask, gateway: RecordingGateway) -> None:
    with planted_routes(app, Route("POST", "/planted", write_all, P.PUBLIC_READ)):
        assert app.test_client().post("/planted").status_code == 200
    assert [rows(app, model) for model in (District, AuditEvent, OutgoingMessage)] == [1, 1, 1]
    assert gateway.sent == [(PHONE, "通知")]
    assert gateway.seen == [["江夏区"]]


@pytest.mark.parametrize("problem", [RuleBroken("too_early"), RuntimeError("a fault of ours")])
@pytest.mark.parametrize("lock", [Lock.EARLY, Lock.LATE])
def test_an_error_takes_everything_back(app: Flask, gateway: RecordingGateway, problem: Exception, lock: Lock) -> None:
    def fail() -> str:
        write_all()
        raise problem

    with planted_routes(app, Route("POST", "/planted", fail, P.PUBLIC_READ, lock)):
        answer = app.test_client().post("/planted", headers=JSON)
    assert answer.status_code == (409 if isinstance(problem, RuleBroken) else 500)
    assert [rows(app, model) for model in (District, AuditEvent, OutgoingMessage)] == [0, 0, 0]
    assert gateway.sent == []


def _bulk_update() -> None:
    db.session.execute(update(District).values(name="x"))


def _bulk_delete() -> None:
    db.session.execute(delete(District))


def _flushed() -> None:
    db.session.add(District(name="y"))
    db.session.flush()


def _added() -> None:
    db.session.add(District(name="y"))


def _counted() -> None:
    count_attempt("x", at=NOON, window_minutes=1)


@pytest.mark.parametrize("write", [_added, _flushed, _bulk_update, _bulk_delete, _counted])
def test_a_get_that_writes_is_refused(app: Flask, write: Callable[[], None]) -> None:
    make_complexes(app, "qinglan")

    def look() -> str:
        write()
        return "looked"

    with planted_routes(app, Route("GET", "/planted", look, P.PUBLIC_READ)):
        answer = app.test_client().get("/planted", headers=JSON)
    assert (answer.status_code, answer.get_json()["error"]) == (500, "unexpected")
    with app.app_context():
        assert db.session.scalars(select(District.name)).one().startswith("区")
    assert rows(app, RateCounter) == 0


def test_an_error_in_a_job_takes_everything_back(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]

    def fail() -> None:
        with tenant_work(place.id, write=True):
            append_entry("x", {}, at=NOON)
            raise RuleBroken()

    with app.app_context(), pytest.raises(RuleBroken):
        fail()
    with app.app_context(), tenant_work(place.id):
        assert db.session.scalars(select(BoardLeaf)).all() == []


def test_what_waits_for_the_commit_runs_once_after_it(app: Flask) -> None:
    ran: list[str] = []
    with app.app_context():
        begin_write()
        on_commit(lambda: ran.append("a"))
        assert ran == []
        commit()
        commit()
    assert ran == ["a"]


@pytest.mark.parametrize("undo", [rollback, begin_write])
def test_what_waited_does_not_run_after_a_rollback(app: Flask, undo: Callable[[], None]) -> None:
    ran: list[str] = []
    with app.app_context():
        begin_write()
        on_commit(lambda: ran.append("a"))
        undo()
        commit()
    assert ran == []


def test_a_message_queued_after_a_rollback_still_leaves(app: Flask, gateway: RecordingGateway) -> None:
    with app.app_context():
        begin_write()
        queue_sms(PHONE, "first", at=NOON)
        rollback()
        begin_write()
        queue_sms(PHONE, "second", at=NOON)
        commit()
    assert gateway.sent == [(PHONE, "second")]


def test_a_fault_after_the_commit_does_not_say_that_nothing_changed(app: Flask) -> None:
    """The vote is in the box by then; telling the voter otherwise would be false."""

    def fail() -> None:
        raise ConnectionError("the gateway is away")

    def write() -> str:
        db.session.add(District(name="江夏区"))
        on_commit(fail)
        return "done"

    with planted_routes(app, Route("POST", "/planted", write, P.PUBLIC_READ)):
        assert app.test_client().post("/planted").status_code == 200
    assert rows(app, District) == 1


def in_threads(app: Flask, workers: int, work: Callable[[], None]) -> None:
    """Run a piece of work in several threads that start together."""
    barrier = threading.Barrier(workers)

    def run(_number: int) -> None:
        with app.app_context():
            barrier.wait()
            work()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(run, range(workers)))


def test_two_writers_lose_no_update(app: Flask) -> None:
    with app.app_context():
        begin_write()
        db.session.add(RateCounter(id=1, subject="s", window="w", count=0))
        commit()

    def add() -> None:
        for _time in range(15):
            begin_write()
            query = select(RateCounter).where(RateCounter.id == 1).with_for_update()
            row = db.session.scalars(query.execution_options(populate_existing=True)).one()
            row.count += 1
            commit()

    in_threads(app, 3, add)
    with app.app_context():
        assert db.session.scalar(select(RateCounter.count)) == 45


def test_attempts_counted_at_once_are_all_counted(app: Flask) -> None:
    counts: list[int] = []

    def count() -> None:
        for _time in range(10):
            begin_write()
            counts.append(count_attempt("s", at=NOON, window_minutes=5))
            commit()

    in_threads(app, 3, count)
    assert sorted(counts) == list(range(1, 31))
