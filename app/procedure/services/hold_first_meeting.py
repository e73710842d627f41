"""Record the first meeting of a new committee: who came, who chairs it, and its minutes (指导规则 32, 38)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from app.committee.queries import list_terms
from app.committee.services.set_offices import set_offices
from app.committee.types import TermRow
from app.procedure.queries import get_dossier
from app.procedure.services.keep_paper import keep_upload
from app.procedure.services.record_fact import record_fact, require_open
from app.procedure.vote_errors import MeetingQuorumMissed, NoNewCommittee
from app.tenancy.types import ComplexRow


def new_term(election_uuid: str) -> TermRow:
    """Return the term that a vote elected.

    Raises: NoNewCommittee.
    """
    term = next((term for term in list_terms() if election_uuid and term.election_uuid == election_uuid), None)
    if term is None:
        raise NoNewCommittee()
    return term


def hold_first_meeting(
    place: ComplexRow,
    code: str,
    election_uuid: str,
    held_on: date,
    present: Collection[int],
    offices: tuple[int, Collection[int]],
    minutes: bytes | None,
    *,
    at: datetime,
    account: int,
) -> None:
    """Record the meeting and its elections; ``offices`` are the chair and the vice-chairs, ``minutes`` the signed paper.

    Raises: StepNotDue, NoNewCommittee, MeetingQuorumMissed, OfficesUnclear, or what recording a fact and storing a paper
    refuse.
    """
    require_open(get_dossier(code), "first_meeting", at)
    term = new_term(election_uuid)
    members = {member.id for member in term.serving}
    attending = sorted(members & set(present))
    came = len(attending)
    if 2 * came <= len(members):
        raise MeetingQuorumMissed(present=came, needed=len(members) // 2 + 1)
    chair, vice_chairs = offices
    set_offices(term.id, chair, vice_chairs, at=at, account=account)
    if minutes is not None:
        keep_upload(place, code, "MINUTES", minutes, name="首次会议记录", at=at, account=account)
    details = {"present": came, "members": len(members), "attending": attending}
    record_fact(place, code, "first_meeting", at=at, account=account, done_on=held_on, details=details)
