"""Own the match of a person to the roll by door, name and last six of the document: outcomes A to F.

Every failure is the same outcome E with one wording, so that nobody can try out names or numbers. The names and
numbers compared are plain texts or blind indexes of them, as the caller stores them.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.roll.documents import last_six
from app.roll.doors import find_doors, parse_door
from app.roll.persons import normalise_name

__all__ = [
    "Claim",
    "ClaimRelation",
    "Match",
    "MatchOutcome",
    "RollOwner",
    "RollUnit",
    "find_doors",
    "last_six",
    "match_claim",
    "normalise_name",
    "outcome_beside_others",
    "outcome_of",
    "parse_door",
]

#: More owners than this behind one telephone are checked by a person (a couple and their company are three).
MOST_PERSONS_OF_AN_ACCOUNT = 3

#: A text or a blind index of it.
Comparable = str | bytes


class MatchOutcome(StrEnum):
    """Name the outcomes of a match."""

    #: Name, document and phone agree: level 2, may vote.
    AGREES = "A"
    #: Name and document agree, the phone differs or the roll has none: level 2, the old number is told.
    PHONE_DIFFERS = "B"
    #: One of several co-owners: level 2, one vote together.
    CO_OWNER = "C"
    #: Says to be a tenant or relative: may read, may not vote.
    NOT_OWNER = "D"
    #: Nothing matches: three exits, one wording.
    NO_MATCH = "E"
    #: The flat is marked sold, inherited or disputed: a person checks.
    HUMAN_CHECK = "F"


class ClaimRelation(StrEnum):
    """Say as what the person signs in."""

    OWNER = "owner"
    RELATIVE = "relative"
    TENANT = "tenant"


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold what a person typed, or blind indexes of it."""

    name: Comparable
    last_six: Comparable
    phone: Comparable
    relation: ClaimRelation = ClaimRelation.OWNER


@dataclass(frozen=True, slots=True)
class RollOwner:
    """Hold one owner of the claimed unit as the roll has him; empty where the roll has nothing."""

    name: Comparable
    last_six: Comparable
    phone: Comparable


@dataclass(frozen=True, slots=True)
class RollUnit:
    """Hold the claimed unit."""

    owners: tuple[RollOwner, ...]
    #: Marked sold, inherited or disputed.
    under_review: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Hold the outcome and, where an owner was found, his place among the unit's owners."""

    outcome: MatchOutcome
    owner: int | None = None
    phone_agrees: bool = False

    @property
    def may_vote(self) -> bool:
        """Say whether the match reaches level 2."""
        return self.outcome in (MatchOutcome.AGREES, MatchOutcome.PHONE_DIFFERS, MatchOutcome.CO_OWNER)


def match_claim(claim: Claim, units: Sequence[RollUnit]) -> Match:
    """Match a claim to the units its door may mean; exactly one owner of exactly one unit must agree.

    Every owner is compared in full, whatever the earlier comparisons gave, so that the time taken says nothing.
    """
    if claim.relation is not ClaimRelation.OWNER:
        return Match(MatchOutcome.NOT_OWNER)
    found = [(unit, place, owner) for unit in units for place, owner in enumerate(unit.owners) if _is_same_person(claim, owner)]
    if len(found) != 1:
        return Match(MatchOutcome.NO_MATCH)
    unit, place, owner = found[0]
    phone_agrees = _equal(claim.phone, owner.phone)
    return Match(outcome_of(len(unit.owners), unit.under_review, phone_agrees), place, phone_agrees)


def outcome_of(owners: int, under_review: bool, phone_agrees: bool) -> MatchOutcome:
    """Return the outcome for an owner whose name and document agree, on a unit with that many owners."""
    if under_review:
        return MatchOutcome.HUMAN_CHECK
    if owners > 1:
        return MatchOutcome.CO_OWNER
    return MatchOutcome.AGREES if phone_agrees else MatchOutcome.PHONE_DIFFERS


def outcome_beside_others(
    outcome: MatchOutcome, *, phone_agrees: bool, held_by_another: bool, ended_before: bool, persons_held: int
) -> MatchOutcome:
    """Return the outcome once other claims are looked at; a person checks what known data alone cannot settle.

    Known data (name, number) can be in a neighbour's hands, so a second account gets an owner who is claimed already only with
    the roll's own number; a claim that was ended never comes back by itself; one account speaks for few owners.
    """
    taken = held_by_another and not phone_agrees
    if taken or ended_before or persons_held >= MOST_PERSONS_OF_AN_ACCOUNT:
        return MatchOutcome.HUMAN_CHECK
    return outcome


def _is_same_person(claim: Claim, owner: RollOwner) -> bool:
    same_name = _equal(claim.name, owner.name)
    same_document = _equal(claim.last_six, owner.last_six)
    return same_name and same_document


def _equal(claimed: Comparable, known: Comparable) -> bool:
    """Compare in constant time; an empty value agrees with nothing."""
    left = claimed.encode() if isinstance(claimed, str) else claimed
    right = known.encode() if isinstance(known, str) else known
    return hmac.compare_digest(left, right) and bool(left)
