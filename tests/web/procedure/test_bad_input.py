"""Hold the pages to their answer to bad input: its own sentence, a way out, what was typed stays, nothing is stored."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from flask import Flask
from PIL import Image

from app.access.roles import Role, Scope
from app.elections.types import ElectionState
from app.procedure.beginning import Beginning
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.services.record_petition import Petition, record_petition
from app.procedure.types import NominationState, ProcedureKind
from app.statute.rule_pack import Matter
from app.tenancy.types import ComplexRow
from tests.conftest import NOON, SteerableClock
from tests.elections_support import SMALL_ROLL, announce, in_complex, make_draft, make_roll, make_staff, run_ceremony
from tests.pages import Browser, Page
from tests.preparation_support import (
    BOARD,
    GROUP,
    SIX,
    Preparation,
    make_candidates,
    make_fact,
    make_owners,
    sell,
)
from tests.procedure_support import dossier_of, make_procedure, make_term, row_counts
from tests.renewal_support import settled_renewal
from tests.support import browser_of, grant, make_account, make_complexes

TODAY = "2027-05-22"
#: What a candidate has not declared yet, as a browser sends it.
OPEN = {"paper-arrears": "", "paper-illegal_building": "", "paper-company_ties": ""}


class Desk:
    """Be an operator at the pages of one complex."""

    def __init__(self, app: Flask, place: ComplexRow, account: int | None = None) -> None:
        self.app, self.place = app, place
        if account is None:
            account = make_account(app, NOON)
            grant(app, account, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, NOON)
        self.account = account
        self.browser = Browser(browser_of(app, account, NOON))

    def url(self, tail: str) -> str:
        return f"/c/qinglan/procedures/{tail}"

    def refused(self, tail: str, data: Mapping[str, object], *sentences: str) -> Page:
        """Send a form that is refused: the page says what and what to do, and not one row is stored."""
        before = row_counts(self.app, self.place)
        page = self.browser.upload(self.url(tail), data, 422)
        for sentence in sentences:
            assert sentence in page.words()
        assert row_counts(self.app, self.place) == before
        return page


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app, make_complexes(app, "qinglan")[0])


class TestBeginning:
    def test_a_term_that_is_over_says_who_renews_now_and_the_renewal_can_still_begin(self, app: Flask, desk: Desk) -> None:
        make_term(app, desk.place, NOON, ends_on=date(2027, 5, 1))
        page = desk.browser.get(desk.url("new/renewal"))
        assert "业委会的任期已在 2027年5月1日 届满" in page.words()
        assert "立即报告街道：由居民委员会在街道指导下组织换届" in page.words()
        page = desk.browser.post(desk.url("new/renewal"), {"seats": "5"})
        assert "任期已于 2027年5月1日 届满，过了 21 天" in page.words()
        assert "立即报告街道" in page.words()

    def test_a_committee_whose_term_is_over_does_not_convene_a_vote(self, app: Flask, desk: Desk) -> None:
        make_term(app, desk.place, NOON, ends_on=date(2027, 5, 1))
        make_roll(app, desk.place, SMALL_ROLL)
        page = desk.browser.post(desk.url("new/decision"), {"matter": "HIRE", "title": "更换电梯"})
        code = page.links()["看业主看到的样子"].split("/")[-2]
        for step in ("proposal", "roll"):
            make_fact(app, desk.place, code, step, NOON.date(), NOON)
        page = desk.browser.get(desk.url(f"{code}/"))
        assert "业委会任期已在 2027年5月1日 届满，不能再召集表决。先换届；或由街道写明原因放行" in page.words()

    @pytest.mark.parametrize(
        ("seats", "sentence"),
        [
            ("6", "委员人数要是 5 至 11 之间的单数"),
            ("13", "委员人数要是 5 至 11 之间的单数"),
            ("3", "委员人数要是 5 至 11 之间的单数"),
            ("0", "请填人数，例如 5"),
            ("五", "请填人数，例如 5"),
        ],
    )
    def test_seats_the_law_does_not_know(self, app: Flask, desk: Desk, seats: str, sentence: str) -> None:
        make_term(app, desk.place, NOON)
        assert desk.refused("new/renewal", {"seats": seats}, sentence).typed("seats") == [seats]

    def test_a_second_first_assembly_is_led_to_the_renewal(self, app: Flask, desk: Desk) -> None:
        make_term(app, desk.place, NOON)
        page = desk.refused("new/first_election", {"seats": "7"}, "已有在任的业委会，不用再成立业主大会。请办理换届")
        assert page.typed("seats") == ["7"]

    def test_a_building_the_roll_does_not_have(self, app: Flask, desk: Desk) -> None:
        make_term(app, desk.place, NOON)
        make_roll(app, desk.place, SMALL_ROLL)
        typed = {"matter": "FUND_USE", "title": "更换 99 栋电梯", "scope": ["1栋", "99栋"]}
        page = desk.refused("new/decision", typed, "名册上没有选中的楼栋")
        assert page.typed("matter") == ["FUND_USE"]
        assert page.typed("title") == ["更换 99 栋电梯"]
        assert page.typed("scope") == ["1栋"]

    def test_buildings_that_decide_what_binds_everybody(self, app: Flask, desk: Desk) -> None:
        make_term(app, desk.place, NOON)
        make_roll(app, desk.place, SMALL_ROLL)
        typed = {"matter": "HIRE", "title": "换物业", "scope": ["1栋"]}
        page = desk.refused("new/decision", typed, "这类事项要由全小区业主表决，不能只由几栋楼表决。请不选楼栋")
        assert (page.typed("title"), page.typed("scope")) == (["换物业"], ["1栋"])

    def test_a_matter_nobody_chose(self, app: Flask, desk: Desk) -> None:
        make_term(app, desk.place, NOON)
        page = desk.refused("new/decision", {"matter": "", "title": "更换电梯"}, "请选要表决的事项")
        assert page.typed("title") == ["更换电梯"]


class TestDates:
    def test_a_window_across_the_spring_festival_names_the_days_before_and_after(self, app: Flask, desk: Desk) -> None:
        code = make_procedure(app, desk.place, NOON, term_ends_on=date(2028, 5, 31))
        page = desk.browser.post(desk.url(f"{code}/dates/voting_opens"), {"voting_opens-date-on": "2028-01-20"})
        assert "投票期（2028年1月20日 至 2028年2月2日）遇上春节" in page.words()
        assert "很多业主不在家" in page.words()
        assert "或以后开始投票。可以最迟 2028年1月" in page.words()
        assert page.typed("voting_opens-date-on") == ["2028-01-20"]

    def test_a_window_across_the_national_day_names_the_days_before_and_after(self, app: Flask, desk: Desk) -> None:
        code = make_procedure(app, desk.place, NOON, term_ends_on=date(2027, 12, 31))
        page = desk.browser.post(desk.url(f"{code}/dates/voting_opens"), {"voting_opens-date-on": "2027-09-25"})
        assert "投票期（2027年9月25日 至 2027年10月8日）遇上国庆节" in page.words()
        assert "开始投票。可以最迟 2027年9月" in page.words()
        assert page.typed("voting_opens-date-on") == ["2027-09-25"]

    def test_two_votes_at_the_same_time_name_the_other_and_the_first_free_day(self, app: Flask, desk: Desk) -> None:
        staff = make_staff(app, desk.place, NOON)
        make_roll(app, desk.place, SMALL_ROLL)
        uuid = make_draft(app, desk.place, staff, NOON + timedelta(days=29), days=14)
        announce(app, desk.place, staff, uuid, NOON)
        code = make_procedure(app, desk.place, NOON, term_ends_on=date(2027, 9, 30))
        page = desk.browser.post(desk.url(f"{code}/dates/voting_opens"), {"voting_opens-date-on": "2027-06-25"})
        assert "与「第三届业委会换届投票」（2027年6月20日 至 2027年7月4日）重叠，业主容易混淆" in page.words()
        assert "改到 2027年7月5日 或以后开始投票，或者把两项放进同一次投票" in page.words()
        assert page.typed("voting_opens-date-on") == ["2027-06-25"]

    def test_a_notice_that_is_a_day_short_names_the_first_lawful_day(self, app: Flask, desk: Desk) -> None:
        code = make_procedure(app, desk.place, NOON, term_ends_on=date(2027, 9, 30))
        desk.browser.post(desk.url(f"{code}/dates/notice"), {"notice-date-on": "2027-05-24"})
        typed = {"voting_opens-date-on": "2027-06-08"}
        page = desk.refused(f"{code}/dates/voting_opens", typed, "至少要 15 天", "把开始投票改到 2027年6月9日 或以后")
        assert page.typed("voting_opens-date-on") == ["2027-06-08"]
        assert "voting_opens" not in dossier_of(app, desk.place, code).planned

    @pytest.mark.parametrize(("typed", "days"), [("24.3.2027", "十四"), ("0001-01-01", "0"), ("9999-12-31", "1000000000000")])
    def test_what_is_no_day_and_no_number(self, app: Flask, desk: Desk, typed: str, days: str) -> None:
        code = make_procedure(app, desk.place, NOON)
        page = desk.refused(f"{code}/dates/voting_opens", {"voting_opens-date-on": typed}, "请选日期，例如 2027-05-22")
        assert page.typed("voting_opens-date-on") == [typed]
        page = desk.refused(f"{code}/days/voting_closes", {"voting_closes-days-days": days}, "请填 1 至 99 之间的数")
        assert page.typed("voting_closes-days-days") == [days]

    @pytest.mark.parametrize(("day", "sentence"), [("2027-08-01", "日期不能晚于今天"), ("昨天", "请选日期，例如")])
    def test_what_has_not_happened_is_not_recorded_as_done(self, app: Flask, desk: Desk, day: str, sentence: str) -> None:
        code = make_procedure(app, desk.place, NOON)
        make_fact(app, desk.place, code, "alarm", NOON.date(), NOON)
        page = desk.refused(f"{code}/facts/report", {"report-done_on": day, "report-note": "街道已签收"}, sentence)
        assert (page.typed("report-done_on"), page.typed("report-note")) == ([day], ["街道已签收"])

    def test_what_waits_for_an_earlier_step_names_it(self, app: Flask, desk: Desk) -> None:
        code = make_procedure(app, desk.place, NOON)
        make_fact(app, desk.place, code, "alarm", NOON.date(), NOON)
        typed = {"seals-done_on": TODAY, "seals-note": "章已刻好"}
        page = desk.refused(f"{code}/facts/seals", typed, "还没轮到这一步：请先完成「换届报告」")
        assert page.typed("seals-note") == ["章已刻好"]


class TestDraftedVote:
    def test_a_drafted_window_that_is_unwise_says_so_before_it_is_announced(self, app: Flask, clock: SteerableClock) -> None:
        renewal = settled_renewal(app, clock)
        other = make_draft(app, renewal.place, renewal.staff, NOON + timedelta(days=120), days=14)
        announce(app, renewal.place, renewal.staff, other, NOON)
        desk = Desk(app, renewal.place, renewal.staff.operator)
        typed = {"draft-opens_on": "2027-09-25", "draft-days": "14"}
        page = desk.browser.post(desk.url(f"{renewal.code}/vote"), typed)
        assert "投票期（2027年9月25日 至 2027年10月8日）遇上国庆节" in page.words()
        assert "与「第三届业委会换届投票」（2027年9月19日 至 2027年10月3日）重叠" in page.words()
        assert page.links()["去改日期"].endswith("#basics")


class TestPreparation:
    @pytest.fixture
    def preparing(self, app: Flask) -> Preparation:
        preparation = Preparation(app)
        for step in ("alarm", "report"):
            make_fact(app, preparation.place, preparation.code, step, NOON.date(), NOON)
        return preparation

    @pytest.fixture
    def listed(self, preparing: Preparation) -> Preparation:
        """Give a renewal whose group hangs on the board."""
        preparing.group()
        preparing.formed()
        preparing.hang("GROUP")
        return preparing

    def test_an_even_group_says_so_and_its_note_stays(self, app: Flask, preparing: Preparation) -> None:
        desk = Desk(app, preparing.place)
        preparing.group("\n".join(GROUP.splitlines()[:8]))
        typed = {"group_formed-done_on": TODAY, "group_formed-note": "街道主持成立"}
        way_out = "小组现在是 8 人，是双数。人数要是单数：请加一位或减一位"
        page = desk.refused(f"{preparing.code}/facts/group_formed", typed, way_out)
        assert page.typed("group_formed-note") == ["街道主持成立"]

    def test_fewer_candidates_than_seats_are_counted_out(self, app: Flask, listed: Preparation) -> None:
        desk = Desk(app, listed.place)
        make_candidates(app, listed.place, listed.code, SIX[:4], NOON, desk.account)
        listed.hang("N4")
        typed = {"candidates-done_on": TODAY, "candidates-note": "名单已定"}
        way_out = "要选 5 位，合格的候选人只有 4 位，还差 1 位。请延长推荐时间，再请业主推荐或自荐"
        page = desk.refused(f"{listed.code}/facts/candidates", typed, way_out)
        assert page.typed("candidates-note") == ["名单已定"]

    def test_a_nominee_with_a_wrong_door_or_name_is_looked_up_again(self, app: Flask, listed: Preparation) -> None:
        desk = Desk(app, listed.place)
        typed = {
            "paper-name": "王芳",
            "paper-door": "9-9-9901",
            "paper-proposed_by": "owners",
            "paper-introduction": "住了八年",
            **OPEN,
        }
        for wrong in (typed, {**typed, "paper-name": "王方", "paper-door": "1-1-0101"}):
            page = desk.refused(f"{listed.code}/nominations", wrong, "名册上这个门牌没有叫这个名字的业主", "请核对姓名和门牌")
            for key, value in wrong.items():
                assert page.typed(key) == [value]

    def test_the_same_candidate_is_not_proposed_twice(self, app: Flask, listed: Preparation) -> None:
        desk = Desk(app, listed.place)
        make_candidates(app, listed.place, listed.code, SIX[:1], NOON, desk.account)
        typed = {"paper-name": "王芳", "paper-door": "1栋1单元0101", "paper-proposed_by": "self", **OPEN}
        page = desk.refused(f"{listed.code}/nominations", typed, "这位业主已经有人推荐了，不用再推荐")
        assert (page.typed("paper-name"), page.typed("paper-door")) == (["王芳"], ["1栋1单元0101"])

    @pytest.mark.parametrize("kind", ["heic", "pdf", "empty", "text", "torn"])
    def test_a_posting_whose_photo_is_not_one(self, app: Flask, preparing: Preparation, kind: str) -> None:
        desk = Desk(app, preparing.place)
        preparing.group()
        preparing.formed()
        content, sentence, way_out = not_a_photo(kind)
        form = {"paper": "GROUP", "step": "group_posted", "GROUP-place": BOARD, "GROUP-photo": (content, "board.jpg")}
        page = desk.refused(f"{preparing.code}/postings", form, sentence, way_out)
        assert page.typed("GROUP-place") == [BOARD]

    @pytest.mark.parametrize("kind", ["heic", "pdf", "empty", "text", "torn"])
    def test_a_candidate_whose_photo_is_not_one(self, app: Flask, listed: Preparation, kind: str) -> None:
        desk = Desk(app, listed.place)
        content, sentence, way_out = not_a_photo(kind)
        form = {
            "paper-name": "王芳",
            "paper-door": "1-1-0101",
            "paper-proposed_by": "owners",
            "paper-introduction": "住了八年",
            **OPEN,
        }
        page = desk.refused(f"{listed.code}/nominations", {**form, "paper-photo": (content, "face.jpg")}, sentence, way_out)
        for key, value in form.items():
            assert page.typed(key) == [value]

    def test_an_upload_without_a_file_asks_for_one(self, app: Flask, preparing: Preparation) -> None:
        desk = Desk(app, preparing.place)
        preparing.group()
        preparing.formed()
        form = {"paper": "GROUP", "step": "group_posted", "GROUP-place": BOARD}
        page = desk.refused(f"{preparing.code}/postings", form, "请拍一张照片，或选一张")
        assert page.typed("GROUP-place") == [BOARD]


class TestSale:
    def test_between_the_list_and_the_notice_the_candidate_is_taken_off_and_the_list_posted_again(
        self, app: Flask, clock: SteerableClock
    ) -> None:
        renewal = settled_renewal(app, clock)
        renewal.hang("N4")
        renewal.draft()
        desk = Desk(app, renewal.place, renewal.staff.operator)
        sell(app, renewal.place, renewal.persons[1])
        clock.forward(hours=1)
        page = desk.refused(
            f"{renewal.code}/vote/announce",
            {"announce-told": "y"},
            "李强（1-1-201）在今天的名册上已经没有房子，不能再当候选人",
            "请把他移出名单；人数不够的，再推荐，重新公示",
        )
        assert page.typed("announce-told") == ["y"]
        sold = next(row for row in renewal.dossier().nominations if row.name == "李强")
        desk.browser.post(desk.url(f"{renewal.code}/nominations/{sold.id}/off"), {f"o{sold.id}-reason": "已卖房，不再是业主"})
        clock.forward(hours=1)
        desk.refused(f"{renewal.code}/vote/announce", {"announce-told": "y"}, "名单在张贴以后变过。请重新打印、重新张贴")
        renewal.hang("N4")
        vote = renewal.dossier().election
        assert vote is not None
        assert vote.is_draft

    def test_between_the_notice_and_the_opening_the_notice_is_withdrawn_and_begins_anew(
        self, app: Flask, clock: SteerableClock
    ) -> None:
        renewal = settled_renewal(app, clock)
        uuid = renewal.draft()
        renewal.announce()
        renewal.hang("N5")
        run_ceremony(app, renewal.place, uuid, clock.at)
        sell(app, renewal.place, renewal.persons[1])
        desk = Desk(app, renewal.place, renewal.staff.operator)
        page = desk.refused(
            f"{renewal.code}/vote/open",
            {},
            "李强（1-1-201）在今天的名册上已经没有房子，不能再当候选人。公告过的名单不能改",
            "请撤回公告，把他移出名单，补足人数，再重新公告，天数重新算",
        )
        vote = renewal.dossier().election
        assert vote is not None
        assert vote.state is ElectionState.ANNOUNCED
        desk.browser.post(page.links()["撤回，重新公告"].removesuffix("/"), {"reason": "一位候选人已卖房"})
        sold = next(row for row in renewal.dossier().nominations if row.name == "李强")
        desk.browser.post(desk.url(f"{renewal.code}/nominations/{sold.id}/off"), {f"o{sold.id}-reason": "已卖房"})
        assert next(row for row in renewal.dossier().nominations if row.id == sold.id).state is NominationState.WITHDRAWN
        renewal.draft()
        renewal.announce()
        again = renewal.dossier().election
        assert again is not None
        assert again.uuid != uuid
        assert "李强" not in [candidate.name for candidate in again.matters[0].candidates]


class TestPetition:
    @pytest.fixture
    def petition(self, app: Flask) -> tuple[Desk, str]:
        place = make_complexes(app, "qinglan")[0]
        desk = Desk(app, place)
        make_term(app, place, NOON)
        make_owners(app, place)
        with in_complex(app, place):
            beginning = Beginning(kind=ProcedureKind.EXTRAORDINARY, matter=Matter.HIRE, title="更换物业公司")
            code = begin_procedure(place, beginning, at=NOON, account=desk.account)
            given = Petition(NOON.date(), "服务太差")
            record_petition(place, code, given, at=NOON, account=desk.account)
        return desk, code

    def test_unknown_doors_are_listed_and_doubles_count_once(self, petition: tuple[Desk, str]) -> None:
        desk, code = petition
        lines = "1-1-0101 王芳\n9-9-9901 张三\n1栋1单元0101 王芳\n1-1-0102 王芳"
        page = desk.browser.post(desk.url(f"{code}/signatures"), {"signatures-lines": lines})
        assert "计入 1 户；名册里没有 1 户；不是业主 1 户" in page.words()
        assert "名册里没有这一户" in page.words()
        assert "签名人不是这一户的业主" in page.words()
        assert "没有达到" in page.words()
        assert "请继续收集签名，在下面补录" in page.words()

    def test_a_list_that_names_no_door_stays_as_it_was(self, petition: tuple[Desk, str]) -> None:
        desk, code = petition
        page = desk.refused(
            f"{code}/signatures", {"signatures-lines": "，，\n，"}, "没有看到门牌。每行写一户，例如：3-1-1202 王芳"
        )
        assert page.typed("signatures-lines") == ["，，\n，"]

    def test_too_few_signatures_are_not_confirmed(self, petition: tuple[Desk, str]) -> None:
        desk, code = petition
        desk.browser.post(desk.url(f"{code}/signatures"), {"signatures-lines": "1-1-0101"})
        page = desk.refused(f"{code}/petition/check", {"check-checked_by": "何主任", "check-on": TODAY}, "还差 1 人")
        assert page.typed("check-checked_by") == ["何主任"]


def not_a_photo(kind: str) -> tuple[bytes, str, str]:
    """Return bytes that are sent in place of a photo, what they are called, and what to do instead."""
    if kind == "heic":
        return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), "这张照片是 HEIC 格式，打不开", "或另存为 JPG 再传"
    if kind == "pdf":
        return b"%PDF-1.7 a scan %%EOF", "这是 PDF，不是照片", "请现在拍一张"
    if kind == "empty":
        return b"", "文件是空的", "请重新选一个"
    if kind == "text":
        return "公告已张贴".encode(), "这不是能打开的照片", "请用 JPG 或 PNG"
    whole = io.BytesIO()
    Image.effect_noise((300, 400), 60).save(whole, "JPEG")
    return whole.getvalue()[:2000], "这不是能打开的照片", "请用 JPG 或 PNG"
