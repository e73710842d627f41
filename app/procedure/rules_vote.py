"""Own what keeps the steps of the vote and what follows it from being done. Pure.

Sources: 物业管理条例 14 (notice to all owners and to the residents' committee), 指导规则 12, 22, 30, 32-34, 41, 45, 48; what an
election has to fulfil to be announced at all is ``app.elections.readiness``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.elections.types import ElectionState
from app.procedure.blocking import Blocker, Rule
from app.procedure.filing_list import filing_lines
from app.procedure.handover_list import is_complete
from app.procedure.objecting import open_objections
from app.procedure.progress import standing_vote
from app.procedure.types import Dossier, FilingState, OrderKind
from app.procedure.vote_outcome import seats_outcome


def require_draft(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for a drafted vote before the notice."""
    if standing_vote(dossier) is None:
        yield Blocker("vote_not_drafted", may_override=False)


def require_rehearsal(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for the trustees' rehearsal before voting opens."""
    vote = standing_vote(dossier)
    if vote is not None and vote.is_public and not vote.trustees_rehearsed:
        waiting = [trustee.organisation for trustee in vote.trustees if trustee.rehearsal is None]
        yield Blocker("trustees_not_ready", {"waiting": "、".join(waiting)}, may_override=False)


def require_posted_notice(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for the proof that the announcement hung where the owners live."""
    if all(row.paper != "N5" for row in dossier.postings):
        yield Blocker("notice_not_posted")


def require_counted(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Say that a preliminary result needs a closed box and two trustees' parts."""
    vote = standing_vote(dossier)
    if vote is None or vote.state not in (ElectionState.CLOSED, ElectionState.PUBLISHED):
        yield Blocker("box_not_closed", may_override=False)


def require_objections_answered(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for an answer to every objection to the result, and for an order where one was found right."""
    waiting = open_objections(dossier, "result")
    if waiting:
        yield Blocker("result_objections_open", {"numbers": "、".join(str(row.number) for row in waiting)})
    upheld = [row for row in dossier.objections_to("result") if row.upheld]
    ordered = any(row.order is OrderKind.CORRECT and row.step in ("preliminary", "certified") for row in dossier.orders)
    if upheld and not ordered:
        yield Blocker("result_objection_upheld", {"numbers": "、".join(str(row.number) for row in upheld)})


def require_clear_seats(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Warn that a lot is drawn in public where candidates are equal."""
    vote = standing_vote(dossier)
    outcome = seats_outcome(vote) if vote is not None else None
    if outcome is not None and outcome.to_draw:
        names = "、".join(candidate.label for candidate in outcome.tied)
        yield Blocker("lot_needed", {"names": names, "number": outcome.to_draw}, is_warning=True)


def require_certified(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Say that what follows the election waits for the certified result."""
    vote = standing_vote(dossier)
    if vote is None or vote.certified_at is None:
        yield Blocker("not_certified", may_override=False)


def require_papers(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Name the papers the filing lacks."""
    missing = [line.item.code for line in filing_lines(dossier) if line.is_missing]
    if missing:
        yield Blocker("papers_missing", {"papers": "、".join(missing)})


def require_filed(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Say that seals are cut on the strength of the filing certificate."""
    if all(row.state is not FilingState.FILED for row in dossier.filings):
        yield Blocker("not_filed")


def require_complete_handover(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Count the lines of the hand-over that one of the sides has not signed."""
    if not dossier.handover:
        yield Blocker("handover_list_missing", may_override=False)
    elif not is_complete(dossier.handover):
        waiting = sum(1 for row in dossier.handover if not row.is_done)
        yield Blocker("handover_incomplete", {"number": waiting})


#: Step to its rules.
RULES: dict[str, tuple[Rule, ...]] = {
    "notice": (require_draft,),
    "trustees": (require_rehearsal,),
    "voting_opens": (require_posted_notice, require_rehearsal),
    "preliminary": (require_counted,),
    "certified": (require_objections_answered, require_clear_seats),
    "decision_posted": (require_certified,),
    "first_meeting": (require_certified,),
    "filing": (require_certified, require_papers),
    "seals": (require_filed,),
    "handover": (require_certified, require_complete_handover),
}
