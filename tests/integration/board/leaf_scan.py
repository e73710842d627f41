"""Own the search for persons in the public record: any test may hand over its leaves with what must not be in them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any


def personal_data_in(leaves: Iterable[bytes], persons: Iterable[str]) -> list[str]:
    """List each of the given names, numbers and rooms that stands in a leaf, as ``type: value``.

    Digits count only as a whole number, since a group element contains any short one somewhere; spaces, dashes and
    full-width forms hide nothing.
    """
    wanted = {value for value in persons if value}
    found = []
    for leaf in leaves:
        body = json.loads(leaf)
        texts = [_plain(text) for text in _texts(body)]
        found += [
            f"{body['type']}: {value}" for value in sorted(wanted) if any(_stands_in(_plain(value), text) for text in texts)
        ]
    return found


def _stands_in(value: str, text: str) -> bool:
    return (
        re.search(rf"(?<![0-9A-Za-z]){re.escape(value)}(?![0-9A-Za-z])" if value.isascii() else re.escape(value), text)
        is not None
    )


def _plain(text: str) -> str:
    return re.sub(r"[\s\-·.]", "", unicodedata.normalize("NFKC", text)).casefold()


def _texts(value: Any) -> Iterator[str]:
    """Walk every key and value of a JSON body as text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)
