"""Hold the property company that serves a complex apart from those who run, watch and open its votes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.access.roles import BARRED_FOR_PROPERTY_COMPANY, ROLE_SCOPES, Role, Scope
from app.audit.models import AuditEvent
from app.db.session import begin_write, commit, db, rollback
from app.identity.models import RoleGrant
from app.identity.queries import grants_of, roles_in_complex
from app.identity.services.grant_role import PropertyCompanyBarred, RoleNotHeldThere, grant_role
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.support import make_account, make_complexes

COMPANY = "楚安物业服务有限公司"
PLACES_ABOVE: dict[Scope, Callable[[ComplexRow], int]] = {
    Scope.DISTRICT: lambda place: place.district_id,
    Scope.STREET: lambda place: place.street_id,
    Scope.COMMUNITY: lambda place: place.community_id,
    Scope.COMPLEX: lambda place: place.id,
}
BARRED_PLACES = [(role, scope) for role in sorted(BARRED_FOR_PROPERTY_COMPANY) for scope in Scope if scope in ROLE_SCOPES[role]]


def give(app: Flask, account: int, role: Role, scope: Scope, place: ComplexRow) -> None:
    """Give a role in its own unit of work."""
    with app.app_context():
        begin_write()
        try:
            grant_role(account, role, scope, PLACES_ABOVE[scope](place), at=NOON, by=None)
            commit()
        finally:
            rollback()


def held(app: Flask, account: int) -> list[Role]:
    with app.app_context():
        return [grant.role for grant in grants_of(account)]


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


@pytest.mark.parametrize(("role", "scope"), BARRED_PLACES, ids=lambda value: value.value)
def test_the_property_company_gets_no_barred_role(app: Flask, place: ComplexRow, role: Role, scope: Scope) -> None:
    account = make_account(app, NOON, organisation=COMPANY)
    give(app, account, Role.PROPERTY_COMPANY, Scope.COMPLEX, place)
    with pytest.raises(PropertyCompanyBarred):
        give(app, account, role, scope, place)
    assert held(app, account) == [Role.PROPERTY_COMPANY]


@pytest.mark.parametrize(("role", "scope"), BARRED_PLACES, ids=lambda value: value.value)
def test_a_holder_of_a_barred_role_does_not_become_the_property_company(
    app: Flask, place: ComplexRow, role: Role, scope: Scope
) -> None:
    account = make_account(app, NOON, organisation=COMPANY)
    give(app, account, role, scope, place)
    with pytest.raises(PropertyCompanyBarred):
        give(app, account, Role.PROPERTY_COMPANY, Scope.COMPLEX, place)


@pytest.mark.parametrize(("role", "scope"), BARRED_PLACES, ids=lambda value: value.value)
def test_a_colleague_is_barred_as_well(app: Flask, place: ComplexRow, role: Role, scope: Scope) -> None:
    give(app, make_account(app, NOON, organisation=COMPANY), Role.PROPERTY_COMPANY, Scope.COMPLEX, place)
    with pytest.raises(PropertyCompanyBarred):
        give(app, make_account(app, NOON, organisation=COMPANY), role, scope, place)


def test_a_colleague_of_a_trustee_does_not_become_the_property_company(app: Flask, place: ComplexRow) -> None:
    give(app, make_account(app, NOON, organisation=COMPANY), Role.TRUSTEE, Scope.COMPLEX, place)
    with pytest.raises(PropertyCompanyBarred):
        give(app, make_account(app, NOON, organisation=COMPANY), Role.PROPERTY_COMPANY, Scope.COMPLEX, place)


@pytest.mark.parametrize("written", [f" {COMPANY}", f"{COMPANY} ", "楚安 物业服务有限公司"])
def test_a_name_written_with_other_spaces_is_the_same_company(app: Flask, place: ComplexRow, written: str) -> None:
    give(app, make_account(app, NOON, organisation=COMPANY), Role.PROPERTY_COMPANY, Scope.COMPLEX, place)
    with pytest.raises(PropertyCompanyBarred):
        give(app, make_account(app, NOON, organisation=written), Role.TRUSTEE, Scope.COMPLEX, place)


def test_two_accounts_without_an_organisation_are_no_colleagues(app: Flask, place: ComplexRow) -> None:
    give(app, make_account(app, NOON, organisation=""), Role.PROPERTY_COMPANY, Scope.COMPLEX, place)
    other = make_account(app, NOON, organisation="")
    give(app, other, Role.TRUSTEE, Scope.COMPLEX, place)
    assert held(app, other) == [Role.TRUSTEE]


def test_the_company_may_be_trustee_where_it_does_not_serve(app: Flask) -> None:
    served, other = make_complexes(app, "qinglan", "cuiping")
    account = make_account(app, NOON, organisation=COMPANY)
    give(app, account, Role.PROPERTY_COMPANY, Scope.COMPLEX, served)
    give(app, account, Role.TRUSTEE, Scope.COMPLEX, other)
    with app.app_context():
        assert Role.TRUSTEE in roles_in_complex(account, other)
        assert Role.TRUSTEE not in roles_in_complex(account, served)


def test_a_role_is_held_only_where_the_table_allows(app: Flask) -> None:
    account = make_account(app, NOON)
    with app.app_context():
        for role in Role:
            for scope in set(Scope) - ROLE_SCOPES[role]:
                with pytest.raises(RoleNotHeldThere):
                    grant_role(account, role, scope, 1, at=NOON, by=None)
        assert grants_of(account) == []


def test_giving_again_changes_nothing(app: Flask, place: ComplexRow) -> None:
    account = make_account(app, NOON)
    for _time in range(2):
        give(app, account, Role.SUPERVISOR, Scope.COMPLEX, place)
    with app.app_context():
        assert db.session.query(RoleGrant).filter_by(account_id=account).count() == 1
        assert [event.tag for event in db.session.query(AuditEvent)] == ["identity:role:granted"]
