"""Own the record package: its layout, its manifest, writing it with deterministic bytes, and reading it.

Source: app/verifier/README.md "The record package". Writers pass plain bytes, so the web application can build a package
from rows of its database; :func:`package_files` is the one place that decides what lies where.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from app.crypto.encoding import parse_uuid
from app.errors import Malformed
from app.verifier import shapes
from app.verifier.canonical import canonical_json, parse_canonical
from app.verifier.errors import MalformedPart, NotAPackage
from app.verifier.files import MANIFEST as MANIFEST
from app.verifier.files import read_files
from app.verifier.readme import readme_text

FORMAT = "yeyi-record/1"
ROLL, RESULT, README, PAPER = "roll.json", "result.json", "README.txt", "paper.json"
LEAVES, CHECKPOINT, KEY = "board/leaves.jsonl", "board/checkpoint.txt", "board/key.txt"
HINTS, ENROLMENT_HINTS = "hints/commitments.bin", "hints/enrolments.bin"
_LENGTH_BYTES = 4


@dataclass(frozen=True)
class RecordParts:
    """Hold everything a record package is written from, as plain bytes.

    ``leaves`` are the RFC 8785 bytes of every leaf of the complex up to the checkpoint, in order; ``hints`` are the
    kept commitments in the order of the box, empty where none was kept; ``enrolment_hints`` are those of the enrolments
    (``possession.enrolment_hints``) in the order of their leaves; ``key`` is the log's vkey.
    """

    uuid: str
    complex: str
    area: bytes
    heads: bytes
    roll: bytes
    leaves: Sequence[bytes]
    checkpoint: bytes
    key: str
    result: bytes
    hints: Sequence[bytes] = ()
    enrolment_hints: Sequence[bytes] = ()


@dataclass(frozen=True)
class ManifestEntry:
    """Hold one line of the manifest: name, length in bytes, SHA-256 in hexadecimal."""

    name: str
    length: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Hold what a package says of itself."""

    format: str
    election: str
    complex: str
    software: str
    entries: tuple[ManifestEntry, ...]

    def to_bytes(self) -> bytes:
        """Write the RFC 8785 bytes."""
        files = [{"name": each.name, "bytes": each.length, "sha256": each.sha256} for each in self.entries]
        value = {"format": self.format, "election": self.election, "complex": self.complex, "software": self.software}
        return canonical_json({**value, "files": files})

    @classmethod
    def parse(cls, raw: bytes) -> Manifest:
        """Read a manifest.

        :raises MalformedPart: another form
        """
        names = {"format", "election", "complex", "software", "files"}
        row = shapes.keys(parse_canonical(raw, MANIFEST), names, MANIFEST)
        try:
            uuid = parse_uuid(row["election"])
        except Malformed as error:
            raise MalformedPart(where=MANIFEST, reason="election") from error
        return cls(
            shapes.text(row["format"], "format"),
            uuid,
            shapes.text(row["complex"], "complex"),
            shapes.text(row["software"], "software"),
            shapes.listed(row["files"], "files", _entry),
        )


@dataclass(frozen=True)
class RecordPackage:
    """Hold a package as read: its manifest and its files by name; nothing is verified yet."""

    manifest: Manifest
    files: Mapping[str, bytes]


def archive_name(kind: str, uuid: str) -> str:
    """Return where the archive of a weight map (``area`` or ``heads``) lies."""
    return f"{kind}/{uuid}.bel"


def package_files(parts: RecordParts) -> dict[str, bytes]:
    """Return every file of the package by name, manifest included; the same parts always give the same bytes."""
    files = {
        archive_name("area", parts.uuid): parts.area,
        archive_name("heads", parts.uuid): parts.heads,
        ROLL: parts.roll,
        LEAVES: b"".join(leaf + b"\n" for leaf in parts.leaves),
        CHECKPOINT: parts.checkpoint,
        KEY: parts.key.encode() + b"\n",
        RESULT: parts.result,
        README: readme_text(parts.uuid, parts.complex).encode(),
    }
    if parts.hints:
        files[HINTS] = encode_hints(parts.hints)
    if parts.enrolment_hints:
        files[ENROLMENT_HINTS] = encode_hints(parts.enrolment_hints)
    return with_manifest(files, parts.uuid, parts.complex)


def with_manifest(files: Mapping[str, bytes], uuid: str, complex_slug: str) -> dict[str, bytes]:
    """Return the files, sorted, with a manifest over all of them."""
    names = sorted(name for name in files if name != MANIFEST)
    entries = (ManifestEntry(name, len(files[name]), sha256(files[name]).hexdigest()) for name in names)
    manifest = Manifest(FORMAT, uuid, complex_slug, f"yeyi {metadata.version('yeyi')}", tuple(entries))
    return {MANIFEST: manifest.to_bytes(), **{name: files[name] for name in names}}


def write_package(out: Path, parts: RecordParts) -> Path:
    """Write the package as a folder (made if missing) and return it."""
    return write_files(out, package_files(parts))


def write_files(out: Path, files: Mapping[str, bytes]) -> Path:
    """Write files by name below a folder and return it."""
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return out


def zip_package(parts: RecordParts) -> bytes:
    """Return the package as a zip file with fixed times and order, so that two downloads are the same bytes."""
    return zip_files(package_files(parts))


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return files by name as a zip file with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            info.create_system = 3
            archive.writestr(info, content)
    return buffer.getvalue()


def read_package(path: Path) -> RecordPackage:
    """Read a package from a folder or a zip file.

    :raises NotAPackage: there is none, or its manifest is not one
    """
    files = read_files(path)
    try:
        manifest = Manifest.parse(files[MANIFEST])
    except MalformedPart as error:
        raise NotAPackage(path=str(path), reason="manifest", cause=str(error)) from error
    return RecordPackage(manifest, files)


def encode_hints(hints: Iterable[bytes]) -> bytes:
    """Join the kept commitments of all ballots, or of all enrolments, each behind its length in four bytes, big-endian."""
    return b"".join(len(each).to_bytes(_LENGTH_BYTES, "big") + each for each in hints)


def decode_hints(raw: bytes) -> list[memoryview]:
    """Split what ``encode_hints`` joined, without copying it.

    :raises MalformedPart: the lengths do not fit
    """
    hints: list[memoryview] = []
    view, at = memoryview(raw), 0
    while at < len(raw):
        length = int.from_bytes(raw[at : at + _LENGTH_BYTES], "big")
        at += _LENGTH_BYTES
        if at + length > len(raw):
            raise MalformedPart(where=HINTS, reason="length")
        hints.append(view[at : at + length])
        at += length
    return hints


def split_leaves(raw: bytes) -> list[bytes]:
    """Return the leaves of ``board/leaves.jsonl``.

    :raises MalformedPart: the last line does not end, or a line is empty
    """
    if not raw:
        return []
    lines = raw.split(b"\n")
    if lines.pop() != b"" or not all(lines):
        raise MalformedPart(where=LEAVES, reason="lines")
    return lines


def _entry(value: Any, where: str) -> ManifestEntry:
    row = shapes.keys(value, {"name", "bytes", "sha256"}, where)
    name, digest = shapes.text(row["name"], where), shapes.sha256_text(row["sha256"], where)
    return ManifestEntry(name, shapes.whole(row["bytes"], where), digest)
