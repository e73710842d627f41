"""Own the printed papers as frozen plain values, one class each; ``app.documents.printing`` typesets them."""

from app.documents.papers.announcements import GroupNotice, StartNotice, TermReport
from app.documents.papers.base import Imprint, Paper, PaperCode, PaperSize, ShortLink
from app.documents.papers.blocks import (
    CandidateCount,
    LegalMark,
    MatterOutcome,
    Member,
    OptionCount,
    Photo,
    Signer,
    Step,
    Totals,
)
from app.documents.papers.candidates import CandidateNotice, CandidateSheet
from app.documents.papers.committee import FirstMeeting, HandoverItem, HandoverList, Resolution
from app.documents.papers.filing import ContentsLine, FilingContents
from app.documents.papers.meeting import (
    MOST_LETTERS,
    Channel,
    DoorLetter,
    HouseholdLetters,
    MeetingNotice,
    NoticeKind,
    NoticeMatter,
    Petition,
    RecallCase,
)
from app.documents.papers.results import CountRecord, FinalResult, InvalidReason, PreliminaryResult, Reconciliation
from app.documents.papers.roll import BuildingSum, HeadStep, NotCounted, RollCheck, RollEntrance, RollLine, RollNotice
from app.documents.papers.supervision import Answer, Check, Finding, Opinion, Sample, Stage, SupervisionReport

__all__ = [
    "MOST_LETTERS",
    "Answer", "BuildingSum", "CandidateCount", "CandidateNotice", "CandidateSheet", "Channel", "Check", "ContentsLine",
    "CountRecord", "DoorLetter", "FilingContents", "FinalResult", "Finding", "FirstMeeting", "GroupNotice", "HandoverItem",
    "HandoverList", "HeadStep", "HouseholdLetters", "Imprint", "InvalidReason", "LegalMark", "MatterOutcome",
    "MeetingNotice", "Member", "NotCounted", "NoticeKind", "NoticeMatter", "Opinion", "OptionCount", "Paper", "PaperCode",
    "PaperSize", "Petition", "Photo", "PreliminaryResult", "RecallCase", "Reconciliation", "Resolution", "RollCheck",
    "RollEntrance", "RollLine", "RollNotice", "Sample", "ShortLink", "Signer", "Stage", "StartNotice", "Step",
    "SupervisionReport", "TermReport", "Totals",
]  # fmt: skip
