"""Give a procedure the short name from which the codes printed on its papers are made."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from app.db.session import current_tenant_id, db
from app.documents.papers.base import CODE_ALPHABET
from app.procedure.models import ShortLink

_LENGTH = 5


def give_short_name(code: str) -> str:
    """Draw a name that no procedure of any complex has, and keep it for the procedure with this public code."""
    name = _draw()
    while db.session.scalar(select(ShortLink.id).where(ShortLink.name == name)) is not None:
        name = _draw()
    db.session.add(ShortLink(name=name, complex_id=current_tenant_id(), procedure_code=code))
    db.session.flush()
    return name


def _draw() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(_LENGTH))
