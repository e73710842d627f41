"""Own the reading of a whole file: from bytes to a ``RollTable``, or a refusal in one plain sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from app.roll.errors import RollFileRefused, RollNotClean
from app.roll.persons import identify_persons, propose_developer
from app.roll.reading import formats, limits
from app.roll.reading.findings import Findings
from app.roll.reading.headers import Header, find_header, looks_like_other_list
from app.roll.reading.questions import ask_about_persons, ask_about_units
from app.roll.reading.rows import SheetRows
from app.roll.reading.sheets import RawSheet, cell_text, load_csv, load_workbook
from app.roll.reading.units import DraftRow, join_rows
from app.roll.types import ColumnRole, ProblemKind, RollTable, SheetReading
from app.values import Sha256Hex

_MISSING_COLUMNS = (
    (ColumnRole.AREA, ProblemKind.AREA_OUTLIER, "面积（专有面积、建筑面积、产权面积）", "area"),
    (ColumnRole.OWNER, ProblemKind.MISSING_DOOR, "业主姓名（业主、产权人、权利人）", "owner"),
)


def read_roll(data: bytes, filename: str) -> RollTable:
    """Read a roll with everything that is doubtful in it; nothing is stored and nothing is guessed.

    Raises RollFileRefused when the file cannot be read or is no roll.
    """
    limits.require_size(len(data))
    stem = PurePath(filename.replace("\\", "/")).stem or "csv"
    is_csv = formats.detect_format(data) is formats.FileFormat.CSV
    sheets = load_csv(data, stem) if is_csv else load_workbook(data)
    if not any(cell_text(cell).strip() for sheet in sheets for row in sheet.rows for cell in row):
        raise RollFileRefused("file_empty", "文件里没有任何内容。", "The file holds no contents.")
    found = [(sheet, find_header(sheet)) for sheet in sheets]
    rolls = [(sheet, header) for sheet, header in found if header is not None and not _is_tenant_sheet(sheet, header)]
    if not rolls:
        raise _not_a_roll(sheets)
    findings = Findings()
    drafts: list[DraftRow] = []
    for sheet, header in rolls:
        _report_sheet(sheet, header, findings)
        drafts.extend(SheetRows(sheet, header, findings).drafts())
    rows = join_rows(drafts, findings)
    if not rows and not findings.in_file_order():
        raise RollFileRefused("roll_without_rows", "只有表头，没有一户数据。", "There is a header but not a single unit.")
    persons = identify_persons(rows, propose_developer(rows))
    ask_about_units(rows, findings)
    ask_about_persons(rows, persons, findings)
    return RollTable(
        file_sha256=Sha256Hex(hashlib.sha256(data).hexdigest()),
        sheets=tuple(SheetReading(sheet.name, header.row, header.named) for sheet, header in rolls),
        rows=rows,
        problems=findings.in_file_order(),
    )


def read_clean_roll(data: bytes, filename: str) -> RollTable:
    """Read a roll that needs no decision by a person.

    Raises RollFileRefused as ``read_roll`` does, and RollNotClean with every row that must be resolved first.
    """
    table = read_roll(data, filename)
    if not table.clean:
        raise RollNotClean(table.problems)
    return table


def _is_tenant_sheet(sheet: RawSheet, header: Header) -> bool:
    return not header.has(ColumnRole.OWNER) and looks_like_other_list(sheet)


def _not_a_roll(sheets: Sequence[RawSheet]) -> RollFileRefused:
    if any(looks_like_other_list(sheet) for sheet in sheets):
        return RollFileRefused(
            "wrong_list",
            "这是租户或物业费缴费的清单，不是业主名册：没有业主（产权人）和面积，不能导入。",
            "This is a list of tenants or fees, not a roll of owners: it has no owners and areas and cannot be imported.",
        )
    return RollFileRefused(
        "not_a_roll",
        "没有找到名册的表头：至少要有房号、面积和业主姓名三列，不是业主名册不能导入。",
        "No header of a roll was found: room, area and owner are needed; this is not a roll of owners.",
    )


def _report_sheet(sheet: RawSheet, header: Header, findings: Findings) -> None:
    """Report what concerns the sheet as a whole: titles, missing columns, hidden sheets, formulas."""
    titles = [
        number
        for number, row in enumerate(sheet.rows[: header.row - 1], start=1)
        if any(cell_text(cell).strip() for cell in row)
    ]
    two_lines = [number for number in titles[-1:] if number == header.row - 1 and _is_group_header(sheet, number)]
    if two_lines:
        findings.listed(
            sheet.name,
            [*two_lines, header.row],
            ProblemKind.TWO_LINE_HEADER,
            "两行表头，按第二行识别列。",
            "A header in two rows; the second one names the columns.",
        )
    if titles[: len(titles) - len(two_lines)]:
        findings.listed(
            sheet.name,
            titles[: len(titles) - len(two_lines)],
            ProblemKind.TITLE_ROWS,
            "表头上方的标题行，不导入。",
            "Title rows above the header, not imported.",
        )
    for role, kind, zh, en in _MISSING_COLUMNS:
        if not header.has(role):
            findings.resolve(sheet.name, [header.row], kind, f"缺少必需的列：{zh}。", f"A required column is missing: {en}.")
    if not sheet.visible:
        findings.resolve(
            sheet.name,
            [],
            ProblemKind.HIDDEN_OR_RIVAL_DATA,
            f"工作表「{sheet.name}」是隐藏的，请确认是否有效。",
            f"Sheet “{sheet.name}” is hidden; is it valid?",
        )
    if sheet.formulas:
        _report_formulas(sheet, findings)


def _report_formulas(sheet: RawSheet, findings: Findings) -> None:
    rows = sorted(sheet.formulas)
    count = sum(len(letters) for letters in sheet.formulas.values())
    places = [f"{letter}{row}" for row in rows[:5] for letter in sheet.formulas[row]][:5]
    findings.confirm(
        sheet.name,
        rows,
        ProblemKind.CELL_MARKS,
        f"有 {count} 个公式单元格（{'、'.join(places)} 等），不会运行，只采用文件里保存的结果。",
        f"{count} formula cells ({', '.join(places)} …); they are never run, the stored results are used.",
    )


def _is_group_header(sheet: RawSheet, number: int) -> bool:
    texts = [cell_text(cell).strip() for cell in sheet.rows[number - 1]]
    return sum(1 for text in texts if text) >= 2 and all(len(text) <= 8 for text in texts)
