"""Walk every endpoint as every role in its own complex, in a foreign one and in none, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from app.access.permissions import Permission
from app.access.registry import DECLARATIONS, Declaration, Lock
from app.access.roles import ROLE_PERMISSIONS, ROLE_SCOPES, Role, Scope
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.permissions.matrix import SIGNED_IN, Address, addresses, ask, covers, expected, stop_behind_the_gate, undeclared
from tests.support import browser_of, grant, make_account, make_complexes

HOLDERS = [(role, scope) for role in Role for scope in Scope if scope in ROLE_SCOPES[role]]


@dataclass(frozen=True)
class Places:
    """Hold two complexes that share no place above them."""

    own: ComplexRow
    foreign: ComplexRow


@pytest.fixture
def places(app: Flask) -> Places:
    return Places(make_complexes(app, "qinglan")[0], make_complexes(app, "cuiping")[0])


@pytest.fixture
def gate(app: Flask, places: Places) -> Flask:
    """Give the application with every view replaced by one short answer."""
    stop_behind_the_gate(app)
    return app


def scope_id(scope: Scope, place: ComplexRow) -> int:
    ids = {Scope.DISTRICT: place.district_id, Scope.STREET: place.street_id, Scope.COMMUNITY: place.community_id}
    return 0 if scope is Scope.PLATFORM else ids.get(scope, place.id)


def walk(app: Flask, account: int, held: tuple[Role, Scope, int] | None, places: Places) -> list[str]:
    """Ask for every address and list those whose answer is not the expected one."""
    wrong = []
    browser = browser_of(app, account, NOON)
    for address in addresses(app):
        for place in (places.own, places.foreign) if address.in_complex else (None,):
            counts = held is not None and (place is None or covers(held[1], held[2], place))
            roles = frozenset({held[0]}) if held is not None and counts else frozenset()
            wanted = expected(address.permission, roles, in_complex=address.in_complex)
            got = ask(browser, address, address.path(app, place.slug if place else None))
            if got != wanted:
                wrong.append(f"{address.method} {address.rule.rule} in {place.slug if place else '-'}: {got}, not {wanted}")
    return wrong


def test_every_route_is_declared(app: Flask) -> None:
    assert undeclared(app) == []
    assert len(addresses(app)) > 20


def test_a_planted_route_without_a_declaration_is_found_and_refused(app: Flask) -> None:
    app.add_url_rule("/planted", "planted", lambda: "open to all", methods=["GET", "POST"])
    assert undeclared(app) == ["planted"]
    for method in ("GET", "HEAD", "POST"):
        answer = app.test_client().open("/planted", method=method, headers={"Accept": "application/json"})
        assert answer.status_code == 403
        if method != "HEAD":
            assert answer.get_json()["error"] == "endpoint_undeclared"


@pytest.mark.parametrize(("role", "scope"), HOLDERS, ids=lambda value: value.value)
def test_a_role_reaches_what_the_table_says_and_nothing_else(gate: Flask, places: Places, role: Role, scope: Scope) -> None:
    account = make_account(gate, NOON, staff=role is not Role.OWNER)
    grant(gate, account, role, scope, scope_id(scope, places.own), NOON)
    assert walk(gate, account, (role, scope, scope_id(scope, places.own)), places) == []


def test_an_account_without_any_role_finds_no_inner_page(gate: Flask, places: Places) -> None:
    assert walk(gate, make_account(gate, NOON, staff=False), None, places) == []


def visitor_expects(address: Address) -> str:
    if address.permission in ROLE_PERMISSIONS[Role.PUBLIC]:
        return "reached"
    return "sign_in" if address.method == "GET" else "sign_in_required"


def test_a_visitor_is_sent_to_sign_in_and_may_not_write(gate: Flask, places: Places) -> None:
    wrong = []
    for address in addresses(gate):
        slug = places.own.slug if address.in_complex else None
        got = ask(gate.test_client(), address, address.path(gate, slug))
        if got != visitor_expects(address):
            wrong.append(f"{address.method} {address.rule.rule}: {got}, not {visitor_expects(address)}")
    assert wrong == []


def test_an_ended_session_is_a_visitor(app: Flask, client: FlaskClient) -> None:
    with client.session_transaction() as kept:
        kept["_user_id"] = "a token that no session has"
    answer = client.post("/sign-out", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()["error"]) == (403, "sign_in_required")


@pytest.mark.parametrize("barred", [Role.COMMUNITY_OPERATOR, Role.STREET_OPERATOR, Role.SUPERVISOR, Role.TRUSTEE])
def test_rows_that_slipped_in_give_the_property_company_nothing(gate: Flask, places: Places, barred: Role) -> None:
    account = make_account(gate, NOON, organisation="某物业公司")
    grant(gate, account, Role.PROPERTY_COMPANY, Scope.COMPLEX, places.own.id, NOON)
    widest = next(scope for scope in Scope if scope in ROLE_SCOPES[barred])
    grant(gate, account, barred, widest, scope_id(widest, places.own), NOON)
    browser = browser_of(gate, account, NOON)
    gained = ROLE_PERMISSIONS[barred] - ROLE_PERMISSIONS[Role.PROPERTY_COMPANY]
    asked = [address for address in addresses(gate) if address.in_complex and address.permission in gained]
    for address in asked:
        assert ask(browser, address, address.path(gate, places.own.slug)) == "permission_refused", address.rule.rule


def test_the_walk_notices_a_gate_that_lets_everybody_pass(gate: Flask, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.access.actor.Actor.may", lambda actor, permission: True)
    add_planted_inner_page(gate)
    assert any("/planted" in line for line in walk(gate, make_account(gate, NOON, staff=False), None, places))


def add_planted_inner_page(app: Flask) -> None:
    blueprint = Blueprint("planted", __name__)
    DECLARATIONS["planted.inner"] = Declaration(Permission.ROLL_MANAGE, Lock.EARLY)
    blueprint.add_url_rule("/c/<complex>/planted", "inner", lambda complex: complex.name)
    app.register_blueprint(blueprint)


@pytest.fixture(autouse=True)
def _planted_pages_end_with_the_test() -> Iterator[None]:
    yield
    DECLARATIONS.pop("planted.inner", None)


def test_every_view_answers_a_holder_of_its_permission(app: Flask, places: Places) -> None:
    """Unknown ids and empty forms are refused in words: never by the gate, never by a fault of ours."""
    wrong = []
    for address in addresses(app):
        role = next(role for role in ROLE_PERMISSIONS if address.permission in ROLE_PERMISSIONS[role] | SIGNED_IN)
        account = make_account(app, NOON, staff=role is not Role.OWNER)
        if role is not Role.PUBLIC:
            scope = next(scope for scope in Scope if scope in ROLE_SCOPES[role])
            grant(app, account, role, scope, scope_id(scope, places.own), NOON)
        path = address.path(app, places.own.slug if address.in_complex else None)
        answer = browser_of(app, account, NOON).open(path, method=address.method, headers={"Accept": "application/json"})
        code = (answer.get_json(silent=True) or {}).get("error") if answer.is_json else None
        if answer.status_code >= 500 or code in ("permission_refused", "sign_in_required"):
            wrong.append(f"{address.method} {path}: {answer.status_code} {code}")
    assert wrong == []
