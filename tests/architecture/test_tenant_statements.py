"""Hold database access to the session that knows the tenant: no SQL text, no Core tables, no bulk calls that pass it by."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
#: Modules that were read for this and may go below the ORM, each with the reason.
REVIEWED = {
    "db/base.py": "owns the metadata with the naming of constraints; it runs no statement",
    "db/session.py": "names the tenant to PostgreSQL and starts SQLite's transactions",
    "db/protection.py": "writes triggers and row-level security; migrations call it with names written out",
    "db/migrate.py": "runs migrations as the owner of the tables, with no application data in sight",
}
#: Packages that may not import SQLAlchemy at all (the import contract); a ``begin`` of theirs is no transaction.
PURE = ("values/", "statute/", "crypto/", "tlog/", "verifier/")
#: Names of SQLAlchemy that build statements without a mapped class.
RAW_NAMES = {"text", "TextClause", "table", "Table", "literal_column", "MetaData"}
#: Methods that pass by the flush or the session's criteria.
RAW_METHODS = {
    "exec_driver_sql",
    "bulk_save_objects",
    "bulk_insert_mappings",
    "bulk_update_mappings",
    "raw_connection",
    "get_bind",
    "connection",
    "connect",
    "begin",
    "create_engine",
    "from_statement",
}
RAW_ATTRIBUTES = {"__table__", "metadata", "tables"}
DRIVERS = {"sqlalchemy", "sqlite3", "pysqlite3", "psycopg"}


def raw_statements(source: str) -> list[str]:
    """List what in a source goes below the ORM, as line and name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            found += [f"{node.lineno} {alias.name}" for alias in node.names if alias.name in RAW_NAMES]
        elif isinstance(node, ast.Import):
            found += [f"{node.lineno} {alias.name}" for alias in node.names if alias.name.split(".")[0] in DRIVERS]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RAW_METHODS:
            found.append(f"{node.lineno} .{node.func.attr}()")
        elif isinstance(node, ast.Attribute) and node.attr in RAW_ATTRIBUTES:
            found.append(f"{node.lineno} .{node.attr}")
    return found


def test_only_reviewed_modules_go_below_the_orm() -> None:
    found = {}
    for path in APP.glob("**/*.py"):
        name = str(path.relative_to(APP))
        if name in REVIEWED or name.startswith(PURE):
            continue
        if raw := raw_statements(path.read_text()):
            found[name] = raw
    assert found == {}


def test_every_reviewed_module_still_needs_to_be() -> None:
    assert [name for name in REVIEWED if not raw_statements((APP / name).read_text())] == []


@pytest.mark.parametrize(
    "planted",
    [
        "from sqlalchemy import text\ndb.session.execute(text('SELECT * FROM ballots'))\n",
        "db.session.execute(select(Ballot.__table__))\n",
        "db.session.connection().exec_driver_sql('DELETE FROM units')\n",
        "db.session.bulk_insert_mappings(Unit, rows)\n",
        "import sqlite3\n",
        "with db.engine.connect() as connection:\n    pass\n",
        "from sqlalchemy import table, column\n",
    ],
)
def test_a_planted_statement_is_caught(planted: str) -> None:
    assert raw_statements(planted)
