"""Run the migrations on the database of the settings, as the role that owns the tables."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from app.db.base import Base

config = context.config
target_metadata = Base.metadata


def run(connection: Connection) -> None:
    """Run the migrations inside one transaction of an open connection."""
    context.configure(
        connection=connection, target_metadata=target_metadata, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()


run(config.attributes["connection"])
