"""Create a staff account with its first password and a second factor to be set up at the first sign-in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from sqlalchemy.exc import IntegrityError

from app.audit.services.record_event import record_event
from app.db.base import new_id
from app.db.personal_data import seal
from app.db.session import db
from app.errors import RuleBroken
from app.identity.models import Account
from app.identity.services.sign_in_staff import PASSWORDS


class LoginNameTaken(RuleBroken):
    """Say that another account has this sign-in name."""

    code = "login_name_taken"


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Hold what is handed over to a new member of staff, once."""

    account_id: int
    password: str = field(repr=False)
    totp_secret: str = field(repr=False)


def create_staff(
    login_name: str, display_name: str, organisation: str, *, at: datetime, by: int | None, password: str | None = None
) -> NewStaff:
    """Create a staff account; without a given password one is drawn.

    Raises: LoginNameTaken.
    """
    account_id = new_id()
    password = password or secrets.token_urlsafe(12)
    totp_secret = pyotp.random_base32()
    db.session.add(
        Account(
            id=account_id,
            is_staff=True,
            login_name=login_name,
            display_name_sealed=seal(display_name, field="account.display_name", owner=account_id),
            password_hash=PASSWORDS.hash(password),
            totp_sealed=seal(totp_secret, field="account.totp", owner=account_id),
            organisation=organisation,
            created_at=at,
        )
    )
    try:
        db.session.flush()
    except IntegrityError as problem:
        raise LoginNameTaken(login_name=login_name) from problem
    record_event("identity:staff:created", at=at, account=by, created=account_id)
    return NewStaff(account_id, password, totp_secret)
