"""Take a role back from an account; nobody takes the administration from himself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.access.roles import Role
from app.audit.services.record_event import record_event
from app.db.session import db
from app.errors import NotFound, RuleBroken
from app.identity.models import RoleGrant


class OwnAdministration(RuleBroken):
    """Say that an administrator cannot lock himself out."""

    code = "own_administration"


def take_back_role(account_id: int, grant_id: int, *, at: datetime, by: int) -> None:
    """Take one role back; what it allowed ends with the next request.

    Raises: NotFound, also for another account's grant, OwnAdministration.
    """
    row = db.session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.account_id == account_id))
    if row is None:
        raise NotFound("grant_not_found")
    if account_id == by and row.role == Role.PLATFORM_ADMIN:
        raise OwnAdministration()
    db.session.delete(row)
    db.session.flush()
    record_event("identity:role:taken_back", at=at, account=by, holder=account_id, role=row.role, scope_id=row.scope_id)
