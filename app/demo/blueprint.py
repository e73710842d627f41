"""Own the URL table of the demonstration."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.demo import views

blueprint = Blueprint("demo", __name__)

add_routes(
    blueprint,
    [
        Route("GET", "/dev", views.show_tools, P.DEMO_USE),
        Route("POST", "/dev/clock", views.move_clock, P.DEMO_USE),
        Route("GET", "/dev/keys/<uuid>/<int:index>", views.download_key, P.DEMO_USE),
        Route("GET", "/dev/keys/<uuid>/<int:index>/hand-over", views.hand_over_key, P.DEMO_USE),
    ],
)
