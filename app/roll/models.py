"""Own the tables of the roll: units, persons, ownerships, imports, frozen snapshots and the owners' bindings to accounts.

Names, documents and telephone numbers are sealed; the blind indexes beside them are keyed per tenant.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key, tenant_reference
from app.values.area import Area


class RollImport(TenantScoped):
    """Be one upload of a roll file with what was found in it and what was decided."""

    __tablename__ = "roll_imports"
    __table_args__ = (tenant_key(), tenant_reference("file_id", "stored_files"))

    #: The uploaded file.
    file_id: Mapped[int] = mapped_column(BigInteger)
    #: ``refused``, ``preview``, ``confirmed`` or ``replaced``.
    state: Mapped[str] = mapped_column(String(20))
    #: Totals, sums per building, bridge and problems; never names or numbers of persons.
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Who uploaded it.
    created_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was uploaded.
    created_at: Mapped[datetime]
    #: When it became the roll.
    confirmed_at: Mapped[datetime | None]


class Unit(TenantScoped):
    """Be an exclusive part 专有部分: a flat, a shop, a parking space."""

    __tablename__ = "units"
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "code"))

    #: Door as residents write it, ``3-1-1202``.
    code: Mapped[str] = mapped_column(String(40))
    #: Building, ``3栋``.
    building: Mapped[str] = mapped_column(String(40), index=True)
    #: Entrance 单元 within the building; empty where there is none.
    entrance: Mapped[str] = mapped_column(String(20), default="")
    #: Room number.
    room: Mapped[str] = mapped_column(String(20))
    #: Floor where it is known.
    floor: Mapped[int | None] = mapped_column(Integer)
    #: Exclusive area 专有部分面积.
    area: Mapped[Area]
    #: ``registry``, ``measured``, ``contract`` or ``planning``.
    area_source: Mapped[str] = mapped_column(String(20), default="registry")
    #: ``exclusive`` or ``parking``.
    use: Mapped[str] = mapped_column(String(20), default="exclusive")
    #: ``delivered``, ``unsold`` or ``undelivered``.
    status: Mapped[str] = mapped_column(String(20), default="delivered")
    #: Whether it counts in the totals.
    counted: Mapped[bool] = mapped_column(Boolean, default=True)
    #: Whether who owns it is disputed, sold or inherited, so that a person must check every claim to it.
    under_review: Mapped[bool] = mapped_column(Boolean, default=False)


class OwnerPerson(TenantScoped):
    """Be an owner: a natural person, an organisation or the developer."""

    __tablename__ = "owner_persons"
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "identity_index"))

    #: ``person``, ``organisation`` or ``developer``.
    kind: Mapped[str] = mapped_column(String(20))
    #: Sealed name.
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: Blind index of the normalised name.
    name_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    #: Kind of document, ``identity_card``, ``passport`` and so on.
    document_kind: Mapped[str] = mapped_column(String(30))
    #: Sealed document number.
    document_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Blind index of the normalised document, or of the row where there is none: what makes a person one.
    identity_index: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Blind index of the document's last six characters.
    tail_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    #: Sealed telephone number.
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Blind index of the telephone number, comparable with the account's.
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)


class Ownership(TenantScoped):
    """Be one person's ownership of one unit."""

    __tablename__ = "ownerships"
    __table_args__ = (
        tenant_key(),
        tenant_reference("unit_id", "units"),
        tenant_reference("person_id", "owner_persons"),
        UniqueConstraint("tenant_id", "unit_id", "person_id"),
    )

    #: The unit.
    unit_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: The owner.
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Share as the register has it, 「1/2」; empty for joint ownership.
    share: Mapped[str] = mapped_column(String(20), default="")
    #: Whether the co-owners named this person to vote for the unit (G-25).
    is_nominee: Mapped[bool] = mapped_column(Boolean, default=False)


class RollSnapshot(TenantScoped):
    """Be the roll frozen for elections: exact bytes and their hash."""

    __tablename__ = "roll_snapshots"
    __append_only__ = True
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "roll_hash"))

    #: SHA-256 of ``body`` in hexadecimal.
    roll_hash: Mapped[str] = mapped_column(String(64))
    #: roll.json of the record package.
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: Number of counted units.
    units: Mapped[int] = mapped_column(Integer)
    #: Number of voters.
    heads: Mapped[int] = mapped_column(Integer)
    #: Total counted area.
    area: Mapped[Area]
    #: When it was frozen.
    frozen_at: Mapped[datetime]


class SnapshotVoter(TenantScoped):
    """Be one voter of a snapshot: an identical set of owners, one head, areas summed."""

    __tablename__ = "snapshot_voters"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("snapshot_id", "roll_snapshots"),
        UniqueConstraint("tenant_id", "snapshot_id", "voter_number"),
    )

    #: The snapshot.
    snapshot_id: Mapped[int] = mapped_column(BigInteger)
    #: Number dealt at freezing, from 1.
    voter_number: Mapped[int] = mapped_column(Integer)
    #: Summed area of the counted units.
    area: Mapped[Area]
    #: Heads, 1 (0 only for parking under P-PARK area_only).
    heads: Mapped[int] = mapped_column(Integer)


class SnapshotUnit(TenantScoped):
    """Be one counted unit of a snapshot with the voter it belongs to."""

    __tablename__ = "snapshot_units"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("snapshot_id", "roll_snapshots"),
        UniqueConstraint("tenant_id", "snapshot_id", "code"),
    )

    #: The snapshot.
    snapshot_id: Mapped[int] = mapped_column(BigInteger)
    #: Door, as in ``units.code``.
    code: Mapped[str] = mapped_column(String(40))
    #: Building, for turnout per building.
    building: Mapped[str] = mapped_column(String(40))
    #: Area of the unit.
    area: Mapped[Area]
    #: The voter.
    voter_number: Mapped[int] = mapped_column(Integer, index=True)


class SnapshotVoterPerson(TenantScoped):
    """Be one person who belongs to a voter of a snapshot."""

    __tablename__ = "snapshot_voter_persons"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("snapshot_id", "roll_snapshots"),
        tenant_reference("person_id", "owner_persons"),
        UniqueConstraint("tenant_id", "snapshot_id", "voter_number", "person_id", name="uq_snapshot_voter_persons_once"),
    )

    #: The snapshot.
    snapshot_id: Mapped[int] = mapped_column(BigInteger)
    #: The voter.
    voter_number: Mapped[int] = mapped_column(Integer)
    #: The person.
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Whether the co-owners named this person.
    is_nominee: Mapped[bool] = mapped_column(Boolean, default=False)


class OwnerBinding(TenantScoped):
    """Be an account's proven claim to be a person of the roll."""

    __tablename__ = "owner_bindings"
    __table_args__ = (
        tenant_key(),
        tenant_reference("person_id", "owner_persons"),
        UniqueConstraint("tenant_id", "account_id", "person_id"),
    )

    #: The account.
    account_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: The person.
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Match outcome, ``A`` to ``F``.
    outcome: Mapped[str] = mapped_column(String(2))
    #: ``active`` or ``pending`` (a person must check).
    state: Mapped[str] = mapped_column(String(20))
    #: When it was made.
    bound_at: Mapped[datetime]
    #: When it ended; None while it holds.
    ended_at: Mapped[datetime | None]
