"""Own what follows from the record of the committee: its mandate on a day, and what a vacancy asks for.

Pure. Numbers come from the rule pack; sources: 指导规则 31-32 (size, term), 43-46 (endings, alternates, re-election below one
half), 58 (no committee, or fewer than half); P-RESTRICT.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.committee.errors import MembersMissing, MembersTooMany, MemberTwice, TermReversed, TermsOverlap
from app.committee.types import Office, Seat, TermRow
from app.statute.calendar import months_after
from app.statute.caretaker import is_restricted
from app.statute.rule_pack import Matter, RulePack

_MONTHS_A_YEAR = 12


class Standing(StrEnum):
    """Name what a committee may still do on a day."""

    #: Nothing is recorded of it.
    UNKNOWN = "unknown"
    IN_OFFICE = "in_office"
    #: Its renewal runs: it keeps things going and begins nothing major.
    CARETAKER = "caretaker"
    #: Fewer than half of its seats are held.
    TOO_FEW = "too_few"
    EXPIRED = "expired"


class Remedy(StrEnum):
    """Name what a vacancy asks for, the nearest remedy first."""

    NONE = "none"
    MOVE_UP = "move_up"
    BY_ELECTION = "by_election"
    RE_ELECTION = "re_election"


@dataclass(frozen=True, slots=True)
class Attrition:
    """Hold how many of a committee's seats are held, and what follows."""

    seats: int
    serving: int
    alternates: int
    #: Whether the members in office are fewer than the share at which the whole committee is elected anew.
    is_too_few: bool
    remedy: Remedy

    @property
    def vacancies(self) -> int:
        """Return how many seats nobody holds."""
        return self.seats - self.serving


@dataclass(frozen=True, slots=True)
class Mandate:
    """Hold what the committee may do on a day, and the term it follows from."""

    standing: Standing
    #: None where nothing is recorded.
    term: TermRow | None = None

    @property
    def may_convene(self) -> bool:
        """Say whether it may still call the owners together; of a committee that is not recorded nothing is known."""
        return self.standing not in (Standing.EXPIRED, Standing.TOO_FEW)

    def withholds(self, matter: Matter, restrict: str) -> bool:
        """Say whether it must leave this matter to its successor; ``restrict`` is the value of P-RESTRICT."""
        return self.standing is Standing.CARETAKER and is_restricted(matter, restrict)


def term_on(terms: Iterable[TermRow], on: date) -> TermRow | None:
    """Return the term that began last on or before a day, also when it is over; None where there is none."""
    return max((term for term in terms if term.starts_on <= on), key=lambda term: term.starts_on, default=None)


def attrition_of(term: TermRow, pack: RulePack) -> Attrition:
    """Say what the vacancies of a term ask for: alternates first, then a by-election, below one half a new committee."""
    serving, alternates = len(term.serving), len(term.alternates)
    threshold = pack.threshold("members_remaining_share")
    if serving >= term.seats:
        remedy = Remedy.NONE
    elif alternates:
        remedy = Remedy.MOVE_UP
    elif threshold.is_met(serving, term.seats):
        remedy = Remedy.BY_ELECTION
    else:
        remedy = Remedy.RE_ELECTION
    return Attrition(term.seats, serving, alternates, not threshold.is_met(serving, term.seats), remedy)


def mandate_of(term: TermRow | None, on: date, pack: RulePack) -> Mandate:
    """Say what the committee of a term may do on a day; the latest obstacle to its mandate counts."""
    if term is None:
        return Mandate(Standing.UNKNOWN)
    if on > term.ends_on:
        return Mandate(Standing.EXPIRED, term)
    if attrition_of(term, pack).is_too_few:
        return Mandate(Standing.TOO_FEW, term)
    if term.caretaker_since_on is not None and on >= term.caretaker_since_on:
        return Mandate(Standing.CARETAKER, term)
    return Mandate(Standing.IN_OFFICE, term)


class Oddity(StrEnum):
    """Name what a recorded term departs from the law in; papers are recorded as they are, and the page says so."""

    TERM_LONG = "term_long"
    SEATS_UNLAWFUL = "seats_unlawful"


def oddities_of(term: TermRow, pack: RulePack) -> tuple[Oddity, ...]:
    """List what is unusual in a recorded term: longer than the law allows, or not 5 to 11 seats and odd."""
    longest = months_after(term.starts_on, pack.number("committee_term_years_max") * _MONTHS_A_YEAR)
    lawful = pack.number("committee_min") <= term.seats <= pack.number("committee_max")
    found = {
        Oddity.TERM_LONG: term.ends_on >= longest,
        Oddity.SEATS_UNLAWFUL: not lawful or term.seats % pack.number("committee_step") != 1,
    }
    return tuple(oddity for oddity, applies in found.items() if applies)


def require_period(starts_on: date, ends_on: date, others: Iterable[TermRow]) -> None:
    """Refuse a term that ends before it begins, or runs beside another one.

    Raises: TermReversed, TermsOverlap.
    """
    if ends_on <= starts_on:
        raise TermReversed()
    for other in others:
        if starts_on <= other.ends_on and other.starts_on <= ends_on:
            raise TermsOverlap(number=other.number)


def require_members(members: Sequence[Seat], seats: int) -> None:
    """Refuse a list with nobody in office, with more than the seats, or with the same person twice.

    Raises: MembersMissing, MembersTooMany, MemberTwice.
    """
    serving = [member for member in members if member.office is not Office.ALTERNATE]
    if not serving:
        raise MembersMissing()
    if len(serving) > seats:
        raise MembersTooMany(members=len(serving), seats=seats)
    known: set[tuple[str, str]] = set()
    for member in members:
        if (member.name, member.building) in known:
            raise MemberTwice(name=member.name)
        known.add((member.name, member.building))
