"""Close the box of an election whose window is over, then make both encrypted sums; each step happens once.

The steps are units of work of their own: once the box is closed no ballot can join it, so the sums are made from rows
that stand still and no lock is held while they are computed.
"""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.ballots.queries import all_standings, ballot_bodies, box_size, get_contest
from app.ballots.services.write_leaves import write_closed, write_tally
from app.ballots.types import Contest
from app.ballots.weights import measure_of, weights_of
from app.board.services.sign_checkpoint import sign_checkpoint
from app.crypto.ballots import parse_ballot
from app.crypto.encoding import sha256_hex
from app.crypto.tally import effective_ballots, encrypted_tally, tally_json, total_weight
from app.elections.queries import encrypted_tallies
from app.elections.services.keep_tally import keep_tally
from app.elections.services.load_election import locked_election
from app.elections.services.mark_closed import mark_closed
from app.elections.types import ElectionState, TallyRow
from app.statute.weight import Measure


def close_box(slug: str, uuid: str, *, at: datetime) -> bool:
    """Close the box in the present unit of work when its time is over; return whether this call closed it.

    Raises: ElectionNotFound.
    """
    row = locked_election(uuid)
    if row.state != ElectionState.OPEN or at < row.closes_at:
        return False
    mark_closed(uuid, at=at)
    effective = sum(1 for standing in all_standings(row.id) if standing.has_vote)
    write_closed(uuid, box_size(row.id), effective, at=at)
    sign_checkpoint(slug, at=at)
    return True


def make_sums(uuid: str) -> list[TallyRow]:
    """Compute the encrypted sums of a closed box for area and heads; reads only. Empty when there is nothing to do."""
    contest = get_contest(uuid)
    if contest.row.state is not ElectionState.CLOSED or encrypted_tallies(contest.row.id):
        return []
    return compute_sums(contest)


def compute_sums(contest: Contest) -> list[TallyRow]:
    """Add up the effective ballots of a box under both weights."""
    definition = contest.definition
    ballots = [parse_ballot(definition, raw) for raw in ballot_bodies(contest.row.id)]
    weights = weights_of(contest.row)
    counted = len(effective_ballots(ballots))
    rows = []
    for measure in Measure:
        of_measure = measure_of(weights, measure)
        body = tally_json(encrypted_tally(definition, ballots, of_measure))
        rows.append(TallyRow(measure.value, body, counted, total_weight(ballots, of_measure)))
    return rows


def keep_sums(slug: str, uuid: str, rows: list[TallyRow], *, at: datetime) -> bool:
    """Keep the sums and write their leaf in the present unit of work; return whether this call did."""
    election = locked_election(uuid)
    if not rows or encrypted_tallies(election.id):
        return False
    for row in rows:
        keep_tally(uuid, row)
    digests = {row.weight: sha256_hex(row.body) for row in rows}
    write_tally(uuid, digests["area"], digests["heads"], at=at)
    sign_checkpoint(slug, at=at)
    record_event("ballots:tally:make", at=at, election=election.id, ballots=rows[0].ballots)
    return True
