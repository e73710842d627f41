"""Keep a paper of a procedure for its record and its filing: one we printed, or one that was signed and uploaded."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.db.session import db
from app.documents.errors import NotAPdf
from app.documents.printing import count_pages
from app.documents.services.store_file import store_material
from app.procedure.models import KeptPaper
from app.procedure.services.running_procedure import locked_procedure
from app.tenancy.types import ComplexRow


def keep_upload(
    place: ComplexRow, code: str, paper: str, content: bytes, *, name: str, at: datetime, account: int | None
) -> int:
    """Store a PDF or a photo sealed as the newest paper of its code; return the id of the paper.

    Raises: ProcedureNotFound, FileEmpty, FileTooLarge, NotAMaterial.
    """
    procedure = locked_procedure(code)
    file = store_material(content, name=name, at=at, account=account, public=False)
    row = KeptPaper(procedure_id=procedure.id, code=paper, file_id=file.id, pages=_pages(content), kept_by=account, kept_at=at)
    db.session.add(row)
    db.session.flush()
    record_event("procedure:paper:keep", at=at, account=account, tenant=place.id, procedure=procedure.id, paper=paper)
    return row.id


def _pages(content: bytes) -> int | None:
    """Count the pages of a PDF; a photo has none, and a PDF that others can open and we cannot count has none known."""
    try:
        return count_pages(content)
    except NotAPdf:
        return None
