"""Set up a draft and change its basics: kind, title, window."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.audit.services.record_event import record_event
from app.crypto.encoding import random_uuid
from app.db.session import current_tenant_id, db
from app.elections.models import Election
from app.elections.readiness import TITLE_LIMIT
from app.elections.services.load_election import locked_draft
from app.elections.services.texts import checked_text
from app.elections.types import ElectionKind, ElectionState, complete_policies
from app.rulebook.queries import overlay_in_force
from app.statute.rule_pack import DEFAULT_RULE_PACK


@dataclass(frozen=True, slots=True)
class Basics:
    """Hold what the first part of the set-up page asks for; the window is checked when it is announced."""

    kind: ElectionKind
    title: str
    opens_at: datetime
    closes_at: datetime


def create_draft(basics: Basics, *, at: datetime, account: int, procedure_code: str = "", scope: Sequence[str] = ()) -> str:
    """Make a draft with the policies that hold in the complex, by its own rules or by default, and return its uuid.

    ``procedure_code`` names the procedure that leads to it, ``scope`` the buildings that decide, empty for the whole complex.
    Raises: TextTooLong.
    """
    row = Election(
        tenant_id=current_tenant_id(),
        uuid=random_uuid(secrets.randbelow),
        kind=basics.kind.value,
        title=checked_text(basics.title, TITLE_LIMIT),
        state=ElectionState.DRAFT.value,
        opens_at=basics.opens_at,
        closes_at=basics.closes_at,
        policies=dict(complete_policies(overlay_in_force().policies)),
        rule_pack=DEFAULT_RULE_PACK,
        procedure_code=procedure_code,
        scope=list(scope),
        created_by=account,
        created_at=at,
    )
    db.session.add(row)
    db.session.flush()
    record_event("elections:draft:create", at=at, account=account, tenant=row.tenant_id, election=row.id)
    return row.uuid


def change_basics(uuid: str, basics: Basics) -> None:
    """Change kind, title and window of a draft.

    Raises: ElectionNotFound, ElectionFrozen, TextTooLong.
    """
    row = locked_draft(uuid)
    row.kind = basics.kind.value
    row.title = checked_text(basics.title, TITLE_LIMIT)
    row.opens_at = basics.opens_at
    row.closes_at = basics.closes_at
