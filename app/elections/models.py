"""Own the tables of elections: definition, matters, candidates, trustees and their messages, encrypted tallies, result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key, tenant_reference


class Election(TenantScoped):
    """Be one vote of the owners: one ballot over one or more matters."""

    __tablename__ = "elections"
    __table_args__ = (tenant_key(), tenant_reference("snapshot_id", "roll_snapshots"), UniqueConstraint("uuid"))

    #: 14 base58 characters; the public id, also in URLs.
    uuid: Mapped[str] = mapped_column(String(32))
    #: ``renewal``, ``first_election``, ``by_election``, ``recall``, ``decision``.
    kind: Mapped[str] = mapped_column(String(20))
    #: Title, 「第三届业委会换届投票」.
    title: Mapped[str] = mapped_column(String(80))
    #: State, see app.elections.types.ElectionState.
    state: Mapped[str] = mapped_column(String(20), index=True)
    #: First instant at which a ballot is accepted.
    opens_at: Mapped[datetime]
    #: First instant at which no ballot is accepted any more.
    closes_at: Mapped[datetime]
    #: Every policy key with its value, as strings.
    policies: Mapped[dict[str, str]] = mapped_column(JSON)
    #: Rule pack frozen into the election.
    rule_pack: Mapped[str] = mapped_column(String(40), default="civil_code_2021")
    #: Clauses of the complex's own rules that hold for it, see app.statute.overlay; frozen when it is announced.
    own_rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    #: Roll snapshot it uses; None while a draft.
    snapshot_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Exact bytes of what was announced (RFC 8785); None while a draft.
    announcement: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: SHA-256 of ``announcement``.
    announcement_sha256: Mapped[str | None] = mapped_column(String(64))
    #: Test ciphertext of the rehearsal: {"alpha","beta","value"}.
    rehearsal: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: Exact bytes of election.json; None before the joint key exists.
    definition: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Fingerprint of ``definition``.
    fingerprint: Mapped[str | None] = mapped_column(String(43))
    #: Exact bytes of trustees.json.
    trustees_body: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Exact bytes of result.json; None before publication.
    result: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Account that set it up.
    created_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was set up.
    created_at: Mapped[datetime]
    #: When it was announced.
    announced_at: Mapped[datetime | None]
    #: When voting was opened.
    opened_at: Mapped[datetime | None]
    #: When the box was closed.
    closed_at: Mapped[datetime | None]
    #: When the result was published.
    published_at: Mapped[datetime | None]
    #: When it was withdrawn before opening; None otherwise.
    withdrawn_at: Mapped[datetime | None]
    #: Why it was withdrawn, shown to everybody.
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")
    #: Buildings that decide, as on the roll; empty for the whole complex.
    scope: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Public code of the procedure it belongs to; empty where there is none.
    procedure_code: Mapped[str] = mapped_column(String(16), default="")
    #: The end announced first, where voting was extended once; None otherwise.
    extended_from: Mapped[datetime | None]
    #: Why it was extended, shown to everybody.
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    #: First instant at which the published result is no longer open to objections; None where it is final at once.
    objections_close_at: Mapped[datetime | None]
    #: When the result was certified; None while it is preliminary.
    certified_at: Mapped[datetime | None]


class Matter(TenantScoped):
    """Be one question of an election."""

    __tablename__ = "matters"
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "position"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Place on the ballot, from 0.
    position: Mapped[int] = mapped_column(Integer)
    #: Matter of Civil Code 278: ``HIRE``, ``ELECT`` and so on.
    kind: Mapped[str] = mapped_column(String(20))
    #: Question, at most 25 characters in print.
    title: Mapped[str] = mapped_column(String(80))
    #: One sentence that says what it means.
    summary: Mapped[str] = mapped_column(Text, default="")
    #: Seats of an election; None for other matters.
    seats: Mapped[int | None] = mapped_column(Integer)


class MatterMaterial(TenantScoped):
    """Be a paper that belongs to a matter, 「看详细材料」."""

    __tablename__ = "matter_materials"
    __table_args__ = (tenant_key(), tenant_reference("matter_id", "matters"), tenant_reference("file_id", "stored_files"))

    #: The matter.
    matter_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: The file.
    file_id: Mapped[int] = mapped_column(BigInteger)
    #: Title shown.
    title: Mapped[str] = mapped_column(String(80))


class Candidate(TenantScoped):
    """Be a candidate of an election matter."""

    __tablename__ = "candidates"
    __table_args__ = (
        tenant_key(),
        tenant_reference("matter_id", "matters"),
        tenant_reference("photo_id", "stored_files"),
        UniqueConstraint("tenant_id", "matter_id", "position"),
    )

    #: The matter.
    matter_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Index of the answer in the definition, from 0; screens shuffle it per owner.
    position: Mapped[int] = mapped_column(Integer)
    #: Name, published with the candidate's consent.
    name: Mapped[str] = mapped_column(String(40))
    #: Building, 「3栋」.
    building: Mapped[str] = mapped_column(String(40), default="")
    #: Introduction of at most 50 characters.
    introduction: Mapped[str] = mapped_column(String(120), default="")
    #: Photo; None where there is none.
    photo_id: Mapped[int | None] = mapped_column(BigInteger)


class ElectionTrustee(TenantScoped):
    """Be one of the organisations that hold a part of the opening key, with its public messages."""

    __tablename__ = "election_trustees"
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "position"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Index from 1, as in the protocol.
    position: Mapped[int] = mapped_column(Integer)
    #: Organisation, 「青岚社区居委会」.
    organisation: Mapped[str] = mapped_column(String(80))
    #: ``operator``, ``supervisor`` or ``group``.
    party: Mapped[str] = mapped_column(String(20))
    #: Account of the person who acts for it.
    account_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Round 1 message; None until given.
    cert: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: Round 2 coefficients message.
    coefexps: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: Round 2 signature over all certificates.
    certs_signature: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: Round 2 encrypted shares, one for each trustee.
    shares: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    #: Round 3 verification key.
    verification_key: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: Partial decryption of the rehearsal.
    rehearsal: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class EncryptedTally(TenantScoped):
    """Be the encrypted sum of the box under one weight."""

    __tablename__ = "encrypted_tallies"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "weight"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger)
    #: ``area`` or ``heads``.
    weight: Mapped[str] = mapped_column(String(10))
    #: Exact JSON of the tally.
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: Counted ballots.
    ballots: Mapped[int] = mapped_column(Integer)
    #: Sum of the weights of the counted ballots.
    total_weight: Mapped[int] = mapped_column(BigInteger)


class PartialDecryption(TenantScoped):
    """Be one trustee's part of the decryption of one tally, with its proofs."""

    __tablename__ = "partial_decryptions"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("election_id", "elections"),
        UniqueConstraint("tenant_id", "election_id", "position", "weight"),
    )

    #: The election.
    election_id: Mapped[int] = mapped_column(BigInteger)
    #: Trustee's index from 1.
    position: Mapped[int] = mapped_column(Integer)
    #: ``area`` or ``heads``.
    weight: Mapped[str] = mapped_column(String(10))
    #: Exact JSON of the factors and proofs.
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: When it was given.
    at: Mapped[datetime]
