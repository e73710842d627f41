"""Propose what the own rules change: the first person copies page and sentence from the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.audit.services.record_event import record_event
from app.db.session import current_tenant_id, db
from app.documents.queries import public_file
from app.documents.services.store_file import store_material
from app.rulebook.errors import ChangeRefused
from app.rulebook.models import RuleChange
from app.rulebook.queries import before_first_assembly
from app.statute.own_rules import Basis, Change, content_refusal


@dataclass(frozen=True, slots=True)
class Clause:
    """Hold what is typed of a clause: the value it fixes and where it stands."""

    key: str
    value: str
    basis: Basis
    page: int
    sentence: str
    #: A document stored before; None where ``upload`` or nothing is given.
    file_id: int | None = None
    #: Bytes of a new document with its name.
    upload: tuple[str, bytes] | None = None


def propose_change(clause: Clause, *, at: datetime, account: int) -> int:
    """Record the proposal and return its id; it comes into force when a second person confirms it.

    Raises: ChangeRefused, NotFound for a file that is not there, or what the storing of a document refuses.
    """
    change = Change(clause.key, clause.value, clause.basis, clause.page, " ".join(clause.sentence.split()), ())
    refusal = content_refusal(change, before_first_assembly=before_first_assembly())
    if refusal is not None:
        raise ChangeRefused(refusal)
    row = RuleChange(
        tenant_id=current_tenant_id(),
        key=change.key,
        value=change.value,
        basis=change.basis.value,
        page=change.page,
        sentence=change.sentence,
        file_id=_document(clause, at, account),
        proposed_by=account,
        proposed_at=at,
    )
    db.session.add(row)
    db.session.flush()
    record_event("rulebook:change:propose", at=at, account=account, tenant=row.tenant_id, change=row.id)
    return row.id


def _document(clause: Clause, at: datetime, account: int) -> int | None:
    if clause.upload is not None:
        name, content = clause.upload
        return store_material(content, name=name, at=at, account=account).id
    return None if clause.file_id is None else public_file(clause.file_id).row.id
