"""Read the demonstration's outbox page: messages in clear there, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db.session import begin_write, commit
from app.outbox.services.queue_message import queue_sms
from tests.conftest import NOON
from tests.pages import Browser


@pytest.fixture
def queued(app: Flask) -> None:
    with app.app_context():
        begin_write()
        queue_sms("13800138000", "【业议】您的登录数字是 123456。<b>x</b>", at=NOON)
        commit()


@pytest.mark.parametrize("switch", ["", "?lang=en", "?l=1"])
@pytest.mark.usefixtures("queued")
def test_the_demonstration_shows_what_was_sent(client: FlaskClient, switch: str) -> None:
    page = Browser(client).get(f"/dev/outbox{switch}")
    assert "123456" in page.words()
    assert "<b>x</b>" in page.words()


def test_an_empty_outbox_is_a_page(client: FlaskClient) -> None:
    assert Browser(client).get("/dev/outbox").heading == "演示短信"


@pytest.mark.usefixtures("queued")
def test_in_service_there_is_no_such_page(app: Flask, client: FlaskClient) -> None:
    app.extensions["yeyi_settings"] = replace(app.extensions["yeyi_settings"], demo_mode=False)
    page = Browser(client).get("/dev/outbox", status=404)
    assert "123456" not in page.text
