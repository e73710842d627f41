"""Own the role table: which role holds which permissions, and which roles exclude each other.

The roles page and every check are rendered from this table, so that what is shown is what is enforced.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.access.permissions import Permission as P


class Role(StrEnum):
    """Name the roles a person may hold, each within a district, street, community or complex."""

    PLATFORM_ADMIN = "platform_admin"
    DISTRICT_OFFICER = "district_officer"
    STREET_OPERATOR = "street_operator"
    COMMUNITY_OPERATOR = "community_operator"
    SUPERVISOR = "supervisor"
    TRUSTEE = "trustee"
    OWNER = "owner"
    COMMITTEE_MEMBER = "committee_member"
    PROPERTY_COMPANY = "property_company"
    PUBLIC = "public"


class Scope(StrEnum):
    """Name the places a role may be held in, from widest to narrowest."""

    PLATFORM = "platform"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    COMPLEX = "complex"


_EVERYONE = frozenset({P.PUBLIC_READ, P.ACCOUNT_SIGN_IN, P.DEMO_USE})
_SIGNED_IN = _EVERYONE | {P.ACCOUNT_MANAGE, P.ENTITLEMENT_CLAIM}
_STAFF_READ = _SIGNED_IN | {P.COMPLEX_READ, P.ELECTION_READ, P.TURNOUT_READ, P.PROCEDURE_READ}
_OPERATE = _STAFF_READ | {
    P.ROLL_READ,
    P.ROLL_MANAGE,
    P.ELECTION_PREPARE,
    P.ELECTION_ANNOUNCE,
    P.ELECTION_OPEN,
    P.ELECTION_PUBLISH,
    P.COMMITTEE_MANAGE,
    P.PROCEDURE_MANAGE,
    P.RULES_MANAGE,
}

#: Role to permissions; the only place where a role gains one.
ROLE_PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.PUBLIC: _EVERYONE,
    Role.OWNER: _SIGNED_IN | {P.BALLOT_CAST, P.BALLOT_READ_OWN, P.NOMINATE, P.OBJECT},
    Role.COMMITTEE_MEMBER: _SIGNED_IN | {P.COMPLEX_READ, P.ELECTION_READ, P.PROCEDURE_READ},
    Role.PROPERTY_COMPANY: _SIGNED_IN | {P.COMPLEX_READ},
    Role.TRUSTEE: _SIGNED_IN | {P.COMPLEX_READ, P.ELECTION_READ, P.PROCEDURE_READ, P.TRUSTEE_ACT},
    Role.SUPERVISOR: _STAFF_READ,
    Role.COMMUNITY_OPERATOR: _OPERATE,
    Role.STREET_OPERATOR: _OPERATE | {P.PROCEDURE_ORDER},
    Role.DISTRICT_OFFICER: _STAFF_READ | {P.DISTRICT_READ},
    Role.PLATFORM_ADMIN: _SIGNED_IN | {P.COMPLEX_READ, P.DISTRICT_READ, P.PLATFORM_MANAGE},
}

#: Every signed-in person holds these, whatever else he is.
SIGNED_IN_PERMISSIONS = frozenset(_SIGNED_IN)

#: Where each role may be held.
ROLE_SCOPES: dict[Role, frozenset[Scope]] = {
    Role.PLATFORM_ADMIN: frozenset({Scope.PLATFORM}),
    Role.DISTRICT_OFFICER: frozenset({Scope.DISTRICT}),
    Role.STREET_OPERATOR: frozenset({Scope.STREET}),
    Role.COMMUNITY_OPERATOR: frozenset({Scope.COMMUNITY, Scope.COMPLEX}),
    Role.SUPERVISOR: frozenset({Scope.DISTRICT, Scope.STREET, Scope.COMMUNITY, Scope.COMPLEX}),
    Role.TRUSTEE: frozenset({Scope.COMPLEX}),
    Role.OWNER: frozenset({Scope.COMPLEX}),
    Role.COMMITTEE_MEMBER: frozenset({Scope.COMPLEX}),
    Role.PROPERTY_COMPANY: frozenset({Scope.COMPLEX}),
    Role.PUBLIC: frozenset(),
}

#: What the property company that serves a complex can never be there.
BARRED_FOR_PROPERTY_COMPANY = frozenset({Role.STREET_OPERATOR, Role.COMMUNITY_OPERATOR, Role.SUPERVISOR, Role.TRUSTEE})


def effective_roles(held: Iterable[Role]) -> frozenset[Role]:
    """Return the roles that count: beside the property company's role the barred ones are void."""
    roles = frozenset(held) | {Role.PUBLIC}
    return roles - BARRED_FOR_PROPERTY_COMPANY if Role.PROPERTY_COMPANY in roles else roles


def permissions_of(roles: Iterable[Role]) -> frozenset[P]:
    """Unite the permissions of several roles."""
    granted: frozenset[P] = frozenset()
    for role in roles:
        granted |= ROLE_PERMISSIONS[role]
    return granted
