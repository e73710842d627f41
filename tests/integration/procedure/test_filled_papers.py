"""Print every paper of a renewal from what its services recorded, on both engines: the words, the totals, the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.committee.queries import list_terms
from app.db.session import use_tenant
from app.documents.filing import CONTENTS_NAME, FilingPack
from app.procedure.paper_errors import PaperNotPrintable, ShortCodeUnknown
from app.procedure.papers.imprint import Wish
from app.procedure.papers.making import _typeset, make_paper, parts_of
from app.procedure.papers.pack import filing_pack
from app.procedure.papers.words import objections_until
from app.procedure.queries import get_dossier
from app.procedure.services.hand_over import begin_handover, sign_items
from app.procedure.services.hold_first_meeting import hold_first_meeting
from app.procedure.services.keep_paper import keep_upload
from app.procedure.short_links import find_printed_paper
from app.tenancy.types import ComplexRow
from app.web.filters import day_year, weekday
from tests.conftest import NOON, SteerableClock
from tests.elections_support import in_complex, make_roll
from tests.papers_support import group_notice
from tests.preparation_support import CLEAR, SIX, Preparation, make_candidates
from tests.procedure_support import make_procedure
from tests.renewal_support import Renewal, settled_renewal
from tests.support import browser_of, make_complexes
from tests.unit.documents.paper_reading import read, squeezed

HOST = "https://yeyi.example/"


def print_paper(app: Flask, place: ComplexRow, code: str, paper: str, wish: Wish | None = None) -> bytes:
    """Print a paper afresh, as a request would."""
    _typeset.cache_clear()
    with app.test_request_context(base_url=HOST):
        use_tenant(place.id)
        return make_paper(place, get_dossier(code), paper, wish or Wish())


def words_of(app: Flask, place: ComplexRow, code: str, paper: str, wish: Wish | None = None) -> str:
    """Print a paper twice, compare the bytes, and return its words without spaces."""
    first, second = (print_paper(app, place, code, paper, wish) for _ in range(2))
    assert first == second
    return read(first).words


class TestPreparation:
    @pytest.fixture
    def renewal(self, app: Flask) -> Preparation:
        made = Preparation(app)
        made.group()
        made.formed()
        make_candidates(app, made.place, made.code, SIX, NOON, 7)
        return made

    def test_the_list_of_the_group_names_its_members_its_posting_and_its_last_day(self, renewal: Preparation) -> None:
        renewal.hang("GROUP")
        words = words_of(renewal.app, renewal.place, renewal.code, "GROUP")
        assert "换届小组名单公告" in words
        assert "共9人，其中业主代表5人" in words
        assert "业主代表（1栋）" in words
        assert "1-1-0101" not in words
        assert "公布日期2027年5月22日" in words
        assert squeezed(weekday(objections_until(renewal.dossier, NOON.date()))) + "以前" in words

    def test_the_wished_day_holds_until_the_paper_hangs(self, renewal: Preparation) -> None:
        wish = Wish(on=NOON.date() + timedelta(days=3))
        assert "公布日期2027年5月25日" in words_of(renewal.app, renewal.place, renewal.code, "GROUP", wish)
        renewal.hang("GROUP")
        assert "公布日期2027年5月22日" in words_of(renewal.app, renewal.place, renewal.code, "GROUP", wish)

    def test_the_roll_is_listed_by_entrance_without_a_name(self, renewal: Preparation) -> None:
        words = words_of(renewal.app, renewal.place, renewal.code, "N2")
        assert "业主名册公示表1栋1单元" in words
        assert "3栋1单元502" in words
        assert all(name not in words for name in renewal.persons)
        check = words_of(renewal.app, renewal.place, renewal.code, "N3")
        assert "业主名册核对表" in check
        assert "名册合计" in check

    def test_the_candidates_stand_with_photo_words_and_declaration(self, renewal: Preparation) -> None:
        renewal.hang("N4")
        words = words_of(renewal.app, renewal.place, renewal.code, "N4")
        assert all(name in words for name in SIX)
        assert "候选人6位，选5位" in words
        assert "没有拖欠物业费" in words
        assert set(CLEAR.values()) == {"no"}

    def test_what_is_not_recorded_is_not_printed(self, renewal: Preparation) -> None:
        for paper in ("N5", "N12", "MINUTES", "N99"):
            with pytest.raises(PaperNotPrintable):
                print_paper(renewal.app, renewal.place, renewal.code, paper)

    def test_the_code_under_the_qr_finds_the_paper_again(self, renewal: Preparation) -> None:
        words = words_of(renewal.app, renewal.place, renewal.code, "GROUP")
        code = words.split("共1页")[-1][:6] if "共1页" in words else words.split("共2页")[-1][:6]
        with renewal.app.app_context():
            found = find_printed_paper(f" {code[:3].lower()}-{code[3:]} ")
            assert (found.complex_id, found.procedure_code) == (renewal.place.id, renewal.code)
            assert found.paper == "GROUP"
            for wrong in ("", "2", "ZZZZZZZ", code[:-1] + "Z"):
                with pytest.raises(ShortCodeUnknown):
                    find_printed_paper(wrong)
        assert "yeyi.example/v" in words

    def test_papers_speak_chinese_on_an_english_page(self, renewal: Preparation) -> None:
        _typeset.cache_clear()
        with renewal.app.test_request_context("/?lang=en", base_url=HOST):
            use_tenant(renewal.place.id)
            english = make_paper(renewal.place, get_dossier(renewal.code), "GROUP")
        assert english == print_paper(renewal.app, renewal.place, renewal.code, "GROUP")


@dataclass
class Finished:
    """Be a renewal whose result is certified and whose committee has met."""

    renewal: Renewal
    uuid: str

    def words(self, paper: str) -> str:
        return words_of(self.renewal.app, self.renewal.place, self.renewal.code, paper)

    def pack(self) -> FilingPack:
        _typeset.cache_clear()
        with self.renewal.app.test_request_context(base_url=HOST):
            use_tenant(self.renewal.place.id)
            return filing_pack(self.renewal.place, get_dossier(self.renewal.code))


@pytest.fixture
def finished(app: Flask, clock: SteerableClock) -> Finished:
    renewal = settled_renewal(app, clock)
    uuid = renewal.draft()
    renewal.announce()
    renewal.hang("N5")
    renewal.vote_and_publish(uuid, votes=5)
    renewal.hang("N13")
    vote = renewal.dossier().election
    assert vote is not None
    assert vote.objections_close_at is not None
    clock.at = vote.objections_close_at + timedelta(hours=9)
    renewal.certify()
    renewal.hang("N14")
    with in_complex(app, renewal.place):
        members = [member.id for member in next(term for term in list_terms() if term.election_uuid == uuid).serving]
        offices = (members[0], members[1:2])
        hold_first_meeting(renewal.place, renewal.code, uuid, renewal.today, members[:3], offices, None, at=clock.at, account=1)
        begin_handover(renewal.code, at=clock.at, account=1)
    return Finished(renewal, uuid)


def test_everything_after_the_preparation_says_what_was_recorded(finished: Finished) -> None:
    renewal = finished.renewal
    vote = renewal.dossier().election
    assert vote is not None
    notice = finished.words("N5")
    assert "换届投票公告" in notice
    assert "业主6人，房屋6套，面积600.00㎡" in notice
    assert "达到三分之二（4人）" in notice
    assert all(f"{name}（1栋）" in notice for name in ("王芳", "杨磊"))
    assert squeezed(day_year(vote.opens_at)) in notice
    record = finished.words("N12")
    assert "手机票" in record
    assert "青岚社区居委会、换届小组" in record
    for paper, name in (("N13", "投票初步结果公示"), ("N14", "投票结果公告")):
        words = finished.words(paper)
        assert name in words
        assert "选出5位" in words
        # Six owners: exact areas of who chose what could tell a vote.
        assert "500.00㎡" not in words
    final = finished.words("N14")
    assert "候补" not in final
    assert final.count("委员1栋") == 5
    assert "没有收到异议" in final
    minutes = finished.words("MINUTES")
    assert "第三届业主委员会首次会议记录" in minutes
    assert "到会委员3人" in minutes
    assert "推选王芳为第三届业主委员会主任" in minutes
    report = finished.words("N15")
    assert "江城社工服务中心" in report
    assert "无保留意见" in report


def test_letters_come_by_building_one_for_each_door(finished: Finished) -> None:
    renewal = finished.renewal
    words = finished.words("N6")
    with in_complex(renewal.app, renewal.place, write=False):
        assert parts_of(get_dossier(renewal.code), "N6") == {"1栋": 6}
    assert words.count("致业主的一封信记录号") == 6
    assert all(f"1栋1单元{number}01" in words for number in range(1, 7))
    few = words_of(renewal.app, renewal.place, renewal.code, "N6", Wish(part="1栋", letters=2))
    assert few.count("致业主的一封信记录号") == 2
    with pytest.raises(PaperNotPrintable):
        print_paper(renewal.app, renewal.place, renewal.code, "N6", Wish(part="9栋"))


@pytest.mark.parametrize(("role", "status"), [(Role.SUPERVISOR, 404), (Role.COMMUNITY_OPERATOR, 200)])
def test_letters_are_for_operators_alone(finished: Finished, role: Role, status: int) -> None:
    renewal = finished.renewal
    account = renewal.staff.operator if role is Role.COMMUNITY_OPERATOR else renewal.staff.supervisor
    browser = browser_of(renewal.app, account, renewal.clock.at)
    for tail in ("papers/N6", "papers/N6.pdf?part=1栋", "papers/N6/1.png"):
        assert browser.get(f"/c/qinglan/procedures/{renewal.code}/{tail}").status_code == status
    assert browser.get(f"/c/qinglan/procedures/{renewal.code}/papers/N6?part=9栋").status_code == 404


def test_the_handover_shows_both_signatures(finished: Finished) -> None:
    renewal = finished.renewal
    assert "业主大会印章" in finished.words("HANDOVER")
    with in_complex(renewal.app, renewal.place):
        items = {row.id: "1 枚" for row in get_dossier(renewal.code).handover[:2]}
        sign_items(renewal.place, renewal.code, items, giver="孙国华", receiver="王芳", at=renewal.clock.at, account=1)
    words = finished.words("HANDOVER")
    assert words.count("孙国华") == 2
    assert "第二届业主委员会" in words


def test_the_pack_stands_in_the_order_of_the_list_and_names_what_is_missing(finished: Finished) -> None:
    pack = finished.pack()
    assert pack.content == finished.pack().content
    names = zipfile.ZipFile(io.BytesIO(pack.content)).namelist()
    assert names[0] == CONTENTS_NAME
    assert [name.partition(" ")[2] for name in names[1:-1]] == [
        "换届报告.pdf", "名册核对表.pdf", "候选人公示.pdf", "会议（投票）公告.pdf", "计票记录表.pdf",
        "初步结果公示.pdf", "结果公告.pdf", "首次会议记录.pdf",
    ]  # fmt: skip
    missing = [line.title for line in pack.contents.lines if line.is_missing]
    assert missing == ["小组名单公告"]
    contents = read(pack.contents_pdf).words
    assert "小组名单公告" in contents
    assert "第三届业主委员会（盖章）" in contents
    assert pack.pages > len(names) - 2


def test_an_uploaded_paper_takes_the_place_of_the_printed_one(finished: Finished) -> None:
    renewal = finished.renewal
    signed = print_paper(renewal.app, renewal.place, renewal.code, "N12")
    with in_complex(renewal.app, renewal.place):
        for paper in ("GROUP", "MINUTES"):
            keep_upload(renewal.place, renewal.code, paper, signed, name=paper, at=renewal.clock.at, account=1)
    pack = finished.pack()
    assert not [line for line in pack.contents.lines if line.is_missing]
    archive = zipfile.ZipFile(io.BytesIO(pack.content))
    kept = next(name for name in archive.namelist() if "首次会议记录" in name)
    assert archive.read(kept) == signed
    line = next(line for line in pack.contents.lines if line.title == "首次会议记录")
    assert line.note == "上传的原件"


def test_names_that_stand_for_procedures_are_never_the_same(app: Flask) -> None:
    places = make_complexes(app, "qinglan", "cuiping")
    for place in places:
        make_roll(app, place)
    codes = [make_procedure(app, place, NOON, title=group_notice().group_name) for place in places for _ in range(3)]
    with app.app_context():
        from sqlalchemy import select

        from app.db.session import db
        from app.procedure.models import ShortLink

        rows = list(db.session.execute(select(ShortLink.name, ShortLink.procedure_code)))
    assert {row.procedure_code for row in rows} == set(codes)
    assert len({row.name for row in rows}) == len(codes)
