"""Own the URL table of procedures."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.procedure import views, views_owner, views_preparation, views_vote

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

#: The preparation at the desk: the group, the board, the candidates, the objections, the drafts.
add_routes(
    blueprint,
    [
        Route("POST", f"{_ONE}/group", views_preparation.add_group_members, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/group/<int:member_id>", views_preparation.save_group_member, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/group/<int:member_id>/remove", views_preparation.remove_group_member, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/postings", views_preparation.record_posting, P.PROCEDURE_MANAGE),
        Route("GET", f"{_ONE}/postings/<int:posting_id>/photo", views_preparation.show_posting_photo, P.PROCEDURE_READ),
        Route("POST", f"{_ONE}/nominations", views_preparation.record_nomination, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/nominations/<int:nomination_id>", views_preparation.complete_nomination, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/nominations/<int:nomination_id>/check", views_preparation.check_nomination, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/nominations/<int:nomination_id>/off", views_preparation.take_off_list, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/nominations/<int:nomination_id>/evidence", views_preparation.open_evidence, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/drafts", views_preparation.save_drafts, P.PROCEDURE_MANAGE),
        Route("GET", f"{_ONE}/drafts/<text>", views_preparation.show_draft, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/objections/desk", views_preparation.list_objections, P.PROCEDURE_READ),
        Route("POST", f"{_ONE}/objections/desk", views_preparation.write_down_objection, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/objections/<int:number>/answer", views_preparation.answer_objection, P.PROCEDURE_MANAGE),
    ],
)

#: What owners do on their phones, and what everybody may see of the candidates and the objections.
add_routes(
    blueprint,
    [
        Route("GET", f"{_ONE}/nominate", views_owner.show_nominating, P.NOMINATE),
        Route("GET", f"{_ONE}/nominate/self", views_owner.stand_oneself, P.NOMINATE),
        Route("POST", f"{_ONE}/nominate/self", views_owner.send_own_candidacy, P.NOMINATE),
        Route("GET", f"{_ONE}/nominate/neighbour", views_owner.propose_neighbour, P.NOMINATE),
        Route("POST", f"{_ONE}/nominate/neighbour", views_owner.send_neighbour, P.NOMINATE),
        Route("POST", f"{_ONE}/nominations/<int:nomination_id>/withdraw", views_owner.withdraw_nomination, P.NOMINATE),
        Route("GET", f"{_ONE}/candidates", views_owner.show_candidates, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/nominations/<int:nomination_id>/photo", views_owner.show_candidate_photo, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/objections", views_owner.show_objections, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/objections/mine", views_owner.show_own_objections, P.OBJECT),
        Route("GET", f"{_ONE}/objections/new", views_owner.write_objection, P.OBJECT),
        Route("POST", f"{_ONE}/objections/new", views_owner.send_objection, P.OBJECT),
    ],
)

#: The vote at the desk and what follows it: notice, extension, certification, first meeting, filing, hand-over.
add_routes(
    blueprint,
    [
        Route("POST", f"{_ONE}/vote", views_vote.draft_vote, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/vote/announce", views_vote.announce_vote, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/vote/extend", views_vote.extend_vote, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/vote/certify", views_vote.certify, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/first-meeting", views_vote.record_first_meeting, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/filing", views_vote.record_filing, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/filing/papers/<paper>", views_vote.upload_filing_paper, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/handover", views_vote.start_handover, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/handover/items", views_vote.add_handover_item, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/handover/sign", views_vote.sign_handover, P.PROCEDURE_MANAGE),
    ],
)
