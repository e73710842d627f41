"""Own the URL table of the rules."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.rulebook import views

blueprint = Blueprint("rulebook", __name__)

_DESK = "/c/<complex>/desk/rules"
_CHANGE = f"{_DESK}/<int:change_id>"

add_routes(
    blueprint,
    [
        Route("GET", "/rules", views.show_all_rules, P.PUBLIC_READ),
        Route("GET", "/c/<complex>/rules", views.show_rules, P.PUBLIC_READ),
        Route("GET", _DESK, views.list_changes, P.PROCEDURE_READ),
        Route("GET", f"{_DESK}/new", views.new_change, P.RULES_MANAGE),
        Route("POST", f"{_DESK}/new", views.create_change, P.RULES_MANAGE),
        Route("GET", _CHANGE, views.show_change, P.PROCEDURE_READ),
        Route("POST", f"{_CHANGE}/confirm", views.confirm, P.RULES_MANAGE),
        Route("GET", f"{_CHANGE}/withdraw", views.confirm_withdrawal, P.RULES_MANAGE),
        Route("POST", f"{_CHANGE}/withdraw", views.withdraw, P.RULES_MANAGE),
    ],
)
