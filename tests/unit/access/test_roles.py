"""Hold the role table to the separation of duties that the product promises."""

from __future__ import annotations

import pytest

from app.access.actor import VISITOR, Actor
from app.access.permissions import Permission as P
from app.access.roles import BARRED_FOR_PROPERTY_COMPANY, ROLE_PERMISSIONS, ROLE_SCOPES, Role, Scope, effective_roles
from app.tenancy.labels import PERMISSION_NAMES, ROLE_NAMES

OPERATING = {
    P.ROLL_MANAGE,
    P.ELECTION_PREPARE,
    P.ELECTION_ANNOUNCE,
    P.ELECTION_OPEN,
    P.ELECTION_PUBLISH,
    P.COMMITTEE_MANAGE,
    P.RULES_MANAGE,
}


def holders(permission: P) -> set[Role]:
    return {role for role, held in ROLE_PERMISSIONS.items() if permission in held}


def test_every_role_stands_in_the_tables_and_has_a_name() -> None:
    assert set(ROLE_PERMISSIONS) == set(ROLE_SCOPES) == set(ROLE_NAMES) == set(Role)
    assert set(PERMISSION_NAMES) == set(P)
    assert all(holders(permission) for permission in P)


@pytest.mark.parametrize("permission", sorted(OPERATING))
def test_only_operators_run_votes(permission: P) -> None:
    assert holders(permission) == {Role.COMMUNITY_OPERATOR, Role.STREET_OPERATOR}


def test_only_owners_cast_and_only_trustees_hold_keys() -> None:
    assert holders(P.BALLOT_CAST) == holders(P.BALLOT_READ_OWN) == {Role.OWNER}
    assert holders(P.TRUSTEE_ACT) == {Role.TRUSTEE}


def test_the_platform_administrator_neither_runs_votes_nor_reads_rolls() -> None:
    forbidden = OPERATING | {P.ROLL_READ, P.TURNOUT_READ, P.TRUSTEE_ACT, P.BALLOT_CAST}
    assert not ROLE_PERMISSIONS[Role.PLATFORM_ADMIN] & forbidden


def test_the_property_company_sees_overviews_alone() -> None:
    gained = ROLE_PERMISSIONS[Role.PROPERTY_COMPANY] - ROLE_PERMISSIONS[Role.PUBLIC]
    assert gained == {P.ACCOUNT_MANAGE, P.ENTITLEMENT_CLAIM, P.COMPLEX_READ}


@pytest.mark.parametrize("barred", sorted(BARRED_FOR_PROPERTY_COMPANY))
def test_beside_the_property_company_a_barred_role_is_void(barred: Role) -> None:
    assert effective_roles([Role.PROPERTY_COMPANY, barred]) == {Role.PROPERTY_COMPANY, Role.PUBLIC}
    assert effective_roles([barred]) == {barred, Role.PUBLIC}


def test_the_barred_roles_are_those_that_run_watch_or_open_votes() -> None:
    acting = OPERATING | {P.TRUSTEE_ACT, P.TURNOUT_READ}
    inside = {role for role in Role if ROLE_SCOPES[role] & {Scope.STREET, Scope.COMMUNITY, Scope.COMPLEX}}
    assert {role for role in inside if ROLE_PERMISSIONS[role] & acting} == BARRED_FOR_PROPERTY_COMPANY


def test_a_visitor_has_the_public_permissions_alone() -> None:
    assert VISITOR.permissions == ROLE_PERMISSIONS[Role.PUBLIC]
    assert not VISITOR.is_signed_in
    assert not VISITOR.has_place_here()


def test_an_account_without_a_role_may_claim_its_flat_and_no_more() -> None:
    actor = Actor(account_id=1)
    assert actor.permissions - VISITOR.permissions == {P.ACCOUNT_MANAGE, P.ENTITLEMENT_CLAIM}


def test_an_actor_shows_no_name() -> None:
    assert "周敏" not in repr(Actor(account_id=1, display_name="周敏"))
