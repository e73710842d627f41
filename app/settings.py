"""Own the settings: one frozen dataclass, read once from the environment.

Start-up refuses a missing, short or default secret in production, so that a forgotten line in a unit file is found before
the first owner signs in.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

_MINIMUM_SECRET_LENGTH = 32
_HELP_PHONE = "027-8700-1203"
_DEFAULT_SECRETS = frozenset({"changeme", "secret", "dev", "default"})


class SettingsRefused(Exception):
    """Say which setting is missing or unsafe; raised at start-up only."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold every setting of one process."""

    #: Folder of local databases and keys.
    instance_path: Path
    #: SQLAlchemy address of the database the application role uses.
    database_url: str
    #: Address of the role that owns the tables; only migrations use it.
    migration_database_url: str
    #: Signs session cookies and CSRF tokens.
    session_secret: str = field(repr=False)
    #: 32 bytes, the root of every key that protects personal data.
    data_key: bytes = field(repr=False)
    #: 32 bytes, the seed from which each complex's log-signing key is derived.
    log_key: bytes = field(repr=False)
    #: Demonstration: the SMS page, account list, trustees' demo keys and the movable clock exist.
    demo_mode: bool = False
    #: Cookies are sent over HTTPS only.
    secure_cookies: bool = True
    #: Telephone number of the help line on every owner page.
    help_phone: str = _HELP_PHONE
    #: Whether the platform stands behind a proxy that sets X-Forwarded-*.
    trusted_proxies: int = 0
    #: Address printed on papers, ``https://yeyi.example``; empty takes that of the request.
    public_url: str = ""


def sqlite_url(instance_path: Path) -> str:
    """Name the embedded database of an instance folder."""
    return f"sqlite:///{instance_path / 'yeyi.sqlite3'}"


def psycopg_url(url: str) -> str:
    """Choose the psycopg 3 driver for a PostgreSQL address that names none."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def read_settings(environment: Mapping[str, str], project_root: Path) -> Settings:
    """Read the settings of this process from the environment.

    Raises: SettingsRefused when a secret is missing, short or a known default outside demo mode.
    """
    instance = Path(environment.get("YEYI_INSTANCE") or project_root / "instance").resolve()
    demo = environment.get("YEYI_DEMO", "") == "1"
    instance.mkdir(parents=True, exist_ok=True)
    database_url = psycopg_url(environment.get("YEYI_DATABASE_URL") or sqlite_url(instance))
    made = Settings(
        instance_path=instance,
        database_url=database_url,
        migration_database_url=psycopg_url(environment.get("YEYI_MIGRATION_DATABASE_URL") or database_url),
        session_secret=_secret(environment, "YEYI_SESSION_SECRET", instance, demo),
        data_key=_key(environment, "YEYI_DATA_KEY", instance, demo),
        log_key=_key(environment, "YEYI_LOG_KEY", instance, demo),
        demo_mode=demo,
        secure_cookies=not demo and environment.get("YEYI_INSECURE_COOKIES", "") != "1",
        help_phone=environment.get("YEYI_HELP_PHONE") or _HELP_PHONE,
        trusted_proxies=_number(environment, "YEYI_TRUSTED_PROXIES"),
        public_url=environment.get("YEYI_PUBLIC_URL", "").rstrip("/"),
    )
    if made.log_key == made.data_key:
        raise SettingsRefused("YEYI_LOG_KEY must not be the same as YEYI_DATA_KEY")
    return made


def installed_settings(environment: Mapping[str, str], project_root: Path) -> Settings:
    """Read the settings of this installation for a command; an instance that the demonstration filled is read as such.

    Raises: SettingsRefused when a production setting is missing.
    """
    instance = Path(environment.get("YEYI_INSTANCE") or project_root / "instance")
    demo = "YEYI_DATA_KEY" not in environment and (instance / "yeyi_data_key.secret").is_file()
    return read_settings({**environment, "YEYI_DEMO": "1"} if demo else environment, project_root)


def testing_settings(instance_path: Path, database_url: str | None = None, **changes: object) -> Settings:
    """Make settings for a test: demo mode, fresh random keys, the embedded database unless another is named."""
    url = database_url or sqlite_url(instance_path)
    settings = Settings(
        instance_path=instance_path,
        database_url=url,
        migration_database_url=url,
        session_secret=secrets.token_hex(32),
        data_key=secrets.token_bytes(32),
        log_key=secrets.token_bytes(32),
        demo_mode=True,
        secure_cookies=False,
    )
    return replace(settings, **changes)  # type: ignore[arg-type]


def _secret(environment: Mapping[str, str], name: str, instance: Path, demo: bool) -> str:
    value = environment.get(name, "")
    if not value and demo:
        return _kept_secret(instance, name)
    if len(value) < _MINIMUM_SECRET_LENGTH or value.lower() in _DEFAULT_SECRETS or len(set(value)) < 8:
        raise SettingsRefused(f"{name} must be set to at least {_MINIMUM_SECRET_LENGTH} random characters")
    return value


def _key(environment: Mapping[str, str], name: str, instance: Path, demo: bool) -> bytes:
    text = _secret(environment, name, instance, demo)
    try:
        key = binascii.unhexlify(text) if len(text) == 64 else base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise SettingsRefused(f"{name} must be 32 bytes in hexadecimal or base64") from problem
    if len(key) != 32:
        raise SettingsRefused(f"{name} must be 32 bytes in hexadecimal or base64")
    return key


def _number(environment: Mapping[str, str], name: str) -> int:
    text = environment.get(name) or "0"
    if not (text.isascii() and text.isdecimal()):
        raise SettingsRefused(f"{name} must be a whole number")
    return int(text)


def _kept_secret(instance: Path, name: str) -> str:
    """Make a secret for the demonstration once and keep it readable by this user alone.

    It is written under another name first, so that a process stopped on the way leaves no empty secret.
    """
    path = instance / f"{name.lower()}.secret"
    if not path.exists() or not path.stat().st_size:
        written = path.with_suffix(f".{secrets.token_hex(4)}")
        written.touch(mode=0o600)
        written.write_text(secrets.token_hex(32))
        written.replace(path)
    return path.read_text().strip()
