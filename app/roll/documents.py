"""Own identity documents 证件: their types, the normal form of their numbers, and what makes a number doubtful.

Source: app/roll/README.md kinds 8, 10, 24 and 26; GB 11643 (18 digits, check digit by ISO 7064 MOD 11-2) and GB 32100
(credit code) through python-stdnum.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from app.roll.types import Document, DocumentType

#: Words found in files, longest first where one contains the other.
_TYPE_WORDS = (
    ("港澳台居民居住证", DocumentType.RESIDENCE_PERMIT),
    ("居住证", DocumentType.RESIDENCE_PERMIT),
    ("永久居留", DocumentType.FOREIGN_RESIDENT),
    ("港澳", DocumentType.HK_MACAO_PERMIT),
    ("回乡证", DocumentType.HK_MACAO_PERMIT),
    ("台湾", DocumentType.TAIWAN_PERMIT),
    ("台胞证", DocumentType.TAIWAN_PERMIT),
    ("护照", DocumentType.PASSPORT),
    ("统一社会信用代码", DocumentType.CREDIT_CODE),
    ("信用代码", DocumentType.CREDIT_CODE),
    ("营业执照", DocumentType.CREDIT_CODE),
    ("组织机构代码", DocumentType.OTHER),
    ("身份证", DocumentType.RESIDENT_ID),
)
_LABELS_ZH = {
    DocumentType.RESIDENT_ID: "居民身份证",
    DocumentType.PASSPORT: "护照",
    DocumentType.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    DocumentType.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentType.RESIDENCE_PERMIT: "港澳台居民居住证",
    DocumentType.FOREIGN_RESIDENT: "外国人永久居留身份证",
    DocumentType.CREDIT_CODE: "统一社会信用代码",
    DocumentType.OTHER: "其他证件",
    DocumentType.NONE: "无证件号",
}
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}")
_CARD_18 = re.compile(r"[0-9]{17}[0-9X]")
_CARD_15 = re.compile(r"[0-9]{15}")
_DIGIT_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\ufeff\-]+")


class DocumentDoubt(StrEnum):
    """Say why a document number cannot be believed as it stands."""

    LOST_DIGITS = "lost_digits"
    CHECK_DIGIT = "check_digit"
    BIRTH_DATE = "birth_date"
    LENGTH = "length"
    TYPE_MISMATCH = "type_mismatch"


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """Hold a document and what is doubtful about it."""

    document: Document
    doubts: tuple[DocumentDoubt, ...] = ()


def document_label(kind: DocumentType) -> str:
    """Return the Chinese name of a document type."""
    return _LABELS_ZH[kind]


def document_type(label: str) -> DocumentType:
    """Read the words of a 证件类型 cell; empty text is ``NONE``, unknown words are ``OTHER``."""
    compact = _BLANKS.sub("", unicodedata.normalize("NFKC", label))
    if not compact:
        return DocumentType.NONE
    return next((kind for word, kind in _TYPE_WORDS if word in compact), DocumentType.OTHER)


def normalise_number(text: str) -> str:
    """Bring a document number to its normal form: half width, upper case, no blanks or hyphens, ``×`` read as ``X``."""
    folded = unicodedata.normalize("NFKC", text.replace("×", "X").replace("✕", "X"))
    return _BLANKS.sub("", folded).upper()


def normalise_document(kind: DocumentType, text: str) -> str:
    """Bring a number of a known type to the form by which persons are compared.

    Resident cards: look-alikes O and l become digits and 15 digits become 18 (kinds 10 and 24).
    """
    number = normalise_number(text)
    if kind is not DocumentType.RESIDENT_ID:
        return number
    body, last = number[:-1].translate(_DIGIT_LOOKALIKES), number[-1:]
    number = body + (last if last == "X" else last.translate(_DIGIT_LOOKALIKES))
    return card_18_of_15(number) if _CARD_15.fullmatch(number) else number


def card_18_of_15(number: str) -> str:
    """Convert a first-generation card of 15 digits to 18: the century is 19, the check digit is computed."""
    body = number[:6] + "19" + number[6:]
    return body + ric.calc_check_digit(body + "0")


def read_document(label: str, text: str, *, was_number: bool = False) -> DocumentReading:
    """Read one document from its type and number cells; never guesses digits.

    ``was_number`` says that the cell held a number, which keeps only 15 digits (kind 8).
    """
    number = normalise_number(text)
    if not number:
        return DocumentReading(Document(document_type(label), "", trusted=False))
    stated = document_type(label)
    kind = _guess_type(number) if stated is DocumentType.NONE else stated
    number = normalise_document(kind, text)
    if _SCIENTIFIC.fullmatch(number) or (was_number and len(number) > 15):
        return DocumentReading(Document(kind, number, trusted=False), (DocumentDoubt.LOST_DIGITS,))
    doubts = _doubts_of(kind, number)
    if DocumentDoubt.CHECK_DIGIT in doubts and number.endswith("000"):
        doubts = (DocumentDoubt.LOST_DIGITS,)
    return DocumentReading(Document(kind, number, trusted=not doubts), doubts)


def last_six(document: str) -> str:
    """Return the last six characters of a document number as an owner is asked for them.

    A roll that still has the 15-digit card is compared by the 18-digit card its holder carries today.
    """
    number = normalise_number(document)
    if _CARD_15.fullmatch(number):
        number = card_18_of_15(number)
    return number[-6:]


def _guess_type(number: str) -> DocumentType:
    if uscc.is_valid(number) and _card_doubts(number):
        return DocumentType.CREDIT_CODE
    digits = number[:-1].translate(_DIGIT_LOOKALIKES)
    if _SCIENTIFIC.fullmatch(number) or (digits.isascii() and digits.isdigit() and len(number) >= 14):
        return DocumentType.RESIDENT_ID
    return DocumentType.OTHER


def _doubts_of(kind: DocumentType, number: str) -> tuple[DocumentDoubt, ...]:
    if kind is DocumentType.RESIDENT_ID:
        return _card_doubts(number)
    if kind is DocumentType.CREDIT_CODE:
        return _credit_code_doubts(number)
    looks_like_card = bool(_CARD_18.fullmatch(number)) and _card_doubts(number) == ()
    if looks_like_card and kind not in (DocumentType.RESIDENCE_PERMIT, DocumentType.FOREIGN_RESIDENT):
        return (DocumentDoubt.TYPE_MISMATCH,)
    return ()


def _card_doubts(number: str) -> tuple[DocumentDoubt, ...]:
    if not _CARD_18.fullmatch(number):
        if uscc.is_valid(number) or re.fullmatch(r"[A-Z]{1,2}[0-9]{7,9}", number):
            return (DocumentDoubt.TYPE_MISMATCH,)
        return (DocumentDoubt.LENGTH,)
    # Region codes are not checked: stdnum refuses codes it does not know.
    if ric.calc_check_digit(number) != number[-1]:
        return (DocumentDoubt.CHECK_DIGIT,)
    try:
        birth = ric.get_birth_date(number)
    except ValidationError:
        return (DocumentDoubt.BIRTH_DATE,)
    return () if birth.year >= 1880 else (DocumentDoubt.BIRTH_DATE,)


def _credit_code_doubts(number: str) -> tuple[DocumentDoubt, ...]:
    if uscc.is_valid(number):
        return ()
    if len(number) != 18:
        return (DocumentDoubt.LENGTH,)
    return (DocumentDoubt.TYPE_MISMATCH if _card_doubts(number) == () else DocumentDoubt.CHECK_DIGIT,)
