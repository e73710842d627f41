"""Add the short names by which the codes printed on papers find their procedure, also for those that run already.

Revision 0004.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from app.db.protection import grant_application_role, make_append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY_TABLES = ("short_links",)
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def upgrade() -> None:
    """Make the table, give every procedure its name, then let the database itself refuse changes."""
    links = op.create_table(
        "short_links",
        sa.Column("name", sa.String(length=5), nullable=False),
        sa.Column("complex_id", sa.BigInteger(), nullable=False),
        sa.Column("procedure_code", sa.String(length=16), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["complex_id"], ["complexes.id"], name=op.f("fk_short_links_complex_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_links")),
        sa.UniqueConstraint("complex_id", "procedure_code", name=op.f("uq_short_links_complex_id_procedure_code")),
        sa.UniqueConstraint("name", name=op.f("uq_short_links_name")),
    )
    connection = op.get_bind()
    _name_procedures(connection, links)
    make_append_only(connection, APPEND_ONLY_TABLES)
    grant_application_role(connection, APPEND_ONLY_TABLES, APPEND_ONLY_TABLES)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("short_links")


def _name_procedures(connection: sa.Connection, links: sa.Table) -> None:
    """Name the procedures there are; the owner of the tables must look past the row-level security for it."""
    is_postgres = connection.dialect.name == "postgresql"
    if is_postgres:
        connection.execute(sa.text("ALTER TABLE procedures NO FORCE ROW LEVEL SECURITY"))
    rows = connection.execute(sa.text("SELECT tenant_id, code FROM procedures")).all()
    if is_postgres:
        connection.execute(sa.text("ALTER TABLE procedures FORCE ROW LEVEL SECURITY"))
    names: set[str] = set()
    while len(names) < len(rows):
        names.add("".join(secrets.choice(LETTERS) for _ in range(5)))
    for (tenant, code), name in zip(rows, sorted(names), strict=True):
        values = {"id": secrets.randbits(62), "name": name, "complex_id": tenant, "procedure_code": code}
        connection.execute(links.insert().values(**values))
