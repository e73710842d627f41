"""Test identity documents: normal form, doubts, last six."""

from __future__ import annotations

import pytest

from app.roll.documents import DocumentDoubt, last_six, read_document
from app.roll.types import DocumentType
from tests.unit.roll.roll_files import CARD_A, CARD_B, COMPANY_CODE


@pytest.mark.parametrize(
    "text",
    [
        "42011519640914759X",
        "42011519640914759x",
        "42011519640914759×",
        "４２０１１５１９６４０９１４７５９Ｘ",
        " 420115 19640914 759X ",
        "42O11519640914759X",
        "420115640914759",
    ],
)
def test_spellings_of_one_card_have_one_normal_form(text: str) -> None:
    document = read_document("身份证", text).document
    assert (document.kind, document.number, document.trusted) == (DocumentType.RESIDENT_ID, CARD_B, True)


@pytest.mark.parametrize(
    ("label", "text", "doubt"),
    [
        ("居民身份证", CARD_A[:-1] + "7", DocumentDoubt.CHECK_DIGIT),
        ("居民身份证", "420115199613266020", DocumentDoubt.BIRTH_DATE),
        ("居民身份证", CARD_A[:-2], DocumentDoubt.LENGTH),
        ("居民身份证", "E11324627", DocumentDoubt.TYPE_MISMATCH),
        ("护照", CARD_A, DocumentDoubt.TYPE_MISMATCH),
        ("统一社会信用代码", COMPANY_CODE[:-1] + "8", DocumentDoubt.CHECK_DIGIT),
        ("", "4.20115E+17", DocumentDoubt.LOST_DIGITS),
        ("", "420115199609266000", DocumentDoubt.LOST_DIGITS),
    ],
)
def test_doubtful_number_is_not_trusted(label: str, text: str, doubt: DocumentDoubt) -> None:
    reading = read_document(label, text)
    assert reading.doubts == (doubt,)
    assert not reading.document.trusted


@pytest.mark.parametrize(
    ("label", "text", "kind"),
    [
        ("", CARD_A, DocumentType.RESIDENT_ID),
        ("", COMPANY_CODE, DocumentType.CREDIT_CODE),
        ("护照", "E11324627", DocumentType.PASSPORT),
        ("港澳居民来往内地通行证", "H67889811", DocumentType.HK_MACAO_PERMIT),
        ("台胞证", "22435125", DocumentType.TAIWAN_PERMIT),
        ("港澳台居民居住证", CARD_A, DocumentType.RESIDENCE_PERMIT),
        ("", "E11324627", DocumentType.OTHER),
    ],
)
def test_type_is_read_or_guessed(label: str, text: str, kind: DocumentType) -> None:
    reading = read_document(label, text)
    assert (reading.document.kind, reading.doubts) == (kind, ())


def test_number_cell_of_eighteen_digits_has_lost_some() -> None:
    assert read_document("", CARD_A, was_number=True).doubts == (DocumentDoubt.LOST_DIGITS,)


def test_number_cell_of_fifteen_digits_is_complete() -> None:
    assert read_document("", "420115640914759", was_number=True).document.number == CARD_B


def test_absent_number_identifies_nobody() -> None:
    assert not read_document("居民身份证", "  ").document.trusted


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        (CARD_B, "14759X"),
        ("42011519640914759x", "14759X"),
        ("420115640914759", "14759X"),
        ("E11324627", "324627"),
        ("1234", "1234"),
    ],
)
def test_last_six(text: str, tail: str) -> None:
    assert last_six(text) == tail
