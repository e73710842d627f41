"""Try codes, second factors and sessions from several sides at once, and accounts that were shut."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.db.session import begin_write, commit, db
from app.errors import NotFound
from app.identity.models import Account, OneTimeCode, SignInSession
from app.identity.queries import account_by_token
from app.identity.services.create_staff import LoginNameTaken, create_staff
from app.identity.services.send_code import CodeRequest, send_code
from app.identity.services.sign_in_by_code import CodeOutcome, sign_in_by_code
from app.identity.services.sign_in_staff import StaffOutcome, check_password, check_second_factor
from app.identity.services.start_session import end_session
from app.outbox.queries import newest_messages
from tests.conftest import NOON

PHONE = "13800138000"


def in_one_work(app: Flask, work: Callable[[], Any]) -> Any:
    with app.app_context():
        begin_write()
        made = work()
        commit()
        return made


def code_for(app: Flask, phone: str = PHONE) -> str:
    assert in_one_work(app, lambda: send_code(phone, address="198.51.100.7", at=NOON)) is CodeRequest.SENT
    with app.app_context():
        text = next(message.text for message in newest_messages(5) if message.recipient == phone)
    found = re.search(r"\d{6}", text)
    assert found
    return found.group()


def enter(app: Flask, code: str, phone: str = PHONE) -> CodeOutcome:
    return in_one_work(app, lambda: sign_in_by_code(phone, code, device="x", at=NOON)).outcome


def at_once(times: int, work: Callable[[], object]) -> list[object]:
    barrier = threading.Barrier(times)

    def run(_number: int) -> object:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_a_code_entered_at_once_on_several_devices_opens_one(app: Flask) -> None:
    code = code_for(app)
    outcomes = at_once(4, lambda: enter(app, code))
    assert outcomes.count(CodeOutcome.ACCEPTED) == 1
    with app.app_context():
        assert len(db.session.scalars(select(SignInSession)).all()) == 1


def test_wrong_codes_entered_at_once_are_all_counted(app: Flask) -> None:
    right = code_for(app)
    wrong = "000000" if right != "000000" else "111111"
    outcomes = at_once(6, lambda: enter(app, wrong))
    assert outcomes.count(CodeOutcome.WRONG) == 5
    assert enter(app, right) is not CodeOutcome.ACCEPTED


def test_a_code_belongs_to_one_number(app: Flask) -> None:
    code = code_for(app)
    other = code_for(app, "13900139000")
    if code != other:
        assert enter(app, code, "13900139000") is CodeOutcome.WRONG
    assert enter(app, code) is CodeOutcome.ACCEPTED


def test_a_newer_code_voids_the_older(app: Flask) -> None:
    older = code_for(app)
    later = NOON + timedelta(minutes=2)
    in_one_work(app, lambda: send_code(PHONE, address="198.51.100.7", at=later))
    with app.app_context():
        live = db.session.scalars(select(OneTimeCode).where(OneTimeCode.used_at.is_(None))).all()
        assert [code.created_at for code in live] == [later]
        newest = newest_messages(1)[0].text
    if older not in newest:
        assert enter(app, older) is CodeOutcome.WRONG


def test_codes_asked_for_from_one_address_are_limited(app: Flask) -> None:
    outcomes = [
        in_one_work(app, lambda number=number: send_code(f"139{number:08d}", address="198.51.100.7", at=NOON))
        for number in range(61)
    ]
    assert outcomes == [CodeRequest.SENT] * 60 + [CodeRequest.TOO_MANY]


def test_a_disabled_account_is_nobody_at_once_and_does_not_come_back(app: Flask) -> None:
    code = code_for(app)
    token = in_one_work(app, lambda: sign_in_by_code(PHONE, code, device="x", at=NOON)).token
    with app.app_context():
        assert account_by_token(token, NOON).account_id

    def disable() -> None:
        db.session.scalars(select(Account)).one().disabled_at = NOON

    in_one_work(app, disable)
    with app.app_context(), pytest.raises(NotFound):
        account_by_token(token, NOON)


def test_a_session_ends_by_its_time(app: Flask) -> None:
    code = code_for(app)
    token = in_one_work(app, lambda: sign_in_by_code(PHONE, code, device="x", at=NOON)).token
    with app.app_context():
        assert account_by_token(token, NOON + timedelta(days=29, hours=23))
        with pytest.raises(NotFound):
            account_by_token(token, NOON + timedelta(days=30))


def test_a_session_of_another_account_is_not_ended(app: Flask) -> None:
    code = code_for(app)
    in_one_work(app, lambda: sign_in_by_code(PHONE, code, device="x", at=NOON))
    with app.app_context():
        session_id = db.session.scalars(select(SignInSession.id)).one()
        begin_write()
        with pytest.raises(NotFound):
            end_session(7, session_id, at=NOON)


def test_a_second_factor_entered_at_once_opens_one(app: Flask) -> None:
    made = in_one_work(app, lambda: create_staff("zhoumin", "周敏", "居委会", at=NOON, by=None))
    code = pyotp.TOTP(made.totp_secret).at(NOON)

    def enter_factor() -> StaffOutcome:
        return in_one_work(app, lambda: check_second_factor(made.account_id, code, device="x", at=NOON)).outcome

    assert at_once(3, enter_factor).count(StaffOutcome.ACCEPTED) == 1


@pytest.mark.parametrize("seconds", [-90, 90])
def test_a_second_factor_of_another_time_is_wrong(app: Flask, seconds: int) -> None:
    made = in_one_work(app, lambda: create_staff("zhoumin", "周敏", "居委会", at=NOON, by=None))
    code = pyotp.TOTP(made.totp_secret).at(NOON + timedelta(seconds=seconds))
    result = in_one_work(app, lambda: check_second_factor(made.account_id, code, device="x", at=NOON))
    assert result.outcome is StaffOutcome.WRONG


def test_a_disabled_member_of_staff_does_not_sign_in(app: Flask) -> None:
    made = in_one_work(app, lambda: create_staff("zhoumin", "周敏", "居委会", at=NOON, by=None))

    def disable() -> None:
        db.session.get_one(Account, made.account_id).disabled_at = NOON

    in_one_work(app, disable)
    assert in_one_work(app, lambda: check_password("zhoumin", made.password, at=NOON)).outcome is StaffOutcome.WRONG
    code = pyotp.TOTP(made.totp_secret).at(NOON)
    result = in_one_work(app, lambda: check_second_factor(made.account_id, code, device="x", at=NOON))
    assert result.outcome is StaffOutcome.WRONG


def test_a_login_name_is_taken_once(app: Flask) -> None:
    in_one_work(app, lambda: create_staff("zhoumin", "周敏", "居委会", at=NOON, by=None))
    with app.app_context():
        begin_write()
        with pytest.raises(LoginNameTaken):
            create_staff("zhoumin", "周敏", "居委会", at=NOON, by=None)


def test_no_event_holds_a_name_a_number_or_a_code(app: Flask) -> None:
    code = code_for(app)
    in_one_work(app, lambda: sign_in_by_code(PHONE, code, device="x", at=NOON))
    in_one_work(app, lambda: create_staff("zhoumin", "周敏", "居委会", at=NOON, by=None))
    with app.app_context():
        told = " ".join(f"{event.tag} {event.details}" for event in db.session.scalars(select(AuditEvent)))
    assert "identity:session:started" in told
    for secret in (PHONE, code, "周敏", "zhoumin"):
        assert secret not in told
