"""Derive the log-signing key of a complex from the one log key of the settings (HKDF-SHA-256).

The origin is ``yeyi/<slug>``; the derived seed never leaves memory.
"""

from __future__ import annotations

from typing import cast

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from app.settings import Settings
from app.tlog.notes import SigningKey


def log_signing_key(slug: str) -> SigningKey:
    """Return the signing key of a complex's public record."""
    settings = cast(Settings, current_app.extensions["yeyi_settings"])
    origin = f"yeyi/{slug}"
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"log|{origin}".encode()).derive(settings.log_key)
    return SigningKey(origin, seed)
