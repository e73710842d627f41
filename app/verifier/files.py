"""Own the reading of a record package's files from a folder or a zip file, within limits and without following links.

A hostile package may be a zip bomb, name files outside itself, or be a link: each ends in ``NotAPackage`` before any
of its content is believed. Nothing is ever written to disk.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from app.verifier.errors import NotAPackage

MANIFEST = "manifest.json"
MAX_FILES = 4_000
MAX_FILE_BYTES = 1 << 30
MAX_TOTAL_BYTES = 3 << 30
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def read_files(path: Path) -> dict[str, bytes]:
    """Return every file of a package by its name inside the package.

    :raises NotAPackage: nothing there, neither folder nor zip, no manifest, a limit passed, a link or an odd name
    """
    if path.is_symlink() or not path.exists():
        raise NotAPackage(path=str(path), reason="missing" if not path.is_symlink() else "link")
    files = _read_folder(path) if path.is_dir() else _read_zip(path)
    if MANIFEST not in files:
        raise NotAPackage(path=str(path), reason="no_manifest")
    return files


def _read_folder(root: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            raise NotAPackage(path=str(path), reason="link")
        if path.is_dir() or path.name.startswith("."):
            continue
        if not path.is_file():
            raise NotAPackage(path=str(path), reason="special_file")
        total = _require_room(name, path.stat().st_size, total, len(files))
        files[name] = _read(path)
    return files


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotAPackage(path=str(path), reason="unreadable") from error


def _read_zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return _strip_top_folder(_read_members(archive))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotAPackage(path=str(path), reason="not_a_folder_or_zip") from error


def _read_members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for info in archive.infolist():
        if info.is_dir():
            continue
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise NotAPackage(name=info.filename, reason="link")
        if info.filename in files:
            raise NotAPackage(name=info.filename, reason="twice_in_zip")
        total = _require_room(info.filename, info.file_size, total, len(files))
        with archive.open(info) as member:
            # The size in the header may lie, so no more than it promises is ever unpacked.
            content = member.read(info.file_size + 1)
        if len(content) != info.file_size:
            raise NotAPackage(name=info.filename, reason="size_lies")
        files[info.filename] = content
    return files


def _require_room(name: str, size: int, total: int, count: int) -> int:
    if not _NAME.fullmatch(name) or ".." in PurePosixPath(name).parts:
        raise NotAPackage(name=name, reason="odd_name")
    if size > MAX_FILE_BYTES or total + size > MAX_TOTAL_BYTES or count >= MAX_FILES:
        raise NotAPackage(name=name, reason="too_large")
    return total + size


def _strip_top_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Accept a package zipped together with the folder it lies in."""
    if MANIFEST in files:
        return files
    tops = {name.partition("/")[0] for name in files}
    if len(tops) == 1:
        prefix = tops.pop() + "/"
        return {name.removeprefix(prefix): content for name, content in files.items()}
    return files
