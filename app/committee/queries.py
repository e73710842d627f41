"""Own the reads of the committee record: frozen rows of the present complex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.committee.errors import MemberNotFound, TermNotFound
from app.committee.models import CommitteeMember, CommitteeTerm
from app.committee.rules import Mandate, mandate_of
from app.committee.types import Ending, MemberRow, Office, TermRow
from app.db.session import db
from app.statute.rule_pack import RulePack


def list_terms() -> list[TermRow]:
    """List every recorded term with its members, the latest first."""
    return _rows(list(db.session.scalars(select(CommitteeTerm).order_by(CommitteeTerm.starts_on.desc()))))


def get_term(term_id: int) -> TermRow:
    """Return a term with its members.

    Raises: TermNotFound.
    """
    row = db.session.scalar(select(CommitteeTerm).where(CommitteeTerm.id == term_id))
    if row is None:
        raise TermNotFound(term=term_id)
    return _rows([row])[0]


def current_term(on: date) -> TermRow | None:
    """Return the term that began last on or before a day, also when it is over; None where none is recorded."""
    query = select(CommitteeTerm).where(CommitteeTerm.starts_on <= on).order_by(CommitteeTerm.starts_on.desc()).limit(1)
    row = db.session.scalar(query)
    return None if row is None else _rows([row])[0]


def coming_term(on: date) -> TermRow | None:
    """Return the term that is recorded already and begins after a day; None where there is none."""
    query = select(CommitteeTerm).where(CommitteeTerm.starts_on > on).order_by(CommitteeTerm.starts_on).limit(1)
    row = db.session.scalar(query)
    return None if row is None else _rows([row])[0]


def current_mandate(on: date, pack: RulePack) -> Mandate:
    """Say what the complex's committee may do on a day."""
    return mandate_of(current_term(on), on, pack)


def get_member(member_id: int) -> tuple[TermRow, MemberRow]:
    """Return a member or an alternate with his term.

    Raises: MemberNotFound.
    """
    term_id = db.session.scalar(select(CommitteeMember.term_id).where(CommitteeMember.id == member_id))
    if term_id is None:
        raise MemberNotFound(member=member_id)
    term = get_term(term_id)
    return term, next(member for member in term.members if member.id == member_id)


def _rows(terms: Sequence[CommitteeTerm]) -> list[TermRow]:
    ids = [term.id for term in terms]
    members: defaultdict[int, list[MemberRow]] = defaultdict(list)
    query = select(CommitteeMember).where(CommitteeMember.term_id.in_(ids)).order_by(CommitteeMember.rank, CommitteeMember.id)
    for row in db.session.scalars(query) if ids else ():
        members[row.term_id].append(_member(row))
    return [_term(term, tuple(members[term.id])) for term in terms]


def _term(row: CommitteeTerm, members: tuple[MemberRow, ...]) -> TermRow:
    return TermRow(
        id=row.id,
        number=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        seats=row.seats,
        election_uuid=row.election_uuid,
        caretaker_since_on=row.caretaker_since_on,
        filed_on=row.filed_on,
        filing_number=row.filing_number,
        members=members,
    )


def _member(row: CommitteeMember) -> MemberRow:
    return MemberRow(
        id=row.id,
        name=row.name,
        building=row.building,
        office=Office(row.office),
        rank=row.rank,
        since_on=row.since_on,
        ended_on=row.ended_on,
        end_reason=Ending(row.end_reason) if row.end_reason else None,
        end_note=row.end_note,
        end_file_id=row.end_file_id,
        handed_over_on=row.handed_over_on,
        is_replaced=row.is_replaced,
    )
