"""Own the frozen rows of the ballot box that pages and other slices read; none holds a choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.crypto.election import Election as Definition
from app.elections.types import ElectionRow
from app.roll.types import Entitlement
from app.statute.weight import Weight


class Channel(StrEnum):
    """Name how a ballot came in."""

    ELECTRONIC = "electronic"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold where one voter stands in one election."""

    voter_number: int
    #: Credential whose weight counts, decimal; None before the first enrolment.
    credential: str | None = None
    #: Newest enrolled credential; it takes the place of ``credential`` with its first ballot, or at once without one.
    newest: str | None = None
    enrolments: int = 0
    ballots_accepted: int = 0
    #: Box number of the ballot that counts.
    effective_number: int | None = None
    channel: str | None = None

    @property
    def has_vote(self) -> bool:
        """Say whether a ballot of this voter is in the box and counts."""
        return self.effective_number is not None


@dataclass(frozen=True, slots=True)
class BallotRow:
    """Hold a ballot in the box without its bytes; no person is known here."""

    election_id: int
    box_number: int
    tracker: str
    receipt_code: str
    credential: str = field(repr=False)
    leaf_index: int
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class BoxBallot:
    """Hold the exact bytes of a ballot and its kept commitments, in the order of the box."""

    body: bytes = field(repr=False)
    commitments: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Vote:
    """Hold one voter of an account in one election: the entitlement, its standing and the election."""

    election: ElectionRow
    entitlement: Entitlement
    standing: Standing

    @property
    def weight(self) -> Weight:
        """Return what this vote weighs."""
        return Weight(self.entitlement.area, self.entitlement.heads)


@dataclass(frozen=True, slots=True)
class Contest:
    """Hold an election whose definition exists, with the definition parsed."""

    row: ElectionRow
    definition: Definition = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Hold the outcome of a cast: the ballot in the box, and whether this call put it there."""

    ballot: BallotRow
    created: bool
