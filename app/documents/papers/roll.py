"""Own the papers of the roll: the public list by entrance (N2) and the one-page check (N3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode
from app.documents.papers.blocks import Signer, Totals
from app.values.area import Area


@dataclass(frozen=True, slots=True)
class RollLine:
    """Hold one door of the public list."""

    door: str
    area: Area
    #: Where the area comes from, 产权证, 合同, 实测; empty where the roll does not say.
    source: str = ""
    #: Owner as the rule allows to show it, 王*芳; empty where names are not shown.
    owner: str = ""
    #: 有争议, 未售; empty for most.
    note: str = ""


@dataclass(frozen=True, slots=True)
class RollEntrance:
    """Hold the doors of one entrance; each starts a new page, because it is posted there."""

    #: 1栋1单元.
    title: str
    lines: tuple[RollLine, ...]

    @property
    def area(self) -> Area:
        """Return the area of the entrance."""
        return Area.total(line.area for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollNotice(Paper):
    """Be N2 名册公示表, one list for each entrance."""

    code: ClassVar[PaperCode] = PaperCode.ROLL_NOTICE
    name: ClassVar[str] = "业主名册公示表"

    entrances: tuple[RollEntrance, ...]
    totals: Totals
    posted_on: date
    objections_until: date
    #: Last day on which objections are answered.
    answers_by: date
    shows_owners: bool = False

    def derived(self) -> dict[str, object]:
        """Return doors and area of each entrance."""
        return {"sums": [{"units": len(entrance.lines), "area": entrance.area} for entrance in self.entrances]}


@dataclass(frozen=True, slots=True)
class BuildingSum:
    """Hold what counts in one building."""

    building: str
    units: int
    area: Area
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Hold what stands on the file and does not count, with the reason."""

    what: str
    units: int
    area: Area | None
    why: str


@dataclass(frozen=True, slots=True)
class HeadStep:
    """Hold one step from the number of doors to the number of heads, as −62 for several flats of one owner."""

    what: str
    #: Change of the number, negative where heads fall away.
    change: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCheck(Paper):
    """Be N3 名册核对表: what counts, what does not and why, and who checked it."""

    code: ClassVar[PaperCode] = PaperCode.ROLL_CHECK
    name: ClassVar[str] = "业主名册核对表"

    #: 第 1 版.
    version: int
    #: SHA-256 of the frozen roll in hexadecimal; empty before it is frozen.
    digest: str
    source: str
    buildings: tuple[BuildingSum, ...]
    totals: Totals
    not_counted: tuple[NotCounted, ...]
    head_steps: tuple[HeadStep, ...]
    signers: tuple[Signer, ...]

    def derived(self) -> dict[str, object]:
        """Return the sums of the buildings, to be compared with the totals on the page."""
        return {
            "sum_units": sum(building.units for building in self.buildings),
            "sum_area": Area.total(building.area for building in self.buildings),
        }
