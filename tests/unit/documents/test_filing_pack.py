"""The pack for filing is one zip in the order of the check list, names what is missing, and is the same every time."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest

from app.documents.filing import CONTENTS_NAME, SUMS_NAME, FilingPack, PackEntry, build_pack
from app.documents.printing import count_pages, render
from tests.papers_support import count_record, final_result, imprint, portrait, start_notice
from tests.unit.documents.paper_reading import read

IMPRINT = imprint("QL-2027-HJ-N16-1", "青岚花园第三届业主委员会")


def pack(entries: list[PackEntry]) -> FilingPack:
    return build_pack(entries, imprint=IMPRINT, subject="青岚花园第三届业主委员会备案", addressee="纸坊街道办事处")


@pytest.fixture(scope="module")
def entries() -> list[PackEntry]:
    return [
        PackEntry("备案申请表", None, "由业主委员会填写"),
        PackEntry("换届启动公告", render(start_notice())),
        PackEntry("管理规约/议事规则: 第2版?", None),
        PackEntry("张贴照片", portrait(2).content),
        PackEntry("计票记录表", render(count_record())),
        PackEntry("加密的旧文件", b"%PDF-1.4 hollow", "2022 年的扫描件"),
        PackEntry("投票结果公告", render(final_result())),
    ]


@pytest.fixture(scope="module")
def made(entries: list[PackEntry]) -> FilingPack:
    return pack(entries)


def files(made: FilingPack) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_files_stand_in_the_order_of_the_list_with_the_contents_first(made: FilingPack, entries: list[PackEntry]) -> None:
    found = files(made)
    assert list(found) == [
        CONTENTS_NAME,
        "02 换届启动公告.pdf",
        "04 张贴照片.jpg",
        "05 计票记录表.pdf",
        "06 加密的旧文件.pdf",
        "07 投票结果公告.pdf",
        SUMS_NAME,
    ]
    assert found["05 计票记录表.pdf"] == entries[4].content
    assert found[CONTENTS_NAME] == made.contents_pdf


def test_the_contents_name_every_missing_paper(made: FilingPack) -> None:
    words = read(made.contents_pdf).words
    assert "（缺）备案申请表由业主委员会填写" in words
    assert "还缺2份：备案申请表、管理规约/议事规则:第2版?。" in words
    assert "合计5份" in words


def test_pages_are_counted_through(made: FilingPack) -> None:
    lines = made.contents.lines
    one, photo, record, hollow, result = lines[1], lines[3], lines[4], lines[5], lines[6]
    start_pages, record_pages = count_pages(render(start_notice())), count_pages(render(count_record()))
    assert (one.pages, one.first_page) == (start_pages, 2)
    assert (photo.pages, photo.first_page) == (1, 2 + start_pages)
    assert (record.pages, record.first_page) == (record_pages, 3 + start_pages)
    assert (hollow.pages, hollow.first_page) == (None, 3 + start_pages + record_pages)
    assert hollow.note == "2022 年的扫描件；页数无法读出，请打开文件核对"
    assert result.first_page is None
    assert made.pages == 1 + start_pages + 1 + record_pages + count_pages(render(final_result()))


def test_a_long_list_has_a_contents_of_several_pages_and_still_the_right_first_page() -> None:
    notice = render(start_notice())
    made = pack([PackEntry(f"第 {number} 份材料", notice) for number in range(1, 41)])
    own = count_pages(made.contents_pdf)
    assert own > 1
    assert made.contents.lines[0].first_page == own + 1
    assert made.contents.lines[-1].first_page == own + 1 + 39 * count_pages(notice)


def test_the_same_papers_make_the_same_bytes(made: FilingPack, entries: list[PackEntry]) -> None:
    assert pack(entries).content == made.content


def test_names_are_safe_in_every_system() -> None:
    titles = ["../../etc/passwd", 'a\\b:c*d?e"f<g>h|i\x00j', "   ...   ", "很长" * 80]
    content = render(start_notice())
    names = list(files(pack([PackEntry(title, content) for title in titles])))[1:-1]
    assert names == ["01 etc passwd.pdf", "02 a b c d e f g h i j.pdf", "03 材料.pdf", f"04 {'很长' * 30}.pdf"]


def test_the_digests_can_be_checked(made: FilingPack) -> None:
    found = files(made)
    sums = dict(reversed(line.split("  ", 1)) for line in found.pop(SUMS_NAME).decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in found.items()}
    assert made.contents.lines[4].digest == sums["05 计票记录表.pdf"]


def test_a_complete_pack_says_so() -> None:
    words = read(pack([PackEntry("换届启动公告", render(start_notice()))]).contents_pdf).words
    assert "材料齐全。" in words
    assert "还缺" not in words


def test_an_empty_list_is_a_pack_of_its_contents() -> None:
    assert list(files(pack([]))) == [CONTENTS_NAME, SUMS_NAME]
