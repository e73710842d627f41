"""Record what is to be decided: the words of the matter and its papers, which the vote takes over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.documents.queries import private_file
from app.procedure.committee_errors import StatementMissing
from app.procedure.services.keep_paper import keep_upload
from app.procedure.services.record_fact import record_fact
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow

#: Code under which the papers of a proposal are kept.
PLAN = "PLAN"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hold what is proposed."""

    title: str
    summary: str
    proposed_on: date
    #: Name and bytes of each paper: a plan, quotes, a budget.
    papers: Sequence[tuple[str, bytes]] = ()


def record_proposal(place: ComplexRow, code: str, proposal: Proposal, *, at: datetime, account: int) -> None:
    """Keep the proposal and record the step.

    Raises: StatementMissing, or what recording a fact and keeping a paper refuse.
    """
    title, summary = proposal.title.strip(), proposal.summary.strip()
    if not title or not summary:
        raise StatementMissing()
    for name, content in proposal.papers:
        keep_upload(place, code, PLAN, content, name=name, at=at, account=account)
    details = {"title": title, "summary": summary, "papers": [name for name, _content in proposal.papers]}
    record_fact(place, code, "proposal", at=at, account=account, done_on=proposal.proposed_on, details=details)


def papers_of_proposal(dossier: Dossier) -> list[tuple[str, bytes]]:
    """Return name and bytes of the papers of the proposal that holds."""
    fact = dossier.facts.get("proposal")
    if fact is None:
        return []
    kept = [row for row in dossier.papers if row.code == PLAN and row.kept_at == fact.recorded_at]
    found = (private_file(row.file_id) for row in kept)
    return [(each.row.name, each.content) for each in found]
