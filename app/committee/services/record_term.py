"""Record a term of the committee, from its papers or from the vote that elected it, and correct what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.committee.errors import MembersTooMany, TermExists
from app.committee.models import CommitteeMember, CommitteeTerm
from app.committee.queries import get_term, list_terms
from app.committee.rules import require_members, require_period
from app.committee.services.load_record import locked_term
from app.committee.types import Office, Seat
from app.db.base import new_id
from app.db.session import current_tenant_id, db


@dataclass(frozen=True, slots=True)
class TermFacts:
    """Hold what a term is, without its members."""

    #: Which committee it is, from 1.
    number: int
    starts_on: date
    ends_on: date
    seats: int
    #: When it was filed and under which number, where its papers say so.
    filed_on: date | None = None
    filing_number: str = ""


def record_term(facts: TermFacts, members: Sequence[Seat], *, at: datetime, account: int, election_uuid: str = "") -> int:
    """Record a term with its members, alternates last, in the order of their election; return its id.

    Writes the ``committee_recorded`` entry, which names nobody.
    Raises: TermExists, TermReversed, TermsOverlap, MembersMissing, MembersTooMany, MemberTwice.
    """
    others = list_terms()
    if any(other.number == facts.number for other in others):
        raise TermExists(number=facts.number)
    require_period(facts.starts_on, facts.ends_on, others)
    require_members(members, facts.seats)
    row = CommitteeTerm(id=new_id(), tenant_id=current_tenant_id(), election_uuid=election_uuid, recorded_by=account)
    _write(row, facts, at, account)
    db.session.add(row)
    db.session.flush()
    add_seats(row.id, members, facts.starts_on, 1, at=at, account=account)
    _publish(row.id, at)
    record_event("committee:term:record", at=at, account=account, tenant=row.tenant_id, term=row.id, members=len(members))
    return row.id


def install_committee(
    election_uuid: str,
    facts: TermFacts,
    elected: Sequence[Seat],
    alternates: Sequence[Seat],
    *,
    at: datetime,
    account: int,
) -> int:
    """Write the term of a committee that a certified vote elected, both lists in rank; return the term's id.

    A term that would still run beside it is cut short the day before the new one begins. Raises as ``record_term``.
    """
    for earlier in list_terms():
        if earlier.starts_on < facts.starts_on <= earlier.ends_on:
            locked_term(earlier.id).ends_on = date.fromordinal(facts.starts_on.toordinal() - 1)
    db.session.flush()
    waiting = [Seat(person.name, person.building, Office.ALTERNATE) for person in alternates]
    return record_term(facts, [*elected, *waiting], at=at, account=account, election_uuid=election_uuid)


def correct_term(term_id: int, facts: TermFacts, *, at: datetime, account: int) -> None:
    """Correct number, dates, seats and filing of a term.

    Raises: TermNotFound, TermExists, TermReversed, TermsOverlap, MembersTooMany.
    """
    row = locked_term(term_id)
    others = [other for other in list_terms() if other.id != term_id]
    if any(other.number == facts.number for other in others):
        raise TermExists(number=facts.number)
    require_period(facts.starts_on, facts.ends_on, others)
    serving = len(get_term(term_id).serving)
    if serving > facts.seats:
        raise MembersTooMany(members=serving, seats=facts.seats)
    _write(row, facts, at, account)
    db.session.flush()
    _publish(term_id, at)
    record_event("committee:term:correct", at=at, account=account, tenant=row.tenant_id, term=term_id)


def record_filing(term_id: int, filed_on: date, number: str, *, at: datetime, account: int) -> None:
    """Keep when and under which number the committee was filed.

    Raises: TermNotFound.
    """
    row = locked_term(term_id)
    row.filed_on, row.filing_number = filed_on, number.strip()
    record_event("committee:term:file", at=at, account=account, tenant=row.tenant_id, term=term_id)


def add_seats(term_id: int, seats: Sequence[Seat], since_on: date, first_rank: int, *, at: datetime, account: int) -> None:
    """Add persons to a term, ranked on from a number."""
    db.session.add_all(
        CommitteeMember(
            term_id=term_id,
            name=seat.name,
            building=seat.building,
            office=seat.office.value,
            rank=rank,
            since_on=since_on,
            recorded_by=account,
            recorded_at=at,
        )
        for rank, seat in enumerate(seats, start=first_rank)
    )
    db.session.flush()


def _write(row: CommitteeTerm, facts: TermFacts, at: datetime, account: int) -> None:
    row.number, row.seats = facts.number, facts.seats
    row.starts_on, row.ends_on = facts.starts_on, facts.ends_on
    row.filed_on, row.filing_number = facts.filed_on, facts.filing_number.strip()
    row.recorded_by, row.recorded_at = account, at


def _publish(term_id: int, at: datetime) -> None:
    term = get_term(term_id)
    body = {
        "term": term.number,
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat(),
        "seats": term.seats,
        "members": len(term.serving),
        "alternates": len(term.alternates),
    }
    append_entry("committee_recorded", body, at=at, election_uuid=term.election_uuid)
