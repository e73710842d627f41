"""Own the frozen values of a roll as read from a file: documents, owners, rows, problems and the totals shown for them.

Source: app/roll/README.md "Kinds" (names of problems) and "Numbers", app/README.md "Commands".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NewType

from app.values import Area, Sha256Hex, UnitCode

#: Stable name of one person inside one file: equal keys are one person (app/roll/README.md "Numbers" 4 and 5).
PersonKey = NewType("PersonKey", str)


class DocumentType(StrEnum):
    """Name the kind of paper that identifies an owner 证件类型."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    RESIDENCE_PERMIT = "residence_permit"
    FOREIGN_RESIDENT = "foreign_resident"
    CREDIT_CODE = "credit_code"
    OTHER = "other"
    NONE = "none"


class UnitStatus(StrEnum):
    """Say whether the developer has handed the unit over; the last two belong to him (R-HEAD)."""

    DELIVERED = "delivered"
    UNSOLD = "unsold"
    UNDELIVERED = "undelivered"


class UnitUse(StrEnum):
    """Say what the unit is for; parking and public rooms stand outside every total (app/roll/README.md Numbers 1)."""

    FLAT = "flat"
    SHOP = "shop"
    PARKING = "parking"
    PUBLIC = "public"

    @property
    def counted(self) -> bool:
        """Say whether units of this use count for area and heads under the default P-PARK `none`."""
        return self in (UnitUse.FLAT, UnitUse.SHOP)


class ColumnRole(StrEnum):
    """Name what a column of a file means; the values are those of ``columns`` in the output of the command."""

    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    FLOOR = "floor"
    AREA = "area"
    OWNER = "owner"
    PHONE = "phone"
    ID_TYPE = "id_type"
    ID_NUMBER = "id_number"
    OWNER_TYPE = "owner_type"
    USE = "use"
    STATUS = "status"
    CO_OWNERSHIP = "co_ownership"
    SHARE = "share"
    REMARK = "remark"


class ProblemKind(StrEnum):
    """Name the kinds of dirty data; names and numbers are those of app/roll/README.md."""

    TITLE_ROWS = "title_rows"
    REPEATED_HEADER = "repeated_header"
    TWO_LINE_HEADER = "two_line_header"
    NOTES_IN_RANGE = "notes_in_range"
    TOTAL_ROWS = "total_rows"
    HIDDEN_OR_RIVAL_DATA = "hidden_or_rival_data"
    EMPTY_ROWS_STRAY_SPACE = "empty_rows_stray_space"
    NUMBER_AS_TEXT = "number_as_text"
    ID_LOST_DIGITS = "id_lost_digits"
    AREA_AS_TEXT = "area_as_text"
    FULL_WIDTH = "full_width"
    NAME_CHARACTERS = "name_characters"
    BUILDING_ALIAS = "building_alias"
    UNIT_IN_ROOM = "unit_in_room"
    MERGED_OR_SPLIT_UNIT = "merged_or_split_unit"
    NON_RESIDENTIAL = "non_residential"
    PARKING_MIXED = "parking_mixed"
    DUPLICATE_SAME = "duplicate_same"
    DUPLICATE_CONFLICT = "duplicate_conflict"
    MISSING_DOOR = "missing_door"
    COOWNERS_IN_CELL = "coowners_in_cell"
    PARALLEL_LISTS = "parallel_lists"
    COOWNER_ROWS = "coowner_rows"
    PERSON_ALIAS = "person_alias"
    PHONE_PROBLEM = "phone_problem"
    ID_DOCUMENT = "id_document"
    COMPANY_NAME = "company_name"
    DEVELOPER_UNITS = "developer_units"
    AREA_OUTLIER = "area_outlier"
    CELL_MARKS = "cell_marks"
    OWNER_CHANGED = "owner_changed"
    WRONG_LIST = "wrong_list"


class Handling(StrEnum):
    """Say who settles a problem: classes A, C and H of app/roll/README.md, named as the lists of the JSON output."""

    FIXED = "fixed"
    CONFIRM = "confirm"
    MUST_RESOLVE = "must_resolve"


@dataclass(frozen=True, slots=True)
class Problem:
    """Say one thing about one place of the file, in both languages."""

    #: Name of the sheet; the file's stem for a csv.
    sheet: str
    #: Row as a spreadsheet shows it, from 1; None when the whole sheet is meant.
    row: int | None
    kind: ProblemKind
    handling: Handling
    #: Sentences for a person; they never hold a name, a whole number of a document or a phone.
    message_zh: str
    message_en: str
    #: Cell as found and value used instead, only for automatic fixes; they may be personal data and are not to be stored.
    before: str | None = None
    after: str | None = None
    #: Further rows of the same question, ``row`` included.
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one identity document, its number normalised (``app.roll.documents``)."""

    kind: DocumentType
    #: Upper case without blanks; 15-digit cards as 18 digits; empty when the file has none.
    number: str
    #: False when the number is absent, has lost digits or fails its check; then it identifies nobody.
    trusted: bool


@dataclass(frozen=True, slots=True)
class OwnerEntry:
    """Hold one right holder 权利人 of one unit as written in the file."""

    name: str
    document: Document
    #: Empty when the file has none; the file's further numbers stay in ``other_phones``.
    phone: str
    other_phones: tuple[str, ...] = ()
    #: Share of the unit between 0 and 1 for 按份共有, None where the file gives none.
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Name one unit by building, entrance and room, normalised (``app.roll.doors``)."""

    #: ``"3"`` for 3栋, 3号楼, 3#; ``"S1"`` for a shop strip.
    building: str
    #: ``"1"`` for 1单元, 1门栋; empty where the building has none.
    entrance: str
    #: Three digits padded to four, ``"0201"``, one to two, ``"01"``; anything else as written.
    room: str

    @property
    def code(self) -> UnitCode:
        """Return the unit's code, as in ``3-1-1202`` or ``S1-12``."""
        return UnitCode("-".join(part for part in (self.building, self.entrance, self.room) if part))


@dataclass(frozen=True, slots=True)
class RollRow:
    """Hold one unit of the roll with the place it was read from."""

    sheet: str
    #: Row as a spreadsheet shows it, from 1; the first one where a unit fills several.
    row: int
    door: Door
    #: Building as the file writes it, for screens.
    building_label: str
    #: Storey; 0 when unknown, negative below ground.
    floor: int
    #: Exclusive area 专有部分面积; zero where the file's figure is unreadable (app/roll/README.md Numbers 3).
    area: Area
    use: UnitUse
    status: UnitStatus
    owners: tuple[OwnerEntry, ...]

    @property
    def code(self) -> UnitCode:
        """Return the unit's code."""
        return self.door.code


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Say how one sheet was understood."""

    name: str
    #: Row of the header, from 1.
    header_row: int
    #: Header text as found and what it means, in column order.
    columns: tuple[tuple[str, ColumnRole], ...]


@dataclass(frozen=True, slots=True)
class RollTable:
    """Hold a whole file as read: its units and everything a person has to know about it."""

    file_sha256: Sha256Hex
    sheets: tuple[SheetReading, ...]
    rows: tuple[RollRow, ...]
    problems: tuple[Problem, ...]

    @property
    def counted(self) -> tuple[RollRow, ...]:
        """Return the units that count for area and heads."""
        return tuple(row for row in self.rows if row.use.counted)

    def problems_of(self, handling: Handling) -> tuple[Problem, ...]:
        """Return the problems of one class, in file order."""
        return tuple(problem for problem in self.problems if problem.handling is handling)

    @property
    def clean(self) -> bool:
        """Say whether nothing stands in the file that a person must resolve first."""
        return not self.problems_of(Handling.MUST_RESOLVE)


@dataclass(frozen=True, slots=True)
class Voter:
    """Hold one voter: a set of owners with every unit that belongs to exactly this set (P-SAMEBUYER)."""

    owners: frozenset[PersonKey]
    #: Codes of the counted units, sorted.
    units: tuple[UnitCode, ...]
    area: Area
    is_developer: bool


@dataclass(frozen=True, slots=True)
class BuildingTotal:
    """Hold the counted units and area of one building."""

    building: str
    label: str
    units: int
    area: Area


class BridgeReason(StrEnum):
    """Say why voters are fewer than units."""

    DEVELOPER = "developer"
    SEVERAL_UNITS = "several_units"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """Hold one line of the bridge from doors to persons; the lines sum to units minus voters."""

    reason: BridgeReason
    units: int
    voters: int

    @property
    def fewer(self) -> int:
        """Return by how many voters this line makes the roll shorter than its doors."""
        return self.units - self.voters


@dataclass(frozen=True, slots=True)
class RollTotals:
    """Hold the three totals of a roll."""

    units: int
    voters: int
    area: Area


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Hold what one person may vote for: one voter of a frozen roll to whom the person belongs."""

    voter_number: int
    area: Area
    heads: int
    #: Codes of the counted units, sorted.
    unit_codes: tuple[str, ...]
    person_id: int
    #: Whether the co-owners named this person (Guidance Rules 25).
    is_nominee: bool
    #: Persons who belong to the voter, this one included.
    co_owner_count: int
    #: Why the person may not vote yet, as ``binding_pending``; None when nothing stands in the way.
    holds: str | None


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """Hold a frozen roll: the exact bytes of roll.json, their SHA-256 and the totals."""

    id: int
    roll_hash: str
    body: bytes
    units: int
    heads: int
    area: Area


@dataclass(frozen=True, slots=True)
class SnapshotUnitRow:
    """Hold one counted unit of a frozen roll."""

    code: str
    building: str
    area: Area
    voter_number: int


class ImportState(StrEnum):
    """Say where one uploaded roll file stands."""

    #: Not clean: kept with its list of rows, never the roll.
    REFUSED = "refused"
    #: Clean, waiting for a person's confirmation.
    PREVIEW = "preview"
    #: The live roll.
    CONFIRMED = "confirmed"
    #: Was the live roll until a later import.
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class StoredRoll:
    """Say what a confirmed import put on the roll."""

    units: int
    persons: int
    #: Persons with a living claim who own nothing on the new roll; older snapshots still know them.
    bound_and_gone: int


@dataclass(frozen=True, slots=True)
class BindingMade:
    """Say what became of a claim: its outcome as in ``MatchOutcome`` and whether it holds at once."""

    outcome: str
    is_active: bool
