"""Own the running of migrations: bring a database to the newest schema, or say where it stands."""

from __future__ import annotations

from pathlib import Path

import pysqlite3.dbapi2
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from app.db.session import listen_to_engine

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def engine_for(url: str) -> Engine:
    """Make an engine for maintenance work, with the same rules as the application's."""
    if url.startswith("sqlite"):
        engine = create_engine(url, module=pysqlite3.dbapi2, poolclass=NullPool)
    else:
        engine = create_engine(url, poolclass=NullPool)
    listen_to_engine(engine)
    return engine


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision; the change is one transaction."""
    engine = engine_for(url)
    with engine.execution_options(yeyi_write=True).begin() as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take a database back to a revision."""
    engine = engine_for(url)
    with engine.execution_options(yeyi_write=True).begin() as connection:
        command.downgrade(configuration(connection), revision)


def current_revision(url: str) -> str | None:
    """Return the revision a database stands at, or None for an empty one."""
    with engine_for(url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def configuration(connection: Connection) -> Config:
    """Make the Alembic configuration bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / "versions"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
