"""Own the words and frozen rows of the statutory procedures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.committee.types import TermRow
from app.elections.types import ElectionRow, ElectionState
from app.statute.overlay import Overlay
from app.statute.policies import Policies
from app.statute.rule_pack import RulePack, load_rule_pack
from app.statute.weight import Weight


class ProcedureKind(StrEnum):
    """Name the kinds of procedures; an extraordinary meeting is a decision that 20 % of the owners asked for."""

    FIRST_ELECTION = "first_election"
    RENEWAL = "renewal"
    BY_ELECTION = "by_election"
    RECALL = "recall"
    DECISION = "decision"
    EXTRAORDINARY = "extraordinary"

    @property
    def timeline(self) -> str:
        """Return the kind whose statutory timeline applies."""
        return "decision" if self is ProcedureKind.EXTRAORDINARY else self.value


class ProcedureState(StrEnum):
    """Name where a procedure stands as a whole."""

    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class Side(StrEnum):
    """Name whom a member of the group speaks for; owners must be at least half (指导规则 10)."""

    OWNER = "owner"
    STREET = "street"
    RESIDENTS_COMMITTEE = "residents_committee"
    DEVELOPER = "developer"
    OTHER = "other"


class NominationState(StrEnum):
    """Name what became of a proposed candidate."""

    PROPOSED = "proposed"
    ELIGIBLE = "eligible"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OrderKind(StrEnum):
    """Name what only the street may order."""

    STOP = "stop"
    RESUME = "resume"
    CORRECT = "correct"
    OVERRIDE = "override"


class FilingState(StrEnum):
    """Name the states of a filing: 已收, 补正, 已备案."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """Hold a procedure itself."""

    id: int
    code: str
    kind: ProcedureKind
    title: str
    state: ProcedureState
    term_id: int | None
    term_ends_on: date | None
    seats: int | None
    member_id: int | None
    #: Matter of Civil Code 278 of a decision; empty where people are elected.
    matter: str
    scope: tuple[str, ...]
    rule_pack: str
    election_uuid: str
    started_by: int
    started_at: datetime
    ended_at: datetime | None
    end_reason: str

    @property
    def is_running(self) -> bool:
        """Say whether it goes on or only rests by an order of the street."""
        return self.state in (ProcedureState.RUNNING, ProcedureState.STOPPED)


@dataclass(frozen=True, slots=True)
class FactRow:
    """Hold the fact that holds for a step: the latest that was not taken back."""

    id: int
    step: str
    done_on: date
    note: str
    file_id: int | None
    details: Mapping[str, Any]
    recorded_by: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class OrderRow:
    """Hold an order of the street."""

    id: int
    order: OrderKind
    step: str
    blocker: str
    reason: str
    signed_by: str
    place: str
    file_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class GroupMemberRow:
    """Hold a member of the preparatory or renewal group."""

    id: int
    name: str
    side: Side
    belongs_to: str
    is_head: bool
    position: int


@dataclass(frozen=True, slots=True)
class NominationRow:
    """Hold a proposed candidate with the check of eligibility."""

    id: int
    name: str
    unit_code: str
    #: Owner on the roll; None where the name was not found there.
    person_id: int | None
    #: ``self``, ``owners`` or ``community``.
    proposed_by: str
    introduction: str
    photo_id: int | None
    checks: Mapping[str, str]
    declaration: Mapping[str, str]
    evidence_id: int | None
    state: NominationState
    reason: str
    created_by: int
    created_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """Hold an objection with its answer; the text is for those who answer and for its author."""

    id: int
    number: int
    about: str
    subject: str
    text: str = field(repr=False)
    account_id: int | None
    received_at: datetime
    answer: str
    upheld: bool | None
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for an answer."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class PostingRow:
    """Hold the proof that a paper hung at a place."""

    id: int
    paper: str
    place: str
    photo_id: int
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Hold a paper as it was printed or uploaded for the record."""

    id: int
    code: str
    file_id: int
    pages: int | None
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class FilingRow:
    """Hold one state of the filing."""

    state: FilingState
    on: date
    note: str
    number: str
    file_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """Hold one thing that changes hands."""

    id: int
    position: int
    label: str
    note: str
    given_by: str
    given_at: datetime | None
    received_by: str
    received_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Say whether both sides have signed for it."""
        return self.given_at is not None and self.received_at is not None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """Hold the reasons of a petition or the reply of the member concerned."""

    kind: str
    text: str
    file_id: int | None
    recorded_at: datetime


class SignatureState(StrEnum):
    """Name what became of a signature under a petition when it was compared with the live roll."""

    COUNTED = "counted"
    #: No door of the roll, or none that counts, is meant.
    UNKNOWN_DOOR = "unknown_door"
    #: Whoever signed owns nothing at that door.
    NOT_AN_OWNER = "not_an_owner"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Hold one signature under a petition."""

    id: int
    unit_code: str
    state: SignatureState


@dataclass(frozen=True, slots=True)
class PetitionCount:
    """Hold what those who signed own on the live roll, and the whole roll it is compared with."""

    signed: Weight
    totals: Weight


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """Hold a reminder that is shown."""

    #: ``alarm`` or ``report`` for a term; ``week``, ``day`` or ``overdue`` for a step.
    name: str
    #: Day on which it became due.
    due_on: date
    #: Key of the step; empty for a term.
    step: str
    #: The procedure; None where it is about a term.
    procedure_id: int | None


@dataclass(frozen=True, slots=True)
class OtherVote:
    """Hold the days of another vote of the complex, both included."""

    title: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Dossier:
    """Hold everything a procedure consists of, as its page, its rules and its papers read it."""

    procedure: ProcedureRow
    #: Chosen dates by step.
    planned: Mapping[str, date]
    #: Chosen numbers of days: ``voting_days``, ``objection_days``.
    days: Mapping[str, int]
    #: The fact that holds, by step.
    facts: Mapping[str, FactRow]
    orders: tuple[OrderRow, ...] = ()
    group: tuple[GroupMemberRow, ...] = ()
    nominations: tuple[NominationRow, ...] = ()
    objections: tuple[ObjectionRow, ...] = ()
    postings: tuple[PostingRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    filings: tuple[FilingRow, ...] = ()
    handover: tuple[HandoverRow, ...] = ()
    signatures: tuple[SignatureRow, ...] = ()
    statements: tuple[StatementRow, ...] = ()
    #: What the signatures amount to; None where nobody petitions.
    petition: PetitionCount | None = None
    #: The committee's term it is about; None where there is none.
    term: TermRow | None = None
    #: Every recorded term of the committee, the latest first.
    terms: tuple[TermRow, ...] = ()
    #: Its vote; None before one is drafted.
    election: ElectionRow | None = None
    #: Whether a counted roll stands in the complex.
    has_roll: bool = False
    #: Persons among its nominations who own a counted unit on today's roll.
    owners_today: frozenset[int] = frozenset()
    #: Clauses of the complex's own rules that hold now.
    own_rules: Overlay = field(default_factory=Overlay)
    #: Other votes of the complex that are announced and not yet counted.
    other_votes: tuple[OtherVote, ...] = ()

    @property
    def standing_vote(self) -> ElectionRow | None:
        """Return its vote unless it was withdrawn."""
        vote = self.election
        return None if vote is None or vote.state is ElectionState.WITHDRAWN else vote

    @property
    def pack(self) -> RulePack:
        """Return the law it is held under, with the periods of the own rules: those frozen into its vote once announced."""
        vote = self.standing_vote
        own = vote.own_rules if vote is not None and vote.is_public else self.own_rules
        return own.applied_to(load_rule_pack(self.procedure.rule_pack))

    @property
    def policies(self) -> Policies:
        """Return the policies that hold: those of its vote, before there is one those of the own rules, or the defaults."""
        vote = self.standing_vote
        return Policies(self.own_rules.policies if vote is None else vote.policies)

    def objections_to(self, about: str) -> tuple[ObjectionRow, ...]:
        """Return the objections to one thing, in the order they came."""
        return tuple(row for row in self.objections if row.about == about)

    def latest_paper(self, code: str) -> PaperRow | None:
        """Return the newest kept paper of a code; None where there is none."""
        return next((row for row in reversed(self.papers) if row.code == code), None)
