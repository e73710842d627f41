"""Own the tables of accounts, second factors, sign-in sessions, one-time codes, counters and grants of roles.

Names, telephone numbers and document numbers are stored encrypted; what must be found again has a keyed blind index beside it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.access.roles import Role, Scope
from app.db.base import GlobalRow


class Account(GlobalRow):
    """Be an account that can sign in: an owner by phone code, staff by password and second factor."""

    __tablename__ = "accounts"

    #: Staff accounts sign in with name and password.
    is_staff: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Sign-in name of staff; None for owners.
    login_name: Mapped[str | None] = mapped_column(String(60), unique=True)
    #: Blind index of the telephone number; None for staff without one.
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    #: Encrypted telephone number.
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Encrypted name shown to the person and beside what he signs.
    display_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: argon2 hash; None for owners.
    password_hash: Mapped[str | None] = mapped_column(String(200))
    #: Encrypted TOTP secret; None until enrolled.
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: Last accepted TOTP time step, so that a code works once.
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    #: Organisation the person acts for, 「青岚社区居委会」; empty for owners.
    organisation: Mapped[str] = mapped_column(String(80), default="")
    #: A disabled account keeps its history and cannot sign in.
    disabled_at: Mapped[datetime | None]
    #: When it was made.
    created_at: Mapped[datetime]


class SignInSession(GlobalRow):
    """Be one signed-in device of an account; revocable by its owner."""

    __tablename__ = "sign_in_sessions"

    #: Whose session.
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    #: SHA-256 of the token in the cookie.
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: Short description of the device from its user agent.
    device: Mapped[str] = mapped_column(String(120), default="")
    #: When it began.
    created_at: Mapped[datetime]
    #: After this instant it is void.
    expires_at: Mapped[datetime]
    #: When it was ended by its owner or by an administrator.
    revoked_at: Mapped[datetime | None]


class OneTimeCode(GlobalRow):
    """Be a code sent to a telephone: hashed, single use, five minutes, five tries."""

    __tablename__ = "one_time_codes"

    #: Blind index of the telephone number.
    phone_index: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    #: Keyed hash of the code.
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: After this instant it is void.
    expires_at: Mapped[datetime]
    #: Tries made so far.
    tries: Mapped[int] = mapped_column(Integer, default=0)
    #: When it was used.
    used_at: Mapped[datetime | None]
    #: When it was sent.
    created_at: Mapped[datetime]


class RateCounter(GlobalRow):
    """Be the number of times something happened within one window of time."""

    __tablename__ = "rate_counters"
    __table_args__ = (UniqueConstraint("subject", "window"),)

    #: What is counted, hashed where it would name a person.
    subject: Mapped[str] = mapped_column(String(120))
    #: Start of the window, as a name.
    window: Mapped[str] = mapped_column(String(40))
    #: How often so far.
    count: Mapped[int] = mapped_column(Integer, default=0)


class RoleGrant(GlobalRow):
    """Be a role held by an account in one place."""

    __tablename__ = "role_grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope", "scope_id"),)

    #: Who holds it.
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"), index=True)
    #: Which role.
    role: Mapped[Role] = mapped_column(String(30))
    #: Kind of place.
    scope: Mapped[Scope] = mapped_column(String(20))
    #: Id of the district, street, community or complex; 0 for the whole platform.
    scope_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: When it was given.
    granted_at: Mapped[datetime]
