"""Own canonical JSON (RFC 8785) for the parts of the record that are hashed as text: roll, leaves, result, manifest."""

from __future__ import annotations

import json
from typing import Any

import rfc8785

from app.verifier.errors import MalformedPart


def canonical_json(value: Any) -> bytes:
    """Serialise by RFC 8785: sorted keys, no spaces, UTF-8."""
    return rfc8785.dumps(value)


def parse_canonical(raw: bytes, where: str) -> dict[str, Any]:
    """Read an RFC 8785 object.

    :raises MalformedPart: not JSON, not an object, or other bytes than its canonical form
    """
    try:
        value = json.loads(raw.decode("utf-8"))
        same = rfc8785.dumps(value) == raw
    except (ValueError, RecursionError, TypeError, rfc8785.CanonicalizationError) as error:
        raise MalformedPart(where=where, reason="not_json") from error
    if not isinstance(value, dict):
        raise MalformedPart(where=where, reason="not_an_object")
    if not same:
        raise MalformedPart(where=where, reason="not_canonical")
    return value
