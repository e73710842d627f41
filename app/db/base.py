"""Own the declarative base, the tenant-scoped base and the column types.

Every tenant-owned table has the composite primary key (tenant_id, id), and every foreign key between such tables carries the
tenant, because row-level security does not stop a foreign key to another tenant's row.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, ForeignKeyConstraint, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from app.values.area import Area

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> int:
    """Draw a row id of 62 random bits: not guessable and not countable from outside."""
    return secrets.randbits(62)


class UtcDateTime(TypeDecorator[datetime]):
    """Store an aware instant in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant; SQLite stores UTC without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored instant must carry its offset")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AreaColumn(TypeDecorator[Area]):
    """Store an area as an integer of 0.01 square metre."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Area | None, dialect: Dialect) -> int | None:
        """Store the integer."""
        return None if value is None else value.centi

    def process_result_value(self, value: int | None, dialect: Dialect) -> Area | None:
        """Return the area."""
        return None if value is None else Area(value)


class Base(DeclarativeBase):
    """Hold the metadata of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UtcDateTime, Area: AreaColumn}
    )


class GlobalRow(Base):
    """Be a row that belongs to no tenant: places, accounts, grants, counters."""

    __abstract__ = True

    #: Random row id.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, default=new_id, autoincrement=False)


class TenantScoped(Base):
    """Be a row of one complex; sessions add the tenant to every query and every new row."""

    __abstract__ = True

    #: The complex (tenant) the row belongs to.
    tenant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: Random row id, unique together with the tenant.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, default=new_id, autoincrement=False)


def tenant_key() -> ForeignKeyConstraint:
    """Bind the tenant column to the complexes table."""
    return ForeignKeyConstraint(["tenant_id"], ["complexes.id"])


def tenant_reference(column: str, table: str) -> ForeignKeyConstraint:
    """Bind a column to a row of the same tenant in another table."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])
