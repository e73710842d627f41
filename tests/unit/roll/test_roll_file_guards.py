"""Test the refusals of files that are no rolls, too large, locked, disguised or dangerous."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import pytest

from app.roll.errors import RollFileRefused
from app.roll.reading import limits, read_roll
from tests.unit.roll.roll_files import a_row, csv_text, xlsx


def refusal_of(data: bytes, name: str = "名册.xlsx") -> RollFileRefused:
    with pytest.raises(RollFileRefused) as refusal:
        read_roll(data, name)
    assert refusal.value.message_zh.endswith("。")
    assert refusal.value.message_en.endswith(".")
    return refusal.value


def with_part(data: bytes, part: str, change: object) -> bytes:
    """Return the package with one part replaced by ``change(content)``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item.filename, change(content) if item.filename == part else content)  # type: ignore[operator]
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n ,,\r\n", "file_empty"),
        (b"<html><table><tr><td>\xe6\x88\xbf</td></tr></table></html>", "file_is_html"),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><Workbook/>', "file_is_html"),
        (b"%PDF-1.7 ...", "file_format_unsupported"),
        (b"\x89PNG\r\n\x1a\n", "file_format_unsupported"),
        (b"\x00\x01\x02 binary", "file_not_text"),
        (b"\xff\xff\xff\xff", "file_encoding_unknown"),
        (b"PK\x03\x04 broken", "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "file_password_protected"),
        ("甲,乙\n1,2\n".encode(), "not_a_roll"),
        ("房号,租户姓名,应收物业费\n1-1-101,陈,1\n".encode("gbk"), "wrong_list"),
    ],
)
def test_file_that_is_no_roll_is_refused_by_its_bytes(data: bytes, code: str) -> None:
    assert refusal_of(data, "名册.xls").code == code


def test_fifty_megabytes_are_refused_by_their_size_alone() -> None:
    with pytest.raises(RollFileRefused) as refusal:
        limits.require_size(50 * 1024 * 1024)
    assert refusal.value.code == "file_too_large"
    assert "50 MB" in refusal.value.message_zh


def test_largest_allowed_size_passes() -> None:
    limits.require_size(limits.MAX_FILE_BYTES)


def test_oversized_bytes_are_refused_before_parsing() -> None:
    assert refusal_of(bytes(limits.MAX_FILE_BYTES + 1)).code == "file_too_large"


def test_truncated_spreadsheet_is_refused() -> None:
    data = xlsx([a_row()])
    assert refusal_of(data[: len(data) // 2]).code == "file_damaged"


def test_archive_that_is_no_spreadsheet_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refusal_of(buffer.getvalue()).code == "file_format_unsupported"


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = with_part(xlsx([a_row()]), SHEET, lambda content: content + b" " * (30 * 1024 * 1024))
    assert len(data) < 100_000
    assert refusal_of(data).code == "file_is_bomb"


def test_entities_are_refused() -> None:
    data = with_part(
        xlsx([a_row()]), SHEET, lambda content: content.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
    )
    assert refusal_of(data).code == "file_has_entities"


def test_markup_in_another_encoding_does_not_slip_past() -> None:
    data = with_part(xlsx([a_row()]), SHEET, lambda content: content.decode().encode("utf-16"))
    assert refusal_of(data).code == "file_damaged"


@pytest.mark.parametrize("place", [b"XFD1048576", b"A1048576", b"XFD3"])
def test_stray_cell_far_away_is_refused_before_the_sheet_is_allocated(place: bytes) -> None:
    data = with_part(xlsx([a_row()]), SHEET, lambda content: content.replace(b'r="A2"', b'r="' + place + b'"'))
    assert refusal_of(data).code == "sheet_too_large"


def test_million_rows_are_refused_in_a_csv() -> None:
    assert refusal_of(b"a\n" * 1_000_000, "x.csv").code == "sheet_too_large"


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(xlsx([a_row()]))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, "<worksheet/>")
    assert refusal_of(buffer.getvalue()).code == "file_damaged"


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_are_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    packed = xlsx([a_row(房号=str(200 + number)) for number in range(9)], formulas={"D2": "=1"}, merges={"A5:A7": "1栋"})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        part = chance.choice(archive.namelist())

    def spoil(content: bytes) -> bytes:
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        return bytes(spoilt)

    text = csv_text([a_row(房号=str(200 + number)) for number in range(9)]).encode("gbk")
    for data in (spoil(packed), with_part(packed, part, spoil), spoil(text), spoil(spoil(packed))):
        # Any other exception fails the test.
        with contextlib.suppress(RollFileRefused):
            read_roll(data, "名册.xlsx")
