"""Hold the pages of the rules: what everybody reads, how two persons keep own clauses, what stays on an error."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.access.roles import Role, Scope
from app.rulebook.queries import list_changes
from app.statute.policies import policy_registry
from app.statute.rule_pack import load_rule_pack
from tests.committee_support import make_committee
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.pages import Browser, Page
from tests.support import browser_of, grant, make_account, make_complexes

DESK = "/c/qinglan/desk/rules"
PDF = b"%PDF-1.7\nrules of procedure\n%%EOF\n"
CLAUSE = {"value": "heads", "basis": "rules", "page": "7", "sentence": "候选人按得票人数多少排名。", "document": "0"}


class Desk:
    """Be two operators of a complex, an owner's view of it, and a committee member who only reads."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place, self.other = make_complexes(app, "qinglan", "hupan")
        first = make_account(app, NOON, name="周敏", organisation="青岚社区居委会")
        second = make_account(app, NOON, name="李明", organisation="湖畔街道办事处")
        member = make_account(app, NOON, name="赵文娟", organisation="")
        grant(app, first, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, self.place.id, NOON)
        grant(app, second, Role.STREET_OPERATOR, Scope.STREET, self.place.street_id, NOON)
        grant(app, member, Role.COMMITTEE_MEMBER, Scope.COMPLEX, self.place.id, NOON)
        make_committee(app, self.place, NOON, first)
        self.first, self.second, self.member = (Browser(browser_of(app, who, NOON)) for who in (first, second, member))
        self.visitor = Browser(app.test_client())

    def propose(self, key: str = "P-RANK", status: int = 200, **changed: object) -> Page:
        return self.first.post(f"{DESK}/new?key={key}", CLAUSE | changed, status)

    def newest(self) -> int:
        with in_complex(self.app, self.place, write=False):
            return list_changes()[0].id


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_two_persons_bring_a_clause_into_force_and_everybody_reads_it(desk: Desk) -> None:
    assert "还没有登记本小区议事规则里的规定" in desk.visitor.get("/c/qinglan/rules").words()
    chosen = desk.first.get(f"{DESK}/new")
    assert "参与比例和同意比例由法律规定" in chosen.words()
    asked = desk.first.get(f"{DESK}/new?key=P-RANK")
    assert asked.heading == "当选排名"
    shown = desk.propose(file=FileStorage(io.BytesIO(PDF), "议事规则.pdf"))
    assert "要由另一个人对照原文核对" in shown.words()
    assert "和原文一致，确认生效" not in shown.text
    change = desk.newest()
    desk.first.post(f"{DESK}/{change}/confirm", status=409)
    assert "还没有登记本小区议事规则里的规定" in desk.visitor.get("/c/qinglan/rules").words()
    assert "和原文一致，确认生效" in desk.second.get(f"{DESK}/{change}").text
    assert "现在生效的" in desk.second.post(f"{DESK}/{change}/confirm").words()
    public = desk.visitor.get("/c/qinglan/rules")
    for words in ("“候选人按得票人数多少排名。”", "第 7 页", "周敏（青岚社区居委会）、李明（湖畔街道办事处）", "本小区规定"):
        assert words in public.words()
    file = desk.visitor.client.get(public.links()["看原件"])
    assert file.data == PDF
    assert "还没有登记" in desk.visitor.get("/c/hupan/rules").words()
    desk.first.get(f"/c/hupan/desk/rules/{change}", 404)


def test_the_next_clause_offers_the_document_again(desk: Desk) -> None:
    desk.propose(file=FileStorage(io.BytesIO(PDF), "议事规则.pdf"))
    again = desk.first.get(f"{DESK}/new?key=notice_days_clear")
    assert "议事规则.pdf" in again.words()
    with in_complex(desk.app, desk.place, write=False):
        document = list_changes()[0].document
    assert document is not None
    desk.propose("notice_days_clear", value="20", document=str(document.file_id), sentence="会议召开二十日以前通知全体业主。")
    with in_complex(desk.app, desk.place, write=False):
        assert {row.document for row in list_changes()} == {document}


@pytest.mark.parametrize(
    ("key", "changed", "sentence"),
    [
        ("notice_days_clear", {"value": "10"}, "不能少于 15（《物业管理条例》第十四条"),
        ("notice_days_clear", {"value": "半月"}, "请填 1 到 365 之间的整数"),
        ("P-RANK", {"page": "0"}, "请填页码"),
        ("P-RANK", {"sentence": "短"}, "请照抄原文这一句"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    desk: Desk, key: str, changed: dict[str, object], sentence: str
) -> None:
    page = desk.propose(key, status=422, **changed)
    assert sentence in page.words()
    if "sentence" not in changed:
        assert CLAUSE["sentence"] in page.words()
    with in_complex(desk.app, desk.place, write=False):
        assert list_changes() == []


def test_a_file_that_is_no_document_and_a_value_that_is_none_are_refused(desk: Desk) -> None:
    page = desk.propose(status=422, file=FileStorage(io.BytesIO(b"MZ"), "议事规则.exe"))
    errors = next(box for box in page.all("div") if box.get("id") == "errors")
    assert "PDF" in "".join(errors.itertext())
    desk.propose(status=422, value="age")
    with in_complex(desk.app, desk.place, write=False):
        assert list_changes() == []


def test_a_share_of_the_law_cannot_be_chosen(desk: Desk) -> None:
    page = desk.first.get(f"{DESK}/new?key=quorum_heads")
    assert "议事规则不能改低，也不能另定（《民法典》第二百七十八条第二款）" in page.words()
    desk.propose("quorum_heads", status=422)


def test_a_withdrawn_clause_stays_readable_with_its_reason(desk: Desk) -> None:
    desk.propose()
    change = desk.newest()
    desk.second.post(f"{DESK}/{change}/confirm")
    desk.second.get(f"{DESK}/{change}/withdraw")
    desk.second.post(f"{DESK}/{change}/withdraw", {"reason": ""}, 422)
    listed = desk.second.post(f"{DESK}/{change}/withdraw", {"reason": "第 7 页没有这句话"})
    assert "不再生效的" in listed.words()
    assert "第 7 页没有这句话" in desk.member.get(f"{DESK}/{change}").words()
    assert "候选人按得票人数" not in desk.visitor.get("/c/qinglan/rules").words()


def test_who_only_reads_is_offered_nothing_to_do(desk: Desk) -> None:
    desk.propose()
    page = desk.member.get(DESK)
    assert "登记一条规定" not in page.links()
    shown = desk.member.get(f"{DESK}/{desk.newest()}")
    assert "确认生效" not in shown.text
    assert "撤回" not in shown.links()
    assert desk.member.client.post(f"{DESK}/{desk.newest()}/confirm").status_code == 403


def test_before_the_first_assembly_the_form_says_so(desk: Desk, app: Flask) -> None:
    operator = make_account(app, NOON)
    grant(app, operator, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, desk.other.id, NOON)
    browser = Browser(browser_of(app, operator, NOON))
    page = browser.get("/c/hupan/desk/rules/new?key=P-SILENCE")
    assert "没有开过首次业主大会" in page.words()
    refused = browser.post(
        "/c/hupan/desk/rules/new?key=P-SILENCE", CLAUSE | {"value": "follow_after_quorum", "basis": "rules"}, 422
    )
    assert "只有写进张贴的表决规则才能改" in refused.words()


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_every_value_of_every_pack_is_shown_with_its_source(desk: Desk, lang: str) -> None:
    page = desk.visitor.get(f"/rules?lang={lang}")
    rows = [item for item in page.all("li") if any(span.get("class") == "r-what" for span in item)]
    packs = [load_rule_pack("civil_code_2021"), load_rule_pack("property_law_2007")]
    assert len(rows) == sum(len(pack.rules) + len(pack.matters) for pack in packs) + len(policy_registry())
    assert "S-UNK" not in page.text


def test_the_rules_are_linked_from_every_public_page(desk: Desk) -> None:
    assert desk.visitor.get("/").links()["按什么规则办"] == "/rules"
    assert desk.visitor.get("/c/qinglan/committee").links()["按什么规则办"] == "/c/qinglan/rules"
    assert desk.first.get(DESK).links()["看业主看到的样子"] == "/c/qinglan/rules"
