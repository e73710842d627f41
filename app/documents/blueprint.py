"""Own the URL table of stored files."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.documents import views

blueprint = Blueprint("documents", __name__)

add_routes(
    blueprint,
    [
        Route("GET", "/c/<complex>/files/<int:file_id>", views.show_file, P.PUBLIC_READ),
        Route("GET", "/c/<complex>/files/<int:file_id>/small", views.show_thumbnail, P.PUBLIC_READ),
    ],
)
