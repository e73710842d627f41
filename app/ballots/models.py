"""Own the tables of the ballot box: enrolments, ballots, ciphertext digests and each voter's state.

A ballot row holds no person; an enrolment binds a credential to a voter number, as the public record does.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key, tenant_reference


class Enrolment(TenantScoped):
    """Be a credential enrolled for a voter number with its proof of possession."""

    __tablename__ = "enrolments"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "credential_hash"),
        UniqueConstraint("tenant_id", "election_id", "voter_number", "sequence"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger)
    #: Voter number of the frozen roll.
    voter_number: Mapped[int] = mapped_column(Integer)
    #: 0 for the voter's first credential; a later one replaces it.
    sequence: Mapped[int] = mapped_column(Integer)
    #: Credential public key, decimal.
    credential: Mapped[str] = mapped_column(Text)
    #: SHA-256 of ``credential``.
    credential_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Schnorr proof of possession.
    proof: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: When it was enrolled.
    at: Mapped[datetime]


class VoterState(TenantScoped):
    """Be where one voter stands in one election; its uniqueness makes two ballots at once into one."""

    __tablename__ = "voter_states"
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "voter_number"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger)
    #: Voter number of the frozen roll.
    voter_number: Mapped[int] = mapped_column(Integer)
    #: Present credential, decimal; None before enrolment.
    credential: Mapped[str | None] = mapped_column(Text)
    #: Credentials enrolled so far.
    enrolments: Mapped[int] = mapped_column(Integer, default=0)
    #: Ballots accepted so far, at most 1 + allowed changes.
    ballots_accepted: Mapped[int] = mapped_column(Integer, default=0)
    #: Box number of the ballot that counts; None before the first.
    effective_number: Mapped[int | None] = mapped_column(Integer)
    #: Channel of the first valid ballot, which is locked.
    channel: Mapped[str | None] = mapped_column(String(12))


class VoterSpeaker(TenantScoped):
    """Be the person who speaks for a voter in an election, so that a co-owner cannot replace another's credential."""

    __tablename__ = "voter_speakers"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        tenant_reference("person_id", "owner_persons"),
        UniqueConstraint("tenant_id", "election_id", "voter_number"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger)
    #: Voter number of the frozen roll.
    voter_number: Mapped[int] = mapped_column(Integer)
    #: The person.
    person_id: Mapped[int] = mapped_column(BigInteger)


class Ballot(TenantScoped):
    """Be an accepted ballot: its exact bytes, never a person."""

    __tablename__ = "ballots"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "box_number"),
        UniqueConstraint("tenant_id", "tracker"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger)
    #: Place in the box, from 1.
    box_number: Mapped[int] = mapped_column(Integer)
    #: Ballot tracker, 43 characters of base64.
    tracker: Mapped[str] = mapped_column(String(43))
    #: Short code for people, eight characters.
    receipt_code: Mapped[str] = mapped_column(String(8), index=True)
    #: Credential it is signed with, decimal.
    credential: Mapped[str] = mapped_column(Text)
    #: Exact bytes of the ballot.
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: Commitments recomputed at acceptance (untrusted hints for fast re-verification).
    commitments: Mapped[bytes] = mapped_column(LargeBinary)
    #: Leaf of the public record.
    leaf_index: Mapped[int] = mapped_column(BigInteger)
    #: Server time of receipt (Civil Code 137).
    accepted_at: Mapped[datetime]


class SeenCiphertext(TenantScoped):
    """Be the digest of a ciphertext already in a box of the complex; a copy is refused for every credential."""

    __tablename__ = "seen_ciphertexts"
    __append_only__ = True
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "digest"))

    #: First 16 bytes of the SHA-256 of alpha, decimal.
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
