"""Own the addresses and integrity values of static files.

An address carries the first digits of the file's SHA-256, so that a changed file has a new address. ES modules that import each
other keep plain addresses: a module must have one identity, and its integrity value pins it instead.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256, sha384
from pathlib import Path

from flask import url_for

STATIC_ROOT = Path(__file__).resolve().parents[1] / "static"
#: An import of a module of ours: at the top, on one line or over several, or later, as ``import("./visit.js")``.
_IMPORT = re.compile(
    r"""(?:^(?:import|export)\b[^"';]*?from\s+|\bimport\()["'](\.{1,2}/[^"']+)["']""",
    re.MULTILINE,
)


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
def modules_of(entry: str) -> tuple[str, ...]:
    """List an entry module below static/ and every module it imports, dependencies first and the entry last.

    In this order each module is fetched by its own element with its integrity value before another module asks for it.
    """
    found: list[str] = []

    def follow(path: str) -> None:
        if path in found:
            return
        folder = (STATIC_ROOT / path).parent
        for name in _IMPORT.findall(_content(path).decode()):
            follow(str((folder / name).resolve().relative_to(STATIC_ROOT)))
        if path not in found:
            found.append(path)

    follow(entry)
    return tuple(found)


@cache
def _content(path: str) -> bytes:
    return (STATIC_ROOT / path).read_bytes()


@cache
def _digest(path: str) -> str:
    return sha256(_content(path)).hexdigest()[:12]
