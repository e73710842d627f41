"""Own the URL table of places."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.tenancy import views

blueprint = Blueprint("tenancy", __name__)

add_routes(
    blueprint,
    [
        Route("GET", "/", views.home, P.PUBLIC_READ),
        Route("GET", "/roles", views.roles, P.PUBLIC_READ),
    ],
)
