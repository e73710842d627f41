"""Own what counts on a roll: voters as sets of owners, totals, totals per building, and the bridge from doors to persons.

Source: app/statute/LAW.md 1 (R-AREA, R-HEAD) and P-SAMEBUYER, app/roll/README.md "Numbers".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.roll.persons import Persons, identify_persons, is_company
from app.roll.types import (
    BridgeLine,
    BridgeReason,
    BuildingTotal,
    PersonKey,
    RollRow,
    RollTotals,
    UnitStatus,
    Voter,
)
from app.statute.case import Case, Unit
from app.statute.case import UnitStatus as StatuteStatus
from app.statute.rule_pack import Matter
from app.statute.voters import group_units_into_voters
from app.values import Area, UnitCode


def voters_of(rows: Sequence[RollRow], persons: Persons | None = None) -> tuple[Voter, ...]:
    """Group the counted units by identical owner set, in the order of each voter's first unit.

    The grouping itself is the statute's, under the default policies: units of the developer, unsold, undelivered or in
    his own name, are one voter (R-HEAD i). ``persons`` defaults to the reading without a named developer.
    """
    known = persons or identify_persons(rows)
    case = Case(matter=Matter.OTHER, units=_statute_units(rows, known), developer=known.developer)
    return tuple(
        Voter(
            owners=frozenset(PersonKey(owner) for owner in voter.owners),
            units=tuple(sorted(UnitCode(unit.code) for unit in voter.units)),
            area=voter.weight.area,
            is_developer=voter.owners == {known.developer},
        )
        for voter in group_units_into_voters(case)
    )


def _statute_units(rows: Sequence[RollRow], persons: Persons) -> tuple[Unit, ...]:
    return tuple(
        Unit(
            code=row.code,
            area=row.area,
            owners=frozenset(keys),
            status=StatuteStatus(row.status),
            counted=row.use.counted,
        )
        for row, keys in zip(rows, persons.keys, strict=True)
    )


def totals_of(rows: Sequence[RollRow], voters: Sequence[Voter]) -> RollTotals:
    """Return the counted units, the voters and the counted area."""
    counted = [row for row in rows if row.use.counted]
    return RollTotals(units=len(counted), voters=len(voters), area=Area.total(row.area for row in counted))


def building_totals(rows: Sequence[RollRow]) -> tuple[BuildingTotal, ...]:
    """Return units and area of every building with counted units, in file order."""
    held: dict[str, list[RollRow]] = defaultdict(list)
    for row in rows:
        if row.use.counted:
            held[row.door.building].append(row)
    return tuple(
        BuildingTotal(building, units[0].building_label, len(units), Area.total(row.area for row in units))
        for building, units in held.items()
    )


def headcount_bridge(rows: Sequence[RollRow], voters: Sequence[Voter]) -> tuple[BridgeLine, ...]:
    """Explain why voters are fewer than units; the lines' ``fewer`` sum to units minus voters exactly."""
    by_code = {row.code: row for row in rows}
    units: dict[BridgeReason, int] = defaultdict(int)
    heads: dict[BridgeReason, int] = defaultdict(int)
    for voter in voters:
        if voter.is_developer:
            reason = BridgeReason.DEVELOPER
        elif len(voter.units) < 2:
            continue
        else:
            owners = by_code[voter.units[0]].owners
            alone = len(owners) == 1 and is_company(owners[0])
            reason = BridgeReason.COMPANY if alone else BridgeReason.SEVERAL_UNITS
        units[reason] += len(voter.units)
        heads[reason] += 1
    return tuple(BridgeLine(reason, units[reason], heads[reason]) for reason in BridgeReason if reason in units)


def bridge_sentences(totals: RollTotals, bridge: Sequence[BridgeLine]) -> tuple[str, str]:
    """Return the bridge as one Chinese and one English sentence that add up."""
    templates = {
        BridgeReason.DEVELOPER: ("开发商 {units} 处合计 {voters} 人", "developer, {units} units as {voters} voter"),
        BridgeReason.SEVERAL_UNITS: ("一人多套 {voters} 人 {units} 处", "{voters} voters with several units, {units} units"),
        BridgeReason.COMPANY: ("公司 {voters} 家 {units} 处", "{voters} companies with several units, {units} units"),
    }
    parts = [
        tuple(text.format(units=f"{line.units:,}", voters=f"{line.voters:,}") for text in templates[line.reason])
        for line in bridge
    ]
    zh = "；".join(f"{part[0]}（少 {line.fewer:,}）" for part, line in zip(parts, bridge, strict=True))
    en = "; ".join(f"{part[1]} ({line.fewer:,} fewer)" for part, line in zip(parts, bridge, strict=True))
    fewer = totals.units - totals.voters
    if fewer == 0:
        return (f"业主人数 {totals.voters:,}，与户数相同。", f"{totals.voters:,} voters, as many as units.")
    return (
        f"业主人数 {totals.voters:,}，比户数 {totals.units:,} 少 {fewer:,}：{zh}。",
        f"{totals.voters:,} voters, {fewer:,} fewer than the {totals.units:,} units: {en}.",
    )


def developer_rows(rows: Sequence[RollRow], persons: Persons) -> tuple[RollRow, ...]:
    """Return the counted units that belong to the developer's block."""
    return tuple(
        row
        for row, keys in zip(rows, persons.keys, strict=True)
        if row.use.counted and (row.status is not UnitStatus.DELIVERED or keys == (persons.developer,))
    )
