"""Walk through signing in as an owner and as staff, on both engines, with every page inspected."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db.session import begin_write, commit, db
from app.identity.models import Account, OneTimeCode
from app.identity.services.create_staff import NewStaff, create_staff
from app.outbox.queries import newest_messages
from app.settings import Settings
from tests.conftest import NOON, SteerableClock
from tests.pages import Browser

PHONE = "13800138000"


def code_sent(app: Flask) -> str:
    with app.app_context():
        found = re.search(r"(\d{6})，5分钟", newest_messages(1)[0].text)
        assert found
        return found.group(1)


def staff(app: Flask) -> NewStaff:
    with app.app_context():
        begin_write()
        made = create_staff("zhoumin", "周敏", "青岚社区居委会", at=NOON, by=None, password="a long password")
        commit()
        return made


def test_an_owner_signs_in_by_code(app: Flask, client: FlaskClient) -> None:
    browser = Browser(client)
    assert browser.get("/sign-in").heading == "请输入手机号"
    page = browser.post("/sign-in", {"phone": "138 0013 8000"})
    assert "138****8000" in page.words()
    browser.post("/sign-in/code", {"code": code_sent(app)})
    assert "登录的设备" in browser.get("/account").heading
    with client.session_transaction() as kept:
        assert "phone" not in kept


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(app: Flask, client: FlaskClient) -> None:
    browser = Browser(client)
    browser.post("/sign-in", {"phone": PHONE})
    right = code_sent(app)
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        assert "不对" in browser.post("/sign-in/code", {"code": wrong}, status=422).words()
    assert "太多次" in browser.post("/sign-in/code", {"code": right}, status=422).words()


def test_a_code_works_once(app: Flask, client: FlaskClient) -> None:
    browser = Browser(client)
    browser.post("/sign-in", {"phone": PHONE})
    code = code_sent(app)
    browser.post("/sign-in/code", {"code": code})
    second = app.test_client()
    with second.session_transaction() as kept:
        kept["phone"] = PHONE
    assert "过期" in Browser(second).post("/sign-in/code", {"code": code}, status=422).words()


def test_a_code_ends_after_five_minutes(app: Flask, client: FlaskClient, clock: SteerableClock) -> None:
    browser = Browser(client)
    browser.post("/sign-in", {"phone": PHONE})
    code = code_sent(app)
    clock.forward(minutes=5)
    assert "过期" in browser.post("/sign-in/code", {"code": code}, status=422).words()


def test_a_second_code_within_a_minute_is_not_sent(app: Flask, client: FlaskClient) -> None:
    browser = Browser(client)
    browser.post("/sign-in", {"phone": PHONE})
    assert "请等一分钟" in browser.post("/sign-in", {"phone": PHONE}).words()
    with app.app_context():
        assert len(newest_messages(10)) == 1


def test_codes_per_number_and_day_are_limited(app: Flask, client: FlaskClient, clock: SteerableClock) -> None:
    browser = Browser(client)
    for _time in range(10):
        browser.post("/sign-in", {"phone": PHONE})
        clock.forward(minutes=2)
    assert "太多" in browser.post("/sign-in", {"phone": PHONE}, status=429).words()


def test_an_unreadable_number_stays_in_the_form(client: FlaskClient) -> None:
    page = Browser(client).post("/sign-in", {"phone": "138001"}, status=422)
    assert "11 位" in page.words()
    assert 'value="138001"' in page.text


def test_staff_sign_in_by_password_and_second_factor(app: Flask, client: FlaskClient) -> None:
    made = staff(app)
    browser = Browser(client)
    page = browser.post("/sign-in/staff", {"login_name": "zhoumin", "password": "a long password"})
    assert "第一次登录" in page.words()
    code = pyotp.TOTP(made.totp_secret).at(NOON)
    browser.post("/sign-in/staff/code", {"code": code})
    assert browser.get("/desk").heading == "我的小区"
    assert made.totp_secret not in browser.get("/account").text


def test_a_second_factor_code_works_once(app: Flask, client: FlaskClient) -> None:
    code = pyotp.TOTP(staff(app).totp_secret).at(NOON)
    first, second = Browser(client), Browser(app.test_client())
    for browser in (first, second):
        browser.post("/sign-in/staff", {"login_name": "zhoumin", "password": "a long password"})
    first.post("/sign-in/staff/code", {"code": code})
    assert "已经用过" in second.post("/sign-in/staff/code", {"code": code}, status=422).words()


@pytest.mark.parametrize(("name", "password"), [("zhoumin", "wrong"), ("nobody", "a long password")])
def test_wrong_name_and_wrong_password_read_the_same(app: Flask, client: FlaskClient, name: str, password: str) -> None:
    staff(app)
    page = Browser(client).post("/sign-in/staff", {"login_name": name, "password": password}, status=422)
    assert "登录名或密码不对" in page.words()


def test_password_tries_are_limited(app: Flask, client: FlaskClient) -> None:
    staff(app)
    browser = Browser(client)
    for _try in range(10):
        browser.post("/sign-in/staff", {"login_name": "zhoumin", "password": "wrong"}, status=422)
    page = browser.post("/sign-in/staff", {"login_name": "zhoumin", "password": "a long password"}, status=422)
    assert "太多" in page.words()


def test_the_second_page_needs_the_first(client: FlaskClient) -> None:
    assert Browser(client).get("/sign-in/staff/code").heading == "工作人员登录"


def test_a_revoked_session_is_out(app: Flask, client: FlaskClient) -> None:
    browsers = [Browser(client), Browser(app.test_client())]
    for browser in browsers:
        browser.post("/sign-in", {"phone": PHONE})
        browser.post("/sign-in/code", {"code": code_sent(app)})
        app.extensions["yeyi_clock"].forward(minutes=2)
    browsers[1].post("/account/sessions/end-others")
    assert browsers[0].get("/account").heading == "请输入手机号"
    assert browsers[1].get("/account").heading == "登录的设备"


def test_another_persons_session_cannot_be_ended(app: Flask, client: FlaskClient) -> None:
    browser = Browser(client)
    browser.post("/sign-in", {"phone": PHONE})
    browser.post("/sign-in/code", {"code": code_sent(app)})
    browser.post("/account/sessions/12345/end", status=404)


def test_nothing_personal_is_stored_in_clear(app: Flask, client: FlaskClient, settings: Settings) -> None:
    browser = Browser(client)
    browser.post("/sign-in", {"phone": PHONE})
    code = code_sent(app)
    browser.post("/sign-in/code", {"code": code})
    with app.app_context():
        account = db.session.query(Account).one()
        assert PHONE.encode() not in (account.phone_sealed or b"") + (account.phone_index or b"")
        kept = db.session.query(OneTimeCode).one()
        assert code.encode() not in kept.code_hash
        assert kept.expires_at - kept.created_at == timedelta(minutes=5)
    if settings.database_url.startswith("sqlite"):
        stored = b"".join(path.read_bytes() for path in settings.instance_path.glob("yeyi.sqlite3*"))
        assert PHONE.encode() not in stored


def test_the_outbox_page_exists_in_demo_mode_only(app: Flask, client: FlaskClient) -> None:
    assert Browser(client).get("/dev/outbox").heading == "演示短信"
    app.extensions["yeyi_settings"] = _production(app.extensions["yeyi_settings"])
    Browser(app.test_client()).get("/dev/outbox", status=404)


def _production(settings: Settings) -> Settings:

    return replace(settings, demo_mode=False)
