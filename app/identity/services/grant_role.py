"""Give a role in a place; the property company of a complex and its operators, supervisors and trustees exclude each other."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from sqlalchemy import select

from app.access.roles import BARRED_FOR_PROPERTY_COMPANY, ROLE_SCOPES, Role, Scope
from app.audit.services.record_event import record_event
from app.db.session import db
from app.errors import RuleBroken
from app.identity.models import Account, RoleGrant
from app.identity.queries import grants_of
from app.identity.types import Grant
from app.tenancy.queries import all_complexes
from app.tenancy.types import ComplexRow


class RoleNotHeldThere(RuleBroken):
    """Say that this role is not held in such a place."""

    code = "role_not_held_there"


class PropertyCompanyBarred(RuleBroken):
    """Say that the property company serving a complex cannot hold this role there."""

    code = "property_company_barred"


def grant_role(account_id: int, role: Role, scope: Scope, scope_id: int, *, at: datetime, by: int | None) -> None:
    """Give a role; giving it again changes nothing.

    The bar looks at every account of the same organisation, so that a company cannot send a second person.
    Raises: RoleNotHeldThere, PropertyCompanyBarred.
    """
    if scope not in ROLE_SCOPES[role]:
        raise RoleNotHeldThere(role=role.value, scope=scope.value)
    new = Grant(role, scope, scope_id)
    held = grants_of(account_id)
    if new in held:
        return
    _refuse_conflict(account_id, new)
    db.session.add(RoleGrant(account_id=account_id, role=role, scope=scope, scope_id=scope_id, granted_at=at))
    db.session.flush()
    record_event("identity:role:granted", at=at, account=by, holder=account_id, role=role.value, scope_id=scope_id)


def _refuse_conflict(account_id: int, new: Grant) -> None:
    if new.role is not Role.PROPERTY_COMPANY and new.role not in BARRED_FOR_PROPERTY_COMPANY:
        return
    places = all_complexes()
    here = _covered(new, places)
    for colleague in _same_organisation(account_id):
        for grant in grants_of(colleague):
            roles = {grant.role, new.role}
            conflict = Role.PROPERTY_COMPANY in roles and roles & BARRED_FOR_PROPERTY_COMPANY
            if conflict and here & _covered(grant, places):
                raise PropertyCompanyBarred(role=new.role.value)


def _same_organisation(account_id: int) -> list[int]:
    rows = [
        (account, written)
        for account, text in db.session.execute(select(Account.id, Account.organisation))
        if (written := _without_spaces(text))
    ]
    own = next((written for account, written in rows if account == account_id), None)
    return [account for account, written in rows if written == own] if own else [account_id]


def _without_spaces(organisation: str) -> str:
    """Write an organisation's name in one way, so that a space or a full-width bracket makes no second company."""
    return "".join(unicodedata.normalize("NFKC", organisation).split()).casefold()


def _covered(grant: Grant, places: list[ComplexRow]) -> frozenset[int]:
    """Return the complexes a grant reaches."""
    return frozenset(place.id for place in places if _id_at(place, grant.scope) == grant.scope_id)


def _id_at(place: ComplexRow, scope: Scope) -> int:
    ids = {
        Scope.PLATFORM: 0,
        Scope.DISTRICT: place.district_id,
        Scope.STREET: place.street_id,
        Scope.COMMUNITY: place.community_id,
        Scope.COMPLEX: place.id,
    }
    return ids[scope]
