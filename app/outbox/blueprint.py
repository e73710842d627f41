"""Own the URL table of the outbox."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.outbox import views

blueprint = Blueprint("outbox", __name__)

add_routes(blueprint, [Route("GET", "/dev/outbox", views.show_outbox, P.DEMO_USE)])
