"""Own the shape of one case to be counted: units, owners, ballots and what was delivered.

A ``Case`` made by ``app.statute.case_file`` is well formed; whether it contradicts itself is for ``problems`` to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.statute.policies import Policies
from app.statute.rule_pack import DEFAULT_RULE_PACK, Matter
from app.values import Area


class UnitStatus(StrEnum):
    """Say whether a unit has been handed over; the last two belong to the developer (解释 art. 9)."""

    DELIVERED = "delivered"
    UNSOLD = "unsold"
    UNDELIVERED = "undelivered"


class UnitUse(StrEnum):
    """Say whether a unit is a room or a parking space (read by P-PARK)."""

    EXCLUSIVE = "exclusive"
    PARKING = "parking"


class Channel(StrEnum):
    """Say how a ballot came in."""

    ELECTRONIC = "electronic"
    PAPER = "paper"


class Option(StrEnum):
    """Name what may be marked on a matter."""

    AGREE = "agree"
    AGAINST = "against"
    ABSTAIN = "abstain"
    #: 从众, offered only under P-CONG ``yes``.
    FOLLOW = "follow"


class ElectionKind(StrEnum):
    """Say what an ELECT matter does: a whole committee, a by-election of vacancies, or the recall of one member."""

    COMMITTEE = "committee"
    BY_ELECTION = "by_election"
    RECALL = "recall"


#: What one ballot says: an option, a set of candidates, or None for an unmarked or over-marked item.
Choice = Option | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one exclusive part as the file gives it."""

    code: str
    area: Area
    owners: frozenset[str]
    status: UnitStatus = UnitStatus.DELIVERED
    use: UnitUse = UnitUse.EXCLUSIVE
    counted: bool = True
    nominee: str | None = None

    @property
    def is_developers(self) -> bool:
        """Say whether the unit belongs to the developer whatever its owners say."""
        return self.status is not UnitStatus.DELIVERED


@dataclass(frozen=True, slots=True)
class BallotEntry:
    """Hold one ballot that came in, whether or not it will count."""

    #: Place in the file, from 0; decides between equal instants.
    place: int
    owner: str
    channel: Channel
    at: datetime
    choice: Choice
    valid: bool = True
    #: Code of the only unit it speaks for, if it names one.
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Hold everything one matter's count depends on."""

    matter: Matter
    units: tuple[Unit, ...]
    policies: Policies = field(default_factory=Policies)
    ballots: tuple[BallotEntry, ...] = ()
    delivered: frozenset[str] = frozenset()
    developer: str | None = None
    election: ElectionKind = ElectionKind.COMMITTEE
    seats: int = 0
    candidates: tuple[str, ...] = ()
    rule_pack: str = DEFAULT_RULE_PACK

    @property
    def elects(self) -> bool:
        """Say whether candidates are voted on; a recall is voted like an ordinary matter."""
        return self.matter is Matter.ELECT and self.election is not ElectionKind.RECALL

    def owners_of(self, unit: Unit) -> frozenset[str]:
        """Return who owns a unit in law: the developer of what is unsold or undelivered, else its owners."""
        if unit.is_developers and self.developer is not None:
            return frozenset({self.developer})
        return unit.owners
