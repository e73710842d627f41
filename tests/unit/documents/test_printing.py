"""Papers are PDF/A-2b, the same bytes for the same values, complete on every page, and safe in black and white."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.documents.errors import NotAPdf
from app.documents.papers import NoticeKind, Paper, PaperCode, PaperSize
from app.documents.printing import TEMPLATES, count_pages, render
from tests.papers_support import candidate_notice, every_paper, meeting_notice, roll_notice, start_notice
from tests.unit.documents.paper_reading import colourfulness, picture, printed, squeezed

PAPERS = every_paper()
ROOT = Path(__file__).parents[3]


@pytest.fixture(params=sorted(PAPERS))
def paper(request: pytest.FixtureRequest) -> Paper:
    return PAPERS[str(request.param)]


def test_every_kind_of_paper_has_its_template_and_its_sample() -> None:
    assert {paper.code for paper in PAPERS.values()} == set(PaperCode)
    assert all((TEMPLATES / f"{code.lower()}.typ").is_file() for code in PaperCode)


def test_the_same_values_make_the_same_bytes(paper: Paper) -> None:
    assert render(paper) == printed(paper).pdf


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import hashlib; from app.documents.printing import render; from tests.papers_support import every_paper;"
        "print(hashlib.sha256(b''.join(render(every_paper()[name]) for name in ('n4', 'n5_recall', 'n13'))).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "4711"}
    )
    ours = b"".join(printed(PAPERS[name]).pdf for name in ("n4", "n5_recall", "n13"))
    assert other.stdout.strip() == hashlib.sha256(ours).hexdigest()


def test_one_changed_figure_changes_the_bytes() -> None:
    notice = start_notice()
    assert render(replace(notice, seats=7)) != printed(notice).pdf


def test_it_declares_pdf_a_2b_and_the_date_of_the_paper(paper: Paper) -> None:
    reader = PdfReader(io.BytesIO(printed(paper).pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", metadata)
    assert re.search(r"<pdfaid:conformance>B</pdfaid:conformance>", metadata)
    assert "/OutputIntents" in reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == f"D:{paper.imprint.dated:%Y%m%d}000000Z"
    assert reader.metadata["/Title"] == f"青岚花园 {paper.document_name}"


def test_every_font_is_embedded_and_comes_with_pip(paper: Paper) -> None:
    names = set()
    for page in PdfReader(io.BytesIO(printed(paper).pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(DictionaryObject(descriptor))
            names.add(str(descendant["/BaseFont"]).split("+")[1].split("-")[0])
    assert names <= {"NotoSerifSC", "NotoSansCJKsc"}
    assert "NotoSerifSC" in names


def test_every_page_says_where_it_belongs(paper: Paper) -> None:
    read = printed(paper)
    for number, words in enumerate(read.pages, start=1):
        assert f"青岚花园{paper.document_name}" in words
        assert f"记录号：{paper.imprint.number}" in words
        assert "演示用，不具效力" in words
        if paper.code is not PaperCode.HOUSEHOLD_LETTERS:
            assert f"第{number}页共{len(read.pages)}页" in words
            assert paper.imprint.link.code in words
            assert "yeyi.example/v" in words
            assert squeezed(paper.imprint.hotline) in words


def test_a_real_paper_bears_no_mark_of_a_demonstration() -> None:
    notice = start_notice()
    real = replace(notice, imprint=replace(notice.imprint, is_demo=False))
    assert "演示" not in printed(real).words


def test_it_is_on_the_sheet_of_its_kind(paper: Paper) -> None:
    expected = {PaperSize.A4: (210, 297), PaperSize.A3: (297, 420)}[paper.size]
    assert set(printed(paper).sheets) == {expected}


def test_everything_but_photos_is_black_and_white(paper: Paper) -> None:
    if paper.code is PaperCode.CANDIDATE_NOTICE:
        paper = candidate_notice(photos=False)
    pages = min(len(printed(paper).pages), 3)
    assert [colourfulness(picture(printed(paper).pdf, number)) for number in range(1, pages + 1)] == [0] * pages


def test_the_qr_code_is_the_address_in_real_black_and_large_enough() -> None:
    notice = start_notice()
    width = 2_100  # ten pixels a millimetre
    page = picture(printed(notice).pdf, 1, width).convert("L")
    corner = page.crop((1_500, 2_350, 2_000, 2_970))
    # The line above the code and the typed code under it are apart from it by white rows.
    dark_rows = [y for y in range(corner.height) if corner.crop((0, y, 500, y + 1)).getextrema()[0] < 128]
    runs = _runs(dark_rows)
    top, bottom = max(runs, key=lambda run: run[1] - run[0])
    dark_columns = [x for x in range(500) if corner.crop((x, top, x + 1, bottom)).getextrema()[0] < 128]
    left, right = dark_columns[0], dark_columns[-1] + 1
    assert right - left >= 249
    assert bottom + 1 - top >= 249
    assert corner.getextrema()[0] == 0
    expected = segno.make(notice.imprint.link.url, error="m", micro=False, boost_error=False)
    side = expected.symbol_size(border=0)[0]
    module = (right - left) / side
    read = [
        [int(corner.getpixel((left + int((x + 0.5) * module), top + int((y + 0.5) * module))) < 128) for x in range(side)]
        for y in range(side)
    ]
    assert read == [list(row) for row in expected.matrix]


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Join rows into runs; a gap of three rows ends one."""
    found = [[rows[0], rows[0]]]
    for row in rows[1:]:
        if row - found[-1][1] > 3:
            found.append([row, row])
        found[-1][1] = row
    return [(first, last) for first, last in found]


def test_the_head_of_a_long_table_stands_on_every_page() -> None:
    notice = roll_notice()
    read = printed(notice)
    assert sum(len(entrance.lines) for entrance in notice.entrances) == 1_668
    assert len(read.pages) > len(notice.entrances)
    body = [words for words in read.pages if "产权证" in words]
    assert len(body) == len(read.pages)
    assert all("房号面积（㎡）业主面积来源备注" in words for words in body)
    for entrance in notice.entrances:
        titled = [words for words in read.pages if f"业主名册公示表（{entrance.title}）" in words]
        assert len(titled) == 1
    assert all(squeezed(line.door) in read.words for entrance in notice.entrances for line in entrance.lines)


def test_without_owners_the_roll_has_no_column_for_them() -> None:
    whole = roll_notice(shows_owners=False)
    words = printed(replace(whole, entrances=whole.entrances[-2:])).words
    assert "房号面积（㎡）面积来源备注" in words
    assert "业主面积来源" not in words


def test_the_paper_waits_for_no_clock_and_bears_its_own_day() -> None:
    notice = meeting_notice(NoticeKind.DECISION)
    later = replace(notice, imprint=replace(notice.imprint, dated=date(2029, 2, 28)))
    assert "2029年2月28日" in printed(later).words


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF\n"], ids=["empty", "text", "hollow"])
def test_what_is_no_pdf_has_no_pages(content: bytes) -> None:
    with pytest.raises(NotAPdf):
        count_pages(content)


def test_a_damaged_pdf_has_pages_or_is_refused() -> None:
    pdf = printed(start_notice()).pdf
    refused = 0
    for cut in range(0, len(pdf), len(pdf) // 40):
        for damaged in (pdf[:cut], pdf[:cut] + b"\x00\xff<<" + pdf[cut + 4 :]):
            try:
                assert count_pages(damaged) >= 0
            except NotAPdf:
                refused += 1
    assert refused > 0


def test_pages_of_a_paper_are_counted() -> None:
    read = printed(start_notice())
    assert count_pages(read.pdf) == len(read.pages)
