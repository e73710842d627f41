"""Make the first schema: places, identity, roll, elections, ballots, the public record.

Revision 0001, made from the models of the first release.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.db.base import AreaColumn, UtcDateTime
from app.db.protection import grant_application_role, isolate_tenants, make_append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TENANT_TABLES = (
    "ballots",
    "board_checkpoints",
    "board_heads",
    "board_leaves",
    "candidates",
    "election_trustees",
    "elections",
    "encrypted_tallies",
    "enrolments",
    "matter_materials",
    "matters",
    "owner_bindings",
    "owner_persons",
    "ownerships",
    "partial_decryptions",
    "roll_imports",
    "roll_snapshots",
    "seen_ciphertexts",
    "snapshot_units",
    "snapshot_voter_persons",
    "snapshot_voters",
    "stored_files",
    "units",
    "voter_speakers",
    "voter_states",
)
APPEND_ONLY_TABLES = (
    "audit_events",
    "ballots",
    "board_checkpoints",
    "board_leaves",
    "encrypted_tallies",
    "enrolments",
    "partial_decryptions",
    "roll_snapshots",
    "seen_ciphertexts",
    "snapshot_units",
    "snapshot_voter_persons",
    "snapshot_voters",
    "stored_files",
    "voter_speakers",
)


def upgrade() -> None:
    """Make every table, then let the database itself refuse what must never happen."""
    op.create_table(
        "accounts",
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("login_name", sa.String(length=60), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("display_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login_name", name=op.f("uq_accounts_login_name")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_accounts_phone_index")),
    )
    op.create_table(
        "audit_events",
        sa.Column("tenant", sa.BigInteger(), nullable=True),
        sa.Column("account", sa.BigInteger(), nullable=True),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_account"), "audit_events", ["account"], unique=False)
    op.create_index(op.f("ix_audit_events_tag"), "audit_events", ["tag"], unique=False)
    op.create_index(op.f("ix_audit_events_tenant"), "audit_events", ["tenant"], unique=False)
    op.create_table(
        "demo_clock_offsets",
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_clock_offsets")),
    )
    op.create_table(
        "districts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("name", name=op.f("uq_districts_name")),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("phone_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
    )
    op.create_index(op.f("ix_one_time_codes_phone_index"), "one_time_codes", ["phone_index"], unique=False)
    op.create_table(
        "outgoing_messages",
        sa.Column("tenant", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_messages")),
    )
    op.create_table(
        "rate_counters",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("window", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_counters")),
        sa.UniqueConstraint("subject", "window", name=op.f("uq_rate_counters_subject_window")),
    )
    op.create_table(
        "role_grants",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("scope_id", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_role_grants_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sa.UniqueConstraint(
            "account_id", "role", "scope", "scope_id", name=op.f("uq_role_grants_account_id_role_scope_scope_id")
        ),
    )
    op.create_index(op.f("ix_role_grants_account_id"), "role_grants", ["account_id"], unique=False)
    op.create_index(op.f("ix_role_grants_scope_id"), "role_grants", ["scope_id"], unique=False)
    op.create_table(
        "sign_in_sessions",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sign_in_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_sessions_account_id"), "sign_in_sessions", ["account_id"], unique=False)
    op.create_table(
        "streets",
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_streets_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streets")),
        sa.UniqueConstraint("district_id", "name", name=op.f("uq_streets_district_id_name")),
    )
    op.create_table(
        "communities",
        sa.Column("street_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("help_phone", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["street_id"], ["streets.id"], name=op.f("fk_communities_street_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
        sa.UniqueConstraint("street_id", "name", name=op.f("uq_communities_street_id_name")),
    )
    op.create_table(
        "complexes",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_complexes_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complexes")),
        sa.UniqueConstraint("slug", name=op.f("uq_complexes_slug")),
    )
    op.create_table(
        "board_checkpoints",
        sa.Column("tree_size", sa.BigInteger(), nullable=False),
        sa.Column("root_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_board_checkpoints_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_board_checkpoints")),
        sa.UniqueConstraint("tenant_id", "tree_size", name=op.f("uq_board_checkpoints_tenant_id_tree_size")),
    )
    op.create_table(
        "board_heads",
        sa.Column("tree_size", sa.BigInteger(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_board_heads_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_board_heads")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_board_heads_tenant_id")),
    )
    op.create_table(
        "board_leaves",
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("election_uuid", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_board_leaves_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_board_leaves")),
        sa.UniqueConstraint("tenant_id", "leaf_index", name=op.f("uq_board_leaves_tenant_id_leaf_index")),
    )
    op.create_index(op.f("ix_board_leaves_election_uuid"), "board_leaves", ["election_uuid"], unique=False)
    op.create_index(op.f("ix_board_leaves_kind"), "board_leaves", ["kind"], unique=False)
    op.create_table(
        "owner_persons",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("document_kind", sa.String(length=30), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tail_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_owner_persons_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_owner_persons")),
        sa.UniqueConstraint("tenant_id", "identity_index", name=op.f("uq_owner_persons_tenant_id_identity_index")),
    )
    op.create_index(op.f("ix_owner_persons_name_index"), "owner_persons", ["name_index"], unique=False)
    op.create_index(op.f("ix_owner_persons_phone_index"), "owner_persons", ["phone_index"], unique=False)
    op.create_index(op.f("ix_owner_persons_tail_index"), "owner_persons", ["tail_index"], unique=False)
    op.create_table(
        "roll_snapshots",
        sa.Column("roll_hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("area", AreaColumn(), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_roll_snapshots_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_roll_snapshots")),
        sa.UniqueConstraint("tenant_id", "roll_hash", name=op.f("uq_roll_snapshots_tenant_id_roll_hash")),
    )
    op.create_table(
        "seen_ciphertexts",
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_seen_ciphertexts_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_seen_ciphertexts")),
        sa.UniqueConstraint("tenant_id", "digest", name=op.f("uq_seen_ciphertexts_tenant_id_digest")),
    )
    op.create_table(
        "stored_files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_stored_files_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_stored_files")),
    )
    op.create_index(op.f("ix_stored_files_sha256"), "stored_files", ["sha256"], unique=False)
    op.create_table(
        "units",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("entrance", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("area", AreaColumn(), nullable=False),
        sa.Column("area_source", sa.String(length=20), nullable=False),
        sa.Column("use", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("under_review", sa.Boolean(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_units_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_units")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_units_tenant_id_code")),
    )
    op.create_index(op.f("ix_units_building"), "units", ["building"], unique=False)
    op.create_table(
        "elections",
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("policies", sa.JSON(), nullable=False),
        sa.Column("rule_pack", sa.String(length=40), nullable=False),
        sa.Column("snapshot_id", sa.BigInteger(), nullable=True),
        sa.Column("announcement", sa.LargeBinary(), nullable=True),
        sa.Column("announcement_sha256", sa.String(length=64), nullable=True),
        sa.Column("rehearsal", sa.JSON(), nullable=True),
        sa.Column("definition", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=43), nullable=True),
        sa.Column("trustees_body", sa.LargeBinary(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("announced_at", UtcDateTime(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "snapshot_id"],
            ["roll_snapshots.tenant_id", "roll_snapshots.id"],
            name=op.f("fk_elections_tenant_id_snapshot_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_elections_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_elections")),
        sa.UniqueConstraint("uuid", name=op.f("uq_elections_uuid")),
    )
    op.create_index(op.f("ix_elections_state"), "elections", ["state"], unique=False)
    op.create_table(
        "owner_bindings",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("bound_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["owner_persons.tenant_id", "owner_persons.id"],
            name=op.f("fk_owner_bindings_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_owner_bindings_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_owner_bindings")),
        sa.UniqueConstraint(
            "tenant_id", "account_id", "person_id", name=op.f("uq_owner_bindings_tenant_id_account_id_person_id")
        ),
    )
    op.create_index(op.f("ix_owner_bindings_account_id"), "owner_bindings", ["account_id"], unique=False)
    op.create_index(op.f("ix_owner_bindings_person_id"), "owner_bindings", ["person_id"], unique=False)
    op.create_table(
        "ownerships",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.String(length=20), nullable=False),
        sa.Column("is_nominee", sa.Boolean(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["owner_persons.tenant_id", "owner_persons.id"],
            name=op.f("fk_ownerships_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"], ["units.tenant_id", "units.id"], name=op.f("fk_ownerships_tenant_id_unit_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_ownerships_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ownerships")),
        sa.UniqueConstraint("tenant_id", "unit_id", "person_id", name=op.f("uq_ownerships_tenant_id_unit_id_person_id")),
    )
    op.create_index(op.f("ix_ownerships_person_id"), "ownerships", ["person_id"], unique=False)
    op.create_index(op.f("ix_ownerships_unit_id"), "ownerships", ["unit_id"], unique=False)
    op.create_table(
        "roll_imports",
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_roll_imports_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_roll_imports_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_roll_imports")),
    )
    op.create_table(
        "snapshot_units",
        sa.Column("snapshot_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("area", AreaColumn(), nullable=False),
        sa.Column("voter_number", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "snapshot_id"],
            ["roll_snapshots.tenant_id", "roll_snapshots.id"],
            name=op.f("fk_snapshot_units_tenant_id_snapshot_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_snapshot_units_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_snapshot_units")),
        sa.UniqueConstraint("tenant_id", "snapshot_id", "code", name=op.f("uq_snapshot_units_tenant_id_snapshot_id_code")),
    )
    op.create_index(op.f("ix_snapshot_units_voter_number"), "snapshot_units", ["voter_number"], unique=False)
    op.create_table(
        "snapshot_voter_persons",
        sa.Column("snapshot_id", sa.BigInteger(), nullable=False),
        sa.Column("voter_number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("is_nominee", sa.Boolean(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["owner_persons.tenant_id", "owner_persons.id"],
            name=op.f("fk_snapshot_voter_persons_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "snapshot_id"],
            ["roll_snapshots.tenant_id", "roll_snapshots.id"],
            name=op.f("fk_snapshot_voter_persons_tenant_id_snapshot_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_snapshot_voter_persons_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_snapshot_voter_persons")),
        sa.UniqueConstraint("tenant_id", "snapshot_id", "voter_number", "person_id", name="uq_snapshot_voter_persons_once"),
    )
    op.create_index(op.f("ix_snapshot_voter_persons_person_id"), "snapshot_voter_persons", ["person_id"], unique=False)
    op.create_table(
        "snapshot_voters",
        sa.Column("snapshot_id", sa.BigInteger(), nullable=False),
        sa.Column("voter_number", sa.Integer(), nullable=False),
        sa.Column("area", AreaColumn(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "snapshot_id"],
            ["roll_snapshots.tenant_id", "roll_snapshots.id"],
            name=op.f("fk_snapshot_voters_tenant_id_snapshot_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_snapshot_voters_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_snapshot_voters")),
        sa.UniqueConstraint(
            "tenant_id", "snapshot_id", "voter_number", name=op.f("uq_snapshot_voters_tenant_id_snapshot_id_voter_number")
        ),
    )
    op.create_table(
        "ballots",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("box_number", sa.Integer(), nullable=False),
        sa.Column("tracker", sa.String(length=43), nullable=False),
        sa.Column("receipt_code", sa.String(length=8), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("commitments", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"], ["elections.tenant_id", "elections.id"], name=op.f("fk_ballots_tenant_id_election_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_ballots_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("tenant_id", "election_id", "box_number", name=op.f("uq_ballots_tenant_id_election_id_box_number")),
        sa.UniqueConstraint("tenant_id", "tracker", name=op.f("uq_ballots_tenant_id_tracker")),
    )
    op.create_index(op.f("ix_ballots_receipt_code"), "ballots", ["receipt_code"], unique=False)
    op.create_table(
        "election_trustees",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("cert", sa.JSON(), nullable=True),
        sa.Column("coefexps", sa.JSON(), nullable=True),
        sa.Column("certs_signature", sa.JSON(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=True),
        sa.Column("verification_key", sa.JSON(), nullable=True),
        sa.Column("rehearsal", sa.JSON(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"],
            ["elections.tenant_id", "elections.id"],
            name=op.f("fk_election_trustees_tenant_id_election_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_election_trustees_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_election_trustees")),
        sa.UniqueConstraint(
            "tenant_id", "election_id", "position", name=op.f("uq_election_trustees_tenant_id_election_id_position")
        ),
    )
    op.create_index(op.f("ix_election_trustees_account_id"), "election_trustees", ["account_id"], unique=False)
    op.create_index(op.f("ix_election_trustees_election_id"), "election_trustees", ["election_id"], unique=False)
    op.create_table(
        "encrypted_tallies",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.String(length=10), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("total_weight", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"],
            ["elections.tenant_id", "elections.id"],
            name=op.f("fk_encrypted_tallies_tenant_id_election_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_encrypted_tallies_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_encrypted_tallies")),
        sa.UniqueConstraint(
            "tenant_id", "election_id", "weight", name=op.f("uq_encrypted_tallies_tenant_id_election_id_weight")
        ),
    )
    op.create_table(
        "enrolments",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("voter_number", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("credential_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"],
            ["elections.tenant_id", "elections.id"],
            name=op.f("fk_enrolments_tenant_id_election_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_enrolments_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint(
            "tenant_id", "election_id", "credential_hash", name=op.f("uq_enrolments_tenant_id_election_id_credential_hash")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "election_id",
            "voter_number",
            "sequence",
            name=op.f("uq_enrolments_tenant_id_election_id_voter_number_sequence"),
        ),
    )
    op.create_table(
        "matters",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"], ["elections.tenant_id", "elections.id"], name=op.f("fk_matters_tenant_id_election_id")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_matters_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_matters")),
        sa.UniqueConstraint("tenant_id", "election_id", "position", name=op.f("uq_matters_tenant_id_election_id_position")),
    )
    op.create_index(op.f("ix_matters_election_id"), "matters", ["election_id"], unique=False)
    op.create_table(
        "partial_decryptions",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(length=10), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"],
            ["elections.tenant_id", "elections.id"],
            name=op.f("fk_partial_decryptions_tenant_id_election_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_partial_decryptions_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_partial_decryptions")),
        sa.UniqueConstraint(
            "tenant_id",
            "election_id",
            "position",
            "weight",
            name=op.f("uq_partial_decryptions_tenant_id_election_id_position_weight"),
        ),
    )
    op.create_table(
        "voter_speakers",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("voter_number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"],
            ["elections.tenant_id", "elections.id"],
            name=op.f("fk_voter_speakers_tenant_id_election_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["owner_persons.tenant_id", "owner_persons.id"],
            name=op.f("fk_voter_speakers_tenant_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_voter_speakers_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_voter_speakers")),
        sa.UniqueConstraint(
            "tenant_id", "election_id", "voter_number", name=op.f("uq_voter_speakers_tenant_id_election_id_voter_number")
        ),
    )
    op.create_table(
        "voter_states",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("voter_number", sa.Integer(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=True),
        sa.Column("enrolments", sa.Integer(), nullable=False),
        sa.Column("ballots_accepted", sa.Integer(), nullable=False),
        sa.Column("effective_number", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "election_id"],
            ["elections.tenant_id", "elections.id"],
            name=op.f("fk_voter_states_tenant_id_election_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_voter_states_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_voter_states")),
        sa.UniqueConstraint(
            "tenant_id", "election_id", "voter_number", name=op.f("uq_voter_states_tenant_id_election_id_voter_number")
        ),
    )
    op.create_table(
        "candidates",
        sa.Column("matter_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("introduction", sa.String(length=120), nullable=False),
        sa.Column("photo_id", sa.BigInteger(), nullable=True),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"], ["matters.tenant_id", "matters.id"], name=op.f("fk_candidates_tenant_id_matter_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "photo_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_candidates_tenant_id_photo_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_candidates_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("tenant_id", "matter_id", "position", name=op.f("uq_candidates_tenant_id_matter_id_position")),
    )
    op.create_index(op.f("ix_candidates_matter_id"), "candidates", ["matter_id"], unique=False)
    op.create_table(
        "matter_materials",
        sa.Column("matter_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["stored_files.tenant_id", "stored_files.id"],
            name=op.f("fk_matter_materials_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "matter_id"],
            ["matters.tenant_id", "matters.id"],
            name=op.f("fk_matter_materials_tenant_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["complexes.id"], name=op.f("fk_matter_materials_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_matter_materials")),
    )
    op.create_index(op.f("ix_matter_materials_matter_id"), "matter_materials", ["matter_id"], unique=False)
    connection = op.get_bind()
    isolate_tenants(connection, TENANT_TABLES)
    make_append_only(connection, APPEND_ONLY_TABLES)
    grant_application_role(connection, APPEND_ONLY_TABLES)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index(op.f("ix_matter_materials_matter_id"), table_name="matter_materials")
    op.drop_table("matter_materials")
    op.drop_index(op.f("ix_candidates_matter_id"), table_name="candidates")
    op.drop_table("candidates")
    op.drop_table("voter_states")
    op.drop_table("voter_speakers")
    op.drop_table("partial_decryptions")
    op.drop_index(op.f("ix_matters_election_id"), table_name="matters")
    op.drop_table("matters")
    op.drop_table("enrolments")
    op.drop_table("encrypted_tallies")
    op.drop_index(op.f("ix_election_trustees_election_id"), table_name="election_trustees")
    op.drop_index(op.f("ix_election_trustees_account_id"), table_name="election_trustees")
    op.drop_table("election_trustees")
    op.drop_index(op.f("ix_ballots_receipt_code"), table_name="ballots")
    op.drop_table("ballots")
    op.drop_table("snapshot_voters")
    op.drop_index(op.f("ix_snapshot_voter_persons_person_id"), table_name="snapshot_voter_persons")
    op.drop_table("snapshot_voter_persons")
    op.drop_index(op.f("ix_snapshot_units_voter_number"), table_name="snapshot_units")
    op.drop_table("snapshot_units")
    op.drop_table("roll_imports")
    op.drop_index(op.f("ix_ownerships_unit_id"), table_name="ownerships")
    op.drop_index(op.f("ix_ownerships_person_id"), table_name="ownerships")
    op.drop_table("ownerships")
    op.drop_index(op.f("ix_owner_bindings_person_id"), table_name="owner_bindings")
    op.drop_index(op.f("ix_owner_bindings_account_id"), table_name="owner_bindings")
    op.drop_table("owner_bindings")
    op.drop_index(op.f("ix_elections_state"), table_name="elections")
    op.drop_table("elections")
    op.drop_index(op.f("ix_units_building"), table_name="units")
    op.drop_table("units")
    op.drop_index(op.f("ix_stored_files_sha256"), table_name="stored_files")
    op.drop_table("stored_files")
    op.drop_table("seen_ciphertexts")
    op.drop_table("roll_snapshots")
    op.drop_index(op.f("ix_owner_persons_tail_index"), table_name="owner_persons")
    op.drop_index(op.f("ix_owner_persons_phone_index"), table_name="owner_persons")
    op.drop_index(op.f("ix_owner_persons_name_index"), table_name="owner_persons")
    op.drop_table("owner_persons")
    op.drop_index(op.f("ix_board_leaves_kind"), table_name="board_leaves")
    op.drop_index(op.f("ix_board_leaves_election_uuid"), table_name="board_leaves")
    op.drop_table("board_leaves")
    op.drop_table("board_heads")
    op.drop_table("board_checkpoints")
    op.drop_table("complexes")
    op.drop_table("communities")
    op.drop_table("streets")
    op.drop_index(op.f("ix_sign_in_sessions_account_id"), table_name="sign_in_sessions")
    op.drop_table("sign_in_sessions")
    op.drop_index(op.f("ix_role_grants_scope_id"), table_name="role_grants")
    op.drop_index(op.f("ix_role_grants_account_id"), table_name="role_grants")
    op.drop_table("role_grants")
    op.drop_table("rate_counters")
    op.drop_table("outgoing_messages")
    op.drop_index(op.f("ix_one_time_codes_phone_index"), table_name="one_time_codes")
    op.drop_table("one_time_codes")
    op.drop_table("districts")
    op.drop_table("demo_clock_offsets")
    op.drop_index(op.f("ix_audit_events_tenant"), table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_tag"), table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_account"), table_name="audit_events")
    op.drop_table("audit_events")
    op.drop_table("accounts")
