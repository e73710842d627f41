"""Own the order of the steps of every procedure, who does them and which papers belong to them.

Pure. The dates of the steps that the law dates are computed by ``app.statute.timeline``; what stands here beside them (roll,
drafts, candidates, trustees, seals) has no date of its own and must be done before the step that follows. Order: 指导规则
9-15, 43-48; 物业管理条例 14, 16.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.procedure.types import ProcedureKind as Kind
from app.statute.languages import Bilingual


@dataclass(frozen=True, slots=True)
class SpineStep:
    """Hold one step of a procedure."""

    #: Key, that of the statutory timeline where the law dates the step.
    key: str
    #: ``owners``, ``system``, ``committee``, ``street``, ``group``, ``operator``, ``member``, ``new_committee``, ``both``.
    actor: str
    #: Codes of the papers printed for it.
    papers: tuple[str, ...] = ()
    #: Whether the statutory timeline dates it.
    is_dated: bool = True


def _undated(key: str, actor: str, papers: tuple[str, ...] = ()) -> SpineStep:
    return SpineStep(key, actor, papers, is_dated=False)


_GROUP = (
    SpineStep("group_formed", "street"),
    SpineStep("group_posted", "group", ("N1", "GROUP")),
)
_ROLL = _undated("roll", "operator", ("N2", "N3"))
_DRAFTS = _undated("drafts", "group")
_CANDIDATES = _undated("candidates", "group", ("N4",))
_TRUSTEES = _undated("trustees", "operator")
_VOTE = (
    SpineStep("notice", "group", ("N5", "N6")),
    _TRUSTEES,
    SpineStep("voting_opens", "group"),
    SpineStep("voting_closes", "group"),
    SpineStep("preliminary", "group", ("N12", "N13")),
    SpineStep("objections_close", "group"),
    SpineStep("certified", "group"),
    SpineStep("decision_posted", "group", ("N14",)),
)
_FILING = SpineStep("filing", "committee", ("N15", "N16"))
_SEALS = _undated("seals", "committee")

SPINES: Mapping[Kind, tuple[SpineStep, ...]] = MappingProxyType(
    {
        Kind.FIRST_ELECTION: (
            SpineStep("application", "owners"),
            *_GROUP,
            _ROLL,
            _DRAFTS,
            _CANDIDATES,
            *_VOTE,
            SpineStep("first_meeting", "new_committee", ("MINUTES",)),
            _FILING,
            _SEALS,
        ),
        Kind.RENEWAL: (
            SpineStep("alarm", "system"),
            SpineStep("report", "committee", ("REPORT",)),
            *_GROUP,
            _ROLL,
            _DRAFTS,
            _CANDIDATES,
            *_VOTE,
            SpineStep("first_meeting", "new_committee", ("MINUTES",)),
            _FILING,
            _SEALS,
            SpineStep("handover", "both", ("HANDOVER",)),
        ),
        Kind.BY_ELECTION: (
            SpineStep("vacancy", "committee"),
            SpineStep("member_handover", "member"),
            SpineStep("vacancy_filing", "committee"),
            _ROLL,
            _CANDIDATES,
            *_VOTE,
            _FILING,
        ),
        Kind.RECALL: (
            SpineStep("petition", "owners"),
            _undated("petition_check", "street"),
            _undated("reply", "member"),
            _ROLL,
            *_VOTE,
            SpineStep("member_handover", "member"),
            _FILING,
        ),
        Kind.DECISION: (_undated("proposal", "committee"), _ROLL, *_VOTE, _FILING),
        Kind.EXTRAORDINARY: (
            _undated("petition", "owners"),
            _undated("petition_check", "street"),
            _undated("proposal", "committee"),
            _ROLL,
            *_VOTE,
            _FILING,
        ),
    }
)


#: Titles of the steps the law does not date; the others have theirs from the statutory timeline.
UNDATED_TITLES: Mapping[str, Bilingual] = MappingProxyType(
    {
        "roll": Bilingual("核对并公布名册", "Roll checked and posted"),
        "drafts": Bilingual("议事规则与管理规约", "Rules of procedure and covenant"),
        "candidates": Bilingual("推荐和审查候选人", "Candidates proposed and checked"),
        "trustees": Bilingual("开箱钥匙与试开", "Opening keys and rehearsal"),
        "seals": Bilingual("刻章", "Seals made"),
        "petition_check": Bilingual("核对联名", "Signatures checked"),
        "reply": Bilingual("当事委员答复", "Reply of the member concerned"),
        "proposal": Bilingual("提出方案", "Proposal"),
    }
)


def spine_of(kind: Kind) -> tuple[SpineStep, ...]:
    """Return the steps of a kind of procedure in their order."""
    return SPINES[kind]
