"""Hold start-up to refusing what would be found too late: bad secrets and keys, an old library."""

from __future__ import annotations

import base64
import secrets
import stat
from pathlib import Path

import pytest
from flask import Flask

from app import settings as settings_module
from app.db import session
from app.db.session import init_database
from app.settings import Settings, SettingsRefused, psycopg_url, read_settings, sqlite_url

SECRET_NAMES = ["YEYI_SESSION_SECRET", "YEYI_DATA_KEY", "YEYI_LOG_KEY"]
Environment = dict[str, str]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Make a good environment of production."""
    return {"YEYI_INSTANCE": str(tmp_path / "instance"), **{name: secrets.token_hex(32) for name in SECRET_NAMES}}


def test_a_good_environment_is_production(environment: Environment, tmp_path: Path) -> None:
    made = read_settings(environment, tmp_path)
    assert (made.demo_mode, made.secure_cookies, made.trusted_proxies) == (False, True, 0)
    assert made.data_key == bytes.fromhex(environment["YEYI_DATA_KEY"])
    assert made.database_url == sqlite_url(tmp_path / "instance")


def test_the_address_on_papers_has_no_stroke_at_its_end(environment: Environment, tmp_path: Path) -> None:
    assert read_settings(environment, tmp_path).public_url == ""
    environment["YEYI_PUBLIC_URL"] = "https://yeyi.example/"
    assert read_settings(environment, tmp_path).public_url == "https://yeyi.example"


@pytest.mark.parametrize("name", SECRET_NAMES)
@pytest.mark.parametrize(
    "value", ["", "changeme", "x" * 31, "0" * 64, "a" * 64, "changeme" * 8, "abababab" * 8, "secret" * 11, "password" * 8]
)
def test_a_missing_short_or_default_secret_is_refused(environment: Environment, tmp_path: Path, name: str, value: str) -> None:
    environment[name] = value
    with pytest.raises(SettingsRefused, match=name):
        read_settings(environment, tmp_path)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_an_unset_secret_is_refused(environment: Environment, tmp_path: Path, name: str) -> None:
    del environment[name]
    with pytest.raises(SettingsRefused, match=name):
        read_settings(environment, tmp_path)


@pytest.mark.parametrize("name", ["YEYI_DATA_KEY", "YEYI_LOG_KEY"])
@pytest.mark.parametrize(
    "value",
    [
        "0123456789abcdefghijklmnopqrstuvwxyz",
        bytes(range(31)).hex(),
        bytes(range(33)).hex(),
        "z" + bytes(range(32)).hex()[1:],
        base64.b64encode(bytes(range(31))).decode(),
        base64.b64encode(bytes(range(48))).decode(),
        "中" + bytes(range(16)).hex(),
    ],
)
def test_a_key_that_is_not_32_bytes_is_refused(environment: Environment, tmp_path: Path, name: str, value: str) -> None:
    environment[name] = value
    with pytest.raises(SettingsRefused, match=name):
        read_settings(environment, tmp_path)


def test_a_key_may_be_written_in_base64(environment: Environment, tmp_path: Path) -> None:
    key = secrets.token_bytes(32)
    environment["YEYI_DATA_KEY"] = base64.b64encode(key).decode()
    assert read_settings(environment, tmp_path).data_key == key


def test_one_secret_does_not_serve_two_purposes(environment: Environment, tmp_path: Path) -> None:
    environment["YEYI_LOG_KEY"] = environment["YEYI_DATA_KEY"]
    with pytest.raises(SettingsRefused, match="YEYI_LOG_KEY"):
        read_settings(environment, tmp_path)


@pytest.mark.parametrize("value", ["one", "-1", "1.5"])
def test_an_unreadable_number_of_proxies_is_refused(environment: Environment, tmp_path: Path, value: str) -> None:
    environment["YEYI_TRUSTED_PROXIES"] = value
    with pytest.raises(SettingsRefused, match="YEYI_TRUSTED_PROXIES"):
        read_settings(environment, tmp_path)


def test_the_refusal_does_not_repeat_the_secret(environment: Environment, tmp_path: Path) -> None:
    environment["YEYI_DATA_KEY"] = "a short and secret key"
    with pytest.raises(SettingsRefused) as refused:
        read_settings(environment, tmp_path)
    assert "a short and secret key" not in str(refused.value)


def test_the_demonstration_makes_its_secrets_once_for_this_user_alone(tmp_path: Path) -> None:
    environment = {"YEYI_INSTANCE": str(tmp_path / "instance"), "YEYI_DEMO": "1"}
    first, second = (read_settings(environment, tmp_path) for _time in range(2))
    assert first == second
    assert first.demo_mode
    assert len({first.session_secret, first.data_key.hex(), first.log_key.hex()}) == 3
    kept = sorted((tmp_path / "instance").glob("*.secret"))
    assert len(kept) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_a_secret_file_that_a_stopped_process_left_empty_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "yeyi_session_secret.secret").touch()
    made = read_settings({"YEYI_INSTANCE": str(tmp_path), "YEYI_DEMO": "1"}, tmp_path)
    assert len(made.session_secret) == 64


def test_the_instance_folder_is_made(environment: Environment, tmp_path: Path) -> None:
    assert read_settings(environment, tmp_path).instance_path.is_dir()


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_a_postgresql_address_gets_the_driver(given: str) -> None:
    assert psycopg_url(given) == "postgresql+psycopg://u@h/d"


def test_settings_show_no_secret(tmp_path: Path) -> None:
    made = settings_module.testing_settings(tmp_path)
    shown = repr(made) + str(made)
    for secret in (made.session_secret, made.data_key, made.log_key):
        assert (secret if isinstance(secret, str) else secret.hex()) not in shown
        assert repr(secret) not in shown
    assert isinstance(made, Settings)


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 50, 4), (3, 51, 2)])
def test_an_old_sqlite_library_is_refused(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]) -> None:
    monkeypatch.setattr(session.pysqlite3.dbapi2, "sqlite_version_info", version)
    with pytest.raises(RuntimeError, match=r"older than 3\.51\.3"):
        init_database(Flask("planted"), "sqlite:///:memory:")


def test_the_library_in_use_is_new_enough() -> None:
    assert session.pysqlite3.dbapi2.sqlite_version_info >= session.MINIMUM_SQLITE == (3, 51, 3)
