"""Own the questions a careful clerk asks about a roll as a whole: kinds 12, 16, 17, 21, 24, 25 and 28."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.roll.persons import UNNAMED_DEVELOPER, Persons
from app.roll.reading.findings import Findings
from app.roll.rules import developer_rows
from app.roll.types import PersonKey, ProblemKind, RollRow, UnitUse

#: One phone on the doors of more owners than this is hardly an owner's own (kind 25).
_MOST_OWNERS_OF_A_PHONE = 3


def ask_about_units(rows: Sequence[RollRow], findings: Findings) -> None:
    """Ask about building spellings, and about what is not counted."""
    spellings: dict[str, dict[str, RollRow]] = defaultdict(dict)
    for row in rows:
        spellings[row.door.building].setdefault(row.building_label, row)
    for building, labels in spellings.items():
        for label, row in list(labels.items())[1:]:
            common = next(iter(labels))
            findings.confirm(
                row.sheet,
                [row.row],
                ProblemKind.BUILDING_ALIAS,
                f"「{label}」与「{common}」按同一栋楼处理。",
                f"“{label}” is taken for the same building as “{common}” ({building}).",
            )
    for use, kind, zh, en in (
        (UnitUse.PUBLIC, ProblemKind.NON_RESIDENTIAL, "公共用房，不计入面积和人数", "public rooms, not counted"),
        (UnitUse.PARKING, ProblemKind.PARKING_MIXED, "车位或储藏间，不计入面积和人数", "parking or storage, not counted"),
    ):
        _ask_by_sheet((row for row in rows if row.use is use), kind, zh, en, findings)


def ask_about_persons(rows: Sequence[RollRow], persons: Persons, findings: Findings) -> None:
    """Ask about co-owners in one cell, persons known by name and phone only, shared phones and the developer's block."""
    by_place: dict[tuple[str, int], RollRow] = {(row.sheet, row.row): row for row in rows}
    _ask_by_sheet(
        (row for row in by_place.values() if len(row.owners) > 1),
        ProblemKind.COOWNERS_IN_CELL,
        "有多位共有人，按顿号等分隔符拆开",
        "several co-owners, split at the separators",
        findings,
    )
    for group in persons.by_name_and_phone:
        first = group[0]
        findings.confirm(
            first.sheet,
            [row.row for row in group if row.sheet == first.sheet],
            ProblemKind.PERSON_ALIAS,
            "没有可靠的证件号，姓名和电话与其他行相同，按同一人处理。",
            "Without a reliable document number; same name and phone as in other rows, taken for the same person.",
        )
    _ask_about_phones(rows, persons, findings)
    block = developer_rows(rows, persons)
    if block:
        unnamed = "（名册没有写明开发商名称）" if persons.developer == UNNAMED_DEVELOPER else ""
        _ask_by_sheet(
            block,
            ProblemKind.DEVELOPER_UNITS,
            f"开发商{unnamed}名下和未售、未交付的房屋，合计算 1 人",
            "units of the developer, unsold or undelivered, one voter together",
            findings,
        )


def _ask_about_phones(rows: Sequence[RollRow], persons: Persons, findings: Findings) -> None:
    holders: dict[str, set[PersonKey]] = defaultdict(set)
    places: dict[str, list[RollRow]] = defaultdict(list)
    for row, keys in zip(rows, persons.keys, strict=True):
        if len(keys) != len(row.owners):
            continue
        for owner, key in zip(row.owners, keys, strict=True):
            if owner.phone:
                holders[owner.phone].add(key)
                places[owner.phone].append(row)
    for phone, keys_of_phone in holders.items():
        if len(keys_of_phone) > _MOST_OWNERS_OF_A_PHONE:
            _ask_by_sheet(
                places[phone],
                ProblemKind.PHONE_PROBLEM,
                f"电话尾号 {phone[-4:]} 登记在 {len(keys_of_phone)} 位业主名下，可能不是业主本人的电话",
                f"the phone ending in {phone[-4:]} stands with {len(keys_of_phone)} owners and may not be theirs",
                findings,
            )


def _ask_by_sheet(rows: Iterable[RollRow], kind: ProblemKind, zh: str, en: str, findings: Findings) -> None:
    by_sheet: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_sheet[row.sheet].append(row.row)
    for sheet, numbers in by_sheet.items():
        findings.confirm(
            sheet, sorted(numbers), kind, f"{zh}（{len(numbers)} 行）。", f"{en[0].upper()}{en[1:]} ({len(numbers)} rows)."
        )
