"""Own the frozen rows of identity that other slices read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.access.roles import Role, Scope


@dataclass(frozen=True, slots=True)
class SignedInAccount:
    """Hold the account behind a live sign-in session."""

    account_id: int
    session_id: int
    is_staff: bool
    display_name: str = field(repr=False)
    organisation: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """Hold one role in one place."""

    role: Role
    scope: Scope
    scope_id: int


@dataclass(frozen=True, slots=True)
class LiveSession:
    """Hold one signed-in device."""

    id: int
    device: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SecondFactorSetup:
    """Hold what an authenticator needs at the first sign-in."""

    uri: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """Hold one grant with its id, so that it can be taken back."""

    id: int
    role: Role
    scope: Scope
    scope_id: int


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Hold a staff account as the administrator sees it."""

    account_id: int
    login_name: str
    display_name: str = field(repr=False)
    organisation: str
    disabled_at: datetime | None
    roles: tuple[HeldRole, ...]
