"""Add the committee record and the statutory procedures, and what a vote says of its procedure.

Revision 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.db.base import UtcDateTime
from app.db.protection import grant_application_role, isolate_tenants, make_append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TENANT_TABLES = (
    "committee_members",
    "committee_terms",
    "filings",
    "group_members",
    "handover_items",
    "kept_papers",
    "nominations",
    "objections",
    "petition_signatures",
    "planned_dates",
    "postings",
    "procedures",
    "reminders",
    "statements",
    "step_facts",
    "street_orders",
)
APPEND_ONLY_TABLES = (
    "filings",
    "kept_papers",
    "postings",
    "statements",
    "step_facts",
    "street_orders",
)


def upgrade() -> None:
    """Make the tables, then let the database itself refuse what must never happen."""
    op.create_table(
        "committee_terms",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("election_uuid", sa.String(length=32), nullable=False),
        sa.Column("caretaker_since_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filing_number", sa.String(length=60), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_committee_terms_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_committee_terms")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_committee_terms_tenant_id_number")),
    )
    op.create_table(
        "committee_members",
        sa.Column("term_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=30), nullable=False),
        sa.Column("end_note", sa.Text(), nullable=False),
        sa.Column("end_file_id", sa.BigInteger(), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "end_file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_committee_members_tenant_id_end_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "term_id"],
            ["committee_terms.tenant_id", "committee_terms.id"],
            name=op.f("fk_committee_members_tenant_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_committee_members_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_committee_members")),
    )
    op.create_index(op.f("ix_committee_members_term_id"), "committee_members", ["term_id"], unique=False)
    op.create_table(
        "procedures",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("term_id", sa.BigInteger(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("matter", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("rule_pack", sa.String(length=40), nullable=False),
        sa.Column("election_uuid", sa.String(length=32), nullable=False),
        sa.Column("started_by", sa.BigInteger(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["committee_members.tenant_id", "committee_members.id"],
            name=op.f("fk_procedures_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "term_id"],
            ["committee_terms.tenant_id", "committee_terms.id"],
            name=op.f("fk_procedures_tenant_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_procedures_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_procedures")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_procedures_tenant_id_code")),
    )
    op.create_index(op.f("ix_procedures_state"), "procedures", ["state"], unique=False)
    op.create_table(
        "filings",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"], ["stored_files.tenant_id", "stored_files.id"], name=op.f("fk_filings_tenant_id_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_filings_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_filings_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_filings")),
    )
    op.create_index(op.f("ix_filings_procedure_id"), "filings", ["procedure_id"], unique=False)
    op.create_table(
        "group_members",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("belongs_to", sa.String(length=80), nullable=False),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_group_members_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_group_members_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_procedure_id"), "group_members", ["procedure_id"], unique=False)
    op.create_table(
        "handover_items",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("given_by", sa.String(length=40), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=True),
        sa.Column("received_by", sa.String(length=40), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=True),
        sa.Column("witnessed_by", sa.BigInteger(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_handover_items_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_handover_items_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handover_items")),
        sa.UniqueConstraint(
            "tenant_id", "procedure_id", "position", name=op.f("uq_handover_items_tenant_id_procedure_id_position")
        ),
    )
    op.create_index(op.f("ix_handover_items_procedure_id"), "handover_items", ["procedure_id"], unique=False)
    op.create_table(
        "kept_papers",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("kept_by", sa.BigInteger(), nullable=True),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_kept_papers_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_kept_papers_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_kept_papers_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_kept_papers")),
    )
    op.create_index(op.f("ix_kept_papers_procedure_id"), "kept_papers", ["procedure_id"], unique=False)
    op.create_table(
        "nominations",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by", sa.String(length=20), nullable=False),
        sa.Column("introduction", sa.String(length=200), nullable=False),
        sa.Column("photo_id", sa.BigInteger(), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("declaration", sa.JSON(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_nominations_tenant_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "photo_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_nominations_tenant_id_photo_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_nominations_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_nominations_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_nominations")),
    )
    op.create_index(op.f("ix_nominations_procedure_id"), "nominations", ["procedure_id"], unique=False)
    op.create_table(
        "objections",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_objections_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_objections_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_objections")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_objections_tenant_id_number")),
    )
    op.create_index(op.f("ix_objections_procedure_id"), "objections", ["procedure_id"], unique=False)
    op.create_table(
        "petition_signatures",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_petition_signatures_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_petition_signatures_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_petition_signatures")),
        sa.UniqueConstraint(
            "tenant_id", "procedure_id", "unit_code", name=op.f("uq_petition_signatures_tenant_id_procedure_id_unit_code")
        ),
    )
    op.create_index(op.f("ix_petition_signatures_procedure_id"), "petition_signatures", ["procedure_id"], unique=False)
    op.create_table(
        "planned_dates",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_planned_dates_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_planned_dates_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_planned_dates")),
        sa.UniqueConstraint("tenant_id", "procedure_id", "step", name=op.f("uq_planned_dates_tenant_id_procedure_id_step")),
    )
    op.create_index(op.f("ix_planned_dates_procedure_id"), "planned_dates", ["procedure_id"], unique=False)
    op.create_table(
        "postings",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("photo_id", sa.BigInteger(), nullable=False),
        sa.Column("posted_by", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "photo_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_postings_tenant_id_photo_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_postings_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_postings_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_postings")),
    )
    op.create_index(op.f("ix_postings_procedure_id"), "postings", ["procedure_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("procedure_id", sa.BigInteger(), nullable=True),
        sa.Column("term_id", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_reminders_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "term_id"],
            ["committee_terms.tenant_id", "committee_terms.id"],
            name=op.f("fk_reminders_tenant_id_term_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_reminders_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_reminders_tenant_id_key")),
    )
    op.create_index(op.f("ix_reminders_due_on"), "reminders", ["due_on"], unique=False)
    op.create_index(op.f("ix_reminders_procedure_id"), "reminders", ["procedure_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_statements_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_statements_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_statements_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_procedure_id"), "statements", ["procedure_id"], unique=False)
    op.create_table(
        "step_facts",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_step_facts_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_step_facts_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "undoes_id"],
            ["step_facts.tenant_id", "step_facts.id"],
            name=op.f("fk_step_facts_tenant_id_undoes_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_step_facts_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_step_facts")),
    )
    op.create_index(op.f("ix_step_facts_procedure_id"), "step_facts", ["procedure_id"], unique=False)
    op.create_table(
        "street_orders",
        sa.Column("procedure_id", sa.BigInteger(), nullable=False),
        sa.Column("order_kind", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("blocker", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_street_orders_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "procedure_id"],
            ["procedures.tenant_id", "procedures.id"],
            name=op.f("fk_street_orders_tenant_id_procedure_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_street_orders_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_street_orders")),
    )
    op.create_index(op.f("ix_street_orders_procedure_id"), "street_orders", ["procedure_id"], unique=False)
    op.add_column("elections", sa.Column("scope", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("elections", sa.Column("procedure_code", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("elections", sa.Column("extended_from", UtcDateTime(), nullable=True))
    op.add_column("elections", sa.Column("extension_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("elections", sa.Column("objections_close_at", UtcDateTime(), nullable=True))
    op.add_column("elections", sa.Column("certified_at", UtcDateTime(), nullable=True))
    connection = op.get_bind()
    isolate_tenants(connection, TENANT_TABLES)
    make_append_only(connection, APPEND_ONLY_TABLES)
    grant_application_role(connection, APPEND_ONLY_TABLES, TENANT_TABLES)


def downgrade() -> None:
    """Drop the tables and columns."""
    op.drop_column("elections", "certified_at")
    op.drop_column("elections", "objections_close_at")
    op.drop_column("elections", "extension_reason")
    op.drop_column("elections", "extended_from")
    op.drop_column("elections", "procedure_code")
    op.drop_column("elections", "scope")
    op.drop_index(op.f("ix_street_orders_procedure_id"), table_name="street_orders")
    op.drop_table("street_orders")
    op.drop_index(op.f("ix_step_facts_procedure_id"), table_name="step_facts")
    op.drop_table("step_facts")
    op.drop_index(op.f("ix_statements_procedure_id"), table_name="statements")
    op.drop_table("statements")
    op.drop_index(op.f("ix_reminders_procedure_id"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_due_on"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index(op.f("ix_postings_procedure_id"), table_name="postings")
    op.drop_table("postings")
    op.drop_index(op.f("ix_planned_dates_procedure_id"), table_name="planned_dates")
    op.drop_table("planned_dates")
    op.drop_index(op.f("ix_petition_signatures_procedure_id"), table_name="petition_signatures")
    op.drop_table("petition_signatures")
    op.drop_index(op.f("ix_objections_procedure_id"), table_name="objections")
    op.drop_table("objections")
    op.drop_index(op.f("ix_nominations_procedure_id"), table_name="nominations")
    op.drop_table("nominations")
    op.drop_index(op.f("ix_kept_papers_procedure_id"), table_name="kept_papers")
    op.drop_table("kept_papers")
    op.drop_index(op.f("ix_handover_items_procedure_id"), table_name="handover_items")
    op.drop_table("handover_items")
    op.drop_index(op.f("ix_group_members_procedure_id"), table_name="group_members")
    op.drop_table("group_members")
    op.drop_index(op.f("ix_filings_procedure_id"), table_name="filings")
    op.drop_table("filings")
    op.drop_index(op.f("ix_procedures_state"), table_name="procedures")
    op.drop_table("procedures")
    op.drop_index(op.f("ix_committee_members_term_id"), table_name="committee_members")
    op.drop_table("committee_members")
    op.drop_table("committee_terms")
