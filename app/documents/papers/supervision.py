"""Own the frame of the supervisor's report (N15): the supervisor writes the opinion, the platform only typesets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode
from app.documents.papers.blocks import Signer


class Answer(StrEnum):
    """Name the answers to a question of the check list."""

    CONFORMS = "符合"
    TO_MEND = "整改"
    BREAKS = "不符合"
    DOES_NOT_APPLY = "不适用"
    OPEN = ""


class Opinion(StrEnum):
    """Name the opinions; empty until the supervisor has chosen."""

    UNRESERVED = "无保留意见"
    RESERVED = "有保留意见"
    CANNOT_CONFIRM = "不能确认"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Hold one question with its answer and what it rests on."""

    question: str
    answer: Answer
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold the questions of one stage."""

    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what the supervisor found."""

    level: str
    what: str
    rule: str
    due_on: date | None
    #: What became of it; empty while open.
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold one random sample: asked only whether people voted or got a ballot, never what they chose."""

    what: str
    drawn: int
    reached: int
    agreed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionReport(Paper):
    """Be N15 监督报告."""

    code: ClassVar[PaperCode] = PaperCode.SUPERVISION_REPORT
    name: ClassVar[str] = "第三方监督报告"

    vote_title: str
    supervisor: str
    #: Who commissioned and pays, in plain words.
    commission: str
    #: What the supervisor declared about conflicts of interest, one sentence each.
    independence: tuple[str, ...]
    stages: tuple[Stage, ...]
    findings: tuple[Finding, ...]
    samples: tuple[Sample, ...]
    opinion: Opinion
    #: The supervisor's own words; empty leaves lines to write on.
    opinion_text: str
    signers: tuple[Signer, ...]
