"""Hold the committee's pages: what everybody sees, how an operator keeps the record, what stays on an error."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.access.roles import Role, Scope
from app.committee.queries import current_term
from app.committee.services.change_membership import end_membership
from app.committee.types import Ending, Office, TermRow
from app.tenancy.types import ComplexRow
from tests.committee_support import MEMBERS, make_committee
from tests.conftest import NOON, SteerableClock
from tests.elections_support import in_complex
from tests.pages import Browser, inspect
from tests.support import browser_of, grant, make_account, make_complexes

LIST = "赵文娟 3栋 主任\n王建国 7栋 副主任\n李秀英 1栋\n周国强 2栋\n陈志明 10栋\n孙丽萍 8栋 候补"
TERM = {"number": "2", "starts_on": "2022-07-01", "ends_on": "2027-06-30", "seats": "5", "members": LIST}
DESK = "/c/qinglan/desk/committee"


class Desk:
    """Be an operator at the desk of a complex."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place: ComplexRow = make_complexes(app, "qinglan")[0]
        self.operator = make_account(app, NOON)
        grant(app, self.operator, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, self.place.id, NOON)
        self.browser = Browser(browser_of(app, self.operator, NOON))
        self.visitor = Browser(app.test_client())

    def term(self) -> TermRow:
        with in_complex(self.app, self.place, write=False):
            found = current_term(NOON.date())
        assert found is not None
        return found


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    return Desk(app)


def test_records_a_committee_from_one_pasted_list(desk: Desk) -> None:
    assert "还没有登记业委会" in desk.visitor.get("/c/qinglan/committee").words()
    page = desk.browser.get(DESK)
    assert "登记一届" in page.links()
    desk.browser.get(f"{DESK}/new")
    shown = desk.browser.post(f"{DESK}/new", {**TERM, "filing_number": "备2022-017", "filed_on": "2022-07-20"}).words()
    assert "赵文娟" in shown
    assert [person.office for person in desk.term().members].count(Office.ALTERNATE) == 1
    public = desk.visitor.get("/c/qinglan/committee")
    assert public.heading == "第 2 届业委会"
    assert "备2022-017" in public.words()
    assert "2027年6月30日" in public.words()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2022-06-30"}, "任期届满日要晚于开始日"),
        ({"ends_on": ""}, "请选日期"),
        ({"seats": "4"}, "名额只有 4 个"),
        ({"members": "赵文娟 3栋 主任\n王建国 7栋 组长"}, "第 2 行看不明白：王建国 7栋 组长"),
        ({"members": "孙丽萍 8栋 候补"}, "还没有写委员"),
        ({"members": LIST + "\n赵文娟 3栋 候补"}, "赵文娟 写了两次"),
    ],
)
def test_keeps_what_was_typed_and_says_what_is_wrong(desk: Desk, change: dict[str, str], sentence: str) -> None:
    page = desk.browser.post(f"{DESK}/new", {**TERM, **change}, 422)
    assert sentence in page.words()
    assert "王建国" in page.text or "孙丽萍" in page.text
    with in_complex(desk.app, desk.place, write=False):
        assert current_term(NOON.date()) is None


def test_ends_a_membership_with_its_paper_and_says_publicly_only_that_it_ended(desk: Desk) -> None:
    term = make_committee(desk.app, desk.place, NOON, desk.operator)
    leaver = term.serving[2]
    url = f"{DESK}/members/{leaver.id}/end"
    assert desk.browser.get(url).heading == "登记离任：李秀英"
    data = {"reason": "liberty_restricted", "on": "2027-05-20", "note": "判决书", "evidence": (b"not a paper", "letter.pdf")}
    refused = _upload(desk, url, data, 422)
    assert "这不是 PDF 或照片" in refused
    assert "判决书" in refused
    assert desk.term().vacancies == 0
    _upload(desk, url, {**data, "evidence": (b"%PDF-1.7\nx\n%%EOF\n", "letter.pdf")}, 200)
    page = desk.browser.get(DESK)
    assert "依法被限制人身自由" in page.words()
    assert "由候补委员按得票顺序递补" in page.words()
    paper = desk.browser.client.get(f"{DESK}/members/{leaver.id}/evidence")
    assert (paper.status_code, paper.data) == (200, b"%PDF-1.7\nx\n%%EOF\n")
    public = desk.visitor.get("/c/qinglan/committee").words()
    assert "2027年5月20日 起不再任职" in public
    assert "限制" not in public
    assert "判决书" not in public


def test_moves_an_alternate_up_and_records_the_handover(desk: Desk) -> None:
    term = make_committee(desk.app, desk.place, NOON, desk.operator)
    leaver = term.serving[4]
    with in_complex(desk.app, desk.place):
        end_membership(leaver.id, Ending.RESIGNED, NOON.date(), "", None, at=NOON, account=desk.operator)
    assert "孙丽萍（8栋）" in desk.browser.get(f"{DESK}/{term.id}/move-up").words()
    late = desk.browser.post(f"{DESK}/{term.id}/move-up", {"on": "2027-05-23"}, 422)
    assert "日期要在 2022年7月1日 和 2027年5月22日 之间" in late.words()
    desk.browser.post(f"{DESK}/{term.id}/move-up", {"on": "2027-05-22"})
    assert [person.name for person in desk.term().alternates] == ["黄晓燕"]
    assert "3 日内" in desk.browser.get(f"{DESK}/members/{leaver.id}/handover").words()
    desk.browser.post(f"{DESK}/members/{leaver.id}/handover", {"on": "2027-05-22"})
    assert "登记移交" not in desk.browser.get(DESK).words()


def test_chooses_the_offices(desk: Desk) -> None:
    term = make_committee(desk.app, desk.place, NOON, desk.operator)
    chair, vice = term.serving[3], term.serving[0]
    url = f"{DESK}/{term.id}/offices"
    desk.browser.get(url)
    refused = desk.browser.post(url, {"chair": str(chair.id), "vice_chair": str(chair.id)}, 422)
    assert "同一个人不能兼任" in refused.words()
    desk.browser.post(url, {"chair": str(chair.id), "vice_chair": str(vice.id)})
    assert [person.name for person in desk.term().serving][:2] == ["周国强", "赵文娟"]
    desk.browser.post(url, {"chair": str(chair.id), "vice_chair": "0"})
    assert Office.VICE_CHAIR not in {person.office for person in desk.term().serving}


def test_corrects_a_term_and_lists_the_earlier_ones(desk: Desk) -> None:
    term = make_committee(desk.app, desk.place, NOON, desk.operator)
    url = f"{DESK}/{term.id}/edit"
    assert "2027-06-30" in desk.browser.get(url).text
    facts = {key: value for key, value in TERM.items() if key != "members"}
    page = desk.browser.post(url, {**facts, "ends_on": "2027-07-31"})
    assert "任期超过 5 年" in page.words()
    first = {**TERM, "number": "1", "starts_on": "2017-07-01", "ends_on": "2022-06-30", "members": "吴刚 6栋 主任"}
    desk.browser.post(f"{DESK}/new", first)
    assert "吴刚（6栋） 主任" in desk.visitor.get("/c/qinglan/committee").words()
    assert "第 1 届已经登记过了" in desk.browser.post(url, {**facts, "number": "1"}, 422).words()


def test_tells_everybody_what_an_expired_committee_may_no_longer_do(desk: Desk, clock: SteerableClock) -> None:
    make_committee(desk.app, desk.place, NOON, desk.operator)
    assert "届满，不能再召集" not in desk.visitor.get("/c/qinglan/committee").words()
    clock.forward(days=40)
    assert "任期已届满，不能再召集业主大会" in desk.visitor.get("/c/qinglan/committee").words()
    assert "任期已届满" in desk.browser.get(DESK).words()


def test_those_who_only_read_are_offered_no_act(desk: Desk) -> None:
    term = make_committee(desk.app, desk.place, NOON, desk.operator)
    supervisor = make_account(desk.app, NOON, organisation="江城社工服务中心")
    grant(desk.app, supervisor, Role.SUPERVISOR, Scope.COMPLEX, desk.place.id, NOON)
    reader = Browser(browser_of(desk.app, supervisor, NOON))
    page = reader.get(DESK)
    assert "登记离任" not in page.words()
    assert "更正这一届" not in page.links()
    assert reader.client.post(f"{DESK}/members/{term.serving[0].id}/end").status_code == 403


def _upload(desk: Desk, url: str, data: dict[str, object], status: int) -> str:
    """Send a form with a file; encoded here, because the test client leaves its own spooled file open."""
    content, name = data["evidence"]  # type: ignore[misc]
    values = {**data, "evidence": FileStorage(io.BytesIO(content), name)}
    boundary, body = encode_multipart(values)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = desk.browser.client.post(url, data=body, content_type=kind, follow_redirects=True)
    assert answer.status_code == status
    return inspect(answer.get_data(as_text=True), status, url).text


@pytest.mark.parametrize(("leavers", "button", "kind"), [(2, "开始补选", "by_election"), (3, "开始换届", "renewal")])
def test_offers_the_remedy_of_its_vacancies(desk: Desk, leavers: int, button: str, kind: str) -> None:
    term = make_committee(desk.app, desk.place, NOON, desk.operator, members=MEMBERS[:5])
    with in_complex(desk.app, desk.place):
        for person in term.serving[:leavers]:
            end_membership(person.id, Ending.RESIGNED, NOON.date(), "", None, at=NOON, account=desk.operator)
    assert desk.browser.get(DESK).links()[button] == f"/c/qinglan/procedures/new/{kind}"
