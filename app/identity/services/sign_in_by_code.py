"""Sign an owner in by the code sent to the telephone; the account is made at the first time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.session import db
from app.identity.models import OneTimeCode
from app.identity.services.owner_account import owner_account
from app.identity.services.send_code import MAXIMUM_TRIES, phone_index, same_code
from app.identity.services.start_session import start_session

OWNER_SESSION = timedelta(days=30)


class CodeOutcome(StrEnum):
    """Name what became of a code that was typed."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    EXPIRED = "expired"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True, slots=True)
class CodeSignIn:
    """Hold the outcome and, when accepted, the token of the new session."""

    outcome: CodeOutcome
    token: str = field(default="", repr=False)
    account_id: int = 0


def sign_in_by_code(phone: str, code: str, *, device: str, at: datetime) -> CodeSignIn:
    """Check the newest code of a normalised number and start a session when it is right.

    A wrong code is an outcome, not an error, so that the try stays counted.
    """
    index = phone_index(phone)
    query = select(OneTimeCode).where(OneTimeCode.phone_index == index, OneTimeCode.used_at.is_(None))
    kept = db.session.scalar(query.order_by(OneTimeCode.created_at.desc()).limit(1).with_for_update())
    if kept is None or kept.expires_at <= at:
        return CodeSignIn(CodeOutcome.EXPIRED)
    kept.tries += 1
    if kept.tries > MAXIMUM_TRIES:
        kept.used_at = at
        return CodeSignIn(CodeOutcome.TOO_MANY_TRIES)
    if not same_code(kept.code_hash, index, code):
        return CodeSignIn(CodeOutcome.WRONG)
    kept.used_at = at
    account = owner_account(phone, at=at)
    if account.disabled_at is not None:
        return CodeSignIn(CodeOutcome.WRONG)
    token = start_session(account.id, device=device, lifetime=OWNER_SESSION, at=at)
    record_event("identity:session:started", at=at, account=account.id)
    return CodeSignIn(CodeOutcome.ACCEPTED, token, account.id)
