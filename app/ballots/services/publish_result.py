"""Publish the result of a closed box: freeze result.json, write its leaf, sign the record, tell the owners.

The operator confirms what the preview showed; the totals are opened again here, so nothing a browser sends is published.
The result of a vote that belongs to a procedure is preliminary: it is open to objections for the days of the rule pack.
"""

from __future__ import annotations

from datetime import datetime

from app.ballots.queries import all_standings, get_contest
from app.ballots.result import Outcome, open_result
from app.ballots.services.tell_owners import tell_of_result
from app.ballots.services.write_leaves import write_result
from app.board.services.sign_checkpoint import sign_checkpoint
from app.crypto.encoding import sha256_hex
from app.elections.rules import end_of_objections
from app.elections.services.certify_election import open_to_objections
from app.elections.services.load_election import locked_in_state
from app.elections.services.mark_published import mark_published
from app.elections.types import ElectionState
from app.statute.holiday_tables import published_holidays
from app.tenancy.types import ComplexRow


def publish_result(place: ComplexRow, uuid: str, *, at: datetime, account: int | None = None) -> Outcome:
    """Publish and return the outcome.

    Raises: ElectionNotFound, ElectionStateWrong, NotEnoughParts, ResultContradicts.
    """
    locked_in_state(uuid, ElectionState.CLOSED)
    contest = get_contest(uuid)
    outcome = open_result(contest)
    mark_published(uuid, outcome.result_json, at=at, account=account)
    if contest.row.procedure_code:
        open_to_objections(uuid, end_of_objections(at, contest.row.pack, published_holidays()))
    write_result(uuid, sha256_hex(outcome.result_json), at=at)
    sign_checkpoint(place.slug, at=at)
    voted = [standing.voter_number for standing in all_standings(contest.row.id) if standing.has_vote]
    tell_of_result(place, contest.row, voted, at=at)
    return outcome
