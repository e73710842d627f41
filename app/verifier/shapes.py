"""Own the reading of typed values from parsed JSON, turning every surprise into ``MalformedPart``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app.errors import Malformed
from app.values import Area
from app.verifier.errors import MalformedPart

Value = TypeVar("Value")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def keys(value: Any, required: set[str], where: str, optional: frozenset[str] = frozenset()) -> Mapping[str, Any]:
    """Return the object when it has exactly the required keys and at most the optional ones."""
    if not isinstance(value, dict):
        raise MalformedPart(where=where, reason="not_an_object")
    got = set(value)
    if not required <= got <= required | optional:
        missing, unknown = sorted(required - got), sorted(got - required - optional)
        raise MalformedPart(where=where, reason="keys", missing=missing, unknown=unknown)
    return value


def text(value: Any, where: str) -> str:
    """Return a JSON string."""
    if not isinstance(value, str):
        raise MalformedPart(where=where, reason="not_a_string")
    return value


def whole(value: Any, where: str, least: int = 0) -> int:
    """Return a JSON integer of at least ``least``."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise MalformedPart(where=where, reason="not_an_integer", got=repr(value)[:40])
    return value


def sha256_text(value: Any, where: str) -> str:
    """Return a SHA-256 as 64 lower-case hexadecimal digits."""
    if not _SHA256.fullmatch(text(value, where)):
        raise MalformedPart(where=where, reason="not_a_sha256")
    return str(value)


def area(value: Any, where: str) -> Area:
    """Return an area from its decimal string in square metres."""
    try:
        return Area.parse(text(value, where))
    except Malformed as error:
        raise MalformedPart(where=where, reason="not_an_area", got=repr(value)[:40]) from error


def listed(value: Any, where: str, read: Callable[[Any, str], Value]) -> tuple[Value, ...]:
    """Return a JSON list with every item read by ``read``."""
    if not isinstance(value, list):
        raise MalformedPart(where=where, reason="not_a_list")
    return tuple(read(item, f"{where}[{at}]") for at, item in enumerate(value))
