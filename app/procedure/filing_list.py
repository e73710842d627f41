"""Own the check-list of the papers that a filing 备案 consists of, in the order in which the street asks for them.

Pure. The law names the election result, covenant, rules of procedure and other major decisions (指导规则 33; 物业管理条例 16);
the order and the notices beside them follow the published filing guides. Forms of Wuhan's own were not found: a street's own
form is uploaded as one of these papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.procedure.nominating import eligible
from app.procedure.progress import standing_vote
from app.procedure.types import Dossier, PaperRow, ProcedureKind


@dataclass(frozen=True, slots=True)
class FilingItem:
    """Hold one line of the check-list."""

    #: Code of the kept paper, of our own making or uploaded.
    code: str
    #: Whether the filing is incomplete without it.
    is_required: bool = True
    #: Whether it comes from outside, so that it has to be uploaded.
    is_uploaded: bool = False


_NOTICE = FilingItem("N5")
_ROLL = FilingItem("N3")
_COUNT = (FilingItem("N12"), FilingItem("N13", is_required=False), FilingItem("N14"))
_SUPERVISION = FilingItem("N15", is_required=False, is_uploaded=True)
_STREET_FORM = FilingItem("FORM", is_required=False, is_uploaded=True)
_RULES = FilingItem("RULES_DRAFT", is_required=False, is_uploaded=True)
_COVENANT = FilingItem("COVENANT_DRAFT", is_required=False, is_uploaded=True)

FILING_LISTS: Mapping[ProcedureKind, tuple[FilingItem, ...]] = MappingProxyType(
    {
        ProcedureKind.FIRST_ELECTION: (
            _STREET_FORM,
            FilingItem("GROUP"),
            _ROLL,
            FilingItem("N4"),
            _NOTICE,
            *_COUNT,
            FilingItem("RULES_DRAFT", is_uploaded=True),
            FilingItem("COVENANT_DRAFT", is_uploaded=True),
            FilingItem("MINUTES"),
            _SUPERVISION,
        ),
        ProcedureKind.RENEWAL: (
            _STREET_FORM,
            FilingItem("REPORT", is_required=False),
            FilingItem("N1", is_required=False),
            FilingItem("GROUP"),
            _ROLL,
            FilingItem("N4"),
            _NOTICE,
            *_COUNT,
            _RULES,
            _COVENANT,
            FilingItem("MINUTES"),
            _SUPERVISION,
        ),
        ProcedureKind.BY_ELECTION: (_STREET_FORM, _ROLL, FilingItem("N4"), _NOTICE, *_COUNT, _SUPERVISION),
        ProcedureKind.RECALL: (_STREET_FORM, _ROLL, _NOTICE, *_COUNT, _SUPERVISION),
        ProcedureKind.DECISION: (_STREET_FORM, _ROLL, _NOTICE, *_COUNT, _RULES, _COVENANT, _SUPERVISION),
        ProcedureKind.EXTRAORDINARY: (_STREET_FORM, _ROLL, _NOTICE, *_COUNT, _RULES, _COVENANT, _SUPERVISION),
    }
)


@dataclass(frozen=True, slots=True)
class FilingLine:
    """Hold one line of the check-list with what stands for it."""

    item: FilingItem
    #: The uploaded paper, signed or stamped; it goes before the one we print. None where there is none.
    paper: PaperRow | None
    #: Whether what is recorded suffices to print it.
    is_printable: bool

    @property
    def is_there(self) -> bool:
        """Say whether the pack contains it."""
        return self.paper is not None or self.is_printable

    @property
    def is_missing(self) -> bool:
        """Say whether a paper that the filing needs is not there."""
        return self.item.is_required and not self.is_there


def filing_lines(dossier: Dossier) -> tuple[FilingLine, ...]:
    """Return the check-list of a procedure with what is there."""
    printable = printable_papers(dossier)
    return tuple(
        FilingLine(item, dossier.latest_paper(item.code), item.code in printable and not item.is_uploaded)
        for item in FILING_LISTS[dossier.procedure.kind]
    )


def printable_papers(dossier: Dossier) -> frozenset[str]:
    """Return the codes of the papers that can be printed from what is recorded today."""
    vote, known = standing_vote(dossier), set[str]()
    renews = dossier.term is not None and dossier.procedure.kind is ProcedureKind.RENEWAL
    if renews:
        known.add("REPORT")
    if dossier.group:
        known |= {"GROUP", "N1"} if renews else {"GROUP"}
    if dossier.has_roll:
        known |= {"N2", "N3"}
    if eligible(dossier):
        known.add("N4")
    if vote is not None and vote.is_public:
        known |= {"N5", "N6", "N15"}
    if vote is not None and vote.result is not None:
        known |= {"N12", "N13"}
    if vote is not None and vote.certified_at is not None:
        known.add("N14")
    if "first_meeting" in dossier.facts:
        known.add("MINUTES")
    if dossier.handover:
        known.add("HANDOVER")
    return frozenset(known)
