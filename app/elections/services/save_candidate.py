"""Add, change and remove the candidates of an election matter of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db.session import db
from app.documents.services.store_file import store_photo
from app.elections.errors import ElectionPartNotFound
from app.elections.models import Candidate, Election
from app.elections.readiness import INTRODUCTION_LIMIT
from app.elections.services.load_election import locked_draft
from app.elections.services.save_matter import matter_of_draft
from app.elections.services.texts import checked_text

_NAME_LIMIT = 20
_BUILDING_LIMIT = 20


@dataclass(frozen=True, slots=True)
class CandidateText:
    """Hold what is published of a candidate, with consent."""

    name: str
    building: str = ""
    introduction: str = ""
    #: Bytes of a new photo; None keeps what there is.
    photo: bytes | None = None


def add_candidate(uuid: str, matter_id: int, text: CandidateText, *, at: datetime, account: int) -> int:
    """Add a candidate at the end of the list; return its id.

    Raises: ElectionNotFound, ElectionFrozen, ElectionPartNotFound, TextTooLong, FileTooLarge, NotAPhoto.
    """
    matter = matter_of_draft(locked_draft(uuid), matter_id)
    if matter.seats is None:
        raise ElectionPartNotFound(matter=matter_id)
    last = db.session.scalar(select(func.max(Candidate.position)).where(Candidate.matter_id == matter.id))
    row = Candidate(matter_id=matter.id, position=0 if last is None else last + 1)
    _write(row, text, at, account)
    db.session.add(row)
    db.session.flush()
    return row.id


def change_candidate(uuid: str, candidate_id: int, text: CandidateText, *, at: datetime, account: int) -> None:
    """Change what is published of a candidate; without a new photo the old one stays.

    Raises: as ``add_candidate``.
    """
    _write(_candidate(locked_draft(uuid), candidate_id), text, at, account)


def remove_candidate(uuid: str, candidate_id: int) -> None:
    """Remove a candidate and close the gap in the list.

    Raises: ElectionNotFound, ElectionFrozen, ElectionPartNotFound.
    """
    row = _candidate(locked_draft(uuid), candidate_id)
    matter_id = row.matter_id
    db.session.delete(row)
    db.session.flush()
    rest = select(Candidate).where(Candidate.matter_id == matter_id).order_by(Candidate.position)
    for place, candidate in enumerate(list(db.session.scalars(rest))):
        candidate.position = place
        db.session.flush()


def _candidate(election: Election, candidate_id: int) -> Candidate:
    row = db.session.scalar(select(Candidate).where(Candidate.id == candidate_id))
    if row is None:
        raise ElectionPartNotFound(candidate=candidate_id)
    matter_of_draft(election, row.matter_id)
    return row


def _write(row: Candidate, text: CandidateText, at: datetime, account: int) -> None:
    row.name = checked_text(text.name, _NAME_LIMIT)
    row.building = checked_text(text.building, _BUILDING_LIMIT)
    row.introduction = checked_text(text.introduction, INTRODUCTION_LIMIT)
    if text.photo is not None:
        row.photo_id = store_photo(text.photo, name="候选人照片", at=at, account=account).id
