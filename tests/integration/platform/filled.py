"""Own the filling of every table with one row per complex, below the ORM, so that each table is tried and a new one as well.

All rows carry the same id in both complexes: a query that forgets the tenant finds two.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Integer, LargeBinary, String, Table

from app.db.base import AreaColumn, Base, TenantScoped, UtcDateTime
from app.db.migrate import engine_for
from app.settings import Settings
from app.values.area import Area
from tests.conftest import NOON

APP = Path(__file__).parents[3] / "app"
for models in sorted(APP.glob("*/models.py")):
    importlib.import_module(f"app.{models.parent.name}.models")

ROW = 7
TENANT_MODELS: list[type[TenantScoped]] = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, TenantScoped)),
    key=lambda cls: cls.__tablename__,
)
TENANT_TABLES = [table for table in Base.metadata.sorted_tables if table.name in {m.__tablename__ for m in TENANT_MODELS}]


def fill_every_table(settings: Settings, *tenants: int) -> None:
    """Write one row of every tenant-owned table for each complex, as the owner of the tables."""
    with engine_for(settings.migration_database_url).begin() as connection:
        for table in TENANT_TABLES:
            for tenant in tenants:
                connection.execute(table.insert().values(**row_of(table, tenant, connection)))


def row_of(table: Table, tenant: int, connection: Connection) -> dict[str, Any]:
    """Make a row of a table for a complex; what it refers to outside the complex is made first."""
    _make_global_targets(table, connection)
    return {column.name: _value(column, tenant) for column in table.columns}


def _make_global_targets(table: Table, connection: Connection) -> None:
    for key in table.foreign_key_constraints:
        target = key.referred_table
        if target in TENANT_TABLES or target.name == "complexes":
            continue
        if connection.execute(target.select().where(target.c.id == ROW)).first() is None:
            connection.execute(target.insert().values(**{column.name: _value(column, 0) for column in target.columns}))


def _value(column: Column[Any], tenant: int) -> Any:
    if column.name == "tenant_id":
        return tenant
    if column.primary_key or column.foreign_keys:
        return ROW
    if column.nullable:
        return None
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return NOON
    if isinstance(kind, Date):
        return NOON.date()
    if isinstance(kind, AreaColumn):
        return Area(100)
    if isinstance(kind, String):
        return str(tenant)[: min(8, kind.length or 8)]
    plain: list[tuple[type, Any]] = [(JSON, {}), (Boolean, False), (LargeBinary, b"x"), (Integer, 1)]
    return next(value for wanted, value in plain if isinstance(kind, wanted))
