"""Own the states of an election and the frozen rows that other slices read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from app.crypto.election import Election as Definition
from app.statute.matters import OPTION_TITLES, MatterType, matter_types
from app.statute.overlay import Overlay
from app.statute.policies import Policies
from app.statute.rule_pack import Matter, RulePack, load_rule_pack
from app.verifier.definition import MATTER_OPTIONS

#: Trustees of every election, and how many of them can open the box.
TRUSTEES = 3
THRESHOLD = 2


class ElectionState(StrEnum):
    """Name where an election stands; it only moves forward."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ElectionKind(StrEnum):
    """Name what the owners come together for."""

    RENEWAL = "renewal"
    FIRST_ELECTION = "first_election"
    BY_ELECTION = "by_election"
    RECALL = "recall"
    DECISION = "decision"


class Party(StrEnum):
    """Name the three sides that hold a part of the opening key; one of each, and never the property company."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Hold a candidate of an election matter."""

    id: int
    #: Index of the answer in the definition, from 0; screens shuffle it per owner.
    position: int
    name: str
    #: Building, 「3栋」; empty where it is not said.
    building: str
    #: At most 50 characters.
    introduction: str
    #: File id of the photo; None where there is none.
    photo_id: int | None = None

    @property
    def label(self) -> str:
        """Return the answer in election.json, ``姓名（3栋）``."""
        return f"{self.name}（{self.building}）" if self.building else self.name


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """Hold a paper that belongs to a matter."""

    id: int
    file_id: int
    title: str


@dataclass(frozen=True, slots=True)
class MatterRow:
    """Hold one question of an election."""

    id: int
    #: Place on the ballot, from 0.
    position: int
    kind: Matter
    title: str
    summary: str
    #: Seats of an election; None for other matters.
    seats: int | None = None
    candidates: tuple[CandidateRow, ...] = ()
    materials: tuple[MaterialRow, ...] = ()

    @property
    def elects(self) -> bool:
        """Say whether candidates stand for seats."""
        return self.seats is not None

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the answers in the order of election.json: 同意, 反对, 弃权, or the candidates."""
        return tuple(candidate.label for candidate in self.candidates) if self.elects else MATTER_OPTIONS

    @property
    def type(self) -> MatterType:
        """Return what the law says of this kind of matter."""
        return matter_types()[self.kind]

    def shown_answers(self, lang: str) -> tuple[str, ...]:
        """Return the answers in the language of a screen; candidates' names stay as they are."""
        if self.elects:
            return self.answers
        return tuple(title.say(lang) for title in list(OPTION_TITLES.values())[: len(MATTER_OPTIONS)])


@dataclass(frozen=True, slots=True)
class TrusteeRow:
    """Hold one trustee with the public messages given so far, each the JSON as it came; None until given."""

    id: int
    #: Index from 1, as in the protocol.
    index: int
    organisation: str
    party: Party
    account_id: int
    cert: Mapping[str, Any] | None = field(default=None, repr=False)
    coefexps: Mapping[str, Any] | None = field(default=None, repr=False)
    certs_signature: Mapping[str, Any] | None = field(default=None, repr=False)
    shares: tuple[Mapping[str, Any], ...] | None = field(default=None, repr=False)
    verification_key: Mapping[str, Any] | None = field(default=None, repr=False)
    rehearsal: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def rounds_done(self) -> int:
        """Count the rounds of the key ceremony this trustee has finished, 0 to 3; the rehearsal is the fourth."""
        done = (self.cert, self.coefexps, self.verification_key, self.rehearsal)
        return next((place for place, message in enumerate(done) if message is None), len(done))


@dataclass(frozen=True, slots=True)
class TrusteeChoice:
    """Hold an account that may be chosen as a trustee."""

    account_id: int
    #: Name of the person who acts for the organisation.
    name: str = field(repr=False)
    organisation: str
    party: Party


@dataclass(frozen=True, slots=True)
class TestCiphertext:
    """Hold the ciphertext of the rehearsal and the number it hides, which is public; elements as decimal strings."""

    __test__ = False  # pytest would otherwise take the name for a test class

    alpha: str
    beta: str
    value: int


@dataclass(frozen=True, slots=True)
class ElectionRow:
    """Hold an election with everything that other slices and pages read of it."""

    id: int
    uuid: str
    kind: ElectionKind
    title: str
    state: ElectionState
    #: First instant at which a ballot is accepted.
    opens_at: datetime
    #: First instant at which no ballot is accepted any more.
    closes_at: datetime
    #: Every policy key with its value.
    policies: Mapping[str, str]
    rule_pack: str
    #: Frozen roll; None while a draft.
    snapshot_id: int | None
    #: Exact bytes of what was announced; None while a draft.
    announcement: bytes | None = field(repr=False)
    announcement_sha256: str | None
    #: Exact bytes of election.json; None before the joint key exists.
    definition: bytes | None = field(repr=False)
    fingerprint: str | None
    #: Exact bytes of trustees.json; None before the third round is complete.
    trustees_body: bytes | None = field(repr=False)
    rehearsal: TestCiphertext | None
    #: Exact bytes of result.json; None before publication.
    result: bytes | None = field(repr=False)
    created_by: int
    created_at: datetime
    announced_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    published_at: datetime | None
    withdrawn_at: datetime | None
    #: Why it was withdrawn; empty otherwise.
    withdrawal_reason: str
    #: Buildings that decide, as on the roll; empty for the whole complex.
    scope: tuple[str, ...] = ()
    #: Public code of the procedure it belongs to; empty where there is none.
    procedure_code: str = ""
    #: The end announced first, where voting was extended once; None otherwise.
    extended_from: datetime | None = None
    #: Why it was extended; empty otherwise.
    extension_reason: str = ""
    #: First instant at which the published result is no longer open to objections; None where it is final at once.
    objections_close_at: datetime | None = None
    #: When the result was certified; None while it is preliminary.
    certified_at: datetime | None = None
    #: Clauses of the complex's own rules: of a draft those in force now, afterwards those frozen at the announcement.
    own_rules: Overlay = field(default_factory=Overlay)
    matters: tuple[MatterRow, ...] = ()
    trustees: tuple[TrusteeRow, ...] = ()

    @property
    def scope_text(self) -> str:
        """Return the buildings that decide as one text, 「3栋、5栋」; empty for the whole complex."""
        return "、".join(self.scope)

    @property
    def pack(self) -> RulePack:
        """Return the law it is held under, with the periods that the complex's own rules fix."""
        return self.own_rules.applied_to(load_rule_pack(self.rule_pack))

    @property
    def is_draft(self) -> bool:
        """Say whether it may still be edited."""
        return self.state is ElectionState.DRAFT

    @property
    def is_public(self) -> bool:
        """Say whether everybody may see it: from the announcement on."""
        return self.announcement is not None

    @property
    def trustees_rehearsed(self) -> bool:
        """Say whether every trustee has shown in the rehearsal that its key works."""
        return bool(self.trustees) and all(trustee.rehearsal is not None for trustee in self.trustees)


@dataclass(frozen=True, slots=True)
class TallyRow:
    """Hold the encrypted sum of the box under one weight."""

    #: ``area`` or ``heads``.
    weight: str
    #: Exact JSON of the tally.
    body: bytes = field(repr=False)
    #: Counted ballots.
    ballots: int
    total_weight: int


@dataclass(frozen=True, slots=True)
class PartialRow:
    """Hold one trustee's part of the decryption of one tally."""

    #: Trustee's index from 1.
    index: int
    #: ``area`` or ``heads``.
    weight: str
    #: Exact JSON of the factors and proofs.
    body: bytes = field(repr=False)
    at: datetime


@lru_cache(maxsize=32)
def parse_definition(raw: bytes) -> Definition:
    """Return the parsed election.json; parsing checks the public key, so it is done once per election and process."""
    return Definition.parse(raw)


def complete_policies(given: Mapping[str, str]) -> Mapping[str, str]:
    """Return every policy key with its value; raises Malformed for an unknown key or value."""
    return MappingProxyType(dict(Policies(given)))
