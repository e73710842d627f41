"""Own the URL table of elections, from the draft to the opening."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.elections import desk_views, setup_views, trustee_views, views

blueprint = Blueprint("elections", __name__)

_COMPLEX = "/c/<complex>"
_ALL = f"{_COMPLEX}/elections"
_ONE = f"{_ALL}/<uuid>"
_MATTER = f"{_ONE}/matters/<int:matter_id>"
_CANDIDATE = f"{_ONE}/candidates/<int:candidate_id>"

add_routes(
    blueprint,
    [
        Route("GET", f"{_COMPLEX}/", views.show_complex, P.PUBLIC_READ),
        Route("GET", _ALL, views.list_votes, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/", views.show_election, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/announcement.json", views.announcement_json, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/election.json", views.definition_json, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/trustees.json", views.trustees_json, P.PUBLIC_READ),
        Route("GET", f"{_COMPLEX}/desk/elections", desk_views.list_elections, P.ELECTION_READ),
        Route("GET", f"{_ONE}/work", desk_views.show_work, P.ELECTION_READ),
        Route("GET", f"{_ALL}/new", setup_views.new_election, P.ELECTION_PREPARE),
        Route("POST", f"{_ALL}/new", setup_views.create_election, P.ELECTION_PREPARE),
        Route("GET", f"{_ONE}/edit", setup_views.edit_election, P.ELECTION_PREPARE),
        Route("POST", f"{_ONE}/edit", setup_views.save_basics, P.ELECTION_PREPARE),
        Route("POST", f"{_ONE}/matters", setup_views.create_matter, P.ELECTION_PREPARE),
        Route("POST", _MATTER, setup_views.save_matter, P.ELECTION_PREPARE),
        Route("POST", f"{_MATTER}/remove", setup_views.delete_matter, P.ELECTION_PREPARE),
        Route("POST", f"{_MATTER}/candidates", setup_views.create_candidate, P.ELECTION_PREPARE),
        Route("POST", _CANDIDATE, setup_views.save_candidate, P.ELECTION_PREPARE),
        Route("POST", f"{_CANDIDATE}/remove", setup_views.delete_candidate, P.ELECTION_PREPARE),
        Route("POST", f"{_MATTER}/materials", setup_views.create_material, P.ELECTION_PREPARE),
        Route("POST", f"{_ONE}/materials/<int:material_id>/remove", setup_views.delete_material, P.ELECTION_PREPARE),
        Route("POST", f"{_ONE}/scope", setup_views.save_scope, P.ELECTION_PREPARE),
        Route("POST", f"{_ONE}/policies", setup_views.save_policies, P.ELECTION_PREPARE),
        Route("POST", f"{_ONE}/trustees", setup_views.save_trustees, P.ELECTION_PREPARE),
        Route("GET", f"{_ONE}/preview", setup_views.preview_election, P.ELECTION_PREPARE),
        Route("GET", f"{_ONE}/announce", setup_views.confirm_announcement, P.ELECTION_ANNOUNCE),
        Route("POST", f"{_ONE}/announce", setup_views.announce, P.ELECTION_ANNOUNCE),
        Route("GET", f"{_ONE}/withdraw", setup_views.confirm_withdrawal, P.ELECTION_ANNOUNCE),
        Route("POST", f"{_ONE}/withdraw", setup_views.withdraw, P.ELECTION_ANNOUNCE),
        Route("GET", f"{_ONE}/open", setup_views.confirm_opening, P.ELECTION_OPEN),
        Route("POST", f"{_ONE}/open", setup_views.open_voting, P.ELECTION_OPEN),
        Route("GET", f"{_ONE}/trustee", trustee_views.show_trustee, P.TRUSTEE_ACT),
        Route("GET", f"{_ONE}/trustees/me.json", trustee_views.trustee_state_json, P.TRUSTEE_ACT),
        Route("POST", f"{_ONE}/trustees/me", trustee_views.give_message, P.TRUSTEE_ACT),
    ],
)
