"""Add the changes that a complex's own rules of procedure make, and what of them is frozen into a vote.

Revision 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.db.base import UtcDateTime
from app.db.protection import grant_application_role, isolate_tenants

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TENANT_TABLES = ("rule_changes",)


def upgrade() -> None:
    """Make the table, then let the database itself keep the complexes apart."""
    op.create_table(
        "rule_changes",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_rule_changes_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_rule_changes_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_rule_changes")),
    )
    op.create_index(op.f("ix_rule_changes_key"), "rule_changes", ["key"], unique=False)
    op.add_column("elections", sa.Column("own_rules", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    isolate_tenants(connection, TENANT_TABLES)
    grant_application_role(connection, (), TENANT_TABLES)


def downgrade() -> None:
    """Drop the table and the column."""
    op.drop_column("elections", "own_rules")
    op.drop_index(op.f("ix_rule_changes_key"), table_name="rule_changes")
    op.drop_table("rule_changes")
