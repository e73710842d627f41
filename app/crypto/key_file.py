"""Own a trustee's key file: the secrets of the first two rounds under a passphrase.

Source: ``app/crypto/README.md`` section 6: PBKDF2-HMAC-SHA256 (RFC 8018) and AES-256-GCM (NIST SP 800-38D), the same in the
browser.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.encoding import decimal_text, dumps, fields, items, loads, text
from app.crypto.errors import BadKeyFile
from app.crypto.proofs import Secret
from app.crypto.trustee_key import RandBytes, TrusteeKey
from app.crypto.trustees import Ceremony
from app.errors import Malformed

FORMAT: Final = "yeyi-trustee-key/1"
#: OWASP's figure of 2023 for PBKDF2-HMAC-SHA256.
ITERATIONS: Final = 600_000
_MAX_BYTES: Final = 20_000


def write_key_file(key: TrusteeKey, passphrase: str, randbytes: RandBytes) -> bytes:
    """Return the key file of one trustee under this passphrase."""
    salt, iv = randbytes(16), randbytes(12)
    coefficients = [str(a.value) for a in key.coefficients]
    secrets = dumps({"sk": str(key.sk.value), "dk": str(key.dk.value), "coefficients": coefficients})
    uuid = key.ceremony.election_uuid
    ciphertext = AESGCM(_derive(passphrase, salt)).encrypt(iv, secrets.encode(), _context(uuid, key.index))
    kdf = {"name": "PBKDF2-SHA256", "iterations": ITERATIONS, "salt": _b64(salt)}
    value = {"format": FORMAT, "election": uuid, "index": key.index, "kdf": kdf}
    return dumps({**value, "iv": _b64(iv), "ciphertext": _b64(ciphertext)}).encode()


def open_key_file(ceremony: Ceremony, raw: bytes, passphrase: str) -> TrusteeKey:
    """Open a key file made for this election; raise BadKeyFile, which does not tell a wrong passphrase from a damaged file."""
    try:
        index, salt, iv, ciphertext = _parse(ceremony, raw)
        plain = AESGCM(_derive(passphrase, salt)).decrypt(iv, ciphertext, _context(ceremony.election_uuid, index))
        sk, dk, coefficients = fields(json.loads(plain), ("sk", "dk", "coefficients"), "secrets")
        digits = ceremony.group.scalar_digits
        listed = items(coefficients, ceremony.threshold, "coefficients")
        numbers = [Secret(decimal_text(x, digits, "secret")) for x in (sk, dk, *listed)]
    except (InvalidTag, Malformed, ValueError):
        raise BadKeyFile() from None
    return TrusteeKey(ceremony, index, numbers[0], numbers[1], tuple(numbers[2:]))


def _parse(ceremony: Ceremony, raw: bytes) -> tuple[int, bytes, bytes, bytes]:
    names = ("format", "election", "index", "kdf", "iv", "ciphertext")
    name, uuid, index, kdf, iv, ciphertext = fields(loads(raw, _MAX_BYTES), names, "key file")
    kdf_name, iterations, salt = fields(kdf, ("name", "iterations", "salt"), "kdf")
    expected: tuple[Any, ...] = (FORMAT, ceremony.election_uuid, "PBKDF2-SHA256", ITERATIONS)
    # The number of iterations is ours, not the file's: a file could otherwise ask for one, or for ten thousand million.
    if (name, uuid, kdf_name, iterations) != expected or index not in range(1, ceremony.size + 1):
        raise BadKeyFile()
    return index, _unb64(salt), _unb64(iv), _unb64(ciphertext)


def _derive(passphrase: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ITERATIONS, 32)


def _context(election_uuid: str, index: int) -> bytes:
    return f"{FORMAT}|{election_uuid}|{index}".encode()


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _unb64(value: object) -> bytes:
    try:
        return base64.b64decode(text(value, "base64"), validate=True)
    except (binascii.Error, ValueError):
        raise BadKeyFile() from None
