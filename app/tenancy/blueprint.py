"""Own the URL table of places."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.tenancy import platform_views, views

blueprint = Blueprint("tenancy", __name__)

add_routes(
    blueprint,
    [
        Route("GET", "/", views.home, P.PUBLIC_READ),
        Route("GET", "/roles", views.roles, P.PUBLIC_READ),
        Route("GET", "/platform/places", platform_views.list_places, P.PLATFORM_MANAGE),
        Route("GET", "/platform/places/new/<kind>", platform_views.new_place, P.PLATFORM_MANAGE),
        Route("POST", "/platform/places/new/<kind>", platform_views.add_place, P.PLATFORM_MANAGE),
    ],
)
