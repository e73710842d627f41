"""Own the URL table of procedures."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.procedure import (
    views,
    views_begin,
    views_committee,
    views_desk,
    views_orders,
    views_owner,
    views_papers,
    views_preparation,
    views_vote,
)
from app.procedure.home_strips import procedure_strips

blueprint = Blueprint("procedure", __name__)
blueprint.app_context_processor(lambda: {"procedure_strips": procedure_strips})

_ALL = "/c/<complex>/procedures"
_ONE = f"{_ALL}/<code>"

add_routes(
    blueprint,
    [
        Route("GET", "/c/<complex>/desk", views_desk.show_desk, P.COMPLEX_READ),
        Route("GET", "/street", views_desk.show_overview, P.PROCEDURE_READ),
        Route("GET", _ALL, views.list_procedures, P.PROCEDURE_READ),
        Route("GET", f"{_ALL}/new", views_begin.choose_kind, P.PROCEDURE_MANAGE),
        Route("GET", f"{_ALL}/new/<kind>", views_begin.new_procedure, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ALL}/new/<kind>", views_begin.create_procedure, P.PROCEDURE_MANAGE),
        Route("GET", f"{_ONE}/", views.show_procedure, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/public", views.show_timeline, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/proofs/<int:file_id>", views.show_proof, P.PROCEDURE_READ),
        Route("POST", f"{_ONE}/facts/<step>", views.save_fact, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/facts/<step>/undo", views.undo_fact, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/dates/<step>", views_orders.save_date, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/days/<step>", views_orders.save_days, P.PROCEDURE_MANAGE),
        Route("GET", f"{_ONE}/orders/<order>", views_orders.new_order, P.PROCEDURE_ORDER),
        Route("POST", f"{_ONE}/orders/<order>", views_orders.save_order, P.PROCEDURE_ORDER),
        Route("GET", f"{_ONE}/abandon", views_orders.confirm_abandonment, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/abandon", views_orders.abandon, P.PROCEDURE_MANAGE),
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
        Route("GET", f"{_ALL}/running", views_owner.list_running, P.PUBLIC_READ),
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
        Route("POST", f"{_ONE}/vote/open", views_vote.open_vote, P.PROCEDURE_MANAGE),
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

#: The committee's changes, petitions and proposals.
add_routes(
    blueprint,
    [
        Route("POST", f"{_ONE}/vacancy", views_committee.save_vacancy, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/leavers/<int:member_id>", views_committee.save_leaver, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/petition", views_committee.save_petition, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/signatures", views_committee.add_signatures, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/signatures/<int:signature_id>/withdraw", views_committee.withdraw_signature, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/petition/check", views_committee.confirm_petition, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/reply", views_committee.save_reply, P.PROCEDURE_MANAGE),
        Route("POST", f"{_ONE}/proposal", views_committee.save_proposal, P.PROCEDURE_MANAGE),
    ],
)

#: Printed papers: at the desk, on the board for everybody, and by the code printed on them.
add_routes(
    blueprint,
    [
        Route("GET", f"{_ONE}/papers/<paper>", views_papers.show_paper, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/papers/<paper>.pdf", views_papers.download_paper, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/papers/<paper>/<int:number>.png", views_papers.show_paper_page, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/papers/<paper>/kept", views_papers.show_kept_paper, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/filing.zip", views_papers.download_filing, P.PROCEDURE_READ),
        Route("GET", f"{_ONE}/board/<paper>", views_papers.show_posted_paper, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/board/<paper>.pdf", views_papers.download_posted_paper, P.PUBLIC_READ),
        Route("GET", f"{_ONE}/board/<paper>/<int:number>.png", views_papers.show_posted_page, P.PUBLIC_READ),
        Route("GET", "/v", views_papers.enter_code, P.PUBLIC_READ),
        Route("GET", "/v/<typed>", views_papers.open_code, P.PUBLIC_READ),
    ],
)
