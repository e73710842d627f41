"""Own the reading of one sheet below its header: which rows are units, and each unit's door, area, status and owners."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.errors import Malformed
from app.roll import doors
from app.roll.errors import DoorUnreadable
from app.roll.reading import cells, limits
from app.roll.reading.findings import Findings
from app.roll.reading.headers import Header, read_header
from app.roll.reading.owners import OwnerCells, read_owners
from app.roll.reading.sheets import Cell, RawSheet, cell_text
from app.roll.reading.units import DraftRow
from app.roll.types import ColumnRole, OwnerEntry, ProblemKind, RollRow, UnitStatus, UnitUse
from app.values import Area

_TOTAL = re.compile(r"小计|合计|总计|共计|制表|审核人|复核|监督人|填表|打印时间|经办")
_NOTE = re.compile(r"^(说明|注[:：]|备注[:：]|填写)")
_CHANGED = re.compile(r"卖|转让|过户|去世|死亡|已故|过世|身故|继承|拍卖|司法|离婚|赠与")
_MERGED_UNIT = re.compile(r"合并|同证|跃层|夹层|打通")
_SHARED = re.compile(r"共有|共同|按份")

_AREA_SENTENCES = {
    "area_missing": ("没有面积", "There is no area"),
    "area_unreadable": ("面积无法识别", "The area cannot be read"),
    "area_not_positive": ("面积必须大于 0", "The area must be greater than 0"),
    "area_too_fine": ("面积超过两位小数", "The area has more than two decimals"),
}


@dataclass(slots=True)
class SheetRows:
    """Read the rows of one sheet; use once."""

    sheet: RawSheet
    header: Header
    findings: Findings
    _row: tuple[Cell, ...] = ()
    _number: int = 0
    _merged_rooms: frozenset[int] = field(init=False)
    #: Rows whose room cell also holds the entrance, as in 1-201: one question for all of them.
    _dashed_rooms: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        room = self.header.columns[ColumnRole.ROOM][0]
        self._merged_rooms = frozenset(row for row, column in self.sheet.merged if column == room)

    def drafts(self) -> Iterator[DraftRow]:
        """Yield one draft per row that is a unit; every other row that is not empty is listed."""
        for number, row in enumerate(self.sheet.rows[self.header.row :], start=self.header.row + 1):
            self._number, self._row = number, row
            if self._is_unit_row():
                draft = self._read_unit()
                if draft is not None:
                    yield draft
        if self._dashed_rooms:
            self.findings.confirm(
                self.sheet.name,
                self._dashed_rooms,
                ProblemKind.UNIT_IN_ROOM,
                f"房号里连写了楼栋或单元（{len(self._dashed_rooms)} 行），按「单元-房号」拆开。",
                f"Room cells also hold building or entrance ({len(self._dashed_rooms)} rows); split at the dash.",
            )

    def _cell(self, role: ColumnRole) -> Cell:
        place = self.header.columns.get(role)
        return self._row[place[0]] if place and place[0] < len(self._row) else ""

    def _text(self, role: ColumnRole) -> str:
        return cell_text(self._cell(role))

    def _is_unit_row(self) -> bool:
        """Say whether the current row is to be read as a unit; lists it when it is something else."""
        mapped = [
            self._text(role).strip() for role in (ColumnRole.BUILDING, ColumnRole.ROOM, ColumnRole.OWNER, ColumnRole.AREA)
        ]
        if not any(mapped):
            if any(cell_text(cell).strip() for cell in self._row):
                self._list(ProblemKind.NOTES_IN_RANGE, "说明文字，不导入。", "A note, not imported.")
            return False
        again = read_header(self._number, self._row)
        if again.has(ColumnRole.ROOM) and len(again.columns) >= 2:
            self._list(ProblemKind.REPEATED_HEADER, "重复的表头，不导入。", "A repeated header, not imported.")
            return False
        room = self._text(ColumnRole.ROOM).strip()
        if self._is_total_row(room):
            zh = "小计、合计或签字行，不导入。"
            self._list(ProblemKind.TOTAL_ROWS, zh, "A subtotal, total or signature row, not imported.")
            return False
        filled = [cell_text(cell).strip() for cell in self._row if cell_text(cell).strip()]
        if len(filled) == 1 and (_NOTE.match(filled[0]) or not room):
            self._list(ProblemKind.NOTES_IN_RANGE, "标题或说明行，不导入。", "A title or note, not imported.")
            return False
        return True

    def _is_total_row(self, room: str) -> bool:
        """Say whether the row is a sum or a signature; a door whose remark says 复核 is still a door."""
        remark = self.header.columns.get(ColumnRole.REMARK, (-1,))[0]
        words = "".join(cell for at, cell in enumerate(self._row) if isinstance(cell, str) and at != remark)
        return _TOTAL.search(words) is not None and not (room and self._text(ColumnRole.OWNER).strip())

    def _list(self, kind: ProblemKind, zh: str, en: str) -> None:
        self.findings.listed(self.sheet.name, [self._number], kind, zh, en)

    def _resolve(self, kind: ProblemKind, zh: str, en: str) -> None:
        self.findings.resolve(self.sheet.name, [self._number], kind, zh, en)

    def _read_unit(self) -> DraftRow | None:
        self._report_marks()
        if any(len(cell_text(cell)) > limits.MAX_CELL_CHARACTERS for cell in self._row):
            self._resolve(
                ProblemKind.CELL_MARKS,
                "这一行有单元格文字过长，请检查。",
                "A cell of this row holds too much text; please check.",
            )
            return None
        reading = self._read_door()
        if reading is None:
            return None
        status = cells.read_status(self._text(ColumnRole.STATUS), self._text(ColumnRole.REMARK)) or UnitStatus.DELIVERED
        owners: tuple[OwnerEntry, ...] = ()
        if cells.is_status_word(self._text(ColumnRole.OWNER)):
            status = cells.read_status(self._text(ColumnRole.OWNER)) or status
        else:
            owners = self._read_owners()
        use = cells.read_use(
            self._text(ColumnRole.USE),
            self._text(ColumnRole.ROOM),
            self._text(ColumnRole.BUILDING),
            self._text(ColumnRole.UNIT),
        )
        if use is UnitUse.FLAT and reading.is_shop:
            use = UnitUse.SHOP
        if not owners and status is UnitStatus.DELIVERED and use.counted and self.header.has(ColumnRole.OWNER):
            self._resolve(
                ProblemKind.MISSING_DOOR,
                f"{reading.door.code} 没有业主；请补上业主，未售或未交付的请注明。",
                f"{reading.door.code} has no owner; name the owner, or mark the unit unsold or undelivered.",
            )
        row = RollRow(
            sheet=self.sheet.name,
            row=self._number,
            door=reading.door,
            building_label=cells.trimmed(self._text(ColumnRole.BUILDING)) or reading.door.building,
            floor=_floor_of(self._text(ColumnRole.FLOOR), reading.door.room),
            area=self._read_area(use),
            use=use,
            status=status,
            owners=owners,
        )
        return DraftRow(row, says_shared=self._says_shared())

    def _says_shared(self) -> bool:
        shared = _SHARED.search(self._text(ColumnRole.CO_OWNERSHIP)) is not None
        follows = self._number in self._merged_rooms or self._number + 1 in self._merged_rooms
        return shared or cells.read_share(self._text(ColumnRole.SHARE)) not in (None, 1) or follows

    def _read_door(self) -> doors.DoorReading | None:
        raw = [self._text(role) for role in (ColumnRole.BUILDING, ColumnRole.UNIT, ColumnRole.ROOM)]
        try:
            reading = doors.read_door(*raw)
        except DoorUnreadable as error:
            where = " ".join(text.strip() for text in raw if text.strip())
            if error.code == "door_contradicts_columns":
                self._resolve(
                    ProblemKind.UNIT_IN_ROOM,
                    f"房号与楼栋、单元不一致：「{where[:60]}」。",
                    f"The room contradicts building and unit: “{where[:60]}”.",
                )
            else:
                self._resolve(
                    ProblemKind.MISSING_DOOR,
                    f"缺少楼栋或房号：「{where[:60]}」。",
                    f"Building or room is missing: “{where[:60]}”.",
                )
            return None
        self._report_door_fixes(raw[2], reading)
        return reading

    def _report_door_fixes(self, room: str, reading: doors.DoorReading) -> None:
        name, number = self.sheet.name, self._number
        if cells.has_full_width(room) or doors.repair_lookalikes(room.strip()) != room.strip():
            after = unicodedata.normalize("NFKC", doors.repair_lookalikes(room.strip()))
            self.findings.fixed(
                name,
                number,
                ProblemKind.FULL_WIDTH,
                room,
                after,
                "房号里的全角或形近字符",
                "Full-width or look-alike characters in a room",
            )
        elif cells.trimmed(room) != room:
            self.findings.fixed(
                name,
                number,
                ProblemKind.EMPTY_ROWS_STRAY_SPACE,
                room,
                cells.trimmed(room),
                "房号前后的空格或换行",
                "Blanks round a room number",
            )
        if reading.spelling is doors.RoomSpelling.DASHED:
            self._dashed_rooms.append(number)
        elif reading.spelling is doors.RoomSpelling.WORDED:
            self.findings.confirm(
                name,
                [number],
                ProblemKind.UNIT_IN_ROOM,
                f"房号「{room.strip()}」读作 {reading.door.code}。",
                f"Room “{room.strip()}” is read as {reading.door.code}.",
            )
        if _MERGED_UNIT.search(room):
            self._resolve(
                ProblemKind.MERGED_OR_SPLIT_UNIT,
                f"「{room.strip()}」是一户还是几户，请确认。",
                f"Is “{room.strip()}” one unit or several?",
            )

    def _read_area(self, use: UnitUse) -> Area:
        cell = self._cell(ColumnRole.AREA)
        if not self.header.has(ColumnRole.AREA):
            return Area.zero()
        try:
            area, tidied = cells.read_area(cell)
        except Malformed as error:
            if use.counted:
                zh, en = _AREA_SENTENCES[error.code]
                shown = cell_text(cell).strip()[:40]
                self._resolve(ProblemKind.AREA_OUTLIER, f"{zh}：「{shown}」。", f"{en}: “{shown}”.")
            return Area.zero()
        if tidied:
            self.findings.fixed(
                self.sheet.name,
                self._number,
                ProblemKind.AREA_AS_TEXT,
                cell_text(cell),
                str(area),
                "面积带单位、逗号或空格",
                "An area with unit, comma or blank",
            )
        return area

    def _read_owners(self) -> tuple[OwnerEntry, ...]:
        phones = tuple(self._row[place] for place in self.header.columns.get(ColumnRole.PHONE, ()) if place < len(self._row))
        return read_owners(
            OwnerCells(
                sheet=self.sheet.name,
                row=self._number,
                names=self._text(ColumnRole.OWNER),
                phones=phones,
                id_type=self._text(ColumnRole.ID_TYPE),
                id_number=self._cell(ColumnRole.ID_NUMBER),
                share=cells.read_share(self._text(ColumnRole.SHARE)),
                numbers_are_cells=not self.sheet.is_text,
            ),
            self.findings,
        )

    def _report_marks(self) -> None:
        """Report what stands beside the values: hidden rows, relatives and tenants, remarks about the person."""
        if self._number in self.sheet.hidden_rows:
            self._resolve(
                ProblemKind.HIDDEN_OR_RIVAL_DATA,
                "这一行在表格里是隐藏的，请确认是否有效。",
                "This row is hidden in the file; is it valid?",
            )
        if cells.is_not_owner(self._text(ColumnRole.OWNER_TYPE)):
            self._resolve(
                ProblemKind.OWNER_CHANGED,
                "这一行登记的是家庭成员或租户，不是业主。",
                "This row names a relative or tenant, not the owner.",
            )
        remark = self._text(ColumnRole.REMARK).strip()
        if _CHANGED.search(remark):
            self._resolve(
                ProblemKind.OWNER_CHANGED,
                "备注说明业主可能有变化，请核实。",
                "The remark says that the owner may have changed; please check.",
            )


def _floor_of(text: str, room: str) -> int:
    """Return the storey from its cell, else from a room of three or four digits, else 0."""
    match = re.fullmatch(r"(-?[0-9]{1,3})(?:层|楼|F)?", unicodedata.normalize("NFKC", text).strip(), re.IGNORECASE)
    if match:
        return int(match[1])
    return int(room[:-2]) if room.isascii() and room.isdigit() and 3 <= len(room) <= 4 else 0
