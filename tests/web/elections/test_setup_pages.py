"""Hold the set-up pages: what an operator types without scripts, what stays on an error, and who may see them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.access.roles import Role, Scope
from app.elections.queries import get_election, list_elections
from app.elections.types import ElectionRow, ElectionState
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import Staff, announce, in_complex, make_draft, make_roll, make_staff, run_ceremony
from tests.pages import Browser, Page, inspect
from tests.support import browser_of, grant, make_account, make_complexes

WINDOW = {"opens_at": "2027-05-25T09:00", "closes_at": "2027-06-06T00:00"}


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(made, "PNG")
    return made.getvalue()


class Desk:
    """Be an operator at the desk of a complex."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place: ComplexRow = make_complexes(app, "qinglan")[0]
        self.staff: Staff = make_staff(app, self.place, NOON)
        make_roll(app, self.place)
        self.browser = Browser(browser_of(app, self.staff.operator, NOON))

    def url(self, uuid: str, tail: str) -> str:
        return f"/c/qinglan/elections/{uuid}/{tail}"

    def draft(self) -> str:
        return make_draft(self.app, self.place, self.staff, NOON)

    def row(self, uuid: str) -> ElectionRow:
        with in_complex(self.app, self.place, write=False):
            return get_election(uuid)

    def post(self, uuid: str, tail: str, data: dict[str, object], status: int = 200) -> Page:
        return self.browser.post(self.url(uuid, tail), data, status)

    def upload(self, uuid: str, tail: str, data: dict[str, object], status: int = 200) -> Page:
        """Send a form with a file; encoded here, because the test client leaves its own spooled file open."""
        boundary, body = encode_multipart(data)
        kind = f"multipart/form-data; boundary={boundary}"
        answer = self.browser.client.post(self.url(uuid, tail), data=body, content_type=kind, follow_redirects=True)
        assert answer.status_code == status
        return inspect(answer.get_data(as_text=True), status, tail)


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    return Desk(app)


def test_leads_an_operator_from_the_empty_desk_to_the_opening(desk: Desk) -> None:
    page = desk.browser.get("/c/qinglan/desk")
    assert "发起一次投票" in page.links()
    form = {"kind": "renewal", "title": "第三届业委会换届投票", **WINDOW}
    page = desk.browser.post("/c/qinglan/elections/new", form)
    with in_complex(desk.app, desk.place, write=False):
        uuid = list_elections(drafts=True)[0].uuid
    assert "还不能公告：" in page.words()
    assert "还没有表决事项" in page.links()
    desk.post(uuid, "matters", {"new-kind": "HIRE"})
    desk.post(uuid, "matters", {"new-kind": "ELECT"})
    hire, elect = desk.row(uuid).matters
    page = desk.browser.get(desk.url(uuid, "edit"))
    assert "第 1 项还有【】没有填" in page.links()
    desk.post(uuid, f"matters/{hire.id}", {f"m{hire.id}-title": "续聘江南物业", f"m{hire.id}-summary": "合同三年。"})
    text = {f"m{elect.id}-title": "选举业委会委员", f"m{elect.id}-summary": "选五位。", f"m{elect.id}-seats": "5"}
    desk.post(uuid, f"matters/{elect.id}", text)
    for number in range(1, 7):
        person: dict[str, object] = {f"n{elect.id}-name": f"候选{number}", f"n{elect.id}-building": f"{number}栋"}
        person[f"n{elect.id}-photo"] = FileStorage(io.BytesIO(photo()), "face.png")
        desk.upload(uuid, f"matters/{elect.id}/candidates", person)
    paper = {
        f"p{hire.id}-title": "合同草案",
        f"p{hire.id}-file": FileStorage(io.BytesIO(b"%PDF-1.4\n1 0 obj\n%%EOF\n"), "a.pdf"),
    }
    desk.upload(uuid, f"matters/{hire.id}/materials", dict(paper))
    sides = {"t-operator": desk.staff.operator, "t-supervisor": desk.staff.supervisor, "t-group": desk.staff.group}
    page = desk.post(uuid, "trustees", dict(sides))
    assert "去公告" in page.links()
    page = desk.browser.get(desk.url(uuid, "preview"))
    assert page.words().count("候选") >= 6
    assert all(box.get("disabled") is not None for box in page.all("input"))
    page = desk.browser.get(desk.url(uuid, "announce"))
    assert "公告以后，下面这些就定下来，不能再改" in page.words()
    page = desk.post(uuid, "announce", {})
    digest = desk.row(uuid).announcement_sha256
    assert digest is not None
    assert digest in page.words()
    assert "还不能开放：" in desk.browser.get(desk.url(uuid, "open")).words()
    run_ceremony(desk.app, desk.place, uuid, NOON)
    page = desk.browser.get(desk.url(uuid, "open"))
    assert "三方都试开成功了。" in page.words()
    desk.post(uuid, "open", {})
    assert desk.row(uuid).state is ElectionState.OPEN


def test_keeps_what_was_typed_and_names_what_is_wrong(desk: Desk) -> None:
    uuid = desk.draft()
    page = desk.post(uuid, "edit", {"kind": "renewal", "title": "", **WINDOW}, status=422)
    assert "有 1 处要改" in page.words()
    fields = {field.get("name"): field.get("value") for field in page.all("input")}
    assert (fields["title"], fields["opens_at"]) == ("", "2027-05-25T09:00")
    matter = desk.row(uuid).matters[1]
    data: dict[str, object] = {f"n{matter.id}-name": "新人", f"n{matter.id}-introduction": "长" * 51}
    page = desk.post(uuid, f"matters/{matter.id}/candidates", data, status=422)
    assert "最多 50 个字。" in page.words()
    assert "长" * 51 in page.words()
    assert len(desk.row(uuid).matters[1].candidates) == 7


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        ({"opens_at": "2027-05-25T09:00", "closes_at": "2027-05-25T09:00"}, "截止时间要晚于开始时间。"),
        ({"opens_at": "", "closes_at": "2027-06-06T00:00"}, "请选日期和时间"),
        ({"opens_at": "下周", "closes_at": "2027-06-06T00:00"}, "请选日期和时间"),
    ],
)
def test_refuses_a_window_that_is_none(desk: Desk, window: dict[str, object], sentence: str) -> None:
    page = desk.browser.post("/c/qinglan/elections/new", {"kind": "renewal", "title": "换届", **window}, status=422)
    assert sentence in page.words()
    with in_complex(desk.app, desk.place, write=False):
        assert list_elections(drafts=True) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("face.png", b"not a picture", "这不是能打开的照片，没有保存。"),
        ("face.exe", b"MZ" + b"\0" * 2000, "这不是能打开的照片，没有保存。"),
        ("face.png", b"", "文件是空的，没有保存。"),
        ("face.png", b"\x89PNG" + b"0" * (9 * 1024 * 1024), "文件太大，没有保存。"),
    ],
)
def test_refuses_a_photo_that_is_none_and_adds_no_candidate(desk: Desk, name: str, content: bytes, sentence: str) -> None:
    uuid = desk.draft()
    matter = desk.row(uuid).matters[1]
    data: dict[str, object] = {f"n{matter.id}-name": "新人", f"n{matter.id}-photo": FileStorage(io.BytesIO(content), name)}
    page = desk.upload(uuid, f"matters/{matter.id}/candidates", data, status=422)
    assert sentence in page.words()
    assert [field.get("value") for field in page.all("input") if field.get("name") == f"n{matter.id}-name"] == ["新人"]
    assert len(desk.row(uuid).matters[1].candidates) == 7


def test_changes_and_removes_the_parts_of_a_draft(desk: Desk) -> None:
    uuid = desk.draft()
    elect = desk.row(uuid).matters[1]
    first, second = elect.candidates[:2]
    desk.post(uuid, f"candidates/{first.id}", {f"c{first.id}-name": "陈建军", f"c{first.id}-building": "8栋"})
    desk.post(uuid, f"candidates/{second.id}/remove", {})
    people = desk.row(uuid).matters[1].candidates
    assert [person.position for person in people] == list(range(6))
    assert people[0].label == "陈建军（8栋）"
    desk.post(uuid, f"matters/{desk.row(uuid).matters[0].id}/remove", {})
    assert [(matter.position, matter.id) for matter in desk.row(uuid).matters] == [(0, elect.id)]
    desk.post(uuid, "policies", {"P-CHANGE": "none"})
    assert desk.row(uuid).policies["P-CHANGE"] == "none"
    assert "投票后更改" in desk.browser.get(desk.url(uuid, "edit")).words()


def test_refuses_trustees_of_one_side_with_a_sentence(desk: Desk) -> None:
    uuid = desk.draft()
    page = desk.post(uuid, "trustees", {"t-operator": desk.staff.operator, "t-supervisor": 0, "t-group": desk.staff.group}, 422)
    assert "请选三个不同的单位" in page.words()
    assert len(desk.row(uuid).trustees) == 3


def test_answers_409_with_a_sentence_when_an_announced_election_is_edited(desk: Desk) -> None:
    uuid = desk.draft()
    announce(desk.app, desk.place, desk.staff, uuid, NOON)
    before = desk.row(uuid)
    matter = before.matters[0]
    tails = ("edit", "matters", f"matters/{matter.id}", f"matters/{matter.id}/remove", "policies", "trustees", "announce")
    for tail in tails:
        page = desk.post(uuid, tail, {"kind": "decision", "title": "换", **WINDOW, "new-kind": "OTHER"}, status=409)
        assert "不能再改" in page.words()
    assert "不能再改" in desk.browser.get(desk.url(uuid, "edit"), status=409).words()
    assert desk.row(uuid) == before


def test_withdraws_with_a_reason_everybody_reads(desk: Desk) -> None:
    uuid = desk.draft()
    announce(desk.app, desk.place, desk.staff, uuid, NOON)
    assert "请填写。" in desk.post(uuid, "withdraw", {"reason": " "}, status=422).words()
    desk.post(uuid, "withdraw", {"reason": "候选人名单有误"})
    page = Browser(desk.app.test_client()).get(f"/c/qinglan/elections/{uuid}/")
    assert "候选人名单有误" in page.words()
    assert "已撤回" in page.words()


@pytest.mark.parametrize("role", [Role.OWNER, Role.SUPERVISOR, Role.PROPERTY_COMPANY, Role.COMMITTEE_MEMBER])
def test_keeps_drafts_from_other_roles(desk: Desk, role: Role) -> None:
    uuid = desk.draft()
    account = make_account(desk.app, NOON, organisation="别家")
    grant(desk.app, account, role, Scope.COMPLEX, desk.place.id, NOON)
    browser = Browser(browser_of(desk.app, account, NOON))
    browser.get(desk.url(uuid, "edit"), status=403)
    browser.get(f"/c/qinglan/elections/{uuid}/", status=404)
    browser.post(desk.url(uuid, "announce"), status=403)


def test_shows_every_draft_page_in_english_and_large_type(desk: Desk) -> None:
    uuid = desk.draft()
    for tail in ("edit?lang=en", "preview?lang=en", "announce?lang=en", "work?lang=en", "edit?l=1", "open", "withdraw"):
        desk.browser.get(desk.url(uuid, tail))


def test_takes_every_small_form_with_the_pages_one_token_and_none_without(desk: Desk) -> None:
    uuid = desk.draft()
    desk.app.config["WTF_CSRF_ENABLED"] = True
    matter = desk.row(uuid).matters[0]
    text: dict[str, object] = {f"m{matter.id}-title": "续聘另一家公司", f"m{matter.id}-summary": "合同两年。"}
    desk.post(uuid, f"matters/{matter.id}", text, status=400)
    assert desk.row(uuid).matters[0] == matter
    page = desk.browser.get(desk.url(uuid, "edit"))
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    desk.post(uuid, f"matters/{matter.id}", {**text, "csrf_token": token})
    assert desk.row(uuid).matters[0].title == "续聘另一家公司"
    desk.post(uuid, "edit", {"kind": "renewal", "title": "改了名", **WINDOW, "csrf_token": token})
    assert desk.row(uuid).title == "改了名"


def test_lets_some_buildings_decide_what_concerns_them_alone(desk: Desk) -> None:
    uuid = desk.draft()
    assert "由谁表决" not in desk.browser.get(desk.url(uuid, "edit")).words()
    desk.post(uuid, "edit", {"kind": "decision", "title": "一栋更换电梯", **WINDOW})
    page = desk.browser.get(desk.url(uuid, "edit"))
    assert "现在由全小区的业主表决" in page.words()
    shown = desk.post(uuid, "scope", {"s-buildings": ["2栋", "1栋"]})
    assert "现在由1栋、2栋的业主表决" in shown.words()
    assert desk.row(uuid).scope == ("1栋", "2栋")
    assert "第 1 项要由全小区业主表决，不能只由 1栋、2栋 表决" in shown.words()
    refused = desk.post(uuid, "scope", {"s-buildings": ["9栋"]}, 422)
    assert "1 处要改" in refused.words()
    assert desk.row(uuid).scope == ("1栋", "2栋")
    desk.post(uuid, "scope", {})
    assert desk.row(uuid).scope == ()
