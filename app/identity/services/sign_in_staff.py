"""Sign staff in: name and password first, then the second factor; both with counted tries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.personal_data import blind_index, unseal
from app.db.session import db
from app.identity.models import Account
from app.identity.services.count_attempt import count_attempt
from app.identity.services.start_session import start_session

#: 19 MiB, two passes, one lane (OWASP's floor for argon2id).
PASSWORDS = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: Compared when the name is unknown, so that the answer takes as long.
_NOBODY = PASSWORDS.hash("no account has this password")
STAFF_SESSION = timedelta(hours=12)
_TRIES_PER_QUARTER_HOUR = 10
_STEP_SECONDS = 30


class StaffOutcome(StrEnum):
    """Name what became of a try."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True, slots=True)
class StaffSignIn:
    """Hold the outcome with the account or the token it gave."""

    outcome: StaffOutcome
    account_id: int = 0
    token: str = field(default="", repr=False)


def check_password(login_name: str, password: str, *, at: datetime) -> StaffSignIn:
    """Check name and password; unknown name and wrong password are one outcome."""
    if _too_many(f"password/{login_name.lower()}", at):
        return StaffSignIn(StaffOutcome.TOO_MANY_TRIES)
    account = db.session.scalar(select(Account).where(Account.login_name == login_name, Account.is_staff))
    kept = account.password_hash if account and account.password_hash and account.disabled_at is None else _NOBODY
    try:
        PASSWORDS.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return StaffSignIn(StaffOutcome.WRONG)
    return StaffSignIn(StaffOutcome.ACCEPTED, account.id) if account and kept != _NOBODY else StaffSignIn(StaffOutcome.WRONG)


def check_second_factor(account_id: int, code: str, *, device: str, at: datetime) -> StaffSignIn:
    """Check the time-based code of an account whose password was right, and start its session; a code works once."""
    if _too_many(f"totp/{account_id}", at):
        return StaffSignIn(StaffOutcome.TOO_MANY_TRIES)
    account = db.session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None or account.disabled_at is not None:
        return StaffSignIn(StaffOutcome.WRONG)
    step = _matching_step(totp_of(account), code, at)
    if step is None or step <= (account.totp_last_step or 0):
        return StaffSignIn(StaffOutcome.WRONG)
    account.totp_last_step = step
    token = start_session(account.id, device=device, lifetime=STAFF_SESSION, at=at)
    record_event("identity:session:started", at=at, account=account.id)
    return StaffSignIn(StaffOutcome.ACCEPTED, account.id, token)


def totp_of(account: Account) -> pyotp.TOTP:
    """Return the second factor of a staff account."""
    if account.totp_sealed is None:
        raise ValueError("a staff account always has a second factor")
    return pyotp.TOTP(unseal(account.totp_sealed, field="account.totp", owner=account.id), interval=_STEP_SECONDS)


def _matching_step(factor: pyotp.TOTP, code: str, at: datetime) -> int | None:
    now = int(at.timestamp()) // _STEP_SECONDS
    return next((step for step in (now, now - 1, now + 1) if factor.verify(code, for_time=step * _STEP_SECONDS)), None)


def _too_many(subject: str, at: datetime) -> bool:
    digest = blind_index(subject, field="attempts").hex()[:32]
    return count_attempt(f"staff/{digest}", at=at, window_minutes=15) > _TRIES_PER_QUARTER_HOUR
