"""Hold the pages of printed papers: preview, file, pack, what hangs for everybody, the codes, and who may see which."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.procedure.paper_sentences import SENTENCES
from app.procedure.services.keep_paper import keep_upload
from app.procedure.services.running_procedure import locked_procedure
from app.procedure.types import ProcedureKind
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.pages import Browser, Page, words
from tests.preparation_support import SIX, STAFF, Preparation, make_candidates, make_fact
from tests.procedure_support import make_procedure, make_term
from tests.support import browser_of, grant, make_account, make_complexes
from tests.unit.documents.paper_reading import read


class Papers(Preparation):
    """Be a renewal with its group, its roll and six candidates, and an operator who prints."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        for step in ("alarm", "report"):
            make_fact(app, self.place, self.code, step, NOON.date(), NOON)
        self.group()
        self.formed()
        make_candidates(app, self.place, self.code, SIX, NOON, STAFF)
        self.operator = self.of(Role.COMMUNITY_OPERATOR)

    def of(self, role: Role) -> Browser:
        account = make_account(self.app, NOON)
        grant(self.app, account, role, Scope.COMPLEX, self.place.id, NOON)
        return Browser(browser_of(self.app, account, NOON))

    @property
    def visitor(self) -> Browser:
        return Browser(self.app.test_client())

    def url(self, tail: str = "") -> str:
        return f"/c/qinglan/procedures/{self.code}/{tail}"

    def show(self, paper: str) -> Page:
        return self.operator.get(self.url(f"papers/{paper}"))


@pytest.fixture
def papers(app: Flask) -> Papers:
    return Papers(app)


class TestPreview:
    def test_the_pages_stand_as_pictures_with_the_file(self, papers: Papers) -> None:
        page = papers.show("GROUP")
        assert page.heading == "小组名单公告"
        assert "A4" in page.words()
        pictures = [image.get("src", "") for image in page.all("img") if "papers/GROUP/" in image.get("src", "")]
        assert pictures
        first = papers.operator.client.get(pictures[0])
        assert (first.status_code, first.mimetype) == (200, "image/png")
        assert first.data.startswith(b"\x89PNG")
        answer = papers.operator.client.get(page.links()["下载 PDF"])
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert "换届小组名单公告" in read(answer.data).words

    def test_the_day_of_the_posting_is_asked_until_it_hangs(self, papers: Papers) -> None:
        page = papers.show("GROUP")
        asked = next(each for each in page.all("input") if each.get("name") == "on")
        assert asked.get("value") == "2027-05-22"
        chosen = papers.operator.get(papers.url("papers/GROUP?on=2027-05-25"))
        printed = papers.operator.client.get(chosen.links()["下载 PDF"]).data
        assert "公布日期2027年5月25日" in read(printed).words
        papers.hang("GROUP")
        posted = papers.operator.get(papers.url("papers/GROUP?on=2027-05-25"))
        assert not [each for each in posted.all("input") if each.get("name") == "on"]
        printed = papers.operator.client.get(posted.links()["下载 PDF"]).data
        assert "公布日期2027年5月22日" in read(printed).words

    def test_the_roll_asks_for_its_day_and_the_check_does_not(self, papers: Papers) -> None:
        assert [each for each in papers.show("N2").all("input") if each.get("name") == "on"]
        assert not [each for each in papers.show("N3").all("input") if each.get("name") == "on"]

    def test_a_day_that_is_none_is_today(self, papers: Papers) -> None:
        printed = papers.operator.client.get(papers.url("papers/GROUP.pdf?on=yesterday")).data
        assert "公布日期2027年5月22日" in read(printed).words

    def test_the_step_links_to_its_papers(self, papers: Papers) -> None:
        page = papers.operator.get(papers.url())
        links = page.links()
        assert links["预览 小组名单公告"].endswith("/papers/GROUP")
        assert links["下载 小组名单公告"].endswith("/papers/GROUP.pdf")

    @pytest.mark.parametrize("tail", ["papers/N99", "papers/N12", "papers/N12.pdf", "papers/N1/1.png", "papers/GROUP/kept"])
    def test_what_cannot_be_printed_is_not_found(self, papers: Papers, tail: str) -> None:
        page = papers.operator.get(papers.url(tail), 404)
        assert str(SENTENCES["paper_not_printable"]) in page.words()

    def test_a_page_that_a_paper_does_not_have_is_not_found(self, papers: Papers) -> None:
        assert papers.operator.client.get(papers.url("papers/GROUP/99.png")).status_code == 404

    def test_an_uploaded_paper_is_sent_itself_and_named_beside_the_printed_one(self, papers: Papers) -> None:
        signed = papers.operator.client.get(papers.url("papers/GROUP.pdf")).data
        with in_complex(papers.app, papers.place):
            for paper in ("FORM", "GROUP"):
                keep_upload(papers.place, papers.code, paper, signed, name=paper, at=NOON, account=STAFF)
        answer = papers.operator.client.get(papers.url("papers/FORM"))
        assert answer.data == signed
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        link = papers.show("GROUP").links()["打开原件"]
        assert papers.operator.client.get(link).data == signed


class TestWhoMaySee:
    def test_what_hangs_is_for_everybody_and_only_that(self, papers: Papers) -> None:
        papers.visitor.get(papers.url("board/GROUP"), 404)
        papers.hang("GROUP")
        page = papers.visitor.get(papers.url("board/GROUP"))
        assert "2027年5月22日张贴" in page.words()
        picture = next(image.get("src", "") for image in page.all("img") if "board/GROUP/" in image.get("src", ""))
        assert papers.visitor.client.get(picture).mimetype == "image/png"
        printed = papers.visitor.client.get(page.links()["下载 PDF"]).data
        assert printed == papers.operator.client.get(papers.url("papers/GROUP.pdf")).data

    def test_the_notice_of_the_start_hangs_beside_the_list_of_the_group(self, app: Flask) -> None:
        papers = Papers(app)
        term = make_term(app, papers.place, NOON)
        with in_complex(app, papers.place):
            locked_procedure(papers.code).term_id = term
        papers.hang("GROUP")
        page = papers.operator.get(papers.url())
        assert "启动公告也贴出来了" in page.words()
        papers.hang("N1")
        words_read = read(papers.visitor.client.get(papers.url("board/N1.pdf")).data).words
        assert "第二届业主委员会的任期到2027年6月30日为止" in words_read
        assert "选举第三届业主委员会，委员5名" in words_read

    def test_the_timeline_for_everybody_links_what_hangs(self, papers: Papers) -> None:
        assert "贴出来的公告" not in papers.visitor.get(papers.url("public")).words()
        papers.hang("GROUP")
        links = papers.visitor.get(papers.url("public")).links()
        assert links["小组名单公告"] == papers.url("board/GROUP")

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.COMMITTEE_MEMBER])
    def test_who_reads_procedures_prints_what_hangs_on_boards(self, papers: Papers, role: Role) -> None:
        assert papers.of(role).client.get(papers.url("papers/N2.pdf")).status_code == 200

    @pytest.mark.parametrize("paper", ["N2", "N3", "N4", "N6", "N99"])
    def test_lists_with_doors_and_what_does_not_hang_stay_inside(self, papers: Papers, paper: str) -> None:
        papers.hang("N2")
        for tail in (f"board/{paper}", f"board/{paper}.pdf", f"board/{paper}/1.png"):
            assert papers.visitor.client.get(papers.url(tail)).status_code == 404

    def test_the_desk_is_closed_to_visitors_and_to_the_property_company(self, papers: Papers) -> None:
        company = papers.of(Role.PROPERTY_COMPANY)
        for tail in ("papers/GROUP", "papers/GROUP.pdf", "papers/GROUP/1.png", "filing.zip"):
            assert papers.visitor.client.get(papers.url(tail)).status_code == 302
            assert company.client.get(papers.url(tail)).status_code == 403

    def test_another_complex_has_no_such_procedure(self, papers: Papers) -> None:
        foreign = make_complexes(papers.app, "cuiping")[0]
        code = make_procedure(papers.app, foreign, NOON)
        for tail in ("papers/GROUP", "papers/GROUP.pdf", "board/GROUP", "filing.zip"):
            assert papers.operator.client.get(f"/c/qinglan/procedures/{code}/{tail}").status_code == 404


class TestCodes:
    def code_of(self, papers: Papers, paper: str) -> str:
        """Read the six characters under the QR code of a printed paper."""
        printed = read(papers.operator.client.get(papers.url(f"papers/{paper}.pdf")).data)
        first = printed.pages[0]
        return first[-6:] if first[-6:].isalnum() and first[-6:].isascii() else first.rpartition("页")[2][:6]

    def test_a_code_leads_to_the_page_for_everybody(self, papers: Papers) -> None:
        papers.hang("N4")
        candidates = papers.visitor.client.get(f"/v/{self.code_of(papers, 'N4').lower()}")
        assert candidates.location.endswith(papers.url("candidates"))
        timeline = papers.visitor.client.get(f"/v/{self.code_of(papers, 'GROUP')}")
        assert timeline.location.endswith(papers.url("public"))
        assert papers.visitor.client.get(timeline.location).status_code == 200

    def test_a_code_is_typed_into_a_field(self, papers: Papers) -> None:
        assert papers.visitor.get("/v").heading == "输入纸上的编码"
        code = self.code_of(papers, "N4")
        assert papers.visitor.client.get(f"/v?code={code}").location.endswith(papers.url("candidates"))
        page = papers.visitor.get("/v?code=ABC")
        assert str(SENTENCES["short_code_unknown"]) in page.words()
        typed = next(each for each in page.all("input") if each.get("name") == "code")
        assert typed.get("value") == "ABC"
        papers.visitor.get("/v/ABCDEF", 404)


class TestPack:
    def test_the_pack_has_the_papers_in_order_and_names_the_missing_ones(self, papers: Papers) -> None:
        answer = papers.operator.client.get(papers.url("filing.zip"))
        assert answer.mimetype == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        assert [name[:2] for name in archive.namelist()[:4]] == ["00", "01", "02", "03"]
        assert "小组名单公告" in archive.namelist()[1]
        contents = read(archive.read(archive.namelist()[0])).words
        for missing in ("计票记录表", "结果公告", "首次会议记录"):
            assert missing in contents
        assert papers.operator.client.get(papers.url("filing.zip")).data == answer.data

    def test_a_decision_has_its_own_list(self, papers: Papers) -> None:
        code = make_procedure(papers.app, papers.place, NOON, kind=ProcedureKind.DECISION, term_ends_on=None)
        answer = papers.operator.client.get(f"/c/qinglan/procedures/{code}/filing.zip")
        names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
        assert [name.partition(" ")[2] for name in names[1:-1]] == ["名册核对表.pdf"]


def test_the_names_of_papers_are_links_with_words(papers: Papers) -> None:
    page = papers.operator.get(papers.url())
    shown = [words(link) for link in page.all("a") if "/papers/" in link.get("href", "")]
    assert shown
    assert all(len(text) > 2 for text in shown)
