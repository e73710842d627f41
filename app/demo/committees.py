"""Own the committees of the demonstration: who is in office where, and until when. Every name is invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.ballots.queries import get_contest
from app.committee.queries import get_term
from app.committee.services.record_term import TermFacts, install_committee, record_term
from app.committee.services.set_offices import set_offices
from app.committee.types import Office, Seat
from app.db.session import tenant_work
from app.elections.services.certify_election import certify_election
from app.procedure.vote_outcome import seats_of, seats_outcome
from app.statute.calendar import months_after
from app.tenancy.types import ComplexRow
from app.values.clock import china_day

_SEATS = 5
_TERM_MONTHS = 60

QINGLAN_COMMITTEE = (
    Seat("宋平", "6栋", Office.CHAIR),
    Seat("何晓东", "3栋", Office.VICE_CHAIR),
    Seat("郭玉兰", "9栋"),
    Seat("罗建军", "11栋"),
    Seat("梁淑贞", "2栋"),
    Seat("唐文博", "7栋", Office.ALTERNATE),
)
LOFTS_COMMITTEE = (
    Seat("曹志远", "1栋", Office.CHAIR),
    Seat("余静怡", "1栋", Office.VICE_CHAIR),
    Seat("邓立新", "1栋"),
    Seat("萧雨桐", "1栋"),
    Seat("谢国庆", "1栋"),
)
SLAB_COMMITTEE = (
    Seat("彭家和", "3栋", Office.CHAIR),
    Seat("袁翠英", "3栋"),
    Seat("蒋明辉", "3栋"),
    Seat("沈桂香", "3栋"),
    Seat("韩树林", "3栋"),
)
DORMITORY_COMMITTEE = (
    Seat("冯德胜", "1栋", Office.CHAIR),
    Seat("程秀兰", "2栋"),
    Seat("董长江", "1栋"),
    Seat("魏桂芳", "3栋"),
    Seat("姚国平", "2栋"),
)


def seat_committee(
    place: ComplexRow, number: int, members: tuple[Seat, ...], ends_on: date, filing_number: str, *, at: datetime, account: int
) -> int:
    """Record a committee of five years that ends on a day; return the id of its term."""
    starts_on = months_after(ends_on + timedelta(days=1), -_TERM_MONTHS)
    filed_on = starts_on + timedelta(days=20)
    facts = TermFacts(number, starts_on, ends_on, _SEATS, filed_on, filing_number)
    with tenant_work(place.id, write=True):
        return record_term(facts, members, at=at, account=account)


def install_elected(place: ComplexRow, uuid: str, number: int, *, at: datetime, account: int) -> None:
    """Certify a finished vote, write the committee it elected, and let the first of them chair it."""
    with tenant_work(place.id, write=True):
        certify_election(uuid, place, at=at, account=account)
        outcome = seats_outcome(get_contest(uuid).row)
        if outcome is None:
            raise ValueError("nobody stood in this vote")
        starts_on = china_day(at)
        ends_on = months_after(starts_on, _TERM_MONTHS) - timedelta(days=1)
        facts = TermFacts(number, starts_on, ends_on, _SEATS)
        elected, waiting = seats_of(outcome.elected), seats_of(outcome.alternates)
        term_id = install_committee(uuid, facts, elected, waiting, at=at, account=account)
        chair, vice_chair = (row.id for row in get_term(term_id).serving[:2])
        set_offices(term_id, chair, (vice_chair,), at=at + timedelta(days=1), account=account)
