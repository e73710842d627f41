"""Own the walk over the URL map: every endpoint with its addresses, and what each actor must get there.

What is expected is computed from the role table and the declaration alone, never from the gate.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.registry import DECLARATIONS
from app.access.roles import ROLE_PERMISSIONS, Role, Scope
from app.tenancy.types import ComplexRow

#: Endpoints that need no declaration, each with its reason.
OPEN = {"static": "files without any data, the same for everybody"}
#: Header of the answer that stands for every view.
REACHED = "X-Reached"
#: What every signed-in account may do beside its roles.
SIGNED_IN = ROLE_PERMISSIONS[Role.PUBLIC] | {Permission.ACCOUNT_MANAGE, Permission.ENTITLEMENT_CLAIM}
UNKNOWN_NUMBER = 2**40 + 7


@dataclass(frozen=True)
class Address:
    """Hold one method and address pattern of the application."""

    endpoint: str
    method: str
    rule: Rule

    @property
    def in_complex(self) -> bool:
        """Say whether the address lies inside a complex."""
        return "complex" in self.rule.arguments

    @property
    def permission(self) -> Permission:
        """Return what the address asks for."""
        return DECLARATIONS[self.endpoint].permission

    def path(self, app: Flask, slug: str | None) -> str:
        """Fill the pattern with a complex and with ids that exist nowhere."""
        values: dict[str, object] = {
            name: UNKNOWN_NUMBER if isinstance(converter, IntegerConverter) else "unknown"
            for name, converter in self.rule._converters.items()
        }
        if slug is not None:
            values["complex"] = slug
        return app.url_map.bind("localhost").build(self.endpoint, values, method=self.method)


def addresses(app: Flask) -> list[Address]:
    """List every method and address of the application, except those that are open by name."""
    found = [
        Address(rule.endpoint, method, rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in OPEN
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda address: (address.endpoint, address.method))


def undeclared(app: Flask) -> list[str]:
    """List endpoints that no slice declared."""
    return sorted({rule.endpoint for rule in app.url_map.iter_rules()} - DECLARATIONS.keys() - OPEN.keys())


def covers(scope: Scope, scope_id: int, place: ComplexRow) -> bool:
    """Say whether a place of a grant lies over a complex."""
    above = {
        Scope.PLATFORM: 0,
        Scope.DISTRICT: place.district_id,
        Scope.STREET: place.street_id,
        Scope.COMMUNITY: place.community_id,
        Scope.COMPLEX: place.id,
    }
    return above[scope] == scope_id


def expected(permission: Permission, roles: frozenset[Role], *, in_complex: bool) -> str:
    """Say what a signed-in account with these roles must get: ``reached``, or the code of the refusal."""
    held = SIGNED_IN.union(*(ROLE_PERMISSIONS[role] for role in roles))
    if permission in held:
        return "reached"
    return "page_not_found" if in_complex and not roles else "permission_refused"


def stop_behind_the_gate(app: Flask) -> None:
    """Answer right behind the gate, so that a long walk changes nothing and names the gate's decision alone."""
    app.before_request(lambda: Response(status=204, headers={REACHED: "yes"}))


def answer(response: TestResponse) -> str:
    """Say what came back: ``reached``, ``sign_in`` for the way to the sign-in page, or the code of the refusal."""
    if REACHED in response.headers:
        return "reached"
    if response.status_code == 302 and response.headers["Location"].split("?")[0] == "/sign-in":
        return "sign_in"
    code = response.get_json()["error"] if response.is_json else "no code"
    wanted = 404 if code == "page_not_found" else 403
    return str(code) if response.status_code == wanted else f"{code} with {response.status_code}"


def ask(client: FlaskClient, address: Address, path: str) -> str:
    """Make the request as a script of ours would and say what came back."""
    with client.open(path, method=address.method, headers={"Accept": "application/json"}) as response:
        return answer(response)
