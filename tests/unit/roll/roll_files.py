"""Own the small spreadsheets that the roll tests write, and the paths of the public ones."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

ROLLS = Path(__file__).parents[2] / "data" / "rolls"

HEADER = ("楼栋", "单元", "房号", "专有面积", "登记业主姓名", "登记手机号", "证件类型", "证件号码")
#: Valid cards of invented people.
CARD_A, CARD_B, CARD_C = "420115199609266028", "42011519640914759X", "420115199102141146"
COMPANY_CODE = "91420115MAAY39DBX9"


def a_row(**changes: object) -> tuple[object, ...]:
    """Return one clean row of a V5 file with some cells changed, by header."""
    row: dict[str, object] = {
        "楼栋": "1栋",
        "单元": "1单元",
        "房号": "201",
        "专有面积": 127.46,
        "登记业主姓名": "谭秀",
        "登记手机号": "19630855118",
        "证件类型": "居民身份证",
        "证件号码": CARD_A,
    }
    return tuple((row | changes)[name] for name in HEADER)


def xlsx(
    rows: Sequence[Sequence[object]],
    header: Sequence[object] | None = HEADER,
    *,
    formulas: Mapping[str, str] | None = None,
    merges: Mapping[str, object] | None = None,
    hidden_rows: Sequence[int] = (),
    more_sheets: Mapping[str, Sequence[Sequence[object]]] | None = None,
    hidden_sheets: Sequence[str] = (),
) -> bytes:
    """Write a workbook whose first sheet is 业主清册."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        contents = {"业主清册": [*([header] if header else []), *rows], **(more_sheets or {})}
        for name, lines in contents.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(lines):
                for column, value in enumerate(line):
                    sheet.write(at, column, value)
            if name in hidden_sheets:
                sheet.hide()
        first = book.get_worksheet_by_name("业主清册")
        for place, formula in (formulas or {}).items():
            first.write_formula(place, formula, None, 89.32)
        for place, value in (merges or {}).items():
            first.merge_range(place, value)
        for row in hidden_rows:
            first.set_row(row - 1, None, None, {"hidden": True})
    return buffer.getvalue()


def csv_text(rows: Sequence[Sequence[object]], header: Sequence[object] = HEADER) -> str:
    """Write comma separated text."""
    return "\r\n".join(",".join(str(cell) for cell in line) for line in [header, *rows]) + "\r\n"
