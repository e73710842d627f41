"""Hold what owners do on their phones: stand, propose, object, read answers; and what everybody may see."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.procedure.services.answer_objection import answer_objection
from app.procedure.types import NominationState
from tests.conftest import NOON, SteerableClock
from tests.elections_support import make_staff
from tests.pages import Browser, Page, inspect
from tests.preparation_support import (
    CLEAR,
    SIX,
    STAFF,
    Preparation,
    bind,
    make_candidates,
    make_owner_account,
    make_owners,
    picture,
)
from tests.support import browser_of


class Phone(Preparation):
    """Be the owner 赵敏 on a phone, while proposals are open."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.group()
        self.formed()
        self.hang("GROUP")
        self.account = make_owner_account(app, self.place, self.persons["赵敏"], NOON)
        self.browser = Browser(browser_of(app, self.account, NOON))

    def url(self, tail: str) -> str:
        return f"/c/qinglan/procedures/{self.code}/{tail}"

    def get(self, tail: str, status: int = 200) -> Page:
        return self.browser.get(self.url(tail), status)

    def post(self, tail: str, data: dict[str, object], status: int = 200) -> Page:
        """Send a form, with its files encoded here, because the test client leaves its own spooled file open."""
        files = {
            key: FileStorage(io.BytesIO(value), "a.jpg") if isinstance(value, bytes) else value for key, value in data.items()
        }
        boundary, body = encode_multipart(files)
        kind = f"multipart/form-data; boundary={boundary}"
        answer = self.browser.client.post(self.url(tail), data=body, content_type=kind, follow_redirects=True)
        assert answer.status_code == status, answer.get_data(as_text=True)[:400]
        return inspect(answer.get_data(as_text=True), status, tail)


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


def candidacy(**changed: object) -> dict[str, object]:
    """Return what an owner fills in who stands himself; ``None`` leaves a part out."""
    whole = {"unit_code": "3-1-0402", "introduction": "退休会计", "photo": picture(), "agrees": "y", **CLEAR, **changed}
    return {key: value for key, value in whole.items() if value is not None}


class TestStanding:
    def test_an_owner_stands_without_typing_name_or_door(self, phone: Phone) -> None:
        page = phone.get("nominate/self")
        assert "赵敏" in page.words()
        assert [each.get("name") for each in page.all("input") if each.get("type") == "text"] == []
        done = phone.post("nominate/self", candidacy())
        assert done.heading == "已收到"
        assert "待审查" in done.words()
        row = phone.dossier.nominations[0]
        assert (row.name, row.unit_code, row.introduction) == ("赵敏", "3-1-0402", "退休会计")

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"photo": None}, "请拍一张照片"),
            ({"photo": b"GIF89a nothing"}, "这不是能打开的照片"),
            ({"agrees": None}, "要同意公示才能参选"),
            ({"arrears": ""}, "请选一项"),
            ({"introduction": "长" * 51}, "最多 50 个字"),
        ],
    )
    def test_what_is_missing_is_said_and_the_words_stay(self, phone: Phone, changed: dict[str, object], sentence: str) -> None:
        page = phone.post("nominate/self", candidacy(**changed), 422)
        assert sentence in page.words()
        area = next(each for each in page.all("textarea") if each.get("name") == "introduction")
        assert (area.text or "").strip() == changed.get("introduction", "退休会计")
        assert phone.dossier.nominations == ()

    def test_a_door_of_somebody_else_is_no_choice(self, phone: Phone) -> None:
        phone.post("nominate/self", candidacy(unit_code="1-1-0101"), 422)
        assert phone.dossier.nominations == ()

    def test_who_speaks_for_two_owners_chooses(self, phone: Phone) -> None:
        company = make_owners(phone.app, phone.place, [("青岚商贸有限公司", "4-1-0101")])["青岚商贸有限公司"]
        bind(phone.app, phone.place, phone.account, company, NOON)
        choices = [each.get("value", "") for each in phone.get("nominate/self").all("input") if each.get("name") == "unit_code"]
        assert sorted(choices) == ["3-1-0402", "4-1-0101"]

    def test_the_owner_takes_it_back(self, phone: Phone) -> None:
        phone.post("nominate/self", candidacy())
        number = phone.dossier.nominations[0].id
        page = phone.post(f"nominations/{number}/withdraw", {})
        assert "已退出" in page.words()
        assert phone.dossier.nominations[0].state is NominationState.WITHDRAWN


class TestProposing:
    def test_a_neighbour_is_proposed_and_a_stranger_is_not(self, phone: Phone) -> None:
        page = phone.post("nominate/neighbour", {"name": "王方", "door": "1-1-0101", "introduction": "热心"}, 422)
        assert "名册上这个门牌没有叫这个名字的业主" in page.words()
        done = phone.post("nominate/neighbour", {"name": "王芳", "door": "1栋1单元101", "introduction": "热心"})
        assert done.heading == "已收到"
        again = phone.post("nominate/neighbour", {"name": "王芳", "door": "1-1-0101", "introduction": ""}, 422)
        assert "已经有人推荐了" in again.words()

    def test_the_page_says_why_it_is_closed_and_the_forms_are(self, phone: Phone) -> None:
        make_candidates(phone.app, phone.place, phone.code, SIX, NOON, STAFF)
        phone.hang("N4")
        assert "现在不在推荐的时间" in phone.get("nominate").words()
        phone.get("nominate/self", 409)
        phone.post("nominate/neighbour", {"name": "赵敏", "door": "3-1-0402"}, 409)

    def test_who_has_registered_nothing_is_led_there(self, phone: Phone) -> None:
        account = make_owner_account(phone.app, phone.place, phone.persons["黄磊"], NOON, state="pending")
        browser = Browser(browser_of(phone.app, account, NOON))
        page = browser.get(phone.url("nominate"))
        assert "登记我的房子" in page.words()
        browser.get(phone.url("nominate/self"), 403)
        browser.get(phone.url("objections/new"), 403)


class TestObjecting:
    def test_an_objection_gets_its_number_and_its_answer(self, phone: Phone) -> None:
        page = phone.post("objections/new", {"new-about": "group", "new-text": "组长是物业的人"})
        assert "第 1 号" in page.heading + page.words()
        assert "组长是物业的人" in page.words()
        phone.run(lambda: answer_objection(phone.place, phone.code, 1, "已查，不是。", is_upheld=False, at=NOON, account=STAFF))
        own = phone.get("objections/mine")
        assert "已查，不是。" in own.words()
        assert "不采纳" in own.words()

    def test_everybody_reads_the_answer_and_nobody_the_objection(self, phone: Phone) -> None:
        phone.object("group", account=phone.account)
        phone.run(lambda: answer_objection(phone.place, phone.code, 1, "已查，不是。", is_upheld=True, at=NOON, account=STAFF))
        visitor = Browser(phone.app.test_client()).get(phone.url("objections"))
        assert "已查，不是。" in visitor.words()
        assert "物业经理" not in visitor.text
        other = make_owner_account(phone.app, phone.place, phone.persons["王芳"], NOON)
        assert "物业经理" not in Browser(browser_of(phone.app, other, NOON)).get(phone.url("objections/mine")).text

    def test_a_candidate_is_chosen_from_the_list_and_an_empty_text_is_asked_for(self, phone: Phone) -> None:
        make_candidates(phone.app, phone.place, phone.code, SIX, NOON, STAFF)
        phone.hang("N4")
        page = phone.get("objections/new?about=candidates")
        chosen = [each.get("value") for each in page.all("input") if each.get("checked") is not None]
        assert chosen == ["candidates"]
        assert "王芳（1栋）" in page.words()
        form = {"new-about": "candidates", "new-subject": "王芳（1栋）", "new-text": ""}
        assert "请填写" in phone.post("objections/new", form, 422).words()
        phone.post("objections/new", form | {"new-text": "欠物业费"})
        assert phone.dossier.objections[0].subject == "王芳（1栋）"

    def test_nothing_open_is_said_as_such(self, phone: Phone, clock: SteerableClock) -> None:
        clock.forward(days=30)
        page = phone.get("objections/new", 409)
        assert "现在不在对这件事提异议的时间" in page.words()
        assert "还没有人提异议" in phone.get("objections").words()


def test_the_list_is_public_from_its_posting_on(phone: Phone) -> None:
    made = make_candidates(phone.app, phone.place, phone.code, SIX, NOON, STAFF)
    visitor = Browser(phone.app.test_client())
    before = visitor.get(phone.url("candidates"))
    assert "名单还没有公布" in before.words()
    assert not [name for name in SIX if name in before.text]
    phone.hang("N4")
    after = visitor.get(phone.url("candidates"))
    assert [name for name in SIX if name not in after.text] == []
    assert "3-1-0401" not in after.text
    assert len([each for each in after.all("img") if f"nominations/{made[0]}/photo" in each.get("src", "")]) == 1
    assert "拖欠物业费：没有" in after.words()


def test_staff_have_none_of_the_owners_pages(phone: Phone) -> None:
    operator = make_staff(phone.app, phone.place, NOON).operator
    browser = browser_of(phone.app, operator, NOON)
    for tail in ("nominate", "nominate/self", "objections/new", "objections/mine"):
        assert browser.get(phone.url(tail)).status_code == 403, tail


def test_the_way_leads_from_the_home_page_to_what_can_be_done_today(phone: Phone) -> None:
    home = phone.browser.get("/c/qinglan/")
    running = phone.browser.get(home.links()["小区正在办的事"])
    assert "第三届业主委员会换届" in running.words()
    found = running.links()
    assert {"推荐候选人，或者自己参选", "我要提异议", "看办到哪一步了"} <= found.keys()
    assert "看候选人名单" not in found
    assert phone.browser.get(found["推荐候选人，或者自己参选"]).heading == "推荐候选人"
    public = Browser(phone.app.test_client()).get(found["看办到哪一步了"])
    assert "我要提异议" in public.links()


def test_what_is_over_is_offered_no_more(phone: Phone, clock: SteerableClock) -> None:
    make_candidates(phone.app, phone.place, phone.code, SIX, NOON, STAFF)
    phone.hang("N4")
    clock.forward(days=30)
    found = phone.browser.get("/c/qinglan/procedures/running").links()
    assert "看候选人名单" in found
    assert not {"推荐候选人，或者自己参选", "我要提异议"} & found.keys()
