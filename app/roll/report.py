"""Own what is shown and kept of an uploaded roll: totals, sums, the bridge, columns, problems - never a person's data.

Cells before and after a repair may be personal and stay out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from app.roll.persons import identify_persons, is_company, normalise_name, propose_developer
from app.roll.rules import bridge_sentences, building_totals, headcount_bridge, totals_of, voters_of
from app.roll.types import ColumnRole, Handling, Problem, ProblemKind, RollRow, RollTable, RollTotals, UnitStatus
from app.values import Area

#: Most companies offered as the developer; on real rolls he owns more than anyone.
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Say how one sheet was understood: the header's row and (header text, meaning) in column order."""

    name: str
    header_row: int
    columns: tuple[tuple[str, ColumnRole], ...]


@dataclass(frozen=True, slots=True)
class ReportBuilding:
    """Hold counted units and area of one building; area as text in square metres."""

    label: str
    units: int
    area: str

    @property
    def area_value(self) -> Area:
        """Return the area as a value."""
        return Area.parse(self.area)


@dataclass(frozen=True, slots=True)
class ReportItem:
    """Hold one sentence and every row it is about, as ranges of rows of one sheet."""

    sheet: str
    ranges: tuple[tuple[int, int], ...]
    rows: int
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Hold all problems of one kind and handling."""

    handling: Handling
    kind: ProblemKind
    rows: int
    items: tuple[ReportItem, ...]


@dataclass(frozen=True, slots=True)
class RollReport:
    """Hold what a person has to know about an uploaded roll before it becomes the roll."""

    sheets: tuple[ReportSheet, ...]
    units: int
    voters: int
    #: Square metres with two digits, as text.
    area: str
    #: Rows that are no counted unit: parking and public rooms.
    uncounted: int
    bridge_zh: str
    bridge_en: str
    buildings: tuple[ReportBuilding, ...]
    groups: tuple[ReportGroup, ...]

    @property
    def area_value(self) -> Area:
        """Return the total area as a value."""
        return Area.parse(self.area)

    def of(self, handling: Handling) -> tuple[ReportGroup, ...]:
        """Return the groups of one handling."""
        return tuple(group for group in self.groups if group.handling == handling)

    def rows_of(self, handling: Handling) -> int:
        """Return how many rows one handling concerns; a row with several problems is one row."""
        items = [item for group in self.of(handling) for item in group.items]
        named = {(item.sheet, row) for item in items for first, last in item.ranges for row in range(first, last + 1)}
        return len(named) + sum(1 for item in items if not item.ranges)

    def to_json(self) -> dict[str, Any]:
        """Return the report as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> RollReport:
        """Read a stored report."""
        return cls(
            sheets=tuple(
                ReportSheet(
                    sheet["name"], sheet["header_row"], tuple((text, ColumnRole(role)) for text, role in sheet["columns"])
                )
                for sheet in stored["sheets"]
            ),
            buildings=tuple(ReportBuilding(**building) for building in stored["buildings"]),
            groups=tuple(_group_of(group) for group in stored["groups"]),
            **{name: stored[name] for name in ("units", "voters", "area", "uncounted", "bridge_zh", "bridge_en")},
        )


@dataclass(frozen=True, slots=True)
class DeveloperChoice:
    """Hold one answer to who the developer is, with the roll it leads to."""

    #: ``none`` or the place among the companies of the file; stable for one file.
    value: str
    #: Empty for no developer.
    name: str
    #: Doors the company is sole owner of.
    doors: int
    #: Whether the file looks as if this were the answer.
    proposed: bool
    totals: RollTotals
    bridge_zh: str
    bridge_en: str


def report_of(table: RollTable, developer: str | None) -> RollReport:
    """Make the report of a table under an answer to who the developer is; None for nobody."""
    totals, bridge = _outcome(table.rows, developer)
    return RollReport(
        sheets=tuple(ReportSheet(sheet.name, sheet.header_row, sheet.columns) for sheet in table.sheets),
        units=totals.units,
        voters=totals.voters,
        area=str(totals.area),
        uncounted=len(table.rows) - totals.units,
        bridge_zh=bridge[0],
        bridge_en=bridge[1],
        buildings=tuple(ReportBuilding(b.label, b.units, str(b.area)) for b in building_totals(table.rows)),
        groups=_groups(table.problems),
    )


def developer_choices(rows: Sequence[RollRow]) -> tuple[DeveloperChoice, ...]:
    """Offer the companies of the file by the number of doors that are theirs alone, the likely developer first, then nobody.

    A company with one door is offered only where unsold or undelivered doors stand beside it: otherwise the answer changes
    nothing.
    """
    proposed = propose_developer(rows)
    doors: dict[str, int] = defaultdict(int)
    for row in rows:
        if len(row.owners) == 1 and is_company(row.owners[0]):
            doors[row.owners[0].name] += 1
    fewest = 1 if any(row.status is not UnitStatus.DELIVERED for row in rows) else 2
    offered = [name for name in doors if doors[name] >= fewest]
    ranked = sorted(offered, key=lambda name: (name != proposed, -doors[name], name))[:_MOST_CANDIDATES]
    found = [_choice(rows, str(place), name, doors[name], name == proposed) for place, name in enumerate(ranked, 1)]
    return (*found, _choice(rows, "none", "", 0, proposed is None))


def chosen_developer(rows: Sequence[RollRow], value: str) -> str | None:
    """Return the name behind an answer, None for nobody.

    Raises: KeyError for an answer that was not offered.
    """
    return {choice.value: choice.name or None for choice in developer_choices(rows)}[value]


def is_developers_name(name: str, developer: str | None) -> bool:
    """Say whether a name as written is the developer's."""
    return developer is not None and normalise_name(name) == normalise_name(developer)


def ranges_of(rows: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Join row numbers into ranges: 4, 5, 6, 9 are (4, 6) and (9, 9)."""
    found: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return tuple(found)


def _choice(rows: Sequence[RollRow], value: str, name: str, doors: int, proposed: bool) -> DeveloperChoice:
    totals, bridge = _outcome(rows, name or None)
    return DeveloperChoice(value, name, doors, proposed, totals, *bridge)


def _outcome(rows: Sequence[RollRow], developer: str | None) -> tuple[RollTotals, tuple[str, str]]:
    voters = voters_of(rows, identify_persons(rows, developer))
    totals = totals_of(rows, voters)
    return totals, bridge_sentences(totals, headcount_bridge(rows, voters))


def _groups(problems: Sequence[Problem]) -> tuple[ReportGroup, ...]:
    held: dict[tuple[Handling, ProblemKind], dict[tuple[str, str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for problem in problems:
        said = (problem.sheet, problem.message_zh, problem.message_en)
        own = problem.rows or ((problem.row,) if problem.row is not None else ())
        held[problem.handling, problem.kind][said].update(own)
    return tuple(
        ReportGroup(handling, kind, sum(max(1, len(rows)) for rows in said.values()), tuple(_items(said)))
        for (handling, kind), said in held.items()
    )


def _items(said: dict[tuple[str, str, str], set[int]]) -> Iterable[ReportItem]:
    for (sheet, zh, en), rows in said.items():
        yield ReportItem(sheet, ranges_of(rows), len(rows), zh, en)


def _group_of(stored: dict[str, Any]) -> ReportGroup:
    items = tuple(
        ReportItem(**{**item, "ranges": tuple((first, last) for first, last in item["ranges"])}) for item in stored["items"]
    )
    return ReportGroup(Handling(stored["handling"]), ProblemKind(stored["kind"]), cast(int, stored["rows"]), items)
