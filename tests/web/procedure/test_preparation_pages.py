"""Hold the desk's pages of the preparation: what an operator does without scripts, what stays on an error, who sees whom."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.access.roles import Role, Scope
from app.procedure.types import Dossier, NominationState, ProcedureKind
from tests.conftest import NOON
from tests.pages import Browser, Page, inspect
from tests.preparation_support import BOARD, CLEAR, GROUP, MET, SIX, Preparation, make_candidates, make_fact, picture
from tests.procedure_support import dossier_of, make_procedure
from tests.support import browser_of, grant, make_account, make_complexes


class Desk(Preparation):
    """Be an operator at the page of a procedure."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        for step in ("alarm", "report"):
            make_fact(app, self.place, self.code, step, NOON.date(), NOON)
        self.operator = self.staff(Role.COMMUNITY_OPERATOR)
        self.browser = Browser(browser_of(app, self.operator, NOON))

    def staff(self, role: Role) -> int:
        account = make_account(self.app, NOON)
        scope = Scope.STREET if role is Role.STREET_OPERATOR else Scope.COMPLEX
        grant(self.app, account, role, scope, self.place.street_id if scope is Scope.STREET else self.place.id, NOON)
        return account

    def url(self, tail: str = "") -> str:
        return f"/c/qinglan/procedures/{self.code}/{tail}"

    def show(self, account: int | None = None) -> Page:
        browser = self.browser if account is None else Browser(browser_of(self.app, account, NOON))
        return browser.get(self.url())

    def post(self, tail: str, data: dict[str, object], status: int = 200) -> Page:
        return self.browser.post(self.url(tail), data, status)

    def upload(self, tail: str, data: dict[str, object], status: int = 200) -> Page:
        """Send a form with files; encoded here, because the test client leaves its own spooled file open."""
        boundary, body = encode_multipart(data)
        kind = f"multipart/form-data; boundary={boundary}"
        answer = self.browser.client.post(self.url(tail), data=body, content_type=kind, follow_redirects=True)
        assert answer.status_code == status, answer.get_data(as_text=True)[:400]
        return inspect(answer.get_data(as_text=True), status, tail)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """Give a renewal with its group on the board and six candidates."""
    desk.group()
    desk.formed()
    desk.hang("GROUP")
    make_candidates(desk.app, desk.place, desk.code, SIX, NOON, desk.operator)
    return desk


def dossier(desk: Desk) -> Dossier:
    return dossier_of(desk.app, desk.place, desk.code)


class TestGroup:
    def test_a_list_is_pasted_the_blockers_vanish_and_the_step_is_recorded(self, desk: Desk) -> None:
        assert "小组还没有名单" in desk.show().words()
        page = desk.post("group", {"list-members": GROUP})
        assert "共 9 人，其中业主 5 人" in page.words()
        assert "还不能完成" not in page.words()
        assert "不到 9 人的 2/3" in page.words()
        page = desk.post("facts/group_formed", {"group_formed-done_on": "2027-05-22"})
        assert "9 人，业主 5 人" in page.words()
        assert "group_formed" in dossier(desk).facts

    def test_an_even_group_is_named_and_cannot_be_recorded(self, desk: Desk) -> None:
        page = desk.post("group", {"list-members": "\n".join(GROUP.splitlines()[:8])})
        assert "小组现在是 8 人，是双数" in page.words()
        desk.post("facts/group_formed", {"group_formed-done_on": "2027-05-22"}, 422)
        assert dossier(desk).facts.keys() == {"alarm", "report"}

    def test_a_bad_line_keeps_what_was_typed(self, desk: Desk) -> None:
        typed = "王芳，1-1-0101\n何平"
        page = desk.post("group", {"list-members": typed}, 422)
        assert "第 2 行没有读懂" in page.words()
        area = next(each for each in page.all("textarea") if each.get("name") == "list-members")
        assert (area.text or "").strip() == typed
        assert dossier(desk).group == ()

    def test_a_member_is_changed_made_head_and_taken_off(self, desk: Desk) -> None:
        desk.group()
        wang = next(row for row in dossier(desk).group if row.name == "王芳")
        change = {"name": "王芳", "side": "owner", "belongs_to": "1-1-0101", "is_head": "y"}
        desk.post(f"group/{wang.id}", {f"m{wang.id}-{key}": value for key, value in change.items()})
        assert [row.name for row in dossier(desk).group if row.is_head] == ["王芳"]
        wrong = {**change, "belongs_to": "1-1-0102"}
        page = desk.post(f"group/{wang.id}", {f"m{wang.id}-{key}": value for key, value in wrong.items()}, 422)
        assert "名册上这个门牌没有这位业主：王芳" in page.words()
        desk.post(f"group/{wang.id}/remove", {})
        assert len(dossier(desk).group) == 8
        assert desk.post(f"group/{wang.id}", {}, 404).status == 404


class TestBoard:
    def test_a_photo_from_the_phone_makes_the_step_done_and_is_shown_to_staff_alone(self, desk: Desk) -> None:
        desk.group()
        desk.formed()
        form = {"paper": "GROUP", "step": "group_posted", "GROUP-place": BOARD, "GROUP-photo": (picture(), "board.jpg")}
        page = desk.upload("postings", upload(form))
        assert "张贴 1 处" in page.words()
        row = dossier(desk).postings[0]
        shown = desk.browser.client.get(desk.url(f"postings/{row.id}/photo"))
        assert (shown.status_code, shown.mimetype, shown.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
        visitor = desk.app.test_client().get(desk.url(f"postings/{row.id}/photo"))
        assert visitor.status_code == 302
        assert desk.browser.client.get(desk.url("postings/99/photo")).status_code == 404

    def test_a_photo_that_is_not_one_is_said_in_place(self, desk: Desk) -> None:
        desk.group()
        desk.formed()
        form = {"paper": "GROUP", "step": "group_posted", "GROUP-place": "小区主要出入口"}
        page = desk.upload("postings", upload({**form, "GROUP-photo": (b"%PDF-1.7 not a photo", "board.jpg")}), 422)
        assert "这是 PDF，不是照片" in page.words()
        chosen = [each.get("value") for each in page.all("option") if each.get("selected") is not None]
        assert "小区主要出入口" in chosen
        page = desk.post("postings", form, 422)
        assert "请拍一张照片" in page.words()
        assert dossier(desk).postings == ()

    def test_a_camera_is_offered_on_the_phone(self, desk: Desk) -> None:
        desk.group()
        desk.formed()
        cameras = [each for each in desk.show().all("input") if each.get("capture") == "environment"]
        assert [each.get("accept") for each in cameras] == ["image/*"]


def upload(values: dict[str, object]) -> dict[str, object]:
    """Give files the form that the encoder wants."""
    return {
        key: FileStorage(io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for key, value in values.items()
    }


class TestCandidates:
    def test_a_paper_proposal_is_checked_with_one_button(self, listed: Desk) -> None:
        declared = {f"paper-{item}": value for item, value in CLEAR.items()}
        given = {"paper-name": "赵敏", "paper-door": "3栋402", "paper-proposed_by": "self", "paper-introduction": "退休会计"}
        listed.upload("nominations", upload({**given, **declared, "paper-photo": (picture(), "a.jpg")}))
        row = next(each for each in dossier(listed).nominations if each.name == "赵敏")
        assert row.state is NominationState.PROPOSED
        assert "还有 1 位被推荐的人没有审查完" in listed.show().words()
        listed.post(f"nominations/{row.id}/check", {"all_met": "1", **{f"k{row.id}-{item}": "" for item in (*MET, *CLEAR)}})
        kept = next(each for each in dossier(listed).nominations if each.name == "赵敏")
        assert (kept.state, dict(kept.checks), dict(kept.declaration)) == (NominationState.ELIGIBLE, MET, CLEAR)

    def test_the_one_button_overrides_nothing_that_was_chosen(self, listed: Desk) -> None:
        row = dossier(listed).nominations[0]
        form = {f"k{row.id}-{item}": "" for item in (*MET, *CLEAR)} | {f"k{row.id}-has_time": "unmet", "all_met": "1"}
        page = listed.post(f"nominations/{row.id}/check", form, 422)
        assert "请写明原因" in page.words()
        listed.post(f"nominations/{row.id}/check", form | {f"k{row.id}-reason": "长期在外地"})
        assert dossier(listed).nominations[0].state is NominationState.REFUSED
        assert "原因：长期在外地" in listed.show().words()

    def test_a_stranger_is_refused_and_the_typed_words_stay(self, listed: Desk) -> None:
        given = {
            "paper-name": "路人甲",
            "paper-door": "3-1-0402",
            "paper-proposed_by": "owners",
            "paper-introduction": "很热心",
        } | {f"paper-{item}": "" for item in CLEAR}
        page = listed.post("nominations", given, 422)
        assert "名册上这个门牌没有叫这个名字的业主" in page.words()
        typed = {each.get("name"): each.get("value") for each in page.all("input")}
        assert (typed["paper-name"], typed["paper-door"]) == ("路人甲", "3-1-0402")

    def test_somebody_leaves_the_list_only_with_a_reason(self, listed: Desk) -> None:
        row = dossier(listed).nominations[0]
        listed.post(f"nominations/{row.id}/off", {f"o{row.id}-reason": ""}, 422)
        listed.post(f"nominations/{row.id}/off", {f"o{row.id}-reason": "本人退出"})
        assert dossier(listed).nominations[0].state is NominationState.WITHDRAWN

    def test_evidence_opens_for_operators_leaves_a_trace_and_for_nobody_else(self, listed: Desk) -> None:
        row = dossier(listed).nominations[0]
        form = {f"k{row.id}-{item}": value for item, value in (MET | CLEAR).items()}
        listed.upload(f"nominations/{row.id}/check", upload({**form, f"k{row.id}-evidence": (picture(), "court.jpg")}))
        opened = listed.browser.client.post(listed.url(f"nominations/{row.id}/evidence"))
        assert (opened.status_code, opened.mimetype) == (200, "image/jpeg")
        for role, status in ((Role.SUPERVISOR, 403), (Role.COMMITTEE_MEMBER, 403), (Role.PROPERTY_COMPANY, 403)):
            browser = browser_of(listed.app, listed.staff(role), NOON)
            assert browser.post(listed.url(f"nominations/{row.id}/evidence")).status_code == status

    def test_the_present_committee_sees_numbers_and_no_persons_before_the_posting(self, listed: Desk) -> None:
        supervisor = listed.show(listed.staff(Role.SUPERVISOR)).words()
        committee = listed.show(listed.staff(Role.COMMITTEE_MEMBER)).words()
        assert "杨帆" in supervisor
        assert "合格的候选人 6 位" in committee
        assert "杨帆" not in committee

    def test_the_photo_is_hidden_until_the_list_hangs(self, listed: Desk) -> None:
        row = dossier(listed).nominations[0]
        address = listed.url(f"nominations/{row.id}/photo")
        visitor = listed.app.test_client()
        assert visitor.get(address).status_code == 404
        assert visitor.get(f"/c/qinglan/files/{row.photo_id}").status_code == 404
        assert listed.browser.client.get(address).status_code == 200
        listed.hang("N4", minutes=30)
        assert visitor.get(address).mimetype == "image/jpeg"
        listed.post(f"nominations/{row.id}/off", {f"o{row.id}-reason": "退出"})
        assert visitor.get(address).status_code == 404


class TestObjections:
    def test_an_objection_is_written_down_and_answered_where_it_stands(self, listed: Desk) -> None:
        listed.hang("N4")
        typed = {"about": "candidates", "subject": "王芳（1栋）", "text": "他欠物业费"}
        form = {"about": "candidates", "step": "candidates"} | {f"candidates-{key}": value for key, value in typed.items()}
        page = listed.post("objections/desk", form)
        assert "第 1 号" in page.words()
        assert "对候选人有 1 件异议没有答复" in page.words()
        listed.post("objections/1/answer", {"step": "candidates", "a1-verdict": "refused", "a1-answer": ""}, 422)
        page = listed.post(
            "objections/1/answer", {"step": "candidates", "a1-verdict": "refused", "a1-answer": "已查，没有欠费。"}
        )
        assert "没有答复" not in page.words()

    def test_the_page_of_all_objections_serves_every_step(self, listed: Desk) -> None:
        page = listed.browser.get(listed.url("objections/desk"))
        assert "小组名单" in page.words()
        listed.post("objections/desk", {"about": "group", "group-about": "group", "group-text": "组长是物业的人"})
        assert "组长是物业的人" in listed.browser.get(listed.url("objections/desk")).words()
        page = listed.post("objections/1/answer", {"a1-verdict": "upheld", "a1-answer": ""}, 422)
        assert "请填写" in page.words()
        page = listed.post("objections/1/answer", {"a1-verdict": "upheld", "a1-answer": "属实，已换人。"})
        assert "属实，已换人。" in page.words()
        again = listed.post("objections/1/answer", {"a1-verdict": "upheld", "a1-answer": "再改"}, 422)
        assert "答复不能再改" in again.words()

    def test_what_cannot_be_objected_to_now_is_refused(self, listed: Desk) -> None:
        page = listed.post("objections/desk", {"about": "result", "result-about": "result", "result-text": "不对"}, 422)
        assert "现在不在对这件事提异议的时间" in page.words()

    def test_the_committee_reads_no_objection(self, listed: Desk) -> None:
        listed.object("group")
        committee = Browser(browser_of(listed.app, listed.staff(Role.COMMITTEE_MEMBER), NOON)).get(
            listed.url("objections/desk")
        )
        assert "第 1 号" in committee.words()
        assert "物业经理" not in committee.words()


class TestDrafts:
    def test_nothing_changes_in_two_choices(self, listed: Desk) -> None:
        page = listed.post("drafts", {"drafts-rules": "unchanged", "drafts-covenant": "unchanged"})
        assert "都不修改" in page.words()

    def test_a_changed_text_needs_its_draft_and_everybody_may_read_it(self, listed: Desk) -> None:
        form = {"drafts-rules": "drafted", "drafts-covenant": "unchanged"}
        page = listed.post("drafts", form, 422)
        assert "还要上传草案" in page.words()
        visitor = listed.app.test_client()
        assert visitor.get(listed.url("drafts/rules")).status_code == 404
        listed.upload("drafts", upload({**form, "drafts-rules_file": (picture(), "rules.jpg")}))
        assert visitor.get(listed.url("drafts/rules")).mimetype == "image/jpeg"
        assert visitor.get(listed.url("drafts/covenant")).status_code == 404

    def test_a_first_election_has_no_text_to_keep(self, app: Flask) -> None:
        desk = Desk(app)
        desk.code = make_procedure(app, desk.place, NOON, kind=ProcedureKind.FIRST_ELECTION, term_ends_on=None)
        for step in ("application", "group_formed", "group_posted"):
            make_fact(app, desk.place, desk.code, step, NOON.date(), NOON)
        page = desk.show()
        assert "首次业主大会要表决议事规则" in page.words()
        assert "不修改，沿用现在的" not in page.words()
        desk.post("drafts", {"drafts-rules": "unchanged", "drafts-covenant": "unchanged"}, 422)


def test_a_foreign_procedure_is_not_found_by_any_address(desk: Desk) -> None:
    other = make_complexes(desk.app, "cuiping")[0]
    desk.code = make_procedure(desk.app, other, NOON + timedelta(minutes=1))
    for tail in ("", "objections/desk", "objections", "candidates", "drafts/rules"):
        assert desk.browser.client.get(desk.url(tail)).status_code == 404, tail
    for tail in ("group", "postings", "nominations", "drafts", "objections/desk", "objections/1/answer"):
        assert desk.browser.client.post(desk.url(tail), data={}).status_code == 404, tail
