"""Own the reads of stored files."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.db.personal_data import unseal_bytes
from app.db.session import db
from app.documents.models import StoredFile
from app.documents.thumbnails import thumbnail
from app.documents.types import FileRow, FileWithContent
from app.errors import NotFound


def public_file(file_id: int) -> FileWithContent:
    """Return a file that anyone may fetch.

    Raises: NotFound, also for a file that is not public.
    """
    row = db.session.scalar(select(StoredFile).where(StoredFile.id == file_id, StoredFile.public))
    if row is None:
        raise NotFound("file_not_found")
    return FileWithContent(_row(row), row.content)


def file_names(file_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of files by their ids, without reading the files."""
    rows = db.session.execute(select(StoredFile.id, StoredFile.name).where(StoredFile.id.in_(set(file_ids))))
    return {row.id: row.name for row in rows}


def small_picture(file_id: int) -> bytes:
    """Return a public picture as the small WebP that stands beside a name.

    Raises: NotFound, also for a file that is no picture.
    """
    found = public_file(file_id)
    if found.row.media_type != "image/jpeg":
        raise NotFound("file_not_found")
    return thumbnail(found.content)


def private_file(file_id: int) -> FileWithContent:
    """Return a sealed file, opened; the caller has checked the permission.

    Raises: NotFound.
    """
    row = db.session.scalar(select(StoredFile).where(StoredFile.id == file_id, StoredFile.public.is_(False)))
    if row is None:
        raise NotFound("file_not_found")
    return FileWithContent(_row(row), unseal_bytes(row.content, field="stored_file", owner=row.id))


def _row(row: StoredFile) -> FileRow:
    return FileRow(row.id, row.sha256, row.purpose, row.media_type, row.name, row.size, row.public, row.created_at)
