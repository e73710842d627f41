"""Own the serialisation and the hashes of the protocol: compact JSON, SHA-256, hashing to Zq, parsing.

Source: Belenios specification 1.x, "Conventions" (``app/crypto/README.md`` section 2). The parsers turn every low-level
error into a named ``Malformed``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, Final

from app.crypto.bigint import mpz
from app.crypto.errors import NotCanonical, NotJson, Oversize, ScalarOutOfRange, WrongShape
from app.crypto.group import Element, Group, ModularGroup, RandBelow

_DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]*)\Z", re.ASCII)
#: Base58 without the look-alikes, for election identifiers.
BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_UUID: Final = re.compile(rf"[{BASE58}]{{14,64}}\Z", re.ASCII)


def dumps(value: object) -> str:
    """Serialise compactly: no spaces, fields in their order, UTF-8 unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256_hex(content: bytes | str) -> str:
    """Return SHA-256 as 64 lower-case hexadecimal digits; a string is taken as UTF-8."""
    return hashlib.sha256(_bytes(content)).hexdigest()


def b64_sha(content: bytes | str) -> str:
    """Return SHA-256 in standard base64 without padding: 43 characters (B64 of the specification)."""
    return base64.b64encode(hashlib.sha256(_bytes(content)).digest()).decode().rstrip("=")


def hash_to_zq(text: str, q: int) -> int:
    """Return SHA-256 of the UTF-8 text as a big-endian integer modulo q (H of the specification)."""
    return mpz(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")) % q


def random_scalar(q: int, randbelow: RandBelow) -> int:
    """Draw a uniform scalar in [1, q): zero would publish what it should hide."""
    return mpz(1 + randbelow(int(q) - 1))


def random_uuid(randbelow: RandBelow, length: int = 14) -> str:
    """Draw an election identifier of base58 characters."""
    return "".join(BASE58[randbelow(58)] for _ in range(length))


def join_elements(elements: Sequence[Element]) -> str:
    """Join decimal elements with commas, as every hash of the protocol does."""
    return ",".join(map(str, elements))


def _bytes(content: bytes | str) -> bytes:
    return content.encode() if isinstance(content, str) else content


# --- parsing --------------------------------------------------------------------------------------------------------


def loads(raw: bytes, limit: int) -> Any:
    """Parse UTF-8 JSON of at most ``limit`` bytes; raise Oversize or NotJson."""
    if len(raw) > limit:
        raise Oversize(size=len(raw), limit=limit)
    try:
        return json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotJson(reason=type(error).__name__) from None


def loads_canonical(raw: bytes, limit: int) -> Any:
    """Parse JSON whose own serialisation gives the same bytes; raise NotCanonical otherwise."""
    value = loads(raw, limit)
    try:
        same = dumps(value) == raw.decode("utf-8")
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise NotCanonical(size=len(raw))
    return value


def parse_uuid(value: object) -> str:
    """Return an election identifier of 14 to 64 base58 characters; raise WrongShape."""
    if not isinstance(value, str) or not _UUID.match(value):
        raise WrongShape(field="uuid")
    return value


def fields(value: object, names: Sequence[str], where: str) -> list[Any]:
    """Return the values of an object that has exactly these fields in this order; raise WrongShape."""
    if not isinstance(value, dict) or tuple(value) != tuple(names):
        raise WrongShape(field=where, expected=",".join(names))
    return list(value.values())


def items(value: object, count: int | None, where: str) -> list[Any]:
    """Return a JSON list of exactly ``count`` items (any number when None); raise WrongShape."""
    if not isinstance(value, list) or (count is not None and len(value) != count):
        raise WrongShape(field=where, expected=count)
    return value


def text(value: object, where: str) -> str:
    """Return a JSON string; raise WrongShape."""
    if not isinstance(value, str):
        raise WrongShape(field=where, expected="string")
    return value


def small_integer(value: object, where: str) -> int:
    """Return a JSON number that is an integer >= 0; raise WrongShape."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise WrongShape(field=where, expected="integer")
    return value


def decimal_text(value: object, digits: int, where: str) -> int:
    """Return a canonical base-10 string of at most ``digits`` digits as an integer; raise as ``require_decimal``."""
    return mpz(require_decimal(value, digits, where))


def require_decimal(value: object, digits: int, where: str) -> str:
    """Return a canonical base-10 string of at most ``digits`` digits; raise WrongShape, ScalarOutOfRange or NotCanonical."""
    if not isinstance(value, str):
        raise WrongShape(field=where, expected="decimal string")
    if len(value) > digits:
        raise ScalarOutOfRange(field=where)
    if not _DECIMAL.match(value):
        raise NotCanonical(field=where)
    return value


def scalar(value: object, group: Group, where: str) -> int:
    """Return an integer in [0, q) from its canonical base-10 string; raise ScalarOutOfRange."""
    number = decimal_text(value, group.scalar_digits, where)
    if number >= group.q:
        raise ScalarOutOfRange(field=where)
    return number


def element(value: object, group: ModularGroup, where: str) -> Element:
    """Return an alleged element from its canonical base-10 string; membership is tested by the verifier, not here."""
    return decimal_text(value, group.element_digits, where)
