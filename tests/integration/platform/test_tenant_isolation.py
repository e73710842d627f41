"""Try to read and write another complex's rows, through the ORM on both engines and below it on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import aliased

from app.board.models import BoardCheckpoint, BoardHead, BoardLeaf
from app.db.base import TenantScoped
from app.db.migrate import engine_for
from app.db.session import TenantMismatch, begin_write, current_tenant_id, db, read_in_tenant, rollback, tenant_work, use_tenant
from app.roll.models import Ownership, Unit
from app.settings import Settings
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.integration.platform.filled import ROW, TENANT_MODELS, TENANT_TABLES, fill_every_table
from tests.support import make_complexes

SET_TENANT = sa.text("SELECT set_config('app.tenant_id', :tenant, true)")
on_postgres = pytest.mark.parametrize("engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=False)


@pytest.fixture
def own_and_foreign(app: Flask, settings: Settings) -> tuple[ComplexRow, ComplexRow]:
    own, foreign = make_complexes(app, "qinglan", "cuiping")
    fill_every_table(settings, own.id, foreign.id)
    return own, foreign


@contextmanager
def as_tenant(app: Flask, tenant: int | None) -> Iterator[None]:
    with app.app_context():
        if tenant is not None:
            use_tenant(tenant)
        try:
            yield
        finally:
            rollback()


def tenants_seen(model: type[TenantScoped]) -> set[int]:
    return set(db.session.scalars(sa.select(model.tenant_id)))


def test_every_table_was_filled_for_both(settings: Settings, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    assert len(TENANT_MODELS) > 20
    with engine_for(settings.migration_database_url).connect() as connection:
        for table in TENANT_TABLES:
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 2, table.name


def test_without_a_tenant_no_table_shows_a_row(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    with as_tenant(app, None):
        assert {model.__tablename__: seen for model in TENANT_MODELS if (seen := tenants_seen(model))} == {}
        with pytest.raises(TenantMismatch):
            current_tenant_id()


def test_every_table_shows_the_bound_tenants_row_alone(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    own, foreign = own_and_foreign
    with as_tenant(app, own.id):
        assert {m.__tablename__ for m in TENANT_MODELS if tenants_seen(m) != {own.id}} == set()
        for model in TENANT_MODELS:
            assert db.session.get(model, (foreign.id, ROW)) is None, model.__tablename__
            assert db.session.scalars(sa.select(model).where(model.id == ROW)).one().tenant_id == own.id


UnitAlias = aliased(Unit)
#: Forms of a query, each of which would count 2 if it forgot the tenant.
FORMS: dict[str, Callable[[], Any]] = {
    "rows": lambda: len(db.session.scalars(sa.select(Unit)).all()),
    "columns": lambda: len(db.session.execute(sa.select(Unit.id, Unit.code)).all()),
    "count": lambda: db.session.scalar(sa.select(sa.func.count()).select_from(Unit)),
    "alias": lambda: len(db.session.scalars(sa.select(UnitAlias)).all()),
    "join": lambda: len(db.session.execute(sa.select(Unit.id).join(Ownership, Ownership.unit_id == Unit.id)).all()),
    "subquery": lambda: db.session.scalar(sa.select(sa.func.count()).select_from(sa.select(Unit.id).subquery())),
    "cte": lambda: len(db.session.execute(sa.select(sa.select(Unit.id, Unit.tenant_id).cte())).all()),
    "in": lambda: len(db.session.scalars(sa.select(Unit).where(Unit.id.in_(sa.select(Ownership.unit_id)))).all()),
    "scalar": lambda: db.session.scalar(sa.select(sa.select(sa.func.count(Unit.id)).scalar_subquery())),
    "union": lambda: len(db.session.execute(sa.union_all(sa.select(Unit.id), sa.select(Unit.id).where(sa.false()))).all()),
    "query": lambda: db.session.query(Unit).count(),
}  # fmt: skip


def test_no_form_of_a_query_forgets_the_tenant(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    own, _foreign = own_and_foreign
    with as_tenant(app, own.id):
        assert {name: form() for name, form in FORMS.items()} == dict.fromkeys(FORMS, 1)
    with as_tenant(app, None):
        assert {name: form() for name, form in FORMS.items()} == dict.fromkeys(FORMS, 0)


def test_exists_does_not_look_into_another_complex(app: Flask, settings: Settings) -> None:
    own, foreign = make_complexes(app, "qinglan", "cuiping")
    fill_every_table(settings, foreign.id)
    with as_tenant(app, own.id):
        assert db.session.scalar(sa.select(sa.exists().where(Unit.id == ROW))) is False


def test_one_session_serves_one_tenant(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    own, foreign = own_and_foreign
    with as_tenant(app, own.id):
        use_tenant(own.id)
        with pytest.raises(TenantMismatch):
            use_tenant(foreign.id)
        assert read_in_tenant(foreign.id, lambda: tenants_seen(Unit)) == {foreign.id}
        assert tenants_seen(Unit) == {own.id}


def leaf(**values: Any) -> BoardLeaf:
    return BoardLeaf(leaf_index=9, kind="x", election_uuid="", body=b"{}", leaf_hash=b"h" * 32, at=NOON, **values)


@pytest.mark.parametrize("bound", [True, False])
def test_a_row_for_another_tenant_is_not_added(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow], bound: bool) -> None:
    own, foreign = own_and_foreign
    with as_tenant(app, own.id if bound else None):
        begin_write()
        db.session.add(leaf(tenant_id=foreign.id))
        with pytest.raises(TenantMismatch):
            db.session.flush()


def test_a_row_without_any_tenant_is_not_added(app: Flask) -> None:
    with as_tenant(app, None):
        begin_write()
        db.session.add(leaf())
        with pytest.raises(TenantMismatch):
            db.session.flush()


def test_a_new_row_gets_the_bound_tenant(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    own, _foreign = own_and_foreign
    with as_tenant(app, own.id):
        begin_write()
        row = leaf()
        db.session.add(row)
        db.session.flush()
        assert row.tenant_id == own.id


def test_a_row_does_not_move_to_another_tenant(app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]) -> None:
    own, foreign = own_and_foreign
    with as_tenant(app, own.id):
        begin_write()
        db.session.scalars(sa.select(BoardHead)).one().tenant_id = foreign.id
        with pytest.raises(TenantMismatch):
            db.session.flush()


#: Statements that pass the flush by; all are refused whatever tenant they name.
BULK: dict[str, Callable[[int], Any]] = {
    "insert": lambda foreign: db.session.execute(
        sa.insert(BoardCheckpoint).values(tenant_id=foreign, id=8, tree_size=9, root_hash=b"r", note="n", at=NOON)
    ),
    "insert many": lambda foreign: db.session.execute(
        sa.insert(BoardCheckpoint),
        [{"tenant_id": foreign, "id": 8, "tree_size": 9, "root_hash": b"r", "note": "n", "at": NOON}],
    ),
    "update by key": lambda foreign: db.session.execute(
        sa.update(BoardHead), [{"tenant_id": foreign, "id": ROW, "tree_size": 99}]
    ),
    "move": lambda foreign: db.session.execute(sa.update(BoardHead).values(tenant_id=foreign)),
    "move by column": lambda foreign: db.session.execute(sa.update(BoardHead).values({BoardHead.tenant_id: foreign})),
}


def test_a_bulk_statement_does_not_write_into_another_tenant(
    app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]
) -> None:
    own, foreign = own_and_foreign
    for statement in BULK.values():
        with as_tenant(app, own.id):
            begin_write()
            with pytest.raises(TenantMismatch):
                statement(foreign.id)


@pytest.mark.parametrize("change", [sa.update(Unit).values(room="9999"), sa.delete(Ownership)], ids=["update", "delete"])
def test_bulk_changes_stay_inside_the_tenant(
    app: Flask, settings: Settings, own_and_foreign: tuple[ComplexRow, ComplexRow], change: Any
) -> None:
    own, foreign = own_and_foreign
    with app.app_context(), tenant_work(own.id, write=True) as session:
        assert session.execute(change).rowcount == 1
    table = change.table
    with engine_for(settings.migration_database_url).connect() as connection:
        left = connection.execute(sa.select(table).where(table.c.tenant_id == foreign.id)).one()
        assert getattr(left, "room", "") != "9999"


def test_a_reference_to_another_tenants_row_fails_in_the_database(
    app: Flask, settings: Settings, own_and_foreign: tuple[ComplexRow, ComplexRow]
) -> None:
    """Even the owner of the tables, whom no row-level security binds, cannot write it: keys carry the tenant."""
    own, foreign = own_and_foreign
    unit, ownership = Unit.__table__, Ownership.__table__
    with engine_for(settings.migration_database_url).begin() as connection:
        copied = dict(connection.execute(sa.select(unit).where(unit.c.tenant_id == foreign.id)).one()._mapping)
        connection.execute(sa.insert(unit).values(**{**copied, "id": 8, "code": "9-9-9999"}))
    with pytest.raises(IntegrityError), engine_for(settings.migration_database_url).begin() as connection:
        connection.execute(sa.update(ownership).where(ownership.c.tenant_id == own.id).values(unit_id=8))


def test_every_reference_pairs_the_tenant_with_the_tenant() -> None:
    for table in TENANT_TABLES:
        for key in table.foreign_key_constraints:
            pairs = {element.parent.name: element.column.name for element in key.elements}
            if key.referred_table in TENANT_TABLES:
                assert pairs["tenant_id"] == "tenant_id", f"{table.name}: {pairs}"


def changes_below_the_orm(connection: sa.Connection, table: sa.Table, tenant: int) -> int | str:
    """Count the rows of a tenant that an update and a deletion reach; append-only tables refuse both to the role."""
    try:
        changed = connection.execute(sa.update(table).where(table.c.tenant_id == tenant).values(id=ROW)).rowcount
        return changed + connection.execute(sa.delete(table).where(table.c.tenant_id == tenant)).rowcount
    except DBAPIError as refused:
        return "permission denied" if "permission denied" in str(refused) else str(refused)


@on_postgres
@pytest.mark.parametrize("named", [True, False], ids=["another tenant named", "no tenant named"])
def test_below_the_orm_the_database_shows_and_changes_nothing(
    settings: Settings, own_and_foreign: tuple[ComplexRow, ComplexRow], named: bool, engine_name: str
) -> None:
    own, foreign = own_and_foreign
    for table in TENANT_TABLES:
        with engine_for(settings.database_url).connect() as connection:
            if named:
                connection.execute(SET_TENANT, {"tenant": str(own.id)})
            rows = connection.execute(sa.select(table.c.tenant_id)).scalars().all()
            assert rows == ([own.id] if named else []), table.name
            assert changes_below_the_orm(connection, table, foreign.id) in (0, "permission denied"), table.name


@on_postgres
def test_below_the_orm_no_row_is_added_for_or_moved_to_another_tenant(
    settings: Settings, own_and_foreign: tuple[ComplexRow, ComplexRow], engine_name: str
) -> None:
    own, foreign = own_and_foreign
    for table in TENANT_TABLES:
        with engine_for(settings.database_url).connect() as connection:
            connection.execute(SET_TENANT, {"tenant": str(own.id)})
            copied = dict(connection.execute(sa.select(table)).one()._mapping)
            with pytest.raises(DBAPIError, match="row-level security"):
                connection.execute(sa.insert(table).values(**{**copied, "tenant_id": foreign.id, "id": 8}))
            connection.rollback()
            connection.execute(SET_TENANT, {"tenant": str(own.id)})
            with pytest.raises(DBAPIError, match=r"row-level security|permission denied"):
                connection.execute(sa.update(table).values(tenant_id=foreign.id))


@on_postgres
def test_a_returned_connection_names_no_tenant(
    app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow], engine_name: str
) -> None:
    def work(number: int) -> None:
        place = own_and_foreign[number % 2]
        try:
            with app.app_context(), tenant_work(place.id, write=number % 3 == 0):
                assert tenants_seen(Unit) == {place.id}
                if number % 5 == 0:
                    raise RuntimeError("the work failed")
        except RuntimeError:
            assert number % 5 == 0
        with app.app_context(), db.engine.connect() as connection:
            assert not connection.scalar(sa.text("SELECT current_setting('app.tenant_id', true)"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(120)))


def test_interleaved_requests_show_each_complex_its_own_record(
    app: Flask, own_and_foreign: tuple[ComplexRow, ComplexRow]
) -> None:
    own, foreign = own_and_foreign

    def read(number: int) -> bool:
        place, other = (own, foreign) if number % 2 else (foreign, own)
        text = app.test_client().get(f"/c/{place.slug}/record").get_data(as_text=True)
        return place.name in text and other.name not in text

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, range(12)))
