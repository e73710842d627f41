"""Own the URL table of the ballot box, from the booth to the record package."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Lock, Route, add_routes
from app.ballots.views import booth, counting, district, my_votes, receipts, replay, results, turnout

blueprint = Blueprint("ballots", __name__)

blueprint.app_context_processor(turnout.turnout_values)

_ELECTION = "/c/<complex>/elections/<uuid>"

add_routes(
    blueprint,
    [
        Route("GET", f"{_ELECTION}/booth", booth.show_booth, P.BALLOT_CAST),
        Route("GET", f"{_ELECTION}/booth.json", booth.booth_json, P.BALLOT_CAST),
        Route("POST", f"{_ELECTION}/enrol", booth.enrol, P.BALLOT_CAST),
        Route("POST", f"{_ELECTION}/ballots", booth.cast, P.BALLOT_CAST, Lock.LATE),
        Route("GET", f"{_ELECTION}/receipt", booth.show_receipt, P.BALLOT_READ_OWN),
        Route("GET", "/c/<complex>/my", my_votes.my_ballot, P.BALLOT_READ_OWN),
        Route("GET", "/c/<complex>/receipts", receipts.find_receipt, P.PUBLIC_READ),
        Route("GET", "/c/<complex>/receipts.json", receipts.receipt_json, P.PUBLIC_READ),
        Route("GET", "/district", district.show_district, P.DISTRICT_READ),
        Route("GET", f"{_ELECTION}/turnout", turnout.show_turnout, P.TURNOUT_READ),
        Route("GET", f"{_ELECTION}/ballots.txt", counting.box_text, P.PUBLIC_READ),
        Route("GET", f"{_ELECTION}/decrypt", counting.show_decrypt, P.TRUSTEE_ACT),
        Route("GET", f"{_ELECTION}/decrypt.json", counting.decrypt_json, P.TRUSTEE_ACT),
        Route("POST", f"{_ELECTION}/decrypt", counting.take_part, P.TRUSTEE_ACT, Lock.LATE),
        Route("GET", f"{_ELECTION}/publish", results.preview_result, P.ELECTION_PUBLISH),
        Route("POST", f"{_ELECTION}/publish", results.publish, P.ELECTION_PUBLISH),
        Route("GET", f"{_ELECTION}/result", results.show_result, P.PUBLIC_READ),
        Route("GET", f"{_ELECTION}/replay", replay.show_replay, P.PUBLIC_READ),
        Route("GET", f"{_ELECTION}/record.zip", results.download_record, P.PUBLIC_READ),
        Route("GET", f"{_ELECTION}/check", results.show_check_guide, P.PUBLIC_READ),
    ],
)
