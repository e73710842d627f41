"""Own the account list of the demonstration: read from the instance folder, empty outside demo mode."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from flask import current_app

from app.db.session import db
from app.identity.models import Account
from app.identity.services.sign_in_staff import totp_of
from app.settings import Settings

_FILE = "demo-accounts.json"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Hold one line of the demonstration's account list."""

    #: ``owner`` or ``staff``.
    kind: str
    role: str
    name: str
    #: Sign-in name, or the telephone number of an owner.
    sign_in: str
    #: Password, or for an owner the door, name and last six of the document.
    secret: str = field(repr=False)
    hint: str = ""


def demo_accounts(kind: str) -> list[DemoAccount]:
    """List the demonstration's accounts of a kind; nothing outside demo mode."""
    settings = _settings()
    path = settings.instance_path / _FILE
    if not settings.demo_mode or not path.exists():
        return []
    return [account for account in read_accounts(path) if account.kind == kind]


def read_accounts(path: Path) -> list[DemoAccount]:
    """Read an account list."""
    return [DemoAccount(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def write_accounts(folder: Path, accounts: list[DemoAccount]) -> None:
    """Write the account list into an instance folder."""
    text = json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1)
    (folder / _FILE).write_text(text, encoding="utf-8")


def demo_second_factor(account_id: int, at: datetime) -> str | None:
    """Return the present code of an account in demo mode, so that one person can play all parts."""
    if not _settings().demo_mode:
        return None
    account = db.session.get(Account, account_id)
    return totp_of(account).at(at) if account and account.totp_sealed else None


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["yeyi_settings"])
