"""Own the look inside an ``.xlsx`` package before it is read: bombs, entities, extents, formulas and hidden rows.

The reader allocates a sheet's used range as one rectangle, so one stray cell in the last corner would cost gigabytes;
the extent is therefore taken from the cell names first. Formulas are reported and never computed.
Source: ECMA-376 part 1, 18.3.1.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from app.roll.errors import RollFileRefused
from app.roll.reading import formats, limits

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Any name of a cell or row, wherever it stands: a stricter pattern could be evaded.
_PLACE_NAME = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_FORMULA_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s>/]""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\br=["']([0-9]{1,7})["']""")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


#: What the standard library raises for a package that is not whole; RuntimeError is its word for a locked part.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    LookupError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Hold what the reader does not tell about a sheet."""

    hidden_rows: frozenset[int]
    formulas: Mapping[int, tuple[str, ...]]


def inspect_package(data: bytes) -> dict[str, SheetMarks]:
    """Check a package and return the marks of its sheets by sheet name; raises RollFileRefused for a dangerous one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_harmless(archive)
            return {name: _inspect_sheet(name, archive.read(part)) for name, part in _sheet_parts(archive).items()}
    except _UNREADABLE as error:
        if "password" in str(error):
            raise formats.password_protected() from error
        raise formats.damaged() from error


def _require_harmless(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len({part.filename for part in parts}) != len(parts):
        # Two readers may take different ones of two parts with the same name.
        raise formats.damaged()
    total = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > limits.RATIO_APPLIES_FROM_BYTES
        and part.file_size > limits.MAX_PACKING_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if total > limits.MAX_UNPACKED_BYTES or dense or len(parts) > limits.MAX_PARTS:
        raise RollFileRefused(
            "file_is_bomb",
            "文件解压后大得不正常，为安全起见没有读取；请把名册复制到一个新的表格文件再上传。",
            "The file unpacks to an abnormal size and was not read; copy the roll into a new spreadsheet file.",
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            # The announced size may lie: never read more than it, so that a lie ends as a damaged file.
            with archive.open(part) as stream:
                content = stream.read(part.file_size + 1)
            # Markup in UTF-16 would slip past the patterns below; no office program writes it.
            if len(content) > part.file_size or b"\x00" in content:
                raise formats.damaged()
            if _ENTITY.search(content):
                raise RollFileRefused(
                    "file_has_entities",
                    "文件里含有不安全的 XML 实体，没有读取；请另存为新的 .xlsx 再上传。",
                    "The file contains unsafe XML entities and was not read; save it as a new .xlsx.",
                )


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map sheet names to the parts that hold them."""
    # Entities were refused above, and nothing else in these two small parts can do harm.
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    parts: dict[str, str] = {}
    for sheet in workbook.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        target = targets.get(sheet.get(_REL_ID), "")
        parts[sheet.get("name", "")] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        )
    return parts


def _inspect_sheet(name: str, content: bytes) -> SheetMarks:
    columns: set[bytes] = set()
    last_row = 0
    for found in _PLACE_NAME.finditer(content):
        columns.add(found[1])
        row = int(found[2])
        if row > last_row:
            last_row = row
    limits.require_extent(name, last_row, max(map(_column_number, columns), default=0))
    formulas: dict[int, list[str]] = defaultdict(list)
    if b"<f" in content or b":f" in content:
        for found in _FORMULA_CELL.finditer(content):
            formulas[int(found[2])].append(found[1].decode())
    hidden = frozenset(int(found[1]) for found in _HIDDEN_ROW.finditer(content)) if b"hidden=" in content else frozenset()
    return SheetMarks(hidden, {row: tuple(letters) for row, letters in formulas.items()})


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
