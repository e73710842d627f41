"""Walk an owner's way from the poster to the registered flat, on both engines, with every page inspected."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.access.roles import Role, Scope
from app.db.base import new_id
from app.db.personal_data import blind_index, seal
from app.db.session import begin_write, commit, db
from app.identity.models import Account
from app.roll.services.confirm_import import confirm_import
from app.roll.services.mark_dispute import mark_dispute
from app.roll.services.take_roll_file import take_roll_file
from app.tenancy.types import ComplexRow
from tests.conftest import NOON, SteerableClock
from tests.elections_support import in_complex
from tests.pages import Browser, Page
from tests.support import browser_of, grant, make_account, make_complexes
from tests.unit.roll.roll_files import CARD_A, CARD_B, CARD_C, a_row, xlsx

PHONE = "19630855118"
ROWS = [
    a_row(),
    a_row(房号="1202"),
    a_row(单元="2单元", 房号="1202", 登记业主姓名="李强、王小芳", 证件号码=f"{CARD_B}、{CARD_C}", 登记手机号=""),
    a_row(楼栋="S1", 单元="", 房号="12", 登记业主姓名="李强", 证件号码=CARD_B),
]
DOOR = "/c/qinglan/claim/door/1-1-1202"


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    made = make_complexes(app, "qinglan")[0]
    with in_complex(app, made):
        import_id = take_roll_file(xlsx(ROWS), "名册.xlsx", at=NOON, account=7)
    with in_complex(app, made):
        confirm_import(import_id, "none", at=NOON, account=7)
    return made


@pytest.fixture
def owner(app: Flask, place: ComplexRow) -> Browser:
    with app.app_context():
        begin_write()
        account = new_id()
        phones = {
            "phone_index": blind_index(PHONE, field="phone"),
            "phone_sealed": seal(PHONE, field="account.phone", owner=account),
        }
        db.session.add(Account(id=account, is_staff=False, created_at=NOON, **phones))
        commit()
    return Browser(browser_of(app, account, NOON))


def say_who(browser: Browser, name: str = "谭秀", tail: str = CARD_A[-6:], door: str = DOOR, status: int = 200) -> Page:
    return browser.post(door, {"name": name, "tail": tail, "agreed": "y"}, status)


def test_from_the_poster_to_the_registered_flat(owner: Browser) -> None:
    grid = owner.get("/c/qinglan/claim?b=1&u=1")
    assert "谭" not in grid.words()
    assert "12层" in grid.words()
    url = next(link.get("href", "") for link in grid.all("a") if link.get("aria-label") == "1栋1单元1202")
    page = owner.get(url)
    assert "统一社会信用代码" in page.words()
    confirm = say_who(owner)
    assert confirm.heading == "您是 qinglan小区1栋1单元1202（127.46㎡）的业主 谭*，对吗？"
    assert "另外 1 处" in confirm.words()
    done = owner.post("/c/qinglan/claim/confirm")
    assert done.heading == "已登记"
    assert "1栋1单元201" in done.words()
    assert owner.client.get("/c/qinglan/claim").status_code == 302
    assert owner.get("/c/qinglan/claim?more=1").heading == "您的房子是哪一套？"
    assert owner.get("/c/qinglan/claim/mine").heading == "我登记的房子"


@pytest.mark.parametrize("typed", ["1-1-1202", "1栋1单元1202", "１－１－１２０２", "1号楼1门1202室"])
def test_a_typed_door_leads_to_the_identity_page(owner: Browser, typed: str) -> None:
    assert owner.client.get("/c/qinglan/claim", query_string={"door": typed}).location.endswith("/door/1-1-1202")


def test_a_door_without_its_entrance_is_asked_for(owner: Browser) -> None:
    page = owner.get("/c/qinglan/claim?door=1栋1202")
    assert {"1栋1单元1202", "1栋2单元1202"} <= set(page.links())


def test_an_unknown_door_is_said_to_be_unknown(owner: Browser) -> None:
    assert "没有找到“99-1-1”" in owner.get("/c/qinglan/claim?door=99-1-1").words()
    owner.get("/c/qinglan/claim/door/99-1-1", status=404)


def test_building_entrance_and_floor_are_chosen_step_by_step(owner: Browser) -> None:
    page = owner.get("/c/qinglan/claim")
    assert {"1栋", "S1"} <= set(page.links())
    page = owner.get("/c/qinglan/claim?b=1栋")
    assert {"1单元", "2单元"} <= set(page.links())
    assert "选房号" in owner.get("/c/qinglan/claim?b=S1").words()


def test_every_failure_reads_the_same_and_keeps_what_was_typed(owner: Browser) -> None:
    wrong_name = say_who(owner, name="李秀", status=422)
    wrong_number = say_who(owner, tail="111111", status=422)
    assert wrong_name.heading == wrong_number.heading == "信息没有对上"
    assert wrong_name.words() == wrong_number.words()
    assert 'value="李秀"' in wrong_name.text
    for exit_words in ("改一改再试", "找社区人工核对", "027-8700-1203", "工作日", "居委会"):
        assert exit_words in wrong_name.words()


def test_the_sixth_try_is_sent_to_the_community(owner: Browser, clock: SteerableClock) -> None:
    for _ in range(5):
        say_who(owner, tail="111111", status=422)
    page = say_who(owner, status=422)
    assert page.heading == "信息没有对上"
    assert "请明天再来" in page.words()
    assert not [form for form in page.all("form") if "/claim/door/" in form.get("action", "")]
    clock.forward(days=1)
    assert say_who(owner).heading.endswith("对吗？")


def test_consent_and_both_fields_are_asked_for(owner: Browser) -> None:
    page = owner.post(DOOR, {"name": "谭秀", "tail": "12"}, status=422)
    assert "有 2 处要改" in page.words()
    assert "要先同意，才能核对" in page.words()


def test_a_co_owner_is_told_of_the_one_vote(app: Flask, owner: Browser) -> None:
    confirm = say_who(owner, "王小芳", CARD_C[-6:], "/c/qinglan/claim/door/1-2-1202")
    assert "这套房有 2 位共有人。一套房只有一票" in confirm.words()
    assert "一套房只有一票" in owner.post("/c/qinglan/claim/confirm").words()


def test_a_disputed_flat_waits_and_the_community_decides(app: Flask, place: ComplexRow, owner: Browser) -> None:
    with in_complex(app, place):
        mark_dispute("1-1-1202", is_disputed=True, account=7, at=NOON)
    say_who(owner)
    assert owner.post("/c/qinglan/claim/confirm").heading == "待社区核对"
    staff = make_account(app, NOON)
    grant(app, staff, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, NOON)
    operator = Browser(browser_of(app, staff, NOON))
    assert "待社区核对的登记" in operator.get("/c/qinglan/roll").words()
    listed = operator.get("/c/qinglan/roll/claims")
    assert "谭*" in listed.words()
    accept = next(form.get("action", "") for form in listed.all("form") if form.get("action", "").endswith("/accept"))
    done = operator.post(accept)
    assert "没有要核对的" in done.words()
    end = next(form.get("action", "") for form in done.all("form") if form.get("action", "").endswith("/end"))
    assert "已停用" in operator.post(end).words()
    operator.post(end, status=409)
    owner.get("/c/qinglan/claim/mine")


def test_a_confirmation_is_worth_nothing_later_or_elsewhere(app: Flask, owner: Browser, clock: SteerableClock) -> None:
    owner.get("/c/qinglan/claim/confirm", status=409)
    say_who(owner)
    clock.forward(minutes=16)
    assert "时间过去太久" in owner.post("/c/qinglan/claim/confirm", status=409).words()


def test_visitors_sign_in_first_and_staff_are_told_why_not(app: Flask, place: ComplexRow, client: FlaskClient) -> None:
    answer = client.get("/c/qinglan/claim?b=1&u=1")
    assert (answer.status_code, answer.location) == (302, "/sign-in?place=qinglan")
    staff = browser_of(app, make_account(app, NOON), NOON)
    assert "工作账号" in staff.get("/c/qinglan/claim").get_data(as_text=True)


def test_without_a_roll_the_page_says_so(app: Flask, owner: Browser) -> None:
    make_complexes(app, "bailu")
    assert "还没有名册" in owner.get("/c/bailu/claim").words()
