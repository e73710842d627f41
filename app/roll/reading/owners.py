"""Own the reading of the owners of one row: names, phones and documents that run parallel in their cells.

Source: app/roll/README.md kinds 8, 10, 11, 21, 22, 24-26; lost digits of a document are never repaired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.roll.documents import DocumentDoubt, normalise_number, read_document
from app.roll.reading import cells
from app.roll.reading.findings import Findings
from app.roll.reading.sheets import Cell, cell_text
from app.roll.types import Document, DocumentType, OwnerEntry, ProblemKind

_DOUBT_SENTENCES = {
    DocumentDoubt.CHECK_DIGIT: ("校验码不对，请核对证件", "its check digit is wrong; please compare with the document"),
    DocumentDoubt.BIRTH_DATE: ("出生日期不存在，请核对证件", "its birth date does not exist; please compare with the document"),
    DocumentDoubt.LENGTH: ("位数不对，请核对证件", "its length is wrong; please compare with the document"),
    DocumentDoubt.TYPE_MISMATCH: ("与证件类型不符，请核对证件", "it does not fit the document type; please compare"),
}


@dataclass(frozen=True, slots=True)
class OwnerCells:
    """Hold the cells of one row that speak of its owners, as found."""

    sheet: str
    row: int
    names: str
    phones: tuple[Cell, ...]
    id_type: str
    id_number: Cell
    share: Fraction | None
    #: True where numbers stand in a cell that should hold text (kind 8 does not exist in text files).
    numbers_are_cells: bool


def read_owners(found: OwnerCells, findings: Findings) -> tuple[OwnerEntry, ...]:
    """Read the owners of one row; everything doubtful goes to ``findings``."""
    raw_names = cells.split_names(found.names)
    if cells.names_others(found.names):
        findings.resolve(
            found.sheet,
            [found.row],
            ProblemKind.COOWNERS_IN_CELL,
            "业主写作「某某等几人」，没有写全所有共有人，请补全姓名和证件号。",
            "The owners are written as one name “and others”; name every co-owner with his document.",
        )
    if not raw_names:
        return ()
    names = tuple(_read_name(found, name, findings) for name in raw_names)
    phones = _read_phones(found, len(names), findings)
    documents = None if phones is None else _read_documents(found, len(names), findings)
    if phones is None or documents is None:
        return tuple(OwnerEntry(name, _no_document(), "", share=found.share) for name in names)
    return tuple(
        OwnerEntry(name, document, numbers[0] if numbers else "", numbers[1:], found.share)
        for name, document, numbers in zip(names, documents, phones, strict=True)
    )


def _no_document() -> Document:
    return Document(DocumentType.NONE, "", trusted=False)


def _read_name(found: OwnerCells, raw: str, findings: Findings) -> str:
    name = cells.tidy_name(raw)
    if name != raw:
        kind = ProblemKind.FULL_WIDTH if cells.has_full_width(raw) else ProblemKind.NAME_CHARACTERS
        findings.fixed(
            found.sheet, found.row, kind, raw, name, "姓名中的空格或全角字符", "Blanks or full-width characters in a name"
        )
    return name


def _read_phones(found: OwnerCells, people: int, findings: Findings) -> tuple[tuple[str, ...], ...] | None:
    """Return the phones of each owner, or None after reporting that they do not run parallel to the names."""
    texts = [cell_text(cell) for cell in found.phones]
    if found.numbers_are_cells:
        for cell, text in zip(found.phones, texts, strict=True):
            if isinstance(cell, Decimal):
                findings.fixed(
                    found.sheet,
                    found.row,
                    ProblemKind.NUMBER_AS_TEXT,
                    format(cell, "f"),
                    text,
                    "电话存成了数字",
                    "A phone stored as a number",
                )
    if people == 1:
        phones = tuple(phone for text in texts for phone in cells.split_phones(text))
        _report_full_width(found, "".join(texts), "、".join(phones), findings)
        if len(phones) > 1 and len([text for text in texts if text.strip()]) == 1:
            findings.fixed(
                found.sheet,
                found.row,
                ProblemKind.PHONE_PROBLEM,
                texts[0],
                phones[0],
                "一格里有几个电话，登记第一个，其余备用",
                "Several phones in one cell; the first is used, the others are kept",
            )
        return (phones,)
    pieces = cells.split_parallel(texts[0]) if texts else ()
    if not any(pieces):
        return ((),) * people
    if len(pieces) != people:
        _report_parallel(found, people, len(pieces), "电话", "phones", findings)
        return None
    return tuple((cells.tidy_phone(piece),) if piece else () for piece in pieces)


def _read_documents(found: OwnerCells, people: int, findings: Findings) -> tuple[Document, ...] | None:
    """Return one document per owner, or None after reporting that the numbers do not run parallel to the names."""
    text = cell_text(found.id_number)
    was_number = isinstance(found.id_number, Decimal)
    numbers: Sequence[str] = cells.split_parallel(text)
    if not any(numbers):
        return tuple(read_document(found.id_type, "").document for _ in range(people))
    if len(numbers) != people:
        _report_parallel(found, people, len(numbers), "证件号", "document numbers", findings)
        return None
    kinds = cells.split_parallel(found.id_type) or ("",)
    if len(kinds) not in (1, people):
        _report_parallel(found, people, len(kinds), "证件类型", "document types", findings)
        return None
    labels = kinds * people if len(kinds) == 1 else kinds
    return tuple(
        _read_one_document(found, label, number, was_number, findings) for label, number in zip(labels, numbers, strict=True)
    )


def _read_one_document(found: OwnerCells, label: str, text: str, was_number: bool, findings: Findings) -> Document:
    reading = read_document(label, text, was_number=was_number)
    document = reading.document
    if DocumentDoubt.LOST_DIGITS in reading.doubts:
        findings.resolve(
            found.sheet,
            [found.row],
            ProblemKind.ID_LOST_DIGITS,
            f"证件号「{_masked(text)}」被存成数字，后几位已经丢失，无法还原；请按证件重新填写为文本。",
            f"Document number “{_masked(text)}” was stored as a number and lost its last digits; enter it again as text.",
        )
        return document
    for doubt in reading.doubts:
        zh, en = _DOUBT_SENTENCES[doubt]
        findings.confirm(
            found.sheet,
            [found.row],
            ProblemKind.ID_DOCUMENT,
            f"证件号「{_masked(text)}」{zh}。",
            f"Document number “{_masked(text)}”: {en}.",
        )
    if was_number and found.numbers_are_cells:
        findings.fixed(
            found.sheet,
            found.row,
            ProblemKind.NUMBER_AS_TEXT,
            text,
            document.number,
            "证件号存成了数字，位数完整",
            "A complete number stored as a number",
        )
    elif text.strip() != document.number and len(normalise_number(text)) == len(document.number):
        findings.fixed(
            found.sheet,
            found.row,
            ProblemKind.FULL_WIDTH,
            text,
            document.number,
            "证件号里的全角或形近字符",
            "Full-width or look-alike characters",
        )
    elif len(normalise_number(text)) == 15 and len(document.number) == 18:
        findings.confirm(
            found.sheet,
            [found.row],
            ProblemKind.PERSON_ALIAS,
            f"15 位旧身份证号「{_masked(text)}」已按规则换算为 18 位，请确认。",
            f"The 15-digit card “{_masked(text)}” was converted to 18 digits; please confirm.",
        )
    return document


def _report_parallel(found: OwnerCells, people: int, others: int, what_zh: str, what_en: str, findings: Findings) -> None:
    findings.resolve(
        found.sheet,
        [found.row],
        ProblemKind.PARALLEL_LISTS,
        f"有 {people} 位业主，却有 {others} 个{what_zh}，不知道哪个是谁的；请按顺序一一对应。",
        f"{people} owners but {others} {what_en}; it is unknown whose they are. List them in the same order.",
    )


def _report_full_width(found: OwnerCells, before: str, after: str, findings: Findings) -> None:
    if cells.has_full_width(before):
        findings.fixed(
            found.sheet,
            found.row,
            ProblemKind.FULL_WIDTH,
            before,
            after,
            "全角数字改为半角",
            "Full-width digits made half-width",
        )


def _masked(number: str) -> str:
    bare = number.strip()
    return bare[:6] + "*" * max(len(bare) - 10, 0) + bare[-4:] if len(bare) > 10 else bare
