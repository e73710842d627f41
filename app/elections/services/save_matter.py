"""Add, change and remove the matters of a draft."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from app.db.session import db
from app.elections.errors import ElectionPartNotFound
from app.elections.models import Candidate, Election, Matter, MatterMaterial
from app.elections.readiness import TITLE_LIMIT
from app.elections.services.load_election import locked_draft
from app.elections.services.texts import checked_text
from app.elections.types import ElectionKind
from app.statute.matters import matter_types
from app.statute.rule_pack import Matter as MatterKind

#: Longest summary of a matter, in characters.
SUMMARY_LIMIT = 300
#: Seats a new election matter starts with.
_SEATS = 5


@dataclass(frozen=True, slots=True)
class MatterText:
    """Hold the words of a matter; ``seats`` only where candidates stand."""

    title: str
    summary: str
    seats: int | None = None


def add_matter(uuid: str, kind: MatterKind, text: MatterText | None = None) -> int:
    """Add a matter at the end of the ballot, from the template of its kind unless a text is given; return its id.

    A recall is voted like an ordinary matter, so it has no seats. Raises: ElectionNotFound, ElectionFrozen, TextTooLong.
    """
    election = locked_draft(uuid)
    template = matter_types(election.rule_pack)[kind]
    text = text or MatterText(template.template_title.zh, template.template_summary.zh, _SEATS)
    elects = kind is MatterKind.ELECT and election.kind != ElectionKind.RECALL
    last = db.session.scalar(select(func.max(Matter.position)).where(Matter.election_id == election.id))
    row = Matter(
        election_id=election.id,
        position=0 if last is None else last + 1,
        kind=kind.value,
        title=checked_text(text.title, TITLE_LIMIT),
        summary=checked_text(text.summary, SUMMARY_LIMIT),
        seats=(text.seats or _SEATS) if elects else None,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def change_matter(uuid: str, matter_id: int, text: MatterText) -> None:
    """Change the words and seats of a matter; one without candidates keeps having no seats.

    Raises: ElectionNotFound, ElectionFrozen, ElectionPartNotFound, TextTooLong.
    """
    row = matter_of_draft(locked_draft(uuid), matter_id)
    row.title = checked_text(text.title, TITLE_LIMIT)
    row.summary = checked_text(text.summary, SUMMARY_LIMIT)
    if row.seats is not None and text.seats is not None:
        row.seats = text.seats


def remove_matter(uuid: str, matter_id: int) -> None:
    """Remove a matter with its candidates and papers, and close the gap on the ballot.

    Raises: ElectionNotFound, ElectionFrozen, ElectionPartNotFound.
    """
    election = locked_draft(uuid)
    row = matter_of_draft(election, matter_id)
    db.session.execute(delete(Candidate).where(Candidate.matter_id == row.id))
    db.session.execute(delete(MatterMaterial).where(MatterMaterial.matter_id == row.id))
    db.session.delete(row)
    db.session.flush()
    rest = select(Matter).where(Matter.election_id == election.id).order_by(Matter.position)
    for place, matter in enumerate(list(db.session.scalars(rest))):
        matter.position = place
        db.session.flush()


def matter_of_draft(election: Election, matter_id: int) -> Matter:
    """Return a matter of this election.

    Raises: ElectionPartNotFound.
    """
    row = db.session.scalar(select(Matter).where(Matter.id == matter_id, Matter.election_id == election.id))
    if row is None:
        raise ElectionPartNotFound(matter=matter_id)
    return row
