"""Hold migrations to the models on both engines: head equals models, up and down, protection in the database itself."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.db.base import Base
from app.db.migrate import MIGRATIONS, configuration, current_revision, downgrade, engine_for, upgrade
from app.settings import Settings
from app.web.clock import DemoClockOffset
from tests.conftest import NOON

APP = Path(__file__).parents[2] / "app"
for models in sorted(APP.glob("*/models.py")):
    importlib.import_module(f"app.{models.parent.name}.models")
assert DemoClockOffset.__tablename__


def test_head_file_names_the_newest_revision(tmp_path: Path) -> None:
    with engine_for(f"sqlite:///{tmp_path / 'x.db'}").connect() as connection:
        heads = ScriptDirectory.from_config(configuration(connection)).get_heads()
    assert heads == [(MIGRATIONS / "head.txt").read_text().strip()]


def test_head_equals_the_models(settings: Settings) -> None:
    with engine_for(settings.migration_database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_down_and_up_again_with_rows_in_them(settings: Settings) -> None:
    url = settings.migration_database_url
    with engine_for(url).begin() as connection:
        connection.execute(sa.text("INSERT INTO districts (id, name) VALUES (1, '江夏区')"))
        connection.execute(
            sa.text("INSERT INTO audit_events (id, tag, at, details) VALUES (1, 'a:b:c', :at, '{}')"),
            {"at": NOON.isoformat(sep=" ")},
        )
    downgrade(url, "base")
    assert current_revision(url) is None
    upgrade(url)
    assert current_revision(url) == (MIGRATIONS / "head.txt").read_text().strip()


@pytest.mark.parametrize("change", ["UPDATE audit_events SET tag = 'x'", "DELETE FROM audit_events"])
def test_append_only_tables_refuse_changes_in_the_database(settings: Settings, change: str) -> None:
    engine = engine_for(settings.migration_database_url)
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO audit_events (id, tag, at, details) VALUES (1, 'a:b:c', :at, '{}')"),
            {"at": NOON.isoformat(sep=" ")},
        )
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(sa.text(change))


def append_only_tables() -> list[str]:
    return sorted(m.class_.__tablename__ for m in Base.registry.mappers if getattr(m.class_, "__append_only__", False))


def test_every_append_only_model_is_protected(settings: Settings) -> None:
    assert len(append_only_tables()) > 8
    with engine_for(settings.migration_database_url).connect() as connection:
        if connection.dialect.name == "sqlite":
            triggers = set(connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type='trigger'")).scalars())
            missing = [t for t in append_only_tables() if not {f"{t}_refuse_update", f"{t}_refuse_delete"} <= triggers]
        else:
            triggers = set(connection.execute(sa.text("SELECT tgname FROM pg_trigger")).scalars())
            missing = [t for t in append_only_tables() if f"{t}_append_only" not in triggers]
    assert missing == []


@pytest.mark.parametrize("engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=False)
def test_every_tenant_table_has_forced_row_level_security(settings: Settings, engine_name: str) -> None:
    tenant = {t.name for t in Base.metadata.tables.values() if "tenant_id" in t.c and t.c.tenant_id.primary_key}
    with engine_for(settings.migration_database_url).connect() as connection:
        forced = set(
            connection.execute(sa.text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")).scalars()
        )
    assert len(tenant) > 15
    assert tenant <= forced


@pytest.mark.parametrize("engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=False)
def test_the_application_role_is_weak(settings: Settings, engine_name: str) -> None:
    with engine_for(settings.database_url).connect() as connection:
        row = connection.execute(
            sa.text("SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        ).one()
        owners = connection.execute(
            sa.text("SELECT count(*) FROM pg_tables WHERE schemaname='public' AND tableowner = current_user")
        )
        assert owners.scalar() == 0
    assert tuple(row) == (False, False, False, False)


def test_procedures_that_run_already_get_their_short_names(settings: Settings) -> None:
    url = settings.migration_database_url
    downgrade(url, "0003")
    with engine_for(url).begin() as connection:
        for statement in (
            "INSERT INTO districts (id, name) VALUES (1, '江夏区')",
            "INSERT INTO streets (id, district_id, name) VALUES (2, 1, '湖畔街道')",
            "INSERT INTO communities (id, street_id, name, help_phone) VALUES (3, 2, '青岚社区', '')",
            "INSERT INTO complexes (id, community_id, slug, name, address) VALUES (4, 3, 'qinglan', '青岚花园', '')",
        ):
            connection.execute(sa.text(statement))
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT set_config('app.tenant_id', '4', true)"))
        for number, code in enumerate(("K7QM4R2P", "X9DTHW3C")):
            values = {"id": number, "code": code, "at": NOON.isoformat(sep=" ")}
            connection.execute(
                sa.text(
                    "INSERT INTO procedures (tenant_id, id, code, kind, title, state, matter, scope, rule_pack, election_uuid,"
                    " started_by, started_at, end_reason) VALUES (4, :id, :code, 'renewal', '换届', 'running', '', '[]',"
                    " 'civil_code_2021', '', 1, :at, '')"
                ),
                values,
            )
    upgrade(url)
    with engine_for(url).connect() as connection:
        named = connection.execute(sa.text("SELECT complex_id, procedure_code, name FROM short_links")).all()
    assert {(row.complex_id, row.procedure_code) for row in named} == {(4, "K7QM4R2P"), (4, "X9DTHW3C")}
    assert len({row.name for row in named}) == 2
    assert all(len(row.name) == 5 for row in named)
