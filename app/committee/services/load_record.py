"""Load the rows that a use case changes, locked on PostgreSQL; SQLite's write lock is already held."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.committee.errors import DayOutsideTerm, MemberNotFound, TermNotFound
from app.committee.models import CommitteeMember, CommitteeTerm
from app.db.session import db


def locked_term(term_id: int) -> CommitteeTerm:
    """Return a term's row, locked until the unit of work ends.

    Raises: TermNotFound.
    """
    query = select(CommitteeTerm).where(CommitteeTerm.id == term_id).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise TermNotFound(term=term_id)
    return row


def locked_member(member_id: int) -> tuple[CommitteeTerm, CommitteeMember]:
    """Return a member's row with his term, both locked: the term first, so that two changes of one term wait in line.

    Raises: MemberNotFound.
    """
    term_id = db.session.scalar(select(CommitteeMember.term_id).where(CommitteeMember.id == member_id))
    if term_id is None:
        raise MemberNotFound(member=member_id)
    term = locked_term(term_id)
    query = select(CommitteeMember).where(CommitteeMember.id == member_id).with_for_update()
    return term, db.session.scalars(query.execution_options(populate_existing=True)).one()


def require_day(term: CommitteeTerm, day: date, today: date) -> None:
    """Refuse a day before the term, after it, or in the future.

    Raises: DayOutsideTerm.
    """
    until = min(term.ends_on, today)
    if not term.starts_on <= day <= until:
        raise DayOutsideTerm(starts_on=term.starts_on, until=until)
