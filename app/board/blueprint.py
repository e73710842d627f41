"""Own the URL table of the public record."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.board import views

blueprint = Blueprint("board", __name__)

add_routes(
    blueprint,
    [
        Route("GET", "/c/<complex>/record", views.show_record, P.PUBLIC_READ),
        Route("GET", "/c/<complex>/record/checkpoint", views.show_checkpoint, P.PUBLIC_READ),
        Route("GET", "/c/<complex>/record/key", views.show_log_key, P.PUBLIC_READ),
    ],
)
