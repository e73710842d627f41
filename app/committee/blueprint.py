"""Own the URL table of the committee record."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.committee import views

blueprint = Blueprint("committee", __name__)

_DESK = "/c/<complex>/desk/committee"
_TERM = f"{_DESK}/<int:term_id>"
_MEMBER = f"{_DESK}/members/<int:member_id>"

add_routes(
    blueprint,
    [
        Route("GET", "/c/<complex>/committee", views.show_committee, P.PUBLIC_READ),
        Route("GET", _DESK, views.show_record, P.PROCEDURE_READ),
        Route("GET", f"{_DESK}/new", views.new_term, P.COMMITTEE_MANAGE),
        Route("POST", f"{_DESK}/new", views.create_term, P.COMMITTEE_MANAGE),
        Route("GET", f"{_TERM}/edit", views.edit_term, P.COMMITTEE_MANAGE),
        Route("POST", f"{_TERM}/edit", views.save_term, P.COMMITTEE_MANAGE),
        Route("GET", f"{_TERM}/offices", views.choose_offices, P.COMMITTEE_MANAGE),
        Route("POST", f"{_TERM}/offices", views.save_offices, P.COMMITTEE_MANAGE),
        Route("GET", f"{_TERM}/move-up", views.confirm_move_up, P.COMMITTEE_MANAGE),
        Route("POST", f"{_TERM}/move-up", views.move_up, P.COMMITTEE_MANAGE),
        Route("GET", f"{_MEMBER}/end", views.confirm_end, P.COMMITTEE_MANAGE),
        Route("POST", f"{_MEMBER}/end", views.end, P.COMMITTEE_MANAGE),
        Route("GET", f"{_MEMBER}/handover", views.confirm_handover, P.COMMITTEE_MANAGE),
        Route("POST", f"{_MEMBER}/handover", views.hand_over, P.COMMITTEE_MANAGE),
        Route("GET", f"{_MEMBER}/evidence", views.show_evidence, P.COMMITTEE_MANAGE),
    ],
)
