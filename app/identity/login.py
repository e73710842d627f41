"""Own the binding of Flask-Login to sign-in sessions, and the answer to who acts in a place."""

from __future__ import annotations

from typing import cast

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user

from app.access.actor import VISITOR, Actor
from app.access.roles import effective_roles
from app.errors import NotFound, PermissionRefused
from app.identity.queries import account_by_token, grants_of, roles_here
from app.identity.types import SignedInAccount
from app.tenancy.types import ComplexRow
from app.web.clock import now


class SessionUser(UserMixin):  # type: ignore[misc]
    """Let Flask-Login carry the account behind the session token."""

    def __init__(self, token: str, account: SignedInAccount) -> None:
        self.id = token
        self.account = account


def init_login(app: Flask) -> None:
    """Bind Flask-Login to the application; the user id in the cookie is the session token."""
    manager = LoginManager(app)
    manager.user_loader(load_user)


def load_user(token: str) -> SessionUser | None:
    """Load the account behind a session token; an ended session is nobody."""
    try:
        return SessionUser(token, account_by_token(token, now()))
    except NotFound:
        return None


def signed_in_account() -> SignedInAccount:
    """Return the account behind the request.

    Raises: PermissionRefused for a visitor.
    """
    if not current_user.is_authenticated:
        raise PermissionRefused("sign_in_required")
    return cast(SignedInAccount, current_user.account)


def identify(place: ComplexRow | None) -> Actor:
    """Say who acts in the request, with the roles that count in the place; outside a complex all roles held count."""
    if not current_user.is_authenticated:
        return VISITOR
    account = signed_in_account()
    grants = grants_of(account.account_id)
    roles = roles_here(grants, place) if place else effective_roles(grant.role for grant in grants)
    return Actor(account.account_id, account.display_name, account.is_staff, roles)
