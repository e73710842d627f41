"""Own the raw contents of a spreadsheet: sheets of cells, each a text or an exact decimal, with what is hidden or computed.

This is the only place where the floats of a spreadsheet exist; they leave it as the shortest decimal that denotes them,
which is what the office typed.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.roll.errors import RollFileRefused
from app.roll.reading import formats, limits
from app.roll.reading.package import SheetMarks, inspect_package

#: A cell as found: text, possibly empty, or an exact number.
Cell = str | Decimal


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Hold one sheet as found; ``rows[0]`` is row 1 of the spreadsheet."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    #: Cells with a formula, as ``{row: (column letters, ...)}``.
    formulas: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    #: Rows whose cell in a column was filled from a merged cell that starts further up, as ``(row, column index)``.
    merged: frozenset[tuple[int, int]] = frozenset()
    #: True for text files, whose numbers are text by nature.
    is_text: bool = False


def cell_text(cell: Cell) -> str:
    """Return a cell as text; whole numbers without a decimal point."""
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if cell == cell.to_integral_value() else format(cell, "f")


def load_workbook(data: bytes) -> tuple[RawSheet, ...]:
    """Read the sheets of an ``.xlsx`` or ``.xls`` file; raises RollFileRefused for damaged, locked or oversized ones."""
    is_package = formats.detect_format(data) is formats.FileFormat.XLSX
    marks = inspect_package(data) if is_package else {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        if len(metadata) > limits.MAX_SHEETS:
            raise RollFileRefused("too_many_sheets", "工作表太多，请只保留名册。", "Too many sheets; keep only the roll.")
        return tuple(
            _load_sheet(workbook, sheet.name, sheet.visible is SheetVisibleEnum.Visible, marks.get(sheet.name))
            for sheet in metadata
        )
    except PasswordError as error:
        raise formats.password_protected() from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise formats.damaged() from error
    except BaseException as error:
        # The reader is compiled code; its panics are no ordinary exceptions, but mean the same as a damaged file.
        if type(error).__name__ == "PanicException":
            raise formats.damaged() from None
        raise


def load_csv(data: bytes, name: str) -> tuple[RawSheet, ...]:
    """Read a comma, semicolon or tab separated text in UTF-8, GBK or GB18030 as one sheet."""
    text = _decode(data)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count) if any(mark in first_line for mark in ",;\t") else ","
    rows: list[tuple[Cell, ...]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False):
            rows.append(tuple(record))
            limits.require_extent(name, len(rows), len(record))
    except csv.Error as error:
        raise formats.damaged() from error
    return (RawSheet(name=name, rows=tuple(rows), is_text=True),)


def _decode(data: bytes) -> str:
    if b"\x00" in data:
        raise RollFileRefused(
            "file_not_text",
            "这个文件既不是 Excel 表格，也不是文本（CSV）；请另存为 .xlsx 或 UTF-8 的 .csv 再上传。",
            "The file is neither a spreadsheet nor text (CSV); save it as .xlsx or as .csv in UTF-8.",
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RollFileRefused(
        "file_encoding_unknown",
        "文字编码既不是 UTF-8，也不是 GBK/GB18030，无法读取；请另存为 .xlsx 再上传。",
        "The text is neither UTF-8 nor GBK/GB18030; save it as .xlsx.",
    )


def _load_sheet(workbook: CalamineWorkbook, name: str, visible: bool, marks: SheetMarks | None) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    limits.require_extent(name, sheet.total_height, sheet.total_width)
    rows = [[_exact(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = _fill_merged(rows, sheet.merged_cell_ranges or [])
    return RawSheet(
        name=name,
        rows=tuple(tuple(row) for row in rows),
        visible=visible,
        hidden_rows=marks.hidden_rows if marks else frozenset(),
        formulas=marks.formulas if marks else {},
        merged=merged,
    )


def _exact(value: object) -> Cell:
    """Turn a cell of the reader into text or an exact decimal."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() and abs(number) < Decimal(10) ** 30 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return str(value)
    return ""


def _fill_merged(rows: list[list[Cell]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> frozenset[tuple[int, int]]:
    """Copy the value of cells merged downwards into the rows below; returns the filled places."""
    filled: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in ranges:
        if left != right or bottom <= top or top >= len(rows):
            continue
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and rows[row][left] == "":
                rows[row][left] = rows[top][left]
                filled.add((row + 1, left))
    return frozenset(filled)
