"""Hold the steps of the vote and what follows it on the page: each act done once, and refused with the page shown again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask

from app.committee.queries import list_terms
from app.committee.types import Office, TermRow
from app.elections.types import ElectionState
from app.procedure.services.receive_objection import receive_objection
from app.procedure.types import FilingState
from app.web.filters import day_year
from tests.conftest import NOON, SteerableClock
from tests.elections_support import in_complex, run_ceremony
from tests.pages import Browser, Page
from tests.preparation_support import picture
from tests.procedure_support import make_procedure, row_counts
from tests.renewal_support import NAMES, Renewal, settled_renewal
from tests.support import browser_of, make_complexes

PDF = b"%PDF-1.7 signed paper %%EOF"


class Desk:
    """Be the operator at the page of a renewal whose candidates are settled."""

    def __init__(self, renewal: Renewal) -> None:
        self.renewal = renewal
        self.browser = Browser(browser_of(renewal.app, renewal.staff.operator, NOON))

    def url(self, tail: str = "") -> str:
        return f"/c/qinglan/procedures/{self.renewal.code}/{tail}"

    def show(self) -> Page:
        return self.browser.get(self.url())

    def post(self, tail: str, data: Mapping[str, object] | None = None) -> Page:
        return self.browser.post(self.url(tail), data)

    def upload(self, tail: str, data: Mapping[str, object]) -> Page:
        return self.browser.upload(self.url(tail), data)

    def refused(self, tail: str, data: Mapping[str, object], sentence: str) -> Page:
        """Send a form that is refused: the page says why, and not one row is stored."""
        before = self.rows()
        page = self.browser.upload(self.url(tail), data, 422)
        assert sentence in page.words()
        assert any(each.get("role") == "alert" or "y-error" in (each.get("class") or "") for each in page.tree.iter())
        assert self.rows() == before
        return page

    def rows(self) -> dict[str, int]:
        return row_counts(self.renewal.app, self.renewal.place)

    def day(self, ahead: int) -> str:
        return (self.renewal.today + timedelta(days=ahead)).isoformat()

    def new_term(self) -> TermRow:
        with in_complex(self.renewal.app, self.renewal.place, write=False):
            return next(term for term in list_terms() if term.number == 3)


@pytest.fixture
def desk(app: Flask, clock: SteerableClock) -> Desk:
    return Desk(settled_renewal(app, clock))


@pytest.fixture
def certified(desk: Desk) -> Desk:
    """Give a renewal whose vote elected five members."""
    uuid = desk.renewal.draft()
    desk.renewal.announce()
    desk.renewal.hang("N5")
    desk.renewal.vote_and_publish(uuid, votes=5)
    desk.renewal.let_objections_pass()
    desk.post("vote/certify")
    return desk


@contextmanager
def unchanged(desk: Desk) -> Iterator[None]:
    before = desk.rows()
    yield
    assert desk.rows() == before


class TestDraft:
    def test_the_window_of_the_plan_makes_a_vote_with_everything_taken_over(self, desk: Desk) -> None:
        proposed = desk.show().typed("draft-opens_on")
        assert proposed == ["2027-06-08"]
        page = desk.post("vote", {"draft-opens_on": proposed[0], "draft-days": "14"})
        assert "第三届业主委员会换届投票" in page.words()
        assert "6 位" in page.words()
        vote = desk.renewal.dossier().election
        assert vote is not None
        assert [candidate.name for candidate in vote.matters[0].candidates] == list(NAMES)
        desk.refused("vote", {"draft-opens_on": proposed[0], "draft-days": "14"}, "这次投票已经拟好了")

    def test_a_window_that_leaves_a_day_too_little_names_the_first_day_and_keeps_what_was_typed(self, desk: Desk) -> None:
        page = desk.refused("vote", {"draft-opens_on": desk.day(15), "draft-days": "14"}, "最早 2027年6月7日 才能开始投票")
        assert (page.typed("draft-opens_on"), page.typed("draft-days")) == ([desk.day(15)], ["14"])
        assert desk.renewal.dossier().election is None
        desk.post("vote", {"draft-opens_on": desk.day(16), "draft-days": "14"})
        assert desk.renewal.dossier().election is not None

    @pytest.mark.parametrize(
        ("opens_on", "days", "sentence"),
        [
            ("8.6.2027", "14", "请选日期，例如 2027-05-22。"),
            ("9999-12-31", "14", "请选日期，例如 2027-05-22。"),
            ("", "14", "请选日期，例如 2027-05-22。"),
            ("2027-06-08", "0", "请填天数，例如 15。"),
            ("2027-06-08", "-3", "请填天数，例如 15。"),
            ("2027-06-08", "999999999999", "请填天数，例如 15。"),
            ("2027-06-08", "", "请填天数，例如 15。"),
        ],
    )
    def test_an_unreadable_window_stays_as_it_was_typed(self, desk: Desk, opens_on: str, days: str, sentence: str) -> None:
        page = desk.refused("vote", {"draft-opens_on": opens_on, "draft-days": days}, sentence)
        assert (page.typed("draft-opens_on"), page.typed("draft-days")) == ([opens_on], [days])


class TestNotice:
    def test_it_needs_the_residents_committee_and_then_freezes_everything(self, desk: Desk) -> None:
        desk.refused("vote/announce", {"announce-told": "y"}, "还没有拟好投票，或者已经公告过了")
        desk.renewal.draft()
        desk.refused("vote/announce", {}, "会议要同时告知居民委员会。告知以后，请勾选再公告")
        page = desk.post("vote/announce", {"announce-told": "y"})
        assert desk.renewal.state_of("notice") == "done"
        assert "投票公告还没有张贴的照片" in page.words()
        assert page.links()["去上传照片"] == "#step-notice"
        desk.refused("vote/announce", {"announce-told": "y"}, "还没有拟好投票，或者已经公告过了")
        desk.refused("vote", {"draft-opens_on": desk.day(20), "draft-days": "14"}, "这次投票已经拟好了")

    def test_a_draft_that_waited_a_day_too_long_is_told_the_new_first_day(self, desk: Desk) -> None:
        desk.renewal.draft(days_ahead=16)
        desk.renewal.clock.forward(days=1)
        assert "从今天公告，最早 6月8日（周二） 才能开始投票" in desk.show().words()
        page = desk.refused("vote/announce", {"announce-told": "y"}, "最早 2027年6月8日 才能开始投票")
        assert page.typed("announce-told") == ["y"]

    def test_the_set_up_pages_lead_back_to_the_procedure(self, desk: Desk) -> None:
        uuid = desk.renewal.draft()
        for path in ("announce", "open"):
            answer = desk.browser.client.get(f"/c/qinglan/elections/{uuid}/{path}")
            assert answer.status_code == 302
            assert answer.location.startswith(desk.url())
        with unchanged(desk):
            for path in ("announce", "open"):
                assert desk.browser.client.post(f"/c/qinglan/elections/{uuid}/{path}").location.startswith(desk.url())


class TestOpening:
    def test_it_waits_for_the_keys_and_the_posted_notice(self, desk: Desk) -> None:
        desk.refused("vote/open", {}, "投票还没有公告")
        uuid = desk.renewal.draft()
        desk.renewal.announce()
        desk.refused("vote/open", {}, "请先完成「开箱钥匙与试开」")
        run_ceremony(desk.renewal.app, desk.renewal.place, uuid, desk.renewal.clock.at)
        page = desk.refused("vote/open", {}, "这一步还不能完成，原因见下面的清单")
        assert "还没有公告的张贴照片" in page.words()
        form = {"paper": "N5", "step": "voting_opens", "N5-place": "小区公告栏", "N5-photo": (picture(), "board.jpg")}
        assert "还不能完成" not in desk.upload("postings", form).words()
        assert "票箱已经开放" in desk.post("vote/open").words()
        vote = desk.renewal.dossier().election
        assert vote is not None
        assert vote.state is ElectionState.OPEN
        desk.refused("vote/open", {}, "这次投票现在不在这一步")


class TestExtension:
    @pytest.fixture
    def running(self, desk: Desk) -> Desk:
        uuid = desk.renewal.draft()
        desk.renewal.announce()
        desk.renewal.hang("N5")
        opened = desk.renewal.open(uuid)
        desk.renewal.clock.at = opened.election.opens_at + timedelta(days=3)
        return desk

    def test_it_is_given_once_with_a_reason(self, running: Desk) -> None:
        why = "很多业主出差在外，还没有投票"
        page = running.refused("vote/extend", {"extend-days": "16", "extend-reason": why}, "最少 1 天，最多 15 天")
        assert (page.typed("extend-days"), page.typed("extend-reason")) == (["16"], [why])
        running.refused("vote/extend", {"extend-days": "5", "extend-reason": " "}, "请填写")
        running.refused("vote/extend", {"extend-days": "很多", "extend-reason": why}, "请填天数")
        page = running.post("vote/extend", {"extend-days": "5", "extend-reason": why})
        assert "已延长一次：原定 6月24日 24:00 截止，现在 6月29日 24:00 截止" in page.words()
        twice = running.refused("vote/extend", {"extend-days": "3", "extend-reason": why}, "还是 2027年6月29日 截止")
        assert twice.typed("extend-reason") == [why]

    def test_it_is_too_late_after_the_close(self, running: Desk) -> None:
        vote = running.renewal.dossier().election
        assert vote is not None
        running.renewal.clock.at = vote.closes_at
        typed = {"extend-days": "5", "extend-reason": "人数还差一点"}
        page = running.refused("vote/extend", typed, "投票期间（2027年6月11日 至 2027年6月24日）才能延长")
        assert "公布结果以后可以再发起一次" in page.words()
        assert page.typed("extend-reason") == ["人数还差一点"]

    def test_without_a_vote_there_is_nothing_to_extend(self, desk: Desk) -> None:
        page = desk.refused("vote/extend", {"extend-days": "5", "extend-reason": "人数还差一点"}, "还没有拟好投票")
        assert page.typed("extend-reason") == ["人数还差一点"]


class TestCertification:
    def test_it_waits_for_the_end_of_objections_and_their_answers(self, desk: Desk) -> None:
        renewal = desk.renewal
        desk.refused("vote/certify", {}, "还没有拟好投票")
        uuid = renewal.draft()
        renewal.announce()
        renewal.hang("N5")
        desk.refused("vote/certify", {}, "还没轮到这一步：请先完成「开箱钥匙与试开」")
        renewal.vote_and_publish(uuid, votes=5)
        vote = renewal.dossier().election
        assert vote is not None
        assert vote.objections_close_at is not None
        until = day_year(vote.objections_close_at - timedelta(seconds=1))
        desk.refused("vote/certify", {}, f"异议期到 {until} 为止，过了这一天才能确认结果")
        with in_complex(renewal.app, renewal.place):
            said = "总面积和名册对不上"
            receive_objection(
                renewal.place, renewal.code, "result", "", said, at=renewal.clock.at, account=1, is_owner=False
            )  # fmt: skip
        renewal.let_objections_pass()
        page = desk.refused("vote/certify", {}, "这一步还不能完成，原因见下面的清单")
        assert "对结果的第 1 号异议还没有答复" in page.words()
        answer: dict[str, object] = {"step": "certified", "a1-verdict": "refused", "a1-answer": "已核对，总面积和名册一致。"}
        desk.post("objections/1/answer", answer)
        page = desk.post("vote/certify")
        assert "全部选出" in page.words()
        assert [member.name for member in desk.new_term().serving] == list(NAMES[:5])
        desk.refused("vote/certify", {}, "结果已经确认过了")

    def test_a_lot_nobody_asked_for_is_refused(self, desk: Desk) -> None:
        uuid = desk.renewal.draft()
        desk.renewal.announce()
        desk.renewal.hang("N5")
        desk.renewal.vote_and_publish(uuid, votes=5)
        desk.renewal.let_objections_pass()
        desk.refused("vote/certify", {"certify-drawn": "17"}, "抽中的人数不对")
        desk.refused("vote/certify", {"certify-drawn": "谁"}, "有 1 处要改")


class TestAfterwards:
    def test_nothing_that_follows_the_vote_comes_before_it(self, desk: Desk) -> None:
        first = "还没轮到这一步：请先完成「发出会议公告」"
        meeting: dict[str, object] = {"meeting-held_on": desk.day(0), "meeting-present": "3", "meeting-chair": "3"}
        assert desk.refused("first-meeting", meeting, first).typed("meeting-held_on") == [desk.day(0)]
        filing: dict[str, object] = {"filing-state": "received", "filing-on": desk.day(0), "filing-note": "材料一式两份"}
        assert desk.refused("filing", filing, first).typed("filing-note") == ["材料一式两份"]
        desk.refused("handover", {}, first)
        typed = desk.refused("handover/items", {"item-label": "地下室钥匙", "item-note": "3 把"}, first)
        assert typed.typed("item-label") == ["地下室钥匙"]

    def test_the_first_meeting_needs_more_than_half_and_one_chair(self, certified: Desk) -> None:
        members = [str(member.id) for member in certified.new_term().serving]
        held: dict[str, object] = {"meeting-held_on": certified.day(0), "meeting-chair": members[0]}
        page = certified.refused(
            "first-meeting", {**held, "meeting-present": members[:2]}, "到会 2 人，不够。至少要 3 名委员到会"
        )
        assert (page.typed("meeting-present"), page.typed("meeting-chair")) == (members[:2], members[:1])
        came = {**held, "meeting-present": members[:3]}
        certified.refused("first-meeting", {**came, "meeting-vice_chairs": members[0]}, "同一个人不能兼任")
        certified.refused("first-meeting", {"meeting-held_on": certified.day(0), "meeting-present": members}, "请选一项")
        certified.refused("first-meeting", {**came, "meeting-held_on": certified.day(1)}, "日期不能晚于今天")
        certified.refused("first-meeting", {**came, "meeting-held_on": certified.day(-1)}, "才能做这一步")
        certified.refused("first-meeting", {**came, "meeting-minutes": (b"not a paper", "minutes.pdf")}, "请传 PDF、JPG 或 PNG")
        certified.refused("first-meeting", {**came, "meeting-minutes": (b"", "minutes.pdf")}, "文件是空的")
        page = certified.upload("first-meeting", {**came, "meeting-vice_chairs": members[1], "meeting-minutes": (PDF, "m.pdf")})
        assert "到会 3 人（共 5 人）" in page.words()
        assert [row.office for row in certified.new_term().serving[:2]] == [Office.CHAIR, Office.VICE_CHAIR]
        assert certified.renewal.dossier().latest_paper("MINUTES") is not None
        certified.refused("first-meeting", came, "这一步已经记为完成")

    def test_the_filing_follows_its_order_and_ends_with_its_number(self, certified: Desk) -> None:
        today = {"filing-on": certified.day(0)}
        filed = {**today, "filing-state": "filed", "filing-number": "江夏业备〔2027〕8号"}
        page = certified.refused("filing", filed, "还没有记录材料已收")
        assert page.typed("filing-number") == ["江夏业备〔2027〕8号"]
        page = certified.refused("filing", {**today, "filing-state": "received"}, "原因见下面的清单")
        assert "备案材料还缺：小组名单公告、首次会议记录。" in page.words()
        certified.refused("filing", {"filing-state": "received", "filing-on": certified.day(1)}, "日期不能晚于今天")
        certified.refused("filing", {**today, "filing-note": "x"}, "请选一项")
        self._add_papers(certified)
        certified.post("filing", {**today, "filing-state": "received"})
        certified.renewal.clock.forward(minutes=5)
        page = certified.refused("filing", {**filed, "filing-number": " ", "filing-note": "街道窗口"}, "请填备案证明的编号")
        assert page.typed("filing-note") == ["街道窗口"]
        certified.refused("filing", {**filed, "filing-certificate": (b"", "certificate.pdf")}, "文件是空的")
        page = certified.upload("filing", {**filed, "filing-certificate": (PDF, "certificate.pdf")})
        assert "江夏业备〔2027〕8号" in page.words()
        assert certified.new_term().filing_number == "江夏业备〔2027〕8号"
        assert [row.state for row in certified.renewal.dossier().filings] == [FilingState.RECEIVED, FilingState.FILED]
        certified.refused("filing", filed, "已经备案，不用再记")

    def _add_papers(self, certified: Desk) -> None:
        certified.renewal.add_group()
        members = [member.id for member in certified.new_term().serving]
        meeting = {"meeting-held_on": certified.day(0), "meeting-present": members, "meeting-chair": members[0]}
        certified.post("first-meeting", meeting)
        certified.refused("filing/papers/FORM", {"paper-FORM-paper": (b"GIF89a", "form.pdf")}, "请传 PDF、JPG 或 PNG")
        certified.refused("filing/papers/FORM", {}, "文件是空的")
        assert certified.browser.client.post(certified.url("filing/papers/N99")).status_code == 404
        certified.upload("filing/papers/FORM", {"paper-FORM-paper": (PDF, "form.pdf")})
        assert certified.renewal.dossier().latest_paper("FORM") is not None

    def test_the_handover_is_signed_line_by_line_by_both(self, certified: Desk) -> None:
        page = certified.post("handover")
        assert "业主委员会印章" in page.words()
        certified.post("handover")
        assert len(certified.renewal.dossier().handover) == 11
        certified.refused("handover/items", {"item-label": " ", "item-note": "3 把"}, "请填写")
        certified.post("handover/items", {"item-label": "地下室钥匙", "item-note": "3 把"})
        rows = certified.renewal.dossier().handover
        everything = [str(row.id) for row in rows]
        page = certified.refused("handover/sign", {"sign-items": everything}, "还没有人签字")
        assert page.typed("sign-items") == everything
        certified.refused("handover/sign", {"sign-giver": "赵文娟", "sign-receiver": "王芳"}, "请选一项")
        got: dict[str, object] = {"sign-items": everything, "sign-receiver": "王芳"}
        page = certified.refused("handover/sign", got, f"「{rows[0].label}」还没有移交")
        assert page.typed("sign-receiver") == ["王芳"]
        certified.post("handover/sign", {"sign-items": everything[0], "sign-giver": "赵文娟"})
        both: dict[str, object] = {"sign-items": everything, "sign-giver": "赵文娟", "sign-receiver": "王芳"}
        certified.refused("handover/sign", both, f"「{rows[0].label}」这一方已经签过字")
        certified.post("handover/sign", {**both, "sign-items": everything[1:]})
        page = certified.post("handover/sign", {"sign-items": everything[0], "sign-receiver": "王芳"})
        assert certified.renewal.state_of("handover") == "done"
        assert page.words().count("已交接") == len(everything)
        assert (
            certified.browser.client.post(certified.url("handover/sign"), data={**both, "sign-items": "1"}).status_code == 404
        )


def test_a_foreign_vote_is_not_found_by_any_address(desk: Desk) -> None:
    renewal = desk.renewal
    other = make_complexes(renewal.app, "cuiping")[0]
    code = make_procedure(renewal.app, other, NOON)
    for tail in ("vote", "vote/announce", "vote/open", "vote/extend", "vote/certify", "first-meeting", "filing"):
        assert desk.browser.client.post(f"/c/qinglan/procedures/{code}/{tail}", data={}).status_code == 404, tail
    for tail in ("filing/papers/FORM", "handover", "handover/items", "handover/sign"):
        assert desk.browser.client.post(f"/c/qinglan/procedures/{code}/{tail}", data={}).status_code == 404, tail
