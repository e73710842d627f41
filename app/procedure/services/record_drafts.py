"""Record whether the rules of procedure and the covenant change, with the drafts that go to the vote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.procedure.preparation_errors import DraftMissing
from app.procedure.queries import get_dossier
from app.procedure.services.keep_paper import keep_upload
from app.procedure.services.record_fact import record_fact
from app.tenancy.types import ComplexRow

#: Text to the code under which its draft is kept, and the name of the file.
DRAFT_CODES = {"rules": ("RULES_DRAFT", "议事规则草案"), "covenant": ("COVENANT_DRAFT", "管理规约草案")}


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold what becomes of one text."""

    #: ``rules`` or ``covenant``.
    text: str
    #: Whether a draft goes to the vote; otherwise the present text stays.
    is_drafted: bool
    #: Bytes of the draft; None keeps the one given before.
    content: bytes | None = field(default=None, repr=False)


def record_drafts(place: ComplexRow, code: str, drafts: Iterable[Draft], *, at: datetime, account: int) -> None:
    """Keep the drafts that were given and record the step with what becomes of each text.

    Raises: DraftMissing, FileTooLarge, NotAMaterial, and as ``record_fact``.
    """
    details = {}
    for draft in drafts:
        paper, name = DRAFT_CODES[draft.text]
        if draft.is_drafted and draft.content is not None:
            keep_upload(place, code, paper, draft.content, name=name, at=at, account=account)
        elif draft.is_drafted and get_dossier(code).latest_paper(paper) is None:
            raise DraftMissing()
        details[draft.text] = "drafted" if draft.is_drafted else "unchanged"
    record_fact(place, code, "drafts", details=details, at=at, account=account)
