"""Own the words and frozen rows of the committee record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Office(StrEnum):
    """Name the office of a member; an alternate 候补 attends and does not vote."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    ALTERNATE = "alternate"


class Ending(StrEnum):
    """Name why a membership ended before its term: by itself (指导规则 43), by resignation or by recall (44)."""

    NO_LONGER_OWNER = "no_longer_owner"
    LOST_CAPACITY = "lost_capacity"
    LIBERTY_RESTRICTED = "liberty_restricted"
    RESIGNED = "resigned"
    RECALLED = "recalled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Seat:
    """Hold a person as he takes a seat, or waits for one as an alternate."""

    #: Name as it is published.
    name: str
    #: Building, 「3栋」; empty where it is not said.
    building: str = ""
    office: Office = Office.MEMBER


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Hold a member or an alternate of a term."""

    id: int
    name: str
    building: str
    office: Office
    #: Rank in the election from 1.
    rank: int
    since_on: date
    ended_on: date | None
    end_reason: Ending | None
    end_note: str
    end_file_id: int | None
    handed_over_on: date | None
    is_replaced: bool

    @property
    def serves(self) -> bool:
        """Say whether this is a member in office, alternates left out."""
        return self.ended_on is None and self.office is not Office.ALTERNATE


@dataclass(frozen=True, slots=True)
class TermRow:
    """Hold one term of the owners' committee with everybody who was in it."""

    id: int
    number: int
    starts_on: date
    ends_on: date
    seats: int
    election_uuid: str
    caretaker_since_on: date | None
    filed_on: date | None
    filing_number: str
    members: tuple[MemberRow, ...] = ()

    @property
    def serving(self) -> tuple[MemberRow, ...]:
        """Return the members in office: chair, vice-chair, then by rank."""
        order = {Office.CHAIR: 0, Office.VICE_CHAIR: 1, Office.MEMBER: 2}
        return tuple(sorted((row for row in self.members if row.serves), key=lambda row: (order[row.office], row.rank)))

    @property
    def alternates(self) -> tuple[MemberRow, ...]:
        """Return the alternates who may still move up, by rank."""
        waiting = (row for row in self.members if row.office is Office.ALTERNATE and row.ended_on is None)
        return tuple(sorted(waiting, key=lambda row: row.rank))

    @property
    def vacancies(self) -> int:
        """Return how many seats nobody holds."""
        return self.seats - len(self.serving)
