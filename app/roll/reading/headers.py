"""Own the meaning of headers: which row of a sheet is the header and what each column holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.roll.reading.sheets import Cell, RawSheet, cell_text
from app.roll.types import ColumnRole

#: Header texts in order of preference: where two columns of a sheet have the same role, the earlier text wins.
SYNONYMS: Mapping[ColumnRole, tuple[str, ...]] = {
    ColumnRole.BUILDING: ("楼栋", "楼号", "栋号", "幢号", "栋", "幢", "楼座", "号楼", "楼栋号", "楼栋编号", "楼栋名称", "楼宇"),
    ColumnRole.UNIT: ("单元", "单元号", "门栋", "门洞", "梯", "单元编号", "单元名称"),
    ColumnRole.ROOM: ("房号", "室号", "门牌", "房间", "户号", "房间号", "门牌号", "房屋编号", "房屋号"),
    ColumnRole.FLOOR: ("楼层", "所在层", "房屋楼层", "层"),
    ColumnRole.AREA: ("专有面积", "专有部分面积", "产权面积", "登记面积", "建筑面积", "房屋面积", "面积"),
    ColumnRole.OWNER: (
        "登记业主姓名",
        "业主姓名",
        "业主名称",
        "产权人",
        "权利人",
        "业主",
        "户主",
        "所有权人",
        "产权人姓名",
        "权利人名称",
        "业主（产权人）",
        "姓名",
    ),
    ColumnRole.PHONE: (
        "登记手机号",
        "手机号",
        "手机",
        "手机号码",
        "业主电话",
        "联系方式",
        "联系电话",
        "电话",
        "联系电话1",
        "联系电话2",
        "联系电话3",
        "电话号码",
    ),
    ColumnRole.ID_TYPE: ("证件类型", "证件种类", "证件名称"),
    ColumnRole.ID_NUMBER: ("证件号码", "身份证号码", "身份证号", "证件号", "身份证", "证件编号", "业主身份证号"),
    ColumnRole.OWNER_TYPE: ("业主类型", "权利人类型", "人员类型"),
    ColumnRole.USE: ("规划用途", "房屋用途", "用途", "物业类型", "房屋类型"),
    ColumnRole.STATUS: ("交付状态", "销售状态", "房屋状态", "入住状态"),
    ColumnRole.CO_OWNERSHIP: ("共有方式", "共有情况", "共有类型"),
    ColumnRole.SHARE: ("权利比例", "份额", "共有份额", "产权份额"),
    ColumnRole.REMARK: ("备注", "附记", "说明"),
}
#: Headers of lists that are no rolls (kind 34).
TENANT_WORDS = ("租户", "租客", "承租", "租期", "租赁", "前任业主", "缴费人", "住户姓名")
FEE_WORDS = ("应收", "实收", "欠费", "缴费", "物业费")

_HEADER_DEPTH = 40
_DECORATION = re.compile(r"\([^)]*\)|[*：:\s/、]|㎡|m2|平方米")


@dataclass(frozen=True, slots=True)
class Header:
    """Hold the header of one sheet."""

    #: Row from 1.
    row: int
    #: Columns by role from 0; only phones may have several.
    columns: Mapping[ColumnRole, tuple[int, ...]]
    #: Header text as found and its meaning, in column order.
    named: tuple[tuple[str, ColumnRole], ...]

    def has(self, role: ColumnRole) -> bool:
        """Say whether the sheet has a column of this role."""
        return role in self.columns


def normalise_header(text: str) -> str:
    """Bring a header to the form of ``SYNONYMS``: half width, without blanks, stars, units and bracketed remarks."""
    bare = _DECORATION.sub("", unicodedata.normalize("NFKC", text))
    return bare or unicodedata.normalize("NFKC", text).strip()


_ROLE_OF = {normalise_header(text): role for role, texts in SYNONYMS.items() for text in texts}
_RANK_OF = {normalise_header(text): rank for texts in SYNONYMS.values() for rank, text in enumerate(texts)}


def find_header(sheet: RawSheet) -> Header | None:
    """Return the best header among the first rows, or None when the sheet is no roll by its headers.

    A roll's header names the room and the area or the owner.
    """
    best: Header | None = None
    rows = sheet.rows[:_HEADER_DEPTH]
    for number, row in enumerate(rows, start=1):
        candidates = [read_header(number, row)]
        if number > 1 and len(candidates[0].columns) >= 2:
            candidates.append(read_header(number, _join_lines(rows[number - 2], row)))
        for header in candidates:
            if not header.has(ColumnRole.ROOM) or not (header.has(ColumnRole.AREA) or header.has(ColumnRole.OWNER)):
                continue
            if best is None or len(header.columns) > len(best.columns):
                best = header
    return best


def _join_lines(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[Cell, ...]:
    """Join a header in two lines: where the lower line is empty, the upper one names the column (kind 3)."""
    width = max(len(upper), len(lower))
    pairs = zip(_padded(upper, width), _padded(lower, width), strict=True)
    return tuple(below if cell_text(below).strip() else above for above, below in pairs)


def _padded(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return (*row, *([""] * (width - len(row))))


def read_header(number: int, row: Sequence[Cell]) -> Header:
    """Read one row as if it were a header."""
    found: dict[ColumnRole, list[int]] = {}
    texts = [normalise_header(cell_text(cell)) if isinstance(cell, str) and len(cell) < 40 else "" for cell in row]
    for column, text in enumerate(texts):
        role = _ROLE_OF.get(text)
        if role is not None:
            found.setdefault(role, []).append(column)
    columns: dict[ColumnRole, tuple[int, ...]] = {}
    for role, places in found.items():
        ranked = sorted(places, key=lambda column: (_RANK_OF[texts[column]], column))
        columns[role] = tuple(ranked) if role is ColumnRole.PHONE else (ranked[0],)
    named = {column: role for role, places in columns.items() for column in places}
    return Header(
        row=number,
        columns=columns,
        named=tuple((cell_text(row[column]).strip(), named[column]) for column in sorted(named)),
    )


def looks_like_other_list(sheet: RawSheet) -> bool:
    """Say whether the first rows speak of tenants or fees and of no owner."""
    words = [
        unicodedata.normalize("NFKC", cell)
        for row in sheet.rows[:_HEADER_DEPTH]
        for cell in row
        if isinstance(cell, str) and 0 < len(cell) < 60
    ]
    return any(mark in word for word in words for mark in (*TENANT_WORDS, *FEE_WORDS))
