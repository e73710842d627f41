"""Own the gate every request passes: complex and actor first, then the declared permission; undeclared is refused.

A person without any place in a complex is told that its inner pages do not exist; one who has a place but not the permission is
told so. Who the actor is and which complex is meant, tenancy and identity tell through the two functions given at start-up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.access.actor import VISITOR, Actor
from app.access.registry import DECLARATIONS, Lock
from app.db.session import begin_write, db, rollback, use_tenant
from app.errors import NotFound, PermissionRefused

_OPEN_ENDPOINTS = frozenset({"static"})


class Place(Protocol):
    """Be the complex a request is about."""

    @property
    def id(self) -> int:
        """Return the tenant id."""
        ...

    @property
    def slug(self) -> str:
        """Return the name in URLs."""
        ...


FindPlace = Callable[[str], Place]
Identify = Callable[["Place | None"], Actor]


def init_gate(app: Flask, find_place: FindPlace, identify: Identify) -> None:
    """Put the gate before every request of the application."""
    app.extensions["yeyi_gate"] = (find_place, identify)
    app.before_request(pass_gate)
    app.teardown_request(_end_request)


def pass_gate() -> Response | None:
    """Admit the request, or raise what refuses it; a visitor who must sign in is sent there."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in _OPEN_ENDPOINTS:
        return None
    declaration = DECLARATIONS.get(endpoint)
    if declaration is None:
        raise PermissionRefused("endpoint_undeclared", endpoint=endpoint)
    if request.method not in ("GET", "HEAD", "OPTIONS") and declaration.lock is Lock.EARLY:
        begin_write()
    find_place, identify = current_gate()
    place = _enter_complex(find_place)
    g.actor = identify(place)
    if g.actor.may(declaration.permission):
        return None
    if not g.actor.is_signed_in:
        if request.method != "GET":
            # A page that stood open until the session ended is sent by somebody who knows it exists.
            raise PermissionRefused("sign_in_required")
        session["after_sign_in"] = request.full_path.rstrip("?")
        return redirect(url_for("identity.sign_in", place=place.slug if place else None))
    if place is not None and not g.actor.has_place_here():
        raise NotFound("page_not_found")
    raise PermissionRefused("permission_refused", permission=declaration.permission.value)


def current_gate() -> tuple[FindPlace, Identify]:
    """Return the two functions the running application was started with."""
    return cast("tuple[FindPlace, Identify]", current_app.extensions["yeyi_gate"])


def actor() -> Actor:
    """Return who acts in the present request."""
    return cast(Actor, g.get("actor", VISITOR))


def current_place() -> Place | None:
    """Return the complex of the present request, or None outside one."""
    return cast("Place | None", g.get("complex"))


def opens(endpoint: str) -> bool:
    """Say whether a link to an endpoint of the same complex helps the present person; a visitor is asked to sign in first."""
    return not actor().is_signed_in or actor().may(DECLARATIONS[endpoint].permission)


def _enter_complex(find_place: FindPlace) -> Place | None:
    arguments = request.view_args
    if not arguments or "complex" not in arguments:
        return None
    place = find_place(arguments["complex"])
    arguments["complex"] = place
    g.complex = place
    use_tenant(place.id)
    return place


def _end_request(_problem: BaseException | None) -> None:
    if request.endpoint not in _OPEN_ENDPOINTS and db.session().in_transaction():
        rollback()
