"""Record who chairs the committee and who stands in for the chair (指导规则 32: chosen in its first meeting)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.committee.errors import OfficesUnclear
from app.committee.models import CommitteeMember
from app.committee.queries import get_term
from app.committee.services.load_record import locked_term
from app.committee.types import Office
from app.db.session import db


def set_offices(term_id: int, chair_id: int, vice_chair_ids: Collection[int], *, at: datetime, account: int) -> None:
    """Give the offices to members in office; everybody else becomes a plain member.

    Raises: TermNotFound, OfficesUnclear when a person is not in office or holds two offices.
    """
    row = locked_term(term_id)
    serving = {member.id for member in get_term(term_id).serving}
    if chair_id not in serving or chair_id in vice_chair_ids or not serving.issuperset(vice_chair_ids):
        raise OfficesUnclear()
    for member in db.session.scalars(select(CommitteeMember).where(CommitteeMember.id.in_(serving))):
        office = Office.CHAIR if member.id == chair_id else Office.MEMBER
        member.office = (Office.VICE_CHAIR if member.id in vice_chair_ids else office).value
        member.recorded_by, member.recorded_at = account, at
    db.session.flush()
    append_entry("offices_chosen", {"term": row.number, "vice_chairs": len(set(vice_chair_ids))}, at=at)
    record_event("committee:offices:set", at=at, account=account, tenant=row.tenant_id, term=term_id)
