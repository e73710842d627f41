"""Own the notice of a meeting by vote (N5) and the letter to every door (N6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode, PaperSize, ShortLink
from app.documents.papers.blocks import LegalMark, Totals
from app.documents.qr import qr_svg
from app.values.area import Area

#: Letters in one file, about a building's: the typesetter holds some 0.7 MB for each page until the file is done.
MOST_LETTERS = 300


class NoticeKind(StrEnum):
    """Name what the owners are called together for."""

    RENEWAL = "renewal"
    FIRST_ELECTION = "first_election"
    BY_ELECTION = "by_election"
    RECALL = "recall"
    DECISION = "decision"
    EXTRAORDINARY = "extraordinary"

    @property
    def document_name(self) -> str:
        """Return the title of the notice."""
        return {
            NoticeKind.RENEWAL: "换届投票公告",
            NoticeKind.FIRST_ELECTION: "首次业主大会会议公告",
            NoticeKind.BY_ELECTION: "补选投票公告",
            NoticeKind.RECALL: "罢免投票公告",
            NoticeKind.DECISION: "业主大会会议公告",
            NoticeKind.EXTRAORDINARY: "业主大会临时会议公告",
        }[self]


@dataclass(frozen=True, slots=True)
class NoticeMatter:
    """Hold one matter word for word as it stands on the ballot."""

    number: int
    title: str
    text: str
    #: 同意, 反对, 弃权, or the candidates' names.
    options: tuple[str, ...]
    #: What those who take part must agree with.
    majority: LegalMark
    #: Seats of an election; None for other matters.
    seats: int | None = None
    #: Who is elected when more have the majority than there are seats, in plain words; empty where not said.
    ranking_rule: str = ""
    #: Papers that belong to the matter, with the place to read them.
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """Hold one way to vote."""

    #: 手机投票, 纸质选票.
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Petition:
    """Hold the request of owners behind a recall or an extraordinary meeting, checked against the roll."""

    heads: int
    area: Area
    required: LegalMark
    checked_by: str


@dataclass(frozen=True, slots=True)
class RecallCase:
    """Hold whose recall is voted on, the reasons given, and the reply, side by side."""

    member: str
    reasons: str
    reply: str
    #: Said where the member did not reply in time; empty where there is a reply.
    no_reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNotice(Paper):
    """Be N5 会议（投票）公告 in the variant of its kind."""

    code: ClassVar[PaperCode] = PaperCode.MEETING_NOTICE
    name: ClassVar[str] = "业主大会会议公告"
    size: ClassVar[PaperSize] = PaperSize.A3

    kind: NoticeKind
    #: 全小区, or the buildings that decide.
    scope: str
    matters: tuple[NoticeMatter, ...]
    totals: Totals
    #: What must take part, of the whole scope.
    quorum: LegalMark
    opens_at: datetime
    closes_at: datetime
    channels: tuple[Channel, ...]
    #: What happens when somebody votes twice.
    duplicate_rule: str
    #: What holds for a vote by proxy; empty where it is not possible.
    proxy_rule: str
    #: What holds for ballots not returned.
    silence_rule: str
    supervisor: str
    #: When and where the box is opened, in plain words.
    counting: str
    #: Which residents' committee was informed, 已于 5月6日书面告知某某社区居委会.
    informed: str
    petition: Petition | None = None
    recall: RecallCase | None = None
    #: Why there is a by-election, in plain words.
    vacancy: str = ""
    #: How abstentions count, by the policies of the vote.
    abstain_rule: str = "弃权也算参加了投票，但不算同意。"

    def __post_init__(self) -> None:
        if (self.kind is NoticeKind.RECALL) != (self.recall is not None):
            raise ValueError("a recall, and nothing else, states its case")

    def derived(self) -> dict[str, object]:
        """Return the whole numbers that satisfy the quorum."""
        return {"needed": needed(self.quorum, self.totals)}

    @property
    def document_name(self) -> str:
        """Return the title of the kind."""
        return self.kind.document_name


@dataclass(frozen=True, slots=True)
class DoorLetter:
    """Hold what differs from door to door."""

    door: str
    area: Area
    #: 业主, or the name where the envelope may bear it.
    addressee: str
    link: ShortLink
    #: Number of this copy, so that a reprint voids the one before.
    serial: str
    #: Code that works once, in groups of four; empty where the owner signs in by phone.
    one_time_code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLetters(Paper):
    """Be N6 每户告知信: a page for each door, up to ``MOST_LETTERS`` doors in one file, best those of one building."""

    code: ClassVar[PaperCode] = PaperCode.HOUSEHOLD_LETTERS
    name: ClassVar[str] = "致业主的一封信"

    doors: tuple[DoorLetter, ...]
    #: 第三届业主委员会换届投票.
    vote_title: str
    #: Titles of the matters.
    matters: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    #: How to get and return a paper ballot, in plain words.
    paper_how: str

    def __post_init__(self) -> None:
        if len(self.doors) > MOST_LETTERS:
            raise ValueError(f"one file holds {MOST_LETTERS} letters, got {len(self.doors)}: print them building by building")

    def derived(self) -> dict[str, object]:
        """Return the QR code of each letter and the address where its code is typed."""
        return {
            "codes": [qr_svg(door.link.url) for door in self.doors],
            "typed_at": [door.link.shown for door in self.doors],
        }


def needed(mark: LegalMark, totals: Totals) -> dict[str, object]:
    """Return the smallest heads and area that satisfy a mark, exactly."""
    if mark.strict:
        heads, area = (mark.share * whole // 1 + 1 for whole in (totals.heads, totals.area.centi))
    else:
        heads, area = (-(-mark.share * whole // 1) for whole in (totals.heads, totals.area.centi))
    return {"heads": int(heads), "area": Area(int(area))}
