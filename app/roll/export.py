"""Own the list of units as a spreadsheet for the office: doors, areas, masked owners; nothing by which a person is found."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter

#: One row: door in words, building, area in square metres, owners, state.
ExportRow = tuple[str, str, Decimal, str, str]
HEADS = ("门牌", "楼栋", "专有面积（㎡）", "业主（隐去姓名）", "登记情况")
_WIDTHS = (18, 10, 16, 36, 14)


def units_workbook(title: str, rows: Iterable[ExportRow], made_at: datetime) -> bytes:
    """Write the workbook; cells are text or exact decimals and never formulas."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet("房屋")
        bold = book.add_format({"bold": True, "text_wrap": True})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        _write(sheet, 0, (title,), bold)
        _write(sheet, 1, HEADS, bold)
        metres = book.add_format({"num_format": "#,##0.00"})
        for at, row in enumerate(rows, start=2):
            _write(sheet, at, row, metres)
        sheet.freeze_panes(2, 0)
    return made.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, at: int, values: Sequence[str | Decimal], style: object) -> None:
    for column, value in enumerate(values):
        if isinstance(value, Decimal):
            sheet.write_number(at, column, value, style)
        else:
            sheet.write_string(at, column, value, style if at < 2 else None)
