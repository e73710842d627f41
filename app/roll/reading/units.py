"""Own the joining of rows to units: one door once, whatever the number of rows it fills (kinds 15, 18, 19, 23)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.roll.persons import normalise_name
from app.roll.reading.findings import Findings
from app.roll.types import OwnerEntry, ProblemKind, RollRow
from app.values import UnitCode


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Hold one row read on its own, before rows of the same door are joined."""

    row: RollRow
    #: The file says that this holder shares the unit: 共有方式, a share, or a merged door cell.
    says_shared: bool


def join_rows(drafts: Sequence[DraftRow], findings: Findings) -> tuple[RollRow, ...]:
    """Return one row per door; repeated doors are joined, listed or left for a person, never dropped silently."""
    by_door: dict[UnitCode, list[DraftRow]] = defaultdict(list)
    for draft in drafts:
        by_door[draft.row.code].append(draft)
    joined: list[RollRow] = []
    holder_rows: dict[str, list[int]] = defaultdict(list)
    for group in by_door.values():
        joined.append(group[0].row if len(group) == 1 else _join(group, holder_rows, findings))
    for sheet, rows in holder_rows.items():
        findings.listed(
            sheet,
            sorted(rows),
            ProblemKind.COOWNER_ROWS,
            f"有 {len(rows)} 行是同一户的其他共有人，已并入该户，面积只算一次。",
            f"{len(rows)} rows hold further co-owners of a unit; they were joined and the area counted once.",
        )
    return tuple(joined)


def _join(group: list[DraftRow], holder_rows: dict[str, list[int]], findings: Findings) -> RollRow:
    """Join the rows of one door into its first row."""
    first = group[0].row
    owners = list(first.owners)
    seen = {_owner_set(first)}
    holders = 1
    for draft in group[1:]:
        row = draft.row
        if row.sheet != first.sheet:
            _report_rival(first, row, findings)
        elif _owner_set(row) in seen and row.area == first.area:
            findings.listed(
                row.sheet,
                [row.row],
                ProblemKind.DUPLICATE_SAME,
                f"与第 {first.row} 行是同一户，内容相同，只算一次。",
                f"The same unit with the same data as row {first.row}; counted once.",
            )
        elif draft.says_shared and group[0].says_shared and row.area == first.area:
            seen.add(_owner_set(row))
            owners.extend(row.owners)
            holder_rows[row.sheet].append(row.row)
            holders += 1
        else:
            _report_conflict(first, row, findings)
    return dataclasses.replace(first, owners=tuple(owners)) if holders > 1 else first


def _owner_set(row: RollRow) -> frozenset[str]:
    return frozenset(_owner_mark(owner) for owner in row.owners)


def _owner_mark(owner: OwnerEntry) -> str:
    return owner.document.number or f"{normalise_name(owner.name)}:{owner.phone}"


def _report_conflict(first: RollRow, row: RollRow, findings: Findings) -> None:
    same_owners = _owner_set(first) == _owner_set(row)
    if row.area != first.area:
        zh, en = f"面积不同（{first.area} 与 {row.area}）", f"different areas ({first.area} and {row.area})"
    else:
        zh, en = "业主不同", "different owners"
    if row.area != first.area and not same_owners:
        zh, en = zh + "，业主也不同", en + " and different owners"
    findings.resolve(
        row.sheet,
        [row.row, first.row],
        ProblemKind.DUPLICATE_CONFLICT,
        f"{row.code} 在第 {first.row} 行已经出现，{zh}；请保留正确的一行，共有人请写在同一格或注明共有方式。",
        f"{row.code} already stands in row {first.row} with {en}; keep the right row, and name co-owners in one cell.",
    )


def _report_rival(first: RollRow, row: RollRow, findings: Findings) -> None:
    findings.resolve(
        row.sheet,
        [row.row],
        ProblemKind.HIDDEN_OR_RIVAL_DATA,
        f"{row.code} 在工作表「{first.sheet}」第 {first.row} 行也有；请只保留一份名册。",
        f"{row.code} also stands in sheet “{first.sheet}”, row {first.row}; keep only one roll.",
    )
