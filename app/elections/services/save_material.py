"""Add and remove the papers of a matter of a draft."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.session import db
from app.documents.services.store_file import store_material
from app.elections.errors import ElectionPartNotFound
from app.elections.models import MatterMaterial
from app.elections.readiness import TITLE_LIMIT
from app.elections.services.load_election import locked_draft
from app.elections.services.save_matter import matter_of_draft
from app.elections.services.texts import checked_text


def add_material(uuid: str, matter_id: int, title: str, content: bytes, *, at: datetime, account: int) -> int:
    """Add a PDF or a photo to a matter; return its id.

    Raises: ElectionNotFound, ElectionFrozen, ElectionPartNotFound, TextTooLong, FileEmpty, FileTooLarge, NotAMaterial.
    """
    matter = matter_of_draft(locked_draft(uuid), matter_id)
    title = checked_text(title, TITLE_LIMIT)
    file = store_material(content, name=title, at=at, account=account)
    row = MatterMaterial(matter_id=matter.id, file_id=file.id, title=title)
    db.session.add(row)
    db.session.flush()
    return row.id


def remove_material(uuid: str, material_id: int) -> None:
    """Remove a paper from its matter; the file itself is kept under its digest.

    Raises: ElectionNotFound, ElectionFrozen, ElectionPartNotFound.
    """
    election = locked_draft(uuid)
    row = db.session.scalar(select(MatterMaterial).where(MatterMaterial.id == material_id))
    if row is None:
        raise ElectionPartNotFound(material=material_id)
    matter_of_draft(election, row.matter_id)
    db.session.delete(row)
    db.session.flush()
