"""Own the URL table of the roll: the roll's pages, its import, and the claims of owners."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Lock, Route, add_routes
from app.roll.views import claims, decisions, imports, pages

blueprint = Blueprint("roll", __name__)

add_routes(
    blueprint,
    [
        Route("GET", "/c/<complex>/roll", pages.show_roll, P.ROLL_READ),
        Route("GET", "/c/<complex>/roll/units", pages.list_units, P.ROLL_READ),
        Route("POST", "/c/<complex>/roll/units/export", pages.export_units, P.ROLL_READ),
        Route("GET", "/c/<complex>/roll/units/<code>", pages.show_unit, P.ROLL_READ),
        Route("POST", "/c/<complex>/roll/units/<code>/dispute", decisions.mark_unit, P.ROLL_MANAGE),
        Route("GET", "/c/<complex>/roll/snapshots/<int:snapshot_id>", pages.download_snapshot, P.ROLL_READ),
        Route("GET", "/c/<complex>/roll/imports", imports.list_imports, P.ROLL_MANAGE),
        Route("POST", "/c/<complex>/roll/imports", imports.upload_roll, P.ROLL_MANAGE, Lock.LATE),
        Route("GET", "/c/<complex>/roll/imports/<int:import_id>", imports.show_import, P.ROLL_MANAGE),
        Route("POST", "/c/<complex>/roll/imports/<int:import_id>/confirm", imports.accept_import, P.ROLL_MANAGE, Lock.LATE),
        Route("GET", "/c/<complex>/roll/claims", decisions.list_claims, P.ROLL_MANAGE),
        Route("POST", "/c/<complex>/roll/claims/<int:binding_id>/accept", decisions.accept_binding, P.ROLL_MANAGE),
        Route("POST", "/c/<complex>/roll/claims/<int:binding_id>/end", decisions.end_binding, P.ROLL_MANAGE),
        Route("GET", "/c/<complex>/claim", claims.start_claim, P.ENTITLEMENT_CLAIM),
        Route("GET", "/c/<complex>/claim/door/<code>", claims.enter_identity, P.ENTITLEMENT_CLAIM),
        Route("POST", "/c/<complex>/claim/door/<code>", claims.check_identity, P.ENTITLEMENT_CLAIM),
        Route("GET", "/c/<complex>/claim/confirm", claims.confirm_claim, P.ENTITLEMENT_CLAIM),
        Route("POST", "/c/<complex>/claim/confirm", claims.make_claim, P.ENTITLEMENT_CLAIM),
        Route("GET", "/c/<complex>/claim/mine", claims.show_own_doors, P.ENTITLEMENT_CLAIM),
    ],
)
