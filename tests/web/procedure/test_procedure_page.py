"""Own the tests of the pages of a procedure: beginning, spine, records, dates, orders, the public timeline."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.procedure.types import OrderKind, ProcedureState
from app.tenancy.types import ComplexRow
from tests.conftest import NOON, SteerableClock
from tests.pages import Browser
from tests.procedure_support import TERM_END, dossier_of, make_procedure, make_term
from tests.support import browser_of, grant, make_account, make_complexes

#: A renewal group of seven: the street, the residents' committee and five owners.
GROUP = """何平，湖畔街道办事处
周敏，青岚社区居委会
甲一，1-1-0201
乙二，1-1-0202
丙三，1-1-0301
丁四，2-1-0101
戊五，2-1-0102"""


@dataclass(frozen=True)
class Desk:
    """Hold the operator and the street officer of one complex, each with a browser."""

    place: ComplexRow
    operator: Browser
    street: Browser


@pytest.fixture
def desk(app: Flask) -> Desk:
    place = make_complexes(app, "qinglan", "cuiping")[0]
    operator = make_account(app, NOON)
    street = make_account(app, NOON, name="何主任", organisation="湖畔街道")
    grant(app, operator, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, NOON)
    grant(app, street, Role.STREET_OPERATOR, Scope.STREET, place.street_id, NOON)
    return Desk(place, Browser(browser_of(app, operator, NOON)), Browser(browser_of(app, street, NOON)))


def begin(app: Flask, desk: Desk, ends_on: date = TERM_END) -> str:
    """Begin the renewal of the present committee from its confirmation page; return the address of its page."""
    make_term(app, desk.place, NOON, ends_on=ends_on)
    page = desk.operator.post("/c/qinglan/procedures/new/renewal", {"seats": "5"})
    return page.links()["看业主看到的样子"].removesuffix("public")


def code_in(url: str) -> str:
    return url.rstrip("/").rsplit("/", 1)[1]


def test_renewal_begins_from_the_record(app: Flask, desk: Desk) -> None:
    make_term(app, desk.place, NOON)
    page = desk.operator.get("/c/qinglan/procedures/new/renewal")
    assert "2027年6月30日" in page.words()
    typed = [field.get("name") for field in page.all("input") if field.get("type") != "hidden"]
    assert typed == ["seats"]
    page = desk.operator.post("/c/qinglan/procedures/new/renewal", {"seats": "5"})
    assert page.heading == "第三届业主委员会换届"
    assert "还剩 39 天" in page.words()
    again = desk.operator.post("/c/qinglan/procedures/new/renewal", {"seats": "5"}, status=422)
    assert "正在办理，不用再开始一次" in again.words()


def test_renewal_without_a_term_leads_to_its_record(desk: Desk) -> None:
    page = desk.operator.get("/c/qinglan/procedures/new/renewal")
    assert page.links()["去记录任期"] == "/c/qinglan/desk/committee/new"


def test_even_seats_are_refused_and_stay(app: Flask, desk: Desk) -> None:
    make_term(app, desk.place, NOON)
    page = desk.operator.post("/c/qinglan/procedures/new/renewal", {"seats": "6"}, status=422)
    assert "5 至 11 之间的单数" in page.words()
    assert 'value="6"' in page.text


def test_ended_term_says_who_renews(app: Flask, desk: Desk, clock: SteerableClock) -> None:
    make_term(app, desk.place, NOON)
    clock.forward(days=60)
    page = desk.operator.get("/c/qinglan/procedures/new/renewal")
    assert "任期已在 2027年6月30日 届满" in page.words()
    assert "由居民委员会在街道指导下组织换届" in page.words()


def test_article_that_nobody_compared_is_marked_and_one_that_was_read_is_not(app: Flask, desk: Desk) -> None:
    words = desk.operator.get(begin(app, desk)).words()
    assert "《业主大会和业主委员会指导规则》第四十七条（待核）" in words
    assert "《物业管理条例》第十四条；《民法典》第二百零一条" in words
    assert "《民法典》第二百零一条（待核）" not in words


def test_step_is_recorded_and_taken_back(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    page = desk.operator.post(f"{url}facts/report", {"report-done_on": "2027-03-24", "report-note": "街道已签收"})
    assert "街道已签收" in page.words()
    assert dossier_of(app, desk.place, code_in(url)).facts["report"].done_on.isoformat() == "2027-03-24"
    desk.operator.post(f"{url}facts/report/undo")
    assert "report" not in dossier_of(app, desk.place, code_in(url)).facts


def test_future_day_is_refused_and_what_was_typed_stays(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    typed = {"report-done_on": "2027-08-01", "report-note": "写了很久的说明"}
    page = desk.operator.post(f"{url}facts/report", typed, status=422)
    assert "日期不能晚于今天" in page.words()
    assert "写了很久的说明" in page.text
    assert 'value="2027-08-01"' in page.text


def test_unreadable_day_is_refused(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    page = desk.operator.post(f"{url}facts/report", {"report-done_on": "24.3.2027"}, status=422)
    assert "请选日期" in page.words()


def test_later_step_waits_for_the_earlier(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    page = desk.operator.post(f"{url}facts/first_meeting", {"first_meeting-done_on": "2027-05-01"}, status=422)
    assert page.status == 422
    assert "first_meeting" not in dossier_of(app, desk.place, code_in(url)).facts


def test_proof_is_only_for_those_who_work_on_it(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    picture = (b"%PDF-1.7 proof %%EOF", "report.pdf")
    desk.operator.post(
        f"{url}facts/report", {"report-done_on": "2027-03-24", "report-file": (io.BytesIO(picture[0]), picture[1])}
    )
    file_id = dossier_of(app, desk.place, code_in(url)).facts["report"].file_id
    assert file_id is not None
    answer = desk.operator.client.get(f"{url}proofs/{file_id}")
    assert answer.data == picture[0]
    assert app.test_client().get(f"{url}proofs/{file_id}").status_code == 302
    assert desk.operator.client.get(f"{url}proofs/{file_id + 1}").status_code == 404


def test_notice_a_day_short_is_refused_with_its_way_out(app: Flask, desk: Desk) -> None:
    url = begin(app, desk, date(2027, 9, 30))
    desk.operator.post(f"{url}dates/notice", {"notice-date-on": "2027-05-24"})
    early = desk.operator.post(f"{url}dates/voting_opens", {"voting_opens-date-on": "2027-06-08"}, status=422)
    assert "至少要 15 天" in early.words()
    assert "把开始投票改到 2027年6月9日 或以后" in early.words()
    assert 'value="2027-06-08"' in early.text
    desk.operator.post(f"{url}dates/voting_opens", {"voting_opens-date-on": "2027-06-09"})
    assert dossier_of(app, desk.place, code_in(url)).planned["voting_opens"].isoformat() == "2027-06-09"


def test_notice_after_its_last_day_names_that_day(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    page = desk.operator.post(f"{url}dates/notice", {"notice-date-on": "2027-05-24"}, status=422)
    assert "最迟 2027年5月23日 发公告" in page.words()


def test_window_of_days_is_held_to_the_law(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    desk.operator.post(f"{url}days/voting_closes", {"voting_closes-days-days": "3"}, status=422)
    desk.operator.post(f"{url}days/objections_close", {"objections_close-days-days": "5"})
    dossier = dossier_of(app, desk.place, code_in(url))
    assert dict(dossier.days) == {"objection_days": 5}


def test_street_stops_and_resumes(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    order = {"reason": "名册争议未决", "signed_by": "湖畔街道 何主任", "place": "街道办公室"}
    page = desk.street.post(f"{url}orders/stop", order)
    assert "名册争议未决" in page.words()
    assert dossier_of(app, desk.place, code_in(url)).procedure.state is ProcedureState.STOPPED
    desk.operator.post(f"{url}facts/report", {"report-done_on": "2027-03-24"}, status=422)
    public = Browser(app.test_client()).get(f"{url}public")
    assert "名册争议未决" in public.words()
    assert "何主任" in public.words()
    desk.street.post(f"{url}orders/resume", order)
    assert dossier_of(app, desk.place, code_in(url)).procedure.state is ProcedureState.RUNNING


def test_street_lets_pass_what_the_law_leaves_open(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    desk.operator.post(f"{url}facts/report", {"report-done_on": "2027-03-24"})
    desk.street.get(f"{url}orders/override?step=group_formed&blocker=group_empty")
    order = {"reason": "试试", "signed_by": "何主任", "place": "办公室"}
    refused = desk.street.post(f"{url}orders/override?step=group_formed&blocker=group_empty", order, status=422)
    assert "不能放行" in refused.words()
    assert "试试" in refused.text


def test_step_that_was_let_pass_can_be_recorded(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    desk.operator.post(f"{url}facts/report", {"report-done_on": "2027-03-24"})
    desk.operator.post(f"{url}group", {"list-members": GROUP})
    desk.operator.post(f"{url}facts/group_formed", {"group_formed-done_on": "2027-04-02"})
    refused = desk.operator.post(f"{url}facts/group_posted", {"group_posted-done_on": "2027-04-05"}, status=422)
    assert "这一步还不能完成" in refused.words()
    order = {"reason": "公告栏施工", "signed_by": "何主任", "place": "办公室"}
    page = desk.street.post(f"{url}orders/override?step=group_posted&blocker=group_not_posted", order)
    assert "街道已放行，可以直接记为完成" in page.words()
    desk.operator.post(f"{url}facts/group_posted", {"group_posted-done_on": "2027-04-05"})
    assert "group_posted" in dossier_of(app, desk.place, code_in(url)).facts
    public = Browser(app.test_client()).get(f"{url}public")
    assert "公告栏施工" in public.words()


def test_order_needs_reason_person_and_place(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    page = desk.street.post(f"{url}orders/stop", {"reason": "", "signed_by": "何主任", "place": ""}, status=422)
    assert "有 2 处要改" in page.words()


def test_street_sends_a_step_back(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    desk.operator.post(f"{url}facts/report", {"report-done_on": "2027-03-24"})
    order = {"reason": "报告缺附件", "signed_by": "何主任", "place": "办公室"}
    desk.street.post(f"{url}orders/correct?step=report", order)
    dossier = dossier_of(app, desk.place, code_in(url))
    assert "report" not in dossier.facts
    assert [row.order for row in dossier.orders] == [OrderKind.CORRECT]


def test_abandoned_procedure_says_why(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    desk.operator.post(f"{url}abandon", {"reason": ""}, status=422)
    page = desk.operator.post(f"{url}abandon", {"reason": "重新开始"})
    assert "重新开始" in page.words()
    assert dossier_of(app, desk.place, code_in(url)).procedure.state is ProcedureState.ABANDONED


def test_foreign_procedure_is_not_found(app: Flask, desk: Desk) -> None:
    foreign = make_complexes(app, "linjiang")[0]
    code = make_procedure(app, foreign, NOON)
    own = make_procedure(app, desk.place, NOON)
    assert desk.operator.client.get(f"/c/qinglan/procedures/{own}/").status_code == 200
    for path in ("", "public", "abandon"):
        assert desk.operator.client.get(f"/c/qinglan/procedures/{code}/{path}").status_code == 404
    for path in ("facts/report", "facts/report/undo", "dates/notice", "days/voting_closes", "abandon"):
        assert desk.operator.client.post(f"/c/qinglan/procedures/{code}/{path}", data={"reason": "x"}).status_code == 404
    assert desk.street.client.get(f"/c/qinglan/procedures/{code}/orders/stop").status_code == 404


def test_public_timeline_shows_every_step_and_no_form(app: Flask, desk: Desk) -> None:
    url = begin(app, desk)
    page = Browser(app.test_client()).get(f"{url}public")
    assert page.heading == "第三届业主委员会换届"
    assert "换届报告" in page.words()
    assert all((form.get("method") or "get").lower() == "get" for form in page.all("form"))
