"""Own the papers that open a procedure: start of a renewal (N1), the list of the group, the committee's report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode
from app.documents.papers.blocks import Member, Signer, Step
from app.values.numerals import chinese_number


@dataclass(frozen=True, slots=True, kw_only=True)
class StartNotice(Paper):
    """Be N1 换届启动公告: the term ends, who prepares the renewal, which days are planned."""

    code: ClassVar[PaperCode] = PaperCode.START_NOTICE
    name: ClassVar[str] = "业主委员会换届启动公告"

    #: Number of the committee in office, 2 for 第二届.
    committee_number: int
    term_ends_on: date
    #: Seats of the next committee.
    seats: int
    #: Name of the group that prepares, 换届小组 or 筹备组.
    group_name: str
    group: tuple[Member, ...]
    #: Supervising organisation; empty where none.
    supervisor: str
    steps: tuple[Step, ...]
    #: Further sentences, as what the old committee may not do until then.
    notes: tuple[str, ...] = ()

    def derived(self) -> dict[str, object]:
        """Return the numbers of the committees in Chinese."""
        return {
            "committee_zh": chinese_number(self.committee_number),
            "next_zh": chinese_number(self.committee_number + 1),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNotice(Paper):
    """Be the public list of the preparatory or renewal group 名单公告 with its time for objections."""

    code: ClassVar[PaperCode] = PaperCode.GROUP_NOTICE
    name: ClassVar[str] = "小组名单公告"

    group_name: str
    members: tuple[Member, ...]
    #: How the members were found, in plain words.
    how_formed: str
    posted_on: date
    objections_until: date
    #: What the group does, one sentence each.
    duties: tuple[str, ...] = ()

    @property
    def document_name(self) -> str:
        """Return the name with the group's own name in it."""
        return f"{self.group_name}名单公告"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReport(Paper):
    """Be the committee's report 换届报告 to the street and the residents' committee."""

    code: ClassVar[PaperCode] = PaperCode.TERM_REPORT
    name: ClassVar[str] = "业主委员会换届报告"

    #: Whom it is addressed to, 某某街道办事处.
    addressee: str
    #: Who gets a copy, 某某社区居民委员会; empty where nobody.
    copy_to: str
    committee_number: int
    term_from: date
    term_until: date
    members: tuple[Member, ...]
    #: Seats that fell vacant, in plain words; empty where none.
    vacancies: str
    steps: tuple[Step, ...]
    #: What the committee asks for, one sentence each.
    requests: tuple[str, ...]
    signers: tuple[Signer, ...] = ()

    def derived(self) -> dict[str, object]:
        """Return the number of the committee in Chinese."""
        return {"committee_zh": chinese_number(self.committee_number)}
