"""Own the reads of identity: the account behind a session token, and the roles held in a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from pyotp import TOTP
from sqlalchemy import and_, or_, select

from app.access.roles import Role, Scope, effective_roles
from app.db.personal_data import unseal
from app.db.session import db
from app.errors import NotFound
from app.identity.models import Account, RoleGrant, SignInSession
from app.identity.types import Grant, HeldRole, LiveSession, SecondFactorSetup, SignedInAccount, StaffRow
from app.tenancy.types import ComplexRow


def account_by_token(token: str, now: datetime) -> SignedInAccount:
    """Find the account behind a live session token.

    Raises: NotFound when the session is unknown, ended or expired, or the account disabled.
    """
    query = (
        select(Account, SignInSession)
        .join(SignInSession, SignInSession.account_id == Account.id)
        .where(SignInSession.token_hash == sha256(token.encode()).digest())
        .where(SignInSession.revoked_at.is_(None), SignInSession.expires_at > now, Account.disabled_at.is_(None))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound("session_not_found")
    account, session = row
    return SignedInAccount(
        account_id=account.id,
        session_id=session.id,
        is_staff=account.is_staff,
        display_name=display_name(account),
        organisation=account.organisation,
        expires_at=session.expires_at,
    )


def display_name(account: Account) -> str:
    """Open the name an account is shown under."""
    if account.display_name_sealed is None:
        return ""
    return unseal(account.display_name_sealed, field="account.display_name", owner=account.id)


def named_accounts(account_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return name and organisation of accounts by id, for what they signed for in their office."""
    accounts = db.session.scalars(select(Account).where(Account.id.in_(set(account_ids))))
    return {account.id: (display_name(account), account.organisation) for account in accounts}


def grants_of(account_id: int) -> list[Grant]:
    """List the roles of an account with the places they are held in."""
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.scope, RoleGrant.scope_id).where(RoleGrant.account_id == account_id)
    )
    return [Grant(Role(role), Scope(scope), scope_id) for role, scope, scope_id in rows]


def roles_in_complex(account_id: int, place: ComplexRow) -> frozenset[Role]:
    """Return the roles that count in a complex: held there or in a place above it."""
    return roles_here(grants_of(account_id), place)


def roles_here(grants: Iterable[Grant], place: ComplexRow) -> frozenset[Role]:
    """Choose from grants the roles that count in a complex."""
    covering = {
        (Scope.PLATFORM, 0),
        (Scope.DISTRICT, place.district_id),
        (Scope.STREET, place.street_id),
        (Scope.COMMUNITY, place.community_id),
        (Scope.COMPLEX, place.id),
    }
    return effective_roles(grant.role for grant in grants if (grant.scope, grant.scope_id) in covering)


def holders_in_complex(place: ComplexRow, roles: Iterable[Role]) -> list[tuple[int, str, str]]:
    """List (account id, display name, organisation) of the accounts that hold one of the roles in a complex or above it."""
    here = or_(
        and_(RoleGrant.scope == Scope.COMPLEX, RoleGrant.scope_id == place.id),
        and_(RoleGrant.scope == Scope.COMMUNITY, RoleGrant.scope_id == place.community_id),
        and_(RoleGrant.scope == Scope.STREET, RoleGrant.scope_id == place.street_id),
        and_(RoleGrant.scope == Scope.DISTRICT, RoleGrant.scope_id == place.district_id),
    )
    query = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role.in_(list(roles)), here, Account.disabled_at.is_(None))
        .order_by(Account.organisation, Account.login_name)
        .distinct()
    )
    return [(account.id, display_name(account), account.organisation) for account in db.session.scalars(query)]


def live_sessions(account_id: int, at: datetime) -> list[LiveSession]:
    """List the devices an account is signed in on, newest first."""
    query = (
        select(SignInSession)
        .where(SignInSession.account_id == account_id)
        .where(SignInSession.revoked_at.is_(None), SignInSession.expires_at > at)
        .order_by(SignInSession.created_at.desc())
    )
    return [LiveSession(row.id, row.device, row.created_at, row.expires_at) for row in db.session.scalars(query)]


def second_factor_setup(account_id: int) -> SecondFactorSetup | None:
    """Return how to set up the second factor, until its first use."""
    account = db.session.get(Account, account_id)
    if account is None or account.totp_sealed is None or account.totp_last_step is not None:
        return None
    secret = unseal(account.totp_sealed, field="account.totp", owner=account.id)
    return SecondFactorSetup(TOTP(secret).provisioning_uri(name=account.login_name or "", issuer_name="Yeyi"), secret)


def phone_of(account_id: int) -> str | None:
    """Open the telephone number of an account, for a message to its own holder."""
    account = db.session.get(Account, account_id)
    if account is None or account.phone_sealed is None:
        return None
    return unseal(account.phone_sealed, field="account.phone", owner=account.id)


def staff_accounts() -> list[StaffRow]:
    """List every staff account with its roles, by organisation and sign-in name."""
    accounts = db.session.scalars(select(Account).where(Account.is_staff).order_by(Account.organisation, Account.login_name))
    grants = defaultdict(list)
    for grant in db.session.scalars(select(RoleGrant).order_by(RoleGrant.granted_at, RoleGrant.id)):
        grants[grant.account_id].append(HeldRole(grant.id, Role(grant.role), Scope(grant.scope), grant.scope_id))
    return [
        StaffRow(
            account_id=account.id,
            login_name=account.login_name or "",
            display_name=display_name(account),
            organisation=account.organisation,
            disabled_at=account.disabled_at,
            roles=tuple(grants[account.id]),
        )
        for account in accounts
    ]


def staff_account(account_id: int) -> StaffRow:
    """Return one staff account with its roles.

    Raises: NotFound.
    """
    for row in staff_accounts():
        if row.account_id == account_id:
            return row
    raise NotFound("account_not_found")
