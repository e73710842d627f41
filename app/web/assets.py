"""Own the addresses and integrity values of static files.

An address carries the first digits of the file's SHA-256, so that a changed file has a new address. ES modules that import each
other keep plain addresses: a module must have one identity, and its integrity value pins it instead.
"""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256, sha384
from pathlib import Path

from flask import url_for

STATIC_ROOT = Path(__file__).parents[1] / "static"


def asset(path: str) -> str:
    """Return the hashed address of a static file, given its path below static/."""
    return url_for("static", filename=path, v=_digest(path))


def integrity(path: str) -> str:
    """Return the subresource integrity value of a static file."""
    return "sha384-" + base64.b64encode(sha384(_content(path)).digest()).decode()


@cache
def module_chain(folder: str) -> tuple[str, ...]:
    """List the ES modules of a folder below static/, in the order of their names."""
    return tuple(sorted(str(file.relative_to(STATIC_ROOT)) for file in (STATIC_ROOT / folder).glob("*.js")))


@cache
def _content(path: str) -> bytes:
    return (STATIC_ROOT / path).read_bytes()


@cache
def _digest(path: str) -> str:
    return sha256(_content(path)).hexdigest()[:12]
