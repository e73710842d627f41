"""Hold messages to leaving once, whoever sends, and to waiting when the gateway does not take them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.db.session import begin_write, commit, db
from app.outbox.gateways import NoGateway, OutboxPageGateway, gateway_for
from app.outbox.models import OutgoingMessage
from app.outbox.services.queue_message import FORBIDDEN_WORDS, queue_sms
from app.outbox.services.send_waiting import send_waiting
from app.outbox.types import GatewayUnavailable
from app.tenancy.models import District
from tests.conftest import NOON


@dataclass
class Gateway:
    """Take messages slowly, and refuse those whose text is among the refused."""

    refused: dict[str, Exception] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)

    def send(self, phone: str, text: str) -> None:
        if text in self.refused:
            raise self.refused[text]
        time.sleep(0.005)
        self.taken[text] += 1


@pytest.fixture
def gateway(app: Flask) -> Gateway:
    made = Gateway()
    app.extensions["yeyi_sms_gateway"] = made
    return made


def queue(app: Flask, *texts: str) -> None:
    """Queue messages in a transaction after whose commit the process stopped."""
    with app.app_context():
        begin_write()
        for number, text in enumerate(texts):
            queue_sms("13800138000", text, at=NOON + timedelta(seconds=number))
        db.session.commit()


def failures(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(OutgoingMessage.failures).order_by(OutgoingMessage.created_at)))


def send(app: Flask, minutes: int = 0) -> int:
    with app.app_context():
        return send_waiting(NOON + timedelta(minutes=minutes))


def test_messages_left_behind_by_a_stopped_process_leave_with_the_next_tick(app: Flask, gateway: Gateway) -> None:
    queue(app, "a", "b")
    assert send(app) == 2
    assert send(app, 10) == 0
    assert gateway.taken == {"a": 1, "b": 1}


def test_two_workers_send_each_message_once(app: Flask, gateway: Gateway) -> None:
    texts = [f"message {number}" for number in range(12)]
    queue(app, *texts)
    barrier = threading.Barrier(2)

    def work(_worker: int) -> int:
        barrier.wait()
        return send(app)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == len(texts)
    assert gateway.taken == dict.fromkeys(texts, 1)


@pytest.mark.parametrize("problem", [GatewayUnavailable("busy"), ConnectionError("cut off"), ValueError("a fault of its own")])
def test_a_refused_message_waits_and_holds_nobody_up(app: Flask, gateway: Gateway, problem: Exception) -> None:
    queue(app, "first", "second")
    gateway.refused["first"] = problem
    assert send(app) == 1
    assert gateway.taken == {"second": 1}
    assert failures(app) == [1, 0]
    gateway.refused.clear()
    assert send(app, 10) == 1
    assert gateway.taken == {"second": 1, "first": 1}


def test_a_message_is_tried_five_times(app: Flask, gateway: Gateway) -> None:
    queue(app, "never")
    gateway.refused["never"] = GatewayUnavailable("no")
    for number in range(7):
        send(app, 10 * number)
    assert failures(app) == [5]


def test_a_message_that_cannot_be_opened_holds_nobody_up(app: Flask, gateway: Gateway) -> None:
    queue(app, "damaged", "good")
    with app.app_context():
        begin_write()
        row = db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.created_at).limit(1)).one()
        row.text_sealed = bytes(reversed(row.text_sealed))
        commit()
    assert send(app) == 1
    assert gateway.taken == {"good": 1}


def test_nobody_waits_for_the_gateway(app: Flask, gateway: Gateway) -> None:
    """Another request writes while the gateway is spoken to; with a lock held it would wait for half a minute."""
    queue(app, "slow")

    def write_meanwhile(phone: str, text: str) -> None:
        with app.app_context():
            begin_write()
            db.session.add(District(name=text))
            commit()

    gateway.send = write_meanwhile  # type: ignore[method-assign]
    began = time.monotonic()
    assert send(app) == 1
    assert time.monotonic() - began < 20
    with app.app_context():
        assert db.session.scalars(select(District.name)).all() == ["slow"]


def test_a_message_that_a_dead_process_had_claimed_is_sent_by_another(app: Flask, gateway: Gateway) -> None:
    queue(app, "a")

    def die(phone: str, text: str) -> None:
        raise KeyboardInterrupt

    alive = gateway.send
    gateway.send = die  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        send(app)
    gateway.send = alive  # type: ignore[method-assign]
    assert send(app, 1) == 0
    assert send(app, 2) == 1
    assert gateway.taken == {"a": 1}


@pytest.mark.parametrize("word", FORBIDDEN_WORDS)
def test_a_message_never_influences_a_vote(app: Flask, word: str) -> None:
    with app.app_context(), pytest.raises(ValueError, match="influences"):
        queue_sms("13800138000", f"您好，{word}。", at=NOON)


def test_the_number_and_the_text_are_sealed(app: Flask) -> None:
    queue(app, "您的登录数字是 123456")
    with app.app_context():
        row = db.session.scalars(select(OutgoingMessage)).one()
        assert b"13800138000" not in row.recipient_sealed
        assert b"123456" not in row.text_sealed


def test_production_without_a_gateway_keeps_messages_waiting(app: Flask) -> None:
    assert isinstance(gateway_for(demo_mode=True), OutboxPageGateway)
    assert isinstance(gateway_for(demo_mode=False), NoGateway)
    app.extensions["yeyi_sms_gateway"] = gateway_for(demo_mode=False)
    queue(app, "a")
    assert send(app) == 0
    assert failures(app) == [1]
