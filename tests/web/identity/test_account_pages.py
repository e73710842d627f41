"""Walk through the administrator's pages of accounts and places and the district's table, on both engines."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.audit.models import AuditEvent
from app.db.session import db
from app.identity.models import Account
from app.identity.queries import grants_of
from app.tenancy.queries import complex_by_slug
from tests.ballots_support import open_world
from tests.conftest import NOON, SteerableClock
from tests.pages import Browser, Page
from tests.support import browser_of, grant, make_account, make_complexes

NEW = {"login_name": "lina", "name": "李娜", "organisation": "青岚社区居委会"}


@pytest.fixture
def admin(app: Flask) -> int:
    account = make_account(app, NOON, name="管理员", organisation="平台")
    grant(app, account, Role.PLATFORM_ADMIN, Scope.PLATFORM, 0, NOON)
    return account


@pytest.fixture
def desk(app: Flask, admin: int) -> Browser:
    return Browser(browser_of(app, admin, NOON))


def tags(app: Flask) -> list[str]:
    with app.app_context():
        return [event.tag for event in db.session.query(AuditEvent).order_by(AuditEvent.tag)]


def password_on(page: Page) -> str:
    found = re.search(r"密码\s*([A-Za-z0-9_-]{16}) ", page.words())
    assert found, page.words()
    return found.group(1)


def test_a_new_account_shows_its_password_once(app: Flask, desk: Browser) -> None:
    desk.get("/platform/accounts/new")
    password = password_on(desk.post("/platform/accounts/new", NEW))
    listed = desk.get("/platform/accounts")
    assert "李娜" in listed.words()
    assert password not in listed.text
    second = desk.get(listed.links()[next(words for words in listed.links() if "李娜" in words)])
    assert password not in second.text
    page = Browser(app.test_client()).post("/sign-in/staff", {"login_name": "lina", "password": password})
    assert "第一次登录" in page.words()
    assert tags(app) == ["identity:staff:created"]


def test_a_login_name_is_given_once_and_what_was_typed_stays(app: Flask, desk: Browser) -> None:
    desk.post("/platform/accounts/new", NEW)
    page = desk.post("/platform/accounts/new", {**NEW, "name": "另一位"}, status=422)
    assert "已经有人用了" in page.words()
    assert 'value="另一位"' in page.text
    with app.app_context():
        assert db.session.query(Account).filter_by(login_name="lina").count() == 1


def test_accounts_are_found_by_organisation(app: Flask, desk: Browser) -> None:
    make_account(app, NOON, name="王芳", organisation="楚安物业")
    make_account(app, NOON, name="赵强", organisation="湖畔街道")
    words = desk.get("/platform/accounts?q=楚安").words()
    assert "王芳" in words
    assert "赵强" not in words


def test_a_role_is_given_and_taken_back(app: Flask, desk: Browser) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    page = desk.post(f"/platform/accounts/{account}/roles", {"role": "supervisor", "place": f"complex:{place.id}"})
    assert "qinglan小区" in page.words()
    link = next(url for words, url in page.links().items() if "收回" in words)
    assert "收回周敏的身份" in desk.get(link).heading
    desk.post(link)
    with app.app_context():
        assert grants_of(account) == []
    assert tags(app) == ["identity:role:granted", "identity:role:taken_back"]


def test_the_property_company_is_refused_in_a_sentence(app: Flask, desk: Browser) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON, organisation="楚安物业")
    grant(app, account, Role.PROPERTY_COMPANY, Scope.COMPLEX, place.id, NOON)
    wanted = {"role": "trustee", "place": f"complex:{place.id}"}
    assert "为小区服务的物业公司" in desk.post(f"/platform/accounts/{account}/roles", wanted, status=422).words()
    with app.app_context():
        assert [each.role for each in grants_of(account)] == [Role.PROPERTY_COMPANY]


def test_a_role_in_a_place_of_another_kind_is_refused(app: Flask, desk: Browser) -> None:
    place = make_complexes(app, "qinglan")[0]
    wanted = {"role": "street_operator", "place": f"complex:{place.id}"}
    page = desk.post(f"/platform/accounts/{make_account(app, NOON)}/roles", wanted, status=422)
    assert "不能放在这样的地方" in page.words()


def test_disabling_ends_the_session_and_enabling_does_not_revive_it(app: Flask, desk: Browser) -> None:
    account = make_account(app, NOON)
    theirs = browser_of(app, account, NOON)
    assert theirs.get("/desk").status_code == 200
    assert "停用" in desk.get(f"/platform/accounts/{account}/disable").heading
    assert "已停用" in desk.post(f"/platform/accounts/{account}/disable").words()
    assert theirs.get("/desk").status_code == 302
    assert "可以登录" in desk.post(f"/platform/accounts/{account}/enable").words()
    assert theirs.get("/desk").status_code == 302
    assert browser_of(app, account, NOON).get("/desk").status_code == 200


def test_an_administrator_does_not_lock_himself_out(app: Flask, desk: Browser, admin: int) -> None:
    assert "不能停用自己" in desk.post(f"/platform/accounts/{admin}/disable", status=409).words()
    page = desk.get(f"/platform/accounts/{admin}")
    link = next(url for words, url in page.links().items() if "收回" in words)
    desk.post(link, status=409)
    with app.app_context():
        assert [each.role for each in grants_of(admin)] == [Role.PLATFORM_ADMIN]


def test_places_are_added_from_the_top(app: Flask, desk: Browser) -> None:
    assert "添加小区" not in desk.get("/platform/places").links()
    steps: list[tuple[str, dict[str, object]]] = [
        ("district", {"name": "江夏区"}),
        ("street", {"name": "湖畔街道"}),
        ("community", {"name": "青岚社区", "help_phone": "027-8700-1203"}),
        ("complex", {"name": "青岚花园", "slug": "qinglan", "address": "湖畔路 1 号"}),
    ]
    for kind, values in steps:
        asked = desk.get(f"/platform/places/new/{kind}")
        parents = [option.get("value") for option in asked.all("option")]
        desk.post(f"/platform/places/new/{kind}", {**values, **({"parent": parents[0]} if parents else {})})
    with app.app_context():
        found = complex_by_slug("qinglan")
    assert (found.district_name, found.street_name, found.community_name) == ("江夏区", "湖畔街道", "青岚社区")
    page = desk.post("/platform/places/new/district", {"name": "江夏区"}, status=422)
    assert "已经有了" in page.words()
    assert 'value="江夏区"' in page.text
    bad = {"parent": found.community_id, "name": "翠屏", "slug": "Cui Ping", "address": "湖畔路 2 号"}
    page = desk.post("/platform/places/new/complex", bad, status=422)
    assert "只能用小写字母" in page.words()
    assert 'value="Cui Ping"' in page.text


def test_an_officer_sees_his_own_district_only(app: Flask) -> None:
    own, foreign = make_complexes(app, "qinglan")[0], make_complexes(app, "cuiping")[0]
    for place, other in ((own, foreign), (foreign, own)):
        officer = make_account(app, NOON)
        grant(app, officer, Role.DISTRICT_OFFICER, Scope.DISTRICT, place.district_id, NOON)
        page = Browser(browser_of(app, officer, NOON)).get("/district")
        assert place.name in page.words()
        assert other.name not in page.words()
        assert "全区情况" in page.links()


def test_the_district_is_searched_and_filtered(app: Flask) -> None:
    place, other = make_complexes(app, "qinglan", "cuiping")
    officer = make_account(app, NOON)
    grant(app, officer, Role.DISTRICT_OFFICER, Scope.DISTRICT, place.district_id, NOON)
    desk = Browser(browser_of(app, officer, NOON))
    words = desk.get("/district?q=qinglan").words()
    assert place.name in words
    assert other.name not in words
    assert "没有符合的小区" in desk.get("/district?state=open").words()


def test_the_district_shows_an_open_vote_with_its_turnout(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    officer = make_account(app, clock.now())
    grant(app, officer, Role.DISTRICT_OFFICER, Scope.DISTRICT, world.place.district_id, clock.now())
    table = Browser(browser_of(app, officer, clock.now())).get("/district?state=open").all("table")[0]
    cells = [" ".join("".join(cell.itertext()).split()) for cell in table.iter() if str(cell.tag).endswith(("}td", "}th"))]
    assert "投票中" in cells
    assert cells[-2:] == ["0.0%", "0.0%"]


def test_no_role_is_chosen_beforehand(app: Flask, desk: Browser) -> None:
    page = desk.post(f"/platform/accounts/{make_account(app, NOON)}/roles", {"role": "", "place": ""}, status=422)
    assert "请选身份" in page.words()
    assert "请选地方" in page.words()
