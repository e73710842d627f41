"""End a membership, record what the leaver handed over, and fill the seat: from the alternates or by a by-election.

Sources: 指导规则 43-46; a membership that ended is not reopened, whoever returns is elected or moves up again. Why it ended
stays on the desk: the public record says only that it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.committee.errors import DayOutsideTerm, MembershipLasts, MembershipOver, NoAlternate, NoVacancy
from app.committee.models import CommitteeMember, CommitteeTerm
from app.committee.queries import get_term
from app.committee.rules import require_members
from app.committee.services.load_record import locked_member, locked_term, require_day
from app.committee.services.record_term import add_seats
from app.committee.types import Ending, Office, Seat
from app.db.session import db
from app.documents.services.store_file import store_material
from app.values.clock import china_day


def end_membership(
    member_id: int, reason: Ending, on: date, note: str, evidence: bytes | None, *, at: datetime, account: int
) -> None:
    """End the membership of a member or alternate on a day; the paper that proves it is kept sealed.

    Raises: MemberNotFound, MembershipOver, DayOutsideTerm, or what storing a paper refuses.
    """
    term, row = locked_member(member_id)
    if row.ended_on is not None:
        raise MembershipOver()
    require_day(term, on, china_day(at))
    row.ended_on, row.end_reason, row.end_note = on, reason.value, note.strip()
    if evidence:
        row.end_file_id = store_material(evidence, name="离任证明", at=at, account=account, public=False).id
    _stamp(row, at, account)
    held = row.office != Office.ALTERNATE
    body = {"term": term.number, "ended_on": on.isoformat(), "held_a_seat": held, **_counts(term.id)}
    append_entry("membership_ended", body, at=at)
    record_event("committee:membership:end", at=at, account=account, tenant=term.tenant_id, member=row.id, reason=reason.value)


def record_leaver_handover(member_id: int, on: date, *, at: datetime, account: int) -> None:
    """Record that a leaver handed over papers, seals and property (指导规则 45).

    Raises: MemberNotFound, MembershipLasts, DayOutsideTerm.
    """
    term, row = locked_member(member_id)
    if row.ended_on is None:
        raise MembershipLasts()
    today = china_day(at)
    if not row.ended_on <= on <= today:
        raise DayOutsideTerm(starts_on=row.ended_on, until=today)
    row.handed_over_on = on
    _stamp(row, at, account)
    record_event("committee:membership:hand_over", at=at, account=account, tenant=term.tenant_id, member=row.id)


def move_up_alternate(term_id: int, on: date, *, at: datetime, account: int) -> int:
    """Let the first alternate take a free seat from a day on; return his id.

    Raises: TermNotFound, NoVacancy, NoAlternate, DayOutsideTerm.
    """
    row = locked_term(term_id)
    term = get_term(term_id)
    if term.vacancies <= 0:
        raise NoVacancy()
    if not term.alternates:
        raise NoAlternate()
    require_day(row, on, china_day(at))
    first = db.session.scalars(select(CommitteeMember).where(CommitteeMember.id == term.alternates[0].id)).one()
    first.office, first.since_on = Office.MEMBER.value, on
    _stamp(first, at, account)
    _replace(term_id, 1)
    append_entry("alternate_moved_up", {"term": row.number, "since_on": on.isoformat(), **_counts(term_id)}, at=at)
    record_event("committee:alternate:move_up", at=at, account=account, tenant=row.tenant_id, member=first.id)
    return first.id


def fill_vacancies(
    term_id: int,
    election_uuid: str,
    elected: Sequence[Seat],
    alternates: Sequence[Seat],
    since_on: date,
    *,
    at: datetime,
    account: int,
) -> None:
    """Seat those whom a certified by-election elected, both lists in rank, for the rest of the term.

    Raises: TermNotFound, NoVacancy, MembersTooMany, MemberTwice.
    """
    row = locked_term(term_id)
    term = get_term(term_id)
    if term.vacancies <= 0:
        raise NoVacancy()
    waiting = [Seat(person.name, person.building, Office.ALTERNATE) for person in alternates]
    present = [Seat(person.name, person.building, person.office) for person in (*term.serving, *term.alternates)]
    require_members([*present, *elected, *waiting], term.seats)
    last_rank = max((member.rank for member in term.members), default=0)
    add_seats(term_id, [*elected, *waiting], since_on, last_rank + 1, at=at, account=account)
    _replace(term_id, len(elected))
    body = {"term": row.number, "since_on": since_on.isoformat(), "elected": len(elected), **_counts(term_id)}
    append_entry("vacancies_filled", body, at=at, election_uuid=election_uuid)
    record_event("committee:vacancy:fill", at=at, account=account, tenant=row.tenant_id, term=term_id, elected=len(elected))


def _replace(term_id: int, seats: int) -> None:
    """Mark the vacancies that were filled, the oldest first."""
    query = (
        select(CommitteeMember)
        .where(CommitteeMember.term_id == term_id, CommitteeMember.ended_on.is_not(None))
        .where(CommitteeMember.office != Office.ALTERNATE.value, CommitteeMember.is_replaced.is_(False))
        .order_by(CommitteeMember.ended_on, CommitteeMember.rank)
        .limit(seats)
    )
    for leaver in db.session.scalars(query):
        leaver.is_replaced = True
    db.session.flush()


def _stamp(row: CommitteeMember | CommitteeTerm, at: datetime, account: int) -> None:
    row.recorded_by, row.recorded_at = account, at
    db.session.flush()


def _counts(term_id: int) -> dict[str, int]:
    term = get_term(term_id)
    return {"members": len(term.serving), "seats": term.seats, "alternates": len(term.alternates)}
