"""Own the protection of personal data: field encryption (AES-256-GCM with associated data) and keyed blind indexes.

Every key is derived from the one data key of the settings (HKDF-SHA-256). The associated data names the field and its owner, so
that a sealed value copied into another row does not open.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from app.errors import VerificationFailed
from app.settings import Settings

_NONCE_BYTES = 12


def seal(value: str, *, field: str, owner: int) -> bytes:
    """Encrypt a personal value for one field of one row or tenant; returns nonce and ciphertext."""
    return seal_bytes(value.encode(), field=field, owner=owner)


def unseal(sealed: bytes, *, field: str, owner: int) -> str:
    """Decrypt a personal value sealed for the same field and owner.

    Raises: VerificationFailed when the bytes were changed or belong elsewhere.
    """
    return unseal_bytes(sealed, field=field, owner=owner).decode()


def seal_bytes(content: bytes, *, field: str, owner: int) -> bytes:
    """Encrypt bytes for one field of one row or tenant; returns nonce and ciphertext."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_derive("seal")).encrypt(nonce, content, _associated(field, owner))


def unseal_bytes(sealed: bytes, *, field: str, owner: int) -> bytes:
    """Decrypt bytes sealed for the same field and owner.

    Raises: VerificationFailed when the bytes were changed or belong elsewhere.
    """
    nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(_derive("seal")).decrypt(nonce, ciphertext, _associated(field, owner))
    except (InvalidTag, ValueError) as problem:
        raise VerificationFailed("sealed_value_altered", field=field) from problem


def blind_index(value: str, *, field: str, tenant_id: int = 0) -> bytes:
    """Make the 32-byte index by which an equal value of the same field and tenant is found again."""
    return hmac.new(_derive("index"), f"{field}|{tenant_id}|{value}".encode(), sha256).digest()


def _derive(purpose: str) -> bytes:
    settings: Settings = current_app.extensions["yeyi_settings"]
    cache: dict[str, bytes] = current_app.extensions.setdefault("yeyi_derived_keys", {})
    if purpose not in cache:
        cache[purpose] = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"yeyi|{purpose}".encode()).derive(
            settings.data_key
        )
    return cache[purpose]


def _associated(field: str, owner: int) -> bytes:
    return f"{field}|{owner}".encode()
