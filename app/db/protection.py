"""Own the statements that make the database itself refuse: append-only triggers and row-level security.

Migrations call these with table names written out, so that a later change of the models does not change history.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
APPLICATION_ROLE = "yeyi_app"


def make_append_only(connection: Connection, tables: Sequence[str]) -> None:
    """Refuse UPDATE and DELETE on the named tables in the database."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_REFUSE_FUNCTION))
    for table in tables:
        if connection.dialect.name == "postgresql":
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
                )
            )
            continue
        for change in ("update", "delete"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_refuse_{change} BEFORE {change.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            )


def isolate_tenants(connection: Connection, tables: Sequence[str]) -> None:
    """Let the application role see and write only rows of the tenant it has named for the transaction."""
    if connection.dialect.name != "postgresql":
        return
    same = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::bigint"
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
        connection.execute(text(f"CREATE POLICY {table}_tenant ON {table} USING ({same}) WITH CHECK ({same})"))


def grant_application_role(connection: Connection, append_only: Sequence[str], tables: Sequence[str] | None = None) -> None:
    """Give the unprivileged role what it needs and, on append-only tables, no more than reading and adding.

    A later migration names its own ``tables``: granting on all of them again would give back what was withheld before.
    """
    if connection.dialect.name != "postgresql":
        return
    if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": APPLICATION_ROLE}).scalar():
        return
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE}"))
    granted = "ALL TABLES IN SCHEMA public" if tables is None else ", ".join(tables)
    connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {granted} TO {APPLICATION_ROLE}"))
    for table in append_only:
        connection.execute(text(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APPLICATION_ROLE}"))
