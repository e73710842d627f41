"""Hold the steps of by-elections, recalls and decisions on the page: forms, refusals, exact gaps, the way out."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from app.access.roles import Role, Scope
from app.committee.services.change_membership import end_membership
from app.committee.types import Ending
from app.procedure.beginning import Beginning
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.types import ProcedureKind
from app.statute.rule_pack import Matter
from app.tenancy.types import ComplexRow
from tests.committee_support import MEMBERS, make_committee
from tests.conftest import NOON, SteerableClock
from tests.elections_support import SMALL_ROLL, in_complex, make_roll
from tests.pages import Browser, Page, inspect
from tests.procedure_support import dossier_of
from tests.support import browser_of, grant, make_account, make_complexes

DAY = "2027-05-22"


class Desk:
    """Be an operator at the desk of a complex with a committee and a roll of five owners."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place: ComplexRow = make_complexes(app, "qinglan")[0]
        self.account = make_account(app, NOON)
        grant(app, self.account, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, self.place.id, NOON)
        make_roll(app, self.place, SMALL_ROLL)
        self.term = make_committee(app, self.place, NOON, self.account, members=MEMBERS[:5])
        self.browser = Browser(browser_of(app, self.account, NOON))

    def begin(self, **beginning: object) -> str:
        with in_complex(self.app, self.place):
            code = begin_procedure(self.place, Beginning(**beginning), at=NOON, account=self.account)  # type: ignore[arg-type]
        return f"/c/qinglan/procedures/{code}/"

    def facts(self, url: str) -> set[str]:
        return set(dossier_of(self.app, self.place, url.rstrip("/").rsplit("/", 1)[1]).facts)

    def upload(self, url: str, data: dict[str, object], status: int = 200) -> Page:
        """Send a form with files; encoded here, because the test client leaves its own spooled file open."""
        boundary, body = encode_multipart(MultiDict(data))
        kind = f"multipart/form-data; boundary={boundary}"
        answer = self.browser.client.post(url, data=body, content_type=kind, follow_redirects=True)
        assert answer.status_code == status
        return inspect(answer.get_data(as_text=True), status, url)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_a_by_election_begins_with_what_the_record_says(desk: Desk) -> None:
    leaver = desk.term.serving[4]
    with in_complex(desk.app, desk.place):
        end_membership(leaver.id, Ending.RESIGNED, NOON.date(), "", None, at=NOON, account=desk.account)
    url = desk.begin(kind=ProcedureKind.BY_ELECTION)
    page = desk.browser.get(url)
    assert "名额 5 个，在任 4 人，空缺 1 个" in page.words()
    desk.browser.post(f"{url}vacancy", {"vacancy-done_on": DAY})
    page = desk.browser.get(url)
    assert f"{leaver.name} 还没有移交" in page.words()
    refused = desk.browser.post(f"{url}leavers/{leaver.id}", {f"leaver{leaver.id}-on": "2027-05-23"}, 422)
    assert "日期要在 2027年5月22日 和 2027年5月22日 之间" in refused.words()
    desk.browser.post(f"{url}leavers/{leaver.id}", {f"leaver{leaver.id}-on": DAY})
    assert desk.facts(url) == {"vacancy", "member_handover"}
    assert desk.browser.client.post(f"{url}leavers/{desk.term.serving[0].id}", data={}).status_code == 422


def test_a_recall_goes_from_the_petition_to_the_reply(desk: Desk, clock: SteerableClock) -> None:
    url = desk.begin(kind=ProcedureKind.RECALL, member_id=desk.term.serving[2].id)
    assert "至少 2 位在任委员" in desk.browser.get(url).words()
    long = desk.browser.post(
        f"{url}petition", {"petition-by": "owners", "petition-reasons": "长" * 131, "petition-on": DAY}, 422
    )
    assert "最多 130 个字" in long.words()
    assert "长" * 131 in long.text
    few = {"petition-by": "members", "petition-members": [str(desk.term.serving[0].id)], "petition-reasons": "不公开账目"}
    assert "至少要 2 人提议" in desk.browser.post(f"{url}petition", {**few, "petition-on": DAY}, 422).words()
    desk.browser.post(f"{url}petition", {"petition-by": "owners", "petition-reasons": "不公开账目", "petition-on": DAY})
    page = desk.browser.post(f"{url}signatures", {"signatures-lines": "8-8-0801 欧阳修远\n9-9-0901"})
    assert "联名的人数 0/5，没有达到 1/5，还差 1 人" in page.words()
    assert "联名的面积 0.00/591.80 ㎡，没有达到 1/5，还差 118.36 ㎡" in page.words()
    assert "名册里没有 2 户" in page.words()
    assert "欧阳修远" not in page.text
    assert "核对完成" not in page.words()
    page = desk.browser.post(f"{url}signatures", {"signatures-lines": "1-1-0201"})
    assert "联名的人数 1 人，占总人数的 1/5（20" in page.words()
    assert "达到五分之一以上" in page.words()
    desk.browser.post(f"{url}petition/check", {"check-checked_by": "湖畔街道 何平", "check-on": DAY})
    page = desk.browser.get(url)
    assert "1/5 人，127.46/591.80 ㎡" in page.words()
    assert "当事委员可以在 2027年5月29日 前书面答复" in page.words()
    assert "/facts/reply" not in page.text
    clock.forward(days=8)
    page = desk.browser.get(url)
    assert "/facts/reply" in page.text
    desk.upload(
        f"{url}reply",
        {"answer-text": "账目可查", "answer-on": "2027-05-30", "answer-paper": FileStorage(io.BytesIO(b"x"), "r.pdf")},
        422,
    )
    assert "reply" not in desk.facts(url)
    page = desk.browser.post(f"{url}reply", {"answer-text": "账目可查", "answer-on": "2027-05-30"})
    assert "账目可查" in page.words()
    assert desk.facts(url) == {"petition", "petition_check", "reply"}


def test_a_silent_member_is_noted_as_such(desk: Desk, clock: SteerableClock) -> None:
    url = desk.begin(kind=ProcedureKind.RECALL, member_id=desk.term.serving[2].id)
    desk.browser.post(f"{url}petition", {"petition-by": "owners", "petition-reasons": "不公开账目", "petition-on": DAY})
    desk.browser.post(f"{url}signatures", {"signatures-lines": "1-1-0201"})
    desk.browser.post(f"{url}petition/check", {"check-checked_by": "湖畔街道 何平", "check-on": DAY})
    clock.forward(days=8)
    page = desk.browser.post(f"{url}facts/reply", {"reply-done_on": "2027-05-30"})
    assert "没有答复" in page.words()
    assert "reply" in desk.facts(url)


def test_a_signature_is_withdrawn_with_one_button(desk: Desk) -> None:
    url = desk.begin(kind=ProcedureKind.EXTRAORDINARY, matter=Matter.FUND_USE)
    desk.browser.post(f"{url}petition", {"petition-by": "owners", "petition-reasons": "电梯常坏", "petition-on": DAY})
    page = desk.browser.post(f"{url}signatures", {"signatures-lines": "1-1-0201\n1-1-0202"})
    target = next(form.get("action", "") for form in page.all("form") if "/withdraw" in form.get("action", ""))
    page = desk.browser.post(target, {})
    assert "已撤回 1 户" in page.words()
    assert "没有看到门牌" not in page.words()
    assert "请填写" in desk.browser.post(f"{url}signatures", {"signatures-lines": " "}, 422).words()


def test_a_decision_begins_with_its_proposal(desk: Desk) -> None:
    url = desk.begin(kind=ProcedureKind.DECISION, matter=Matter.FUND_USE)
    page = desk.browser.get(url)
    assert "【" in page.text
    plan = {"plan-title": "更换电梯", "plan-summary": "预算 38 万元。", "plan-on": DAY}
    bad = {**plan, "plan-papers": FileStorage(io.BytesIO(b"nothing"), "方案.pdf")}
    refused = desk.upload(f"{url}proposal", bad, 422)
    assert "这不是 PDF 或照片" in refused.words()
    assert "预算 38 万元。" in refused.text
    assert desk.facts(url) == set()
    good = {**plan, "plan-papers": FileStorage(io.BytesIO(b"%PDF-1.7\nx\n%%EOF\n"), "方案.pdf")}
    page = desk.upload(f"{url}proposal", good)
    assert "更换电梯" in page.words()
    assert "材料：方案" in page.words()
    assert desk.facts(url) == {"proposal"}


def test_the_street_lets_an_expired_committee_vote_pass_with_its_reason(desk: Desk, clock: SteerableClock) -> None:
    street = make_account(desk.app, NOON, name="何主任", organisation="湖畔街道")
    grant(desk.app, street, Role.STREET_OPERATOR, Scope.STREET, desk.place.street_id, NOON)
    clock.forward(days=60)
    url = desk.begin(kind=ProcedureKind.DECISION, matter=Matter.FUND_USE)
    assert "业委会任期已在 2027年6月30日 届满，不能再召集表决" in desk.browser.get(url).words()
    desk.browser.post(f"{url}proposal", {"plan-title": "更换电梯", "plan-summary": "预算 38 万元。", "plan-on": "2027-07-20"})
    officer = Browser(browser_of(desk.app, street, NOON))
    order = {"reason": "电梯停运，等不得换届", "signed_by": "何平 主任", "place": "湖畔街道办事处"}
    page = officer.post(f"{url}orders/override?step=notice&blocker=committee_expired", order)
    assert "电梯停运，等不得换届" in page.words()
