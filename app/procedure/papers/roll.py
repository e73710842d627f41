"""Own the papers of the roll: the public list by entrance (N2) and the sheet of its check (N3).

Before the vote is announced they read the live roll, afterwards the frozen one. No rule publishes the owners' names, so neither
paper has any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.papers import (
    BuildingSum,
    HeadStep,
    NotCounted,
    PaperCode,
    RollCheck,
    RollEntrance,
    RollLine,
    RollNotice,
    Signer,
    Totals,
)
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers.beginning import supervisor_of
from app.procedure.papers.imprint import Wish, convener, day_of, group_name, imprint_of, last_change, posted_day
from app.procedure.papers.words import objections_until
from app.procedure.progress import standing_vote
from app.procedure.types import Dossier
from app.roll.live import LiveUnit, door_order, live_totals, live_voters, units_in_scope
from app.roll.queries import developer_id, get_snapshot, import_moments, live_units, snapshot_units
from app.statute.calendar import last_day
from app.statute.holiday_tables import published_holidays
from app.tenancy.types import ComplexRow
from app.values.area import Area
from app.values.clock import china_day
from app.web.filters import day_year
from app.web.filters import door as door_words

_NOTES = {"unsold": "未售", "undelivered": "未交付"}
_USES = {
    "parking": ("车位", "按本小区规则，车位不计入表决"),
    "public": ("公共用房", "属于全体业主共有，不计入表决"),
}
_OTHER_USE = ("其他", "名册上标明不计入")


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold a unit that counts, with what the papers say of it."""

    code: str
    #: 3栋.
    building: str
    #: Empty where the building has no entrances.
    entrance: str
    area: Area
    #: Units of one voter have the same.
    voter: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountedRoll:
    """Hold the counted units of the roll that holds, in the order of doors, with its totals."""

    units: tuple[Counted, ...]
    totals: Totals
    #: SHA-256 of the frozen roll; empty before it is frozen.
    digest: str
    #: Voter who is the developer; None where there is none.
    developer: int | None


def counted_roll(dossier: Dossier) -> CountedRoll:
    """Return the roll of the procedure's scope: the one frozen into its vote, else the live one.

    Raises: PaperNotPrintable when nothing counts.
    """
    vote = standing_vote(dossier)
    live = sorted(units_in_scope(live_units(), dossier.procedure.scope), key=lambda unit: door_order(unit.code))
    developer = developer_id()
    of_developer = {
        unit.code for voter in live_voters(live, developer) if voter.persons == (developer,) for unit in voter.units
    }
    if vote is not None and vote.snapshot_id is not None:
        roll = _frozen(vote.snapshot_id, live, of_developer)
    else:
        roll = _live(live, developer, of_developer)
    if not roll.units:
        raise PaperNotPrintable()
    return roll


def roll_notice(place: ComplexRow, dossier: Dossier, wish: Wish) -> RollNotice:
    """Fill the public list, one part for each entrance."""
    roll, posted = counted_roll(dossier), day_of(dossier, PaperCode.ROLL_NOTICE, wish)
    entrances: dict[str, list[RollLine]] = {}
    for unit in roll.units:
        title = f"{unit.building}{unit.entrance}单元" if unit.entrance else unit.building
        entrances.setdefault(title, []).append(RollLine(door_words(unit.code), unit.area, note=unit.note))
    until = objections_until(dossier, posted)
    return RollNotice(
        imprint=imprint_of(place, dossier, PaperCode.ROLL_NOTICE, posted, convener(place, dossier)),
        entrances=tuple(RollEntrance(title, tuple(lines)) for title, lines in entrances.items()),
        totals=roll.totals,
        posted_on=posted,
        objections_until=until,
        answers_by=last_day(until, dossier.pack.number("objection_answer_days"), published_holidays()),
    )


def roll_check(place: ComplexRow, dossier: Dossier, wish: Wish) -> RollCheck:
    """Fill the sheet that says what counts, what does not and why, and how doors become heads."""
    roll = counted_roll(dossier)
    head = next((row.name for row in dossier.group if row.is_head), "")
    version, source = _origin()
    return RollCheck(
        imprint=imprint_of(place, dossier, PaperCode.ROLL_CHECK, _checked_on(dossier, wish), convener(place, dossier)),
        version=version,
        digest=roll.digest,
        source=source,
        buildings=_buildings(roll.units),
        totals=roll.totals,
        not_counted=_not_counted(dossier),
        head_steps=_head_steps(roll),
        signers=(
            Signer("经办人"),
            Signer("复核人"),
            Signer(f"{group_name(dossier)}组长" if dossier.group else "业主委员会", head),
            Signer(f"监督单位（{supervisor_of(dossier)}）" if supervisor_of(dossier) else "监督单位"),
        ),
    )


# --- the roll that holds ----------------------------------------------------------------------------------------------


def _live(units: Sequence[LiveUnit], developer: int | None, of_developer: set[str]) -> CountedRoll:
    voters = live_voters(units, developer)
    voter_of = {unit.code: number for number, voter in enumerate(voters) for unit in voter.units}
    totals = live_totals(units, voters)
    counted = tuple(
        Counted(unit.code, unit.building, unit.entrance, unit.area, voter_of[unit.code], _note(unit))
        for unit in units
        if unit.counted
    )
    return CountedRoll(counted, Totals(totals.units, totals.voters, totals.area), "", _developer(counted, of_developer))


def _frozen(snapshot_id: int, live: Sequence[LiveUnit], of_developer: set[str]) -> CountedRoll:
    """Return the frozen roll; entrances are those of the live roll, a door that is gone stands without one."""
    snapshot, by_code = get_snapshot(snapshot_id), {unit.code: unit for unit in live}
    counted = []
    for row in sorted(snapshot_units(snapshot_id), key=lambda row: door_order(row.code)):
        now = by_code.get(row.code)
        entrance = now.entrance if now is not None else ""
        counted.append(Counted(row.code, row.building, entrance, row.area, row.voter_number))
    totals = Totals(snapshot.units, snapshot.heads, snapshot.area)
    return CountedRoll(tuple(counted), totals, snapshot.roll_hash, _developer(counted, of_developer))


def _developer(units: Iterable[Counted], of_developer: set[str]) -> int | None:
    return next((unit.voter for unit in units if unit.code in of_developer), None)


def _note(unit: LiveUnit) -> str:
    notes = [_NOTES.get(unit.status, ""), "有争议" if unit.under_review else ""]
    return "，".join(note for note in notes if note)


# --- the check --------------------------------------------------------------------------------------------------------


def _buildings(units: Iterable[Counted]) -> tuple[BuildingSum, ...]:
    held: defaultdict[str, list[Area]] = defaultdict(list)
    for unit in units:
        held[unit.building].append(unit.area)
    return tuple(BuildingSum(building, len(areas), Area.total(areas)) for building, areas in held.items())


def _not_counted(dossier: Dossier) -> tuple[NotCounted, ...]:
    left_out: defaultdict[tuple[str, str], list[Area]] = defaultdict(list)
    for unit in units_in_scope(live_units(), dossier.procedure.scope):
        if not unit.counted:
            left_out[_USES.get(unit.use, _OTHER_USE)].append(unit.area)
    return tuple(NotCounted(what, len(areas), Area.total(areas), why) for (what, why), areas in sorted(left_out.items()))


def _head_steps(roll: CountedRoll) -> tuple[HeadStep, ...]:
    """Return the steps from doors to heads; together they make the difference exactly."""
    doors: defaultdict[int, int] = defaultdict(int)
    for unit in roll.units:
        doors[unit.voter] += 1
    steps = []
    held = doors.pop(roll.developer, 0) if roll.developer is not None else 0
    if held > 1:
        steps.append(HeadStep(f"建设单位未售、未交付的房屋共 {held} 套，只算 1 人", 1 - held))
    several = [count for count in doors.values() if count > 1]
    if several:
        what = f"{len(several)} 位业主各有几套房，共 {sum(several)} 套，每人只算 1 人"
        steps.append(HeadStep(what, len(several) - sum(several)))
    rest = roll.totals.heads - roll.totals.units - sum(step.change for step in steps)
    if rest:
        steps.append(HeadStep("按本小区规则不单独算人数的", rest))
    return tuple(steps)


def _origin() -> tuple[int, str]:
    """Return the number of the version that holds, and where it came from."""
    moments = import_moments()
    if not moments:
        return 1, "系统中的业主名册"
    return len(moments), f"{day_year(china_day(moments[-1]))}确认导入的名册"


def _checked_on(dossier: Dossier, wish: Wish) -> date:
    """Return the day of the check: the roll step's, else that of its posting, else the wished or the last recorded one."""
    fact, vote = dossier.facts.get("roll"), standing_vote(dossier)
    if fact is not None:
        return fact.done_on
    if vote is not None and vote.announced_at is not None:
        return china_day(vote.announced_at)
    return posted_day(dossier, PaperCode.ROLL_NOTICE) or wish.on or china_day(last_change(dossier))
