"""Own the papers of a new committee: minutes of its first meeting and the list of the hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode
from app.documents.papers.blocks import Member, Signer
from app.values.numerals import chinese_number


@dataclass(frozen=True, slots=True)
class Resolution:
    """Hold one item of a meeting with its decision and its votes; numbers that are None are written by hand."""

    title: str
    decision: str
    agree: int | None = None
    against: int | None = None
    abstain: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMeeting(Paper):
    """Be the minutes 首次会议记录, signed by every member present."""

    code: ClassVar[PaperCode] = PaperCode.FIRST_MEETING
    name: ClassVar[str] = "业主委员会首次会议记录"

    committee_number: int
    held_on: date
    present: tuple[Member, ...]
    absent: tuple[Member, ...]
    #: Chair, vice-chairs and members as chosen.
    offices: tuple[Member, ...]
    resolutions: tuple[Resolution, ...]
    #: Time, place, host, keeper and guests are written by hand where they are empty.
    time: str = ""
    place: str = ""
    host: str = ""
    keeper: str = ""
    #: Guests, as of the street or the residents' committee.
    guests: tuple[str, ...] = ()

    def derived(self) -> dict[str, object]:
        """Return the number of the committee in Chinese."""
        return {"committee_zh": chinese_number(self.committee_number)}


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """Hold one thing that changes hands."""

    label: str
    #: Number, state, period; empty where there is nothing to say.
    note: str = ""
    given_on: date | None = None
    given_by: str = ""
    received_on: date | None = None
    received_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverList(Paper):
    """Be 交接清单 with a line for both sides on every item and the signatures of both at the end."""

    code: ClassVar[PaperCode] = PaperCode.HANDOVER_LIST
    name: ClassVar[str] = "业主委员会交接清单"

    #: 第二届业主委员会.
    giver: str
    #: 第三届业主委员会.
    receiver: str
    due_on: date
    items: tuple[HandoverItem, ...]
    givers: tuple[Signer, ...]
    receivers: tuple[Signer, ...]
    witnesses: tuple[Signer, ...]
