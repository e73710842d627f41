"""Record that a paper hangs at a place: a photo taken before the board, with the server's time, on the public record.

The photo itself stays sealed, because it may show what only the residents may read; the record binds its digest.
"""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import db
from app.documents.services.store_file import store_scene
from app.procedure.models import Posting
from app.procedure.nominating import eligible
from app.procedure.objecting import posted_on
from app.procedure.preparation_errors import NominationsUndecided, NothingToPost, PaperUnknown, PostingPlaceUnknown
from app.procedure.preparation_queries import posting_places
from app.procedure.queries import get_dossier
from app.procedure.services.running_procedure import running_procedure
from app.procedure.spine import spine_of
from app.procedure.types import Dossier, NominationState, Side
from app.tenancy.types import ComplexRow


def record_posting(place: ComplexRow, code: str, paper: str, where: str, photo: bytes, *, at: datetime, account: int) -> int:
    """Keep the photo and the place, and write the leaf ``posting``; return the id of the posting.

    Raises: ProcedureNotFound, ProcedureNotRunning, PaperUnknown, PostingPlaceUnknown, NothingToPost, NominationsUndecided,
    FileEmpty, FileTooLarge, NotAPhoto.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    if paper not in {each for step in spine_of(dossier.procedure.kind) for each in step.papers}:
        raise PaperUnknown(paper=paper)
    if where not in posting_places():
        raise PostingPlaceUnknown()
    _check_list(dossier, paper)
    is_new_group = paper == "GROUP" and posted_on(dossier, "group") is None
    file = store_scene(photo, name=f"张贴照片 {paper}", at=at, account=account)
    row = Posting(procedure_id=procedure.id, paper=paper, place=where, photo_id=file.id, posted_by=account, posted_at=at)
    db.session.add(row)
    db.session.flush()
    if is_new_group:
        owners = sum(1 for member in dossier.group if member.side is Side.OWNER)
        append_entry("group_posted", {"procedure": code, "members": len(dossier.group), "owners": owners}, at=at)
    append_entry("posting", {"procedure": code, "paper": paper, "place": where, "photo": file.sha256}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:paper:posted", at=at, account=account, tenant=place.id, procedure=code, paper=paper)
    return row.id


def _check_list(dossier: Dossier, paper: str) -> None:
    if (paper == "GROUP" and not dossier.group) or (paper == "N4" and not eligible(dossier)):
        raise NothingToPost()
    if paper == "N4" and any(row.state is NominationState.PROPOSED for row in dossier.nominations):
        raise NominationsUndecided()
