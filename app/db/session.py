"""Own the session: one per request or job, one tenant in it, one commit point.

Tenant scoping works on both engines through loader criteria; on PostgreSQL row-level security repeats it below the ORM. A
writing request takes SQLite's write lock at its first statement, because upgrading a read transaction fails when another
writer was first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import pysqlite3.dbapi2
import structlog
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ClauseElement, Connection, Engine, event, false, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria

from app.db.base import Base, TenantScoped

MINIMUM_SQLITE = (3, 51, 3)
_WRITE = "yeyi_write"
_WAITING = "on_commit"
_WRITTEN = "written"
Result = TypeVar("Result")

log = structlog.get_logger()
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class TenantMismatch(Exception):
    """Say that a row or a session belongs to another tenant; always a programming error, never shown."""


def init_database(app: Flask, database_url: str) -> None:
    """Bind the application to its database and set the engine's rules.

    Raises: RuntimeError when the SQLite library lies in the range with the WAL-reset corruption.
    """
    options: dict[str, Any] = {"pool_pre_ping": True}
    if database_url.startswith("sqlite"):
        if pysqlite3.dbapi2.sqlite_version_info < MINIMUM_SQLITE:
            raise RuntimeError("the SQLite library is older than 3.51.3 and may corrupt a WAL database")
        options = {"module": pysqlite3.dbapi2, "connect_args": {"timeout": 30}}
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        listen_to_engine(db.engine)


def listen_to_engine(engine: Engine) -> None:
    """Set durability and transaction start on every connection of an engine."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def begin_write() -> None:
    """Start the writing transaction: end any reading one, then take SQLite's write lock first of all."""
    rollback()
    db.session.connection(execution_options={_WRITE: True})


def use_tenant(tenant_id: int) -> None:
    """Bind the present session to one tenant.

    Raises: TenantMismatch when the session already works for another one.
    """
    session = db.session()
    bound = session.info.get("tenant_id")
    if bound == tenant_id:
        return
    if bound is not None:
        raise TenantMismatch("one session serves one tenant")
    session.info["tenant_id"] = tenant_id
    if session.in_transaction():
        _tell_postgres(session.connection(), tenant_id)


def current_tenant_id() -> int:
    """Return the tenant of the present session.

    Raises: TenantMismatch when none is bound.
    """
    tenant = db.session().info.get("tenant_id")
    if tenant is None:
        raise TenantMismatch("no tenant is bound to the session")
    return cast(int, tenant)


@contextmanager
def tenant_work(tenant_id: int, *, write: bool = False) -> Iterator[Session]:
    """Give a job its own session for one tenant, and commit once at the end or roll all of it back."""
    app = cast(Any, current_app)._get_current_object()
    with app.app_context():
        if write:
            begin_write()
        use_tenant(tenant_id)
        try:
            yield db.session()
            if write:
                commit()
        except BaseException:
            rollback()
            raise


def read_in_tenant(tenant_id: int, read: Callable[[], Result]) -> Result:
    """Run a read in another tenant's own session; used by pages that list several complexes."""
    with tenant_work(tenant_id):
        return read()


def on_commit(action: Callable[[], None]) -> None:
    """Run an action once after the present transaction has committed, never when it rolls back."""
    waiting_actions().append(action)


def waiting_actions() -> list[Callable[[], None]]:
    """Return what waits for the commit of the present transaction."""
    return cast("list[Callable[[], None]]", db.session().info.setdefault(_WAITING, []))


def commit() -> None:
    """Commit the unit of work once, then run what waited for it.

    What then fails is logged and tried again by the minute tick: the work itself is done, and to say otherwise would be false.
    """
    session = db.session()
    session.commit()
    session.info.pop(_WRITTEN, None)
    waiting: list[Callable[[], None]] = session.info.pop(_WAITING, [])
    for action in waiting:
        try:
            action()
        except Exception:
            log.exception("failed_after_commit")


def rollback() -> None:
    """Roll the unit of work back and forget what waited for it."""
    session = db.session()
    session.rollback()
    session.info.pop(_WAITING, None)
    session.info.pop(_WRITTEN, None)


def has_written() -> bool:
    """Say whether the present unit of work changed a row or is about to."""
    session = db.session()
    return bool(session.info.get(_WRITTEN) or session.new or session.dirty or session.deleted)


def _tell_postgres(connection: Connection, tenant_id: int | None) -> None:
    if connection.dialect.name == "postgresql" and tenant_id is not None:
        connection.execute(text("SELECT set_config('app.tenant_id', :tenant, true)"), {"tenant": str(tenant_id)})


@event.listens_for(Session, "after_begin")
def _on_session_begin(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    _tell_postgres(connection, session.info.get("tenant_id"))


@event.listens_for(Session, "do_orm_execute")
def _scope_to_tenant(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load:
        return
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[_WRITTEN] = True
    _refuse_bulk_writes(state)
    tenant = state.session.info.get("tenant_id")
    if tenant is None:
        criteria = with_loader_criteria(TenantScoped, lambda cls: false(), include_aliases=True)
    else:
        criteria = with_loader_criteria(TenantScoped, lambda cls: cls.tenant_id == tenant, include_aliases=True)
    state.statement = state.statement.options(criteria)


def _refuse_bulk_writes(state: ORMExecuteState) -> None:
    """Refuse what neither the flush nor the criteria would check: bulk inserts, updates by key, a change of tenant."""
    if not (state.is_insert or state.is_update) or state.bind_mapper is None:
        return
    if not issubclass(state.bind_mapper.class_, TenantScoped):
        return
    by_key = isinstance(state.parameters, list)
    if state.is_insert or by_key or "tenant_id" in cast("ClauseElement", state.statement).compile().params:
        raise TenantMismatch("rows of a complex are added one by one and never change their complex")


@event.listens_for(Session, "before_flush")
def _stamp_tenant(session: Session, _context: object, _instances: object) -> None:
    tenant = session.info.get("tenant_id")
    if session.new or session.dirty or session.deleted:
        session.info[_WRITTEN] = True
    for row in session.new:
        if isinstance(row, TenantScoped):
            stamped = cast("int | None", row.tenant_id)
            if stamped is None and tenant is not None:
                row.tenant_id = stamped = tenant
            if tenant is None or stamped != tenant:
                raise TenantMismatch(f"a row of {row.__tablename__} does not belong to the session's tenant")
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, TenantScoped) and row.tenant_id != tenant:
            raise TenantMismatch(f"a row of {row.__tablename__} does not belong to the session's tenant")
