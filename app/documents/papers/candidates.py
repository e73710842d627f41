"""Own the public list of candidates (N4) for the notice board, on A3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode, PaperSize
from app.documents.papers.blocks import Photo
from app.values.numerals import chinese_number


@dataclass(frozen=True, slots=True)
class CandidateSheet:
    """Hold what the board shows of one candidate; all sheets have the same size."""

    name: str
    #: 3栋.
    building: str
    introduction: str
    #: What the candidate declared of himself, one sentence each, 本人及近亲属不在本小区物业公司任职.
    declarations: tuple[str, ...]
    #: 业主联名推荐, 自荐, 社区推荐.
    recommended_by: str
    photo: Photo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateNotice(Paper):
    """Be N4 候选人公示."""

    code: ClassVar[PaperCode] = PaperCode.CANDIDATE_NOTICE
    name: ClassVar[str] = "业主委员会委员候选人公示"
    size: ClassVar[PaperSize] = PaperSize.A3

    committee_number: int
    seats: int
    candidates: tuple[CandidateSheet, ...]
    #: In which order they stand, 按姓氏笔画排列.
    order: str
    posted_on: date
    objections_until: date
    #: Who has looked at the eligibility, in plain words.
    checked_by: str = ""

    def derived(self) -> dict[str, object]:
        """Return the number of the committee in Chinese."""
        return {"committee_zh": chinese_number(self.committee_number)}
