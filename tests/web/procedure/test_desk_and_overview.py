"""Own the tests of 今天 and of the overview of the street: what waits, in which order, and who sees it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.procedure.tasks import run_procedures
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import make_draft, make_staff
from tests.pages import Browser
from tests.procedure_support import make_procedure, make_term
from tests.support import browser_of, grant, make_account, make_complexes


@pytest.fixture
def places(app: Flask) -> list[ComplexRow]:
    return make_complexes(app, "qinglan", "cuiping", "yunshang")


def browser(app: Flask, role: Role, scope: Scope, scope_id: int) -> Browser:
    account = make_account(app, NOON)
    grant(app, account, role, scope, scope_id, NOON)
    return Browser(browser_of(app, account, NOON))


def test_today_leads_from_the_ending_term_to_its_renewal(app: Flask, places: list[ComplexRow]) -> None:
    make_term(app, places[0], NOON)
    operator = browser(app, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, places[0].id)
    page = operator.get("/c/qinglan/desk")
    assert "业委会任期还剩 39 天，开始换届" in page.words()
    assert page.links()["开始换届"] == "/c/qinglan/procedures/new/renewal"


def test_today_puts_what_is_over_first(app: Flask, places: list[ComplexRow]) -> None:
    make_procedure(app, places[0], NOON)
    operator = browser(app, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, places[0].id)
    page = operator.get("/c/qinglan/desk")
    headings = ["".join(heading.itertext()).split()[0] for heading in page.all("h2")]
    assert headings[0] == "已过期"
    assert "接下来的法定日期" in headings


def test_committee_member_sees_reminders_and_no_buttons(app: Flask, places: list[ComplexRow]) -> None:
    make_term(app, places[0], NOON)
    with app.app_context():
        run_procedures(NOON)
    member = browser(app, Role.COMMITTEE_MEMBER, Scope.COMPLEX, places[0].id)
    page = member.get("/c/qinglan/desk")
    assert "请向街道书面报告换届" in page.words()
    assert "开始一次换届或表决" not in page.links()


def test_property_company_sees_no_procedure(app: Flask, places: list[ComplexRow]) -> None:
    code = make_procedure(app, places[0], NOON)
    company = browser(app, Role.PROPERTY_COMPANY, Scope.COMPLEX, places[0].id)
    assert "换届" not in company.get("/c/qinglan/desk").words().replace("一次换届/表决", "")
    assert company.client.get(f"/c/qinglan/procedures/{code}/").status_code == 403
    assert company.client.get("/c/qinglan/procedures").status_code == 403
    assert company.client.get(f"/c/qinglan/procedures/{code}/public").status_code == 200


def test_overview_shows_every_complex_of_the_street_what_is_over_first(app: Flask, places: list[ComplexRow]) -> None:
    make_procedure(app, places[0], NOON, term_ends_on=date(2027, 12, 31))
    make_term(app, places[1], NOON)
    street = browser(app, Role.STREET_OPERATOR, Scope.STREET, places[0].street_id)
    page = street.get("/street")
    rows = [cell for cell in page.links() if cell in {"qinglan小区", "cuiping小区", "yunshang小区"}]
    assert rows == ["cuiping小区", "qinglan小区"]
    assert "过 53 天" in page.words()
    assert "另有 1 个小区在任期中" in page.words()
    assert "yunshang小区" in street.get("/street?all=1").links()


def test_overview_stops_at_the_borders_of_the_street(app: Flask, places: list[ComplexRow]) -> None:
    other = make_complexes(app, "linjiang")[0]
    make_procedure(app, other, NOON)
    street = browser(app, Role.STREET_OPERATOR, Scope.STREET, places[0].street_id)
    assert "linjiang" not in street.get("/street?all=1").text
    officer = browser(app, Role.DISTRICT_OFFICER, Scope.DISTRICT, other.district_id)
    assert "linjiang小区" in officer.get("/street").links()


def test_home_page_shows_how_far_the_procedure_is(app: Flask, places: list[ComplexRow]) -> None:
    code = make_procedure(app, places[0], NOON)
    page = Browser(app.test_client()).get("/c/qinglan/")
    assert page.links()["看全部日期"] == f"/c/qinglan/procedures/{code}/public"
    assert "看全部日期" not in Browser(app.test_client()).get("/c/cuiping/").links()


def test_task_of_a_vote_stands_beside_the_steps(app: Flask, places: list[ComplexRow]) -> None:
    staff = make_staff(app, places[0], NOON)
    make_draft(app, places[0], staff, NOON)
    make_procedure(app, places[0], NOON)
    page = Browser(browser_of(app, staff.operator, NOON)).get("/c/qinglan/desk")
    assert "填好草稿，然后公告" in page.words()
    assert "换届报告" in page.words()
