"""Own small builders that many tests share: places, accounts, signed-in browsers."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Flask
from flask.testing import FlaskClient

from app.access.roles import Role, Scope
from app.db.personal_data import seal
from app.db.session import begin_write, commit, db
from app.identity.models import Account, RoleGrant, SignInSession
from app.tenancy.models import Community, Complex, District, Street
from app.tenancy.queries import complex_by_slug
from app.tenancy.types import ComplexRow


def make_complexes(app: Flask, *slugs: str) -> list[ComplexRow]:
    """Make complexes, each in a community of its own in one street and district."""
    with app.app_context():
        begin_write()
        district = District(name=f"区{secrets.token_hex(3)}")
        db.session.add(district)
        db.session.flush()
        street = Street(district_id=district.id, name="湖畔街道")
        db.session.add(street)
        db.session.flush()
        for slug in slugs:
            community = Community(street_id=street.id, name=f"{slug}社区", help_phone="027-8700-1203")
            db.session.add(community)
            db.session.flush()
            db.session.add(Complex(community_id=community.id, slug=slug, name=f"{slug}小区"))
        commit()
        return [complex_by_slug(slug) for slug in slugs]


def make_account(app: Flask, at: datetime, *, name: str = "周敏", staff: bool = True, organisation: str = "社区居委会") -> int:
    """Make an account that can hold roles; it has no password."""
    with app.app_context():
        begin_write()
        account = Account(
            is_staff=staff, login_name=secrets.token_hex(6) if staff else None, organisation=organisation, created_at=at
        )
        db.session.add(account)
        db.session.flush()
        account.display_name_sealed = seal(name, field="account.display_name", owner=account.id)
        commit()
        return account.id


def grant(app: Flask, account: int, role: Role, scope: Scope, scope_id: int, at: datetime) -> None:
    """Give a role without the rules of the use case, also where those would refuse it."""
    with app.app_context():
        begin_write()
        db.session.add(RoleGrant(account_id=account, role=role, scope=scope, scope_id=scope_id, granted_at=at))
        commit()


def browser_of(app: Flask, account: int, at: datetime) -> FlaskClient:
    """Give a browser in which the account is signed in."""
    token = secrets.token_urlsafe(32)
    with app.app_context():
        begin_write()
        db.session.add(
            SignInSession(
                account_id=account,
                token_hash=sha256(token.encode()).digest(),
                created_at=at,
                expires_at=at + timedelta(days=3650),
            )
        )
        commit()
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = token
        kept["_fresh"] = True
    return client
