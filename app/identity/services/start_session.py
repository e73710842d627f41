"""Start and end sign-in sessions; only the hash of a token is stored."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update

from app.audit.services.record_event import record_event
from app.db.session import db
from app.errors import NotFound
from app.identity.models import SignInSession


def start_session(account_id: int, *, device: str, lifetime: timedelta, at: datetime) -> str:
    """Start a session and return its token, which is shown to nobody but the browser."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            account_id=account_id,
            token_hash=sha256(token.encode()).digest(),
            device=device[:120],
            created_at=at,
            expires_at=at + lifetime,
        )
    )
    db.session.flush()
    return token


def end_session(account_id: int, session_id: int, *, at: datetime) -> None:
    """End one session of an account.

    Raises: NotFound, also for another account's session.
    """
    row = db.session.scalar(select(SignInSession).where(SignInSession.id == session_id, SignInSession.account_id == account_id))
    if row is None:
        raise NotFound("session_not_found")
    row.revoked_at = row.revoked_at or at
    record_event("identity:session:ended", at=at, account=account_id)


def end_other_sessions(account_id: int, kept_session_id: int, *, at: datetime) -> None:
    """End every session of an account but one."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.id != kept_session_id, SignInSession.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    record_event("identity:session:ended_others", at=at, account=account_id)
