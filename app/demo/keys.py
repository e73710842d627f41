"""Own the trustees' key files of the demonstration: written beside the database, handed out in demo mode only.

A real key is made in a trustee's browser and never reaches the server.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from app.crypto.key_file import write_key_file
from app.crypto.trustee_key import TrusteeKey
from app.demo.cast import PASSPHRASE
from app.errors import NotFound

_FOLDER = "demo-keys"
_UUID = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14,32}")


def keep_keys(instance: Path, uuid: str, keys: Sequence[TrusteeKey]) -> None:
    """Write the key file of every trustee of an election."""
    folder = instance / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for key in keys:
        (folder / _name(uuid, key.index)).write_bytes(write_key_file(key, PASSPHRASE, secrets.token_bytes))


def read_key(instance: Path, uuid: str, index: int) -> bytes:
    """Return a kept key file.

    Raises: NotFound, also for keys that a visitor made in the browser.
    """
    path = instance / _FOLDER / _name(uuid, index)
    if not _UUID.fullmatch(uuid) or not path.is_file():
        raise NotFound("demo_key_not_found")
    return path.read_bytes()


def has_keys(instance: Path, uuid: str) -> bool:
    """Say whether the demonstration holds the keys of an election."""
    return (instance / _FOLDER / _name(uuid, 1)).is_file()


def _name(uuid: str, index: int) -> str:
    return f"{uuid}-{index}.json"
