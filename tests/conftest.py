"""Own the fixtures every test may use: the application on the embedded database and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.db.migrate import upgrade
from app.db.session import db
from app.settings import Settings, sqlite_url, testing_settings
from app.values.clock import CHINA
from tests.postgres import APPLICATION_ROLE, PostgresServer, start_postgres

#: The instant most tests stand at.
NOON = datetime(2027, 5, 22, 12, 0, tzinfo=CHINA)


class SteerableClock:
    """Stand at an instant that the test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run one PostgreSQL server for the whole test run."""
    server = start_postgres(os.environ.get("YEYI_TEST_POSTGRES", "pginstall18"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate an empty embedded database once; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "yeyi.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """Migrate an empty PostgreSQL database once; tests clone it."""
    name = postgres.create_database()
    upgrade(postgres.url(name))
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Name the engine a test runs on; tests that use it run on both."""
    return str(request.param)


@pytest.fixture
def settings(request: pytest.FixtureRequest, engine_name: str, tmp_path: Path) -> Iterator[Settings]:
    """Make the settings of one test on its own database."""
    if engine_name == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "yeyi.sqlite3")
        yield testing_settings(tmp_path, sqlite_url(tmp_path))
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create_database(request.getfixturevalue("postgres_template"))
    made = testing_settings(tmp_path, server.url(name, APPLICATION_ROLE))
    yield replace(made, migration_database_url=server.url(name))
    server.drop_database(name)


@pytest.fixture
def clock() -> SteerableClock:
    """Give the test its clock."""
    return SteerableClock(NOON)


@pytest.fixture
def app(settings: Settings, clock: SteerableClock) -> Iterator[Flask]:
    """Build the application of one test; it runs twice, once per engine."""
    application = create_app(settings)
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False, SERVER_NAME=None)
    application.extensions["yeyi_clock"] = clock
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give the test a visitor's browser."""
    return app.test_client()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run under CI in which anything was skipped; elsewhere the summary names what could not be had."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") == "true" and skipped and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name in the last lines what was not tried."""
    reasons = sorted({str(report.longrepr[-1]) for report in terminalreporter.stats.get("skipped", [])})
    for reason in reasons:
        terminalreporter.write_line(f"NOT TRIED: {reason}")
    if reasons and os.environ.get("CI") == "true":
        terminalreporter.write_line("FAILED: under CI nothing may be skipped")
