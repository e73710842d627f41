"""Own the tables of the public record: leaves, the head that grows, and signed checkpoints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key


class BoardHead(TenantScoped):
    """Be the present size and right edge of a complex's tree; the one row that a writer locks."""

    __tablename__ = "board_heads"
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id"))

    #: Number of leaves.
    tree_size: Mapped[int] = mapped_column(BigInteger, default=0)
    #: Serialised right edge of the tree, enough to append.
    frontier: Mapped[bytes] = mapped_column(LargeBinary)


class BoardLeaf(TenantScoped):
    """Be one entry of the public record: RFC 8785 JSON without personal data."""

    __tablename__ = "board_leaves"
    __append_only__ = True
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "leaf_index"))

    #: Position from 0.
    leaf_index: Mapped[int] = mapped_column(BigInteger)
    #: The body's ``type``.
    kind: Mapped[str] = mapped_column(String(40), index=True)
    #: The election it is about; empty otherwise.
    election_uuid: Mapped[str] = mapped_column(String(32), default="", index=True)
    #: Exact bytes of the entry.
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: RFC 6962 leaf hash.
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: When it was written.
    at: Mapped[datetime]


class BoardCheckpoint(TenantScoped):
    """Be a signed statement of the tree's size and root."""

    __tablename__ = "board_checkpoints"
    __append_only__ = True
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "tree_size"))

    #: Number of leaves it covers.
    tree_size: Mapped[int] = mapped_column(BigInteger)
    #: Root hash over them.
    root_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: The C2SP signed note.
    note: Mapped[str] = mapped_column(Text)
    #: When it was signed.
    at: Mapped[datetime]
