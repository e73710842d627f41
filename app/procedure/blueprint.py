"""Own the URL table of procedures."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.procedure import views

blueprint = Blueprint("procedure", __name__)

_ALL = "/c/<complex>/procedures"
_ONE = f"{_ALL}/<code>"

add_routes(
    blueprint,
    [
        Route("GET", _ALL, views.list_procedures, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/", views.show_procedure, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/proofs/<int:file_id>", views.show_proof, P.PROCEDURE_READ),
        Route("POST", f"{_ONE}/facts/<step>", views.save_fact, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/facts/<step>/undo", views.undo_fact, P.PROCEDURE_MANAGE),
    ],
)
