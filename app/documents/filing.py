"""Own the pack that is filed: one zip in the order of the check list, its contents page first, what is missing named in it.

The same papers make the same bytes: entries have one fixed time and stand in one order.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from app.documents.errors import NotAPdf
from app.documents.papers.base import Imprint
from app.documents.papers.filing import ContentsLine, FilingContents
from app.documents.printing import count_pages, render

CONTENTS_NAME = "00 目录.pdf"
SUMS_NAME = "SHA256SUMS.txt"
#: The earliest time a zip can hold; a file's own time would make every pack different.
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 60
_UNREADABLE = "页数无法读出，请打开文件核对"


@dataclass(frozen=True, slots=True)
class PackEntry:
    """Hold one entry of the check list: a PDF, a JPEG photo, or nothing where the paper is missing."""

    title: str
    content: bytes | None = field(repr=False)
    #: Told in the contents, as why it is missing and who brings it.
    note: str = ""


@dataclass(frozen=True, slots=True)
class FilingPack:
    """Hold a made pack."""

    #: The zip.
    content: bytes = field(repr=False)
    contents: FilingContents
    contents_pdf: bytes = field(repr=False)
    #: Pages of all papers with the contents; papers whose pages cannot be read are not in it.
    pages: int


def build_pack(entries: Sequence[PackEntry], *, imprint: Imprint, subject: str, addressee: str) -> FilingPack:
    """Make the pack of a filing; ``entries`` stand in the order of the check list."""
    named = [(_file_name(number, entry), entry) for number, entry in enumerate(entries, start=1)]
    pages = [_pages(entry) for entry in entries]
    contents, contents_pdf, own_pages = _contents(named, pages, imprint, subject, addressee)
    files = [(CONTENTS_NAME, contents_pdf)]
    files += [(name, entry.content) for name, entry in named if entry.content is not None]
    files.append((SUMS_NAME, _sums(files)))
    total = own_pages + sum(count or 0 for count in pages)
    return FilingPack(_zip(files), contents, contents_pdf, total)


def _contents(
    named: Sequence[tuple[str, PackEntry]], pages: Sequence[int | None], imprint: Imprint, subject: str, addressee: str
) -> tuple[FilingContents, bytes, int]:
    """Typeset the contents until the page it says the first paper starts on is the page after its own last one."""
    own_pages = 1
    while True:
        lines = _lines(named, pages, own_pages + 1)
        contents = FilingContents(imprint=imprint, subject=subject, addressee=addressee, lines=lines)
        made = render(contents)
        counted = count_pages(made)
        if counted <= own_pages:
            return contents, made, own_pages
        own_pages = counted


def _lines(named: Sequence[tuple[str, PackEntry]], pages: Sequence[int | None], first: int) -> tuple[ContentsLine, ...]:
    """Return the lines of the contents; after a paper whose pages cannot be read no first page is known."""
    lines: list[ContentsLine] = []
    at: int | None = first
    for (name, entry), count in zip(named, pages, strict=True):
        if entry.content is None:
            lines.append(ContentsLine(entry.title, note=entry.note))
            continue
        note = entry.note if count is not None else "；".join(filter(None, (entry.note, _UNREADABLE)))
        lines.append(ContentsLine(entry.title, name, count, at, sha256(entry.content).hexdigest(), note))
        at = None if at is None or count is None else at + count
    return tuple(lines)


def _pages(entry: PackEntry) -> int | None:
    """Count the pages of an entry; a photo is one; None where there is nothing or nothing that can be read."""
    if entry.content is None:
        return None
    if _is_photo(entry.content):
        return 1
    try:
        return count_pages(entry.content)
    except NotAPdf:
        return None


def _is_photo(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def _file_name(number: int, entry: PackEntry) -> str:
    """Return a name that every system can write: number, title without what paths or shells read, kind."""
    title = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]+", " ", entry.title)
    title = " ".join(title.split()).strip(". ")[:_LONGEST_NAME] or "材料"
    kind = "jpg" if entry.content is not None and _is_photo(entry.content) else "pdf"
    return f"{number:02d} {title}.{kind}"


def _sums(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Write the digests in the form that ``sha256sum --check`` reads."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files).encode()


def _zip(files: Sequence[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            pack.writestr(entry, content)
    return made.getvalue()
