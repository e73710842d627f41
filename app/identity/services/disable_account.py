"""Disable a staff account with all its sessions, and enable it again; its history stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from app.audit.services.record_event import record_event
from app.db.session import db
from app.errors import NotFound
from app.identity.models import Account, SignInSession
from app.identity.services.take_back_role import OwnAdministration


def disable_account(account_id: int, *, at: datetime, by: int) -> None:
    """Disable a staff account and end its sessions; doing it again changes nothing.

    Raises: NotFound, OwnAdministration.
    """
    if account_id == by:
        raise OwnAdministration()
    account = _staff(account_id)
    if account.disabled_at is not None:
        return
    account.disabled_at = at
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    record_event("identity:account:disabled", at=at, account=by, holder=account_id)


def enable_account(account_id: int, *, at: datetime, by: int) -> None:
    """Let a disabled staff account sign in again; its ended sessions stay ended.

    Raises: NotFound.
    """
    account = _staff(account_id)
    if account.disabled_at is None:
        return
    account.disabled_at = None
    record_event("identity:account:enabled", at=at, account=by, holder=account_id)


def _staff(account_id: int) -> Account:
    account = db.session.scalar(select(Account).where(Account.id == account_id, Account.is_staff))
    if account is None:
        raise NotFound("account_not_found")
    return account
