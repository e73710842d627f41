"""Cast a ballot: who and where, may they, is it time, is it well formed, is it proved - then write, once.

Everything costly happens before the write lock is taken; under the lock the rows that may have moved are read again. The
same bytes sent again by the same voter get the same receipt, also after closing: what is in the box is acknowledged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.audit.services.record_event import record_event
from app.ballots.errors import (
    BallotInBox,
    CredentialNotEnrolled,
    CredentialOfAnother,
    CredentialReplaced,
    EmptyBallot,
)
from app.ballots.models import Ballot, Enrolment, SeenCiphertext, VoterSpeaker, VoterState
from app.ballots.policies import require_may_vote
from app.ballots.queries import (
    any_seen,
    ballot_by_tracker,
    credential_hash,
    find_entitlement,
    get_contest,
    get_standing,
    speaker_of,
    voter_of_credential,
)
from app.ballots.rules import ciphertext_digests, receipt_code, require_change_allowed, require_channel
from app.ballots.services.tell_owners import tell_of_cast
from app.ballots.services.write_leaves import write_ballot, write_replaced
from app.ballots.types import Accepted, BallotRow, Channel, Contest, Standing
from app.crypto.ballot_check import check_binding
from app.crypto.ballots import parse_ballot, verify_ballot
from app.crypto.encoding import b64_sha
from app.crypto.errors import Oversize, RepeatedCiphertext
from app.crypto.hints import encode_commitments
from app.db.session import begin_write, db
from app.elections.rules import require_open
from app.elections.services.load_election import locked_election
from app.elections.types import ElectionState
from app.roll.types import Entitlement
from app.tenancy.types import ComplexRow


@dataclass(frozen=True, slots=True)
class ProvedBallot:
    """Hold a ballot whose form, proofs and signature were verified, ready to be written."""

    raw: bytes
    tracker: str
    credential: str
    commitments: bytes
    digests: tuple[bytes, ...]


def cast_ballot(
    place: ComplexRow, uuid: str, account_id: int, voter_number: int | None, raw: bytes, *, at: datetime
) -> Accepted:
    """Accept a ballot into the box and return it with its receipt.

    ``at`` is the server's time of receipt (Civil Code 137). Raises, in this order of checks: ElectionNotFound, NoVoteHere,
    NotYourVote; EntitlementHeld, NotNominee, CoownerSpeaks; ElectionNotOpen, ElectionClosed; EmptyBallot, Malformed;
    CredentialNotEnrolled, CredentialReplaced, CredentialOfAnother; VerificationFailed; RepeatedCiphertext, BallotInBox,
    NoChangesLeft, OtherChannelFirst.
    """
    contest = get_contest(uuid)
    election = contest.row
    entitlement = find_entitlement(election, account_id, voter_number)
    known = _already_in_box(contest, entitlement.voter_number, raw)
    if known is not None:
        return Accepted(known, created=False)
    require_may_vote(entitlement, election.policies, speaker_of(election.id, entitlement.voter_number))
    require_open(election, at)
    try:
        proved = _prove(contest, entitlement.voter_number, raw)
    except RepeatedCiphertext:
        # The same bytes sent twice at once: the first may have come into the box since we looked.
        known = _already_in_box(contest, entitlement.voter_number, raw)
        if known is None:
            raise
        return Accepted(known, created=False)
    begin_write()
    locked = locked_election(uuid)
    # Roll, policies and definition never change after the announcement; only these two can have moved meanwhile.
    now = replace(election, state=ElectionState(locked.state), closes_at=locked.closes_at)
    return _put_in_box(place, replace(contest, row=now), entitlement, proved, account_id, at)


def _already_in_box(contest: Contest, voter_number: int, raw: bytes) -> BallotRow | None:
    if not raw:
        raise EmptyBallot
    if len(raw) > contest.definition.max_ballot_bytes:
        raise Oversize(size=len(raw), limit=contest.definition.max_ballot_bytes)
    kept = ballot_by_tracker(b64_sha(raw))
    if kept is None:
        return None
    mine = kept.election_id == contest.row.id and voter_of_credential(kept.election_id, kept.credential) == voter_number
    if not mine:
        raise BallotInBox(tracker=kept.tracker)
    return kept


def _prove(contest: Contest, voter_number: int, raw: bytes) -> ProvedBallot:
    """Check form, credential, proofs and copies without the write lock."""
    definition = contest.definition
    ballot = parse_ballot(definition, raw)
    # Before the credential, so that a ballot for another election is called that.
    check_binding(definition, ballot)
    credential = str(ballot.credential)
    _require_credential(contest.row.id, get_standing(contest.row.id, voter_number), credential)
    commitments = verify_ballot(definition, ballot)
    digests = ciphertext_digests(ballot.ciphertexts())
    if any_seen(digests):
        raise RepeatedCiphertext(where="box")
    return ProvedBallot(raw, ballot.tracker, credential, encode_commitments(commitments, definition.group), tuple(digests))


def _require_credential(election_id: int, standing: Standing, credential: str) -> None:
    if credential in (standing.credential, standing.newest):
        return
    holder = voter_of_credential(election_id, credential)
    if holder is None:
        raise CredentialNotEnrolled
    if holder != standing.voter_number:
        raise CredentialOfAnother
    raise CredentialReplaced


def _put_in_box(
    place: ComplexRow, contest: Contest, entitlement: Entitlement, proved: ProvedBallot, account_id: int, at: datetime
) -> Accepted:
    """Write under the lock of the election's row, after reading again what another request may have changed."""
    election, uuid, number = contest.row, contest.row.uuid, entitlement.voter_number
    known = _already_in_box(contest, number, proved.raw)
    if known is not None:
        return Accepted(known, created=False)
    require_open(election, at)
    require_may_vote(entitlement, election.policies, speaker_of(election.id, number))
    standing = get_standing(election.id, number)
    _require_credential(election.id, standing, proved.credential)
    require_channel(election.policies, standing)
    require_change_allowed(election.policies, standing)
    if proved.credential != standing.credential:
        _replace(election.id, uuid, standing, proved.credential, at)
    ballot = _append_ballot(election.id, uuid, proved, at)
    _move_on(election.id, standing, proved.credential, ballot.box_number)
    if entitlement.co_owner_count > 1 and speaker_of(election.id, number) is None:
        db.session.add(VoterSpeaker(election_id=election.id, voter_number=number, person_id=entitlement.person_id))
    record_event("ballots:ballot:cast", at=at, account=account_id, tenant=place.id, election=election.id, voter=number)
    tell_of_cast(place, election, entitlement, ballot, again=standing.has_vote, at=at)
    db.session.flush()
    return Accepted(ballot, created=True)


def _replace(election_id: int, uuid: str, standing: Standing, credential: str, at: datetime) -> None:
    """Let the newest credential take the place of the one that voted; its ballot weighs nothing from here on."""
    query = select(Enrolment.proof).where(
        Enrolment.election_id == election_id, Enrolment.credential_hash == credential_hash(credential)
    )
    proof = db.session.scalars(query).one()
    write_replaced(uuid, standing.voter_number, str(standing.credential), credential, proof, at=at)


def _append_ballot(election_id: int, uuid: str, proved: ProvedBallot, at: datetime) -> BallotRow:
    last = db.session.scalar(select(func.max(Ballot.box_number)).where(Ballot.election_id == election_id)) or 0
    leaf = write_ballot(uuid, proved.tracker, proved.credential, last + 1, at=at)
    row = BallotRow(
        election_id=election_id,
        box_number=last + 1,
        tracker=proved.tracker,
        receipt_code=receipt_code(proved.tracker),
        credential=proved.credential,
        leaf_index=leaf.index,
        accepted_at=at,
    )
    db.session.add(
        Ballot(
            election_id=election_id,
            box_number=row.box_number,
            tracker=row.tracker,
            receipt_code=row.receipt_code,
            credential=row.credential,
            body=proved.raw,
            commitments=proved.commitments,
            leaf_index=row.leaf_index,
            accepted_at=at,
        )
    )
    db.session.add_all(SeenCiphertext(digest=digest) for digest in proved.digests)
    try:
        db.session.flush()
    except IntegrityError as problem:
        # The one race the election's lock does not cover: the same ciphertext at once in another election of the complex.
        raise RepeatedCiphertext(where="box") from problem
    return row


def _move_on(election_id: int, standing: Standing, credential: str, box_number: int) -> None:
    query = select(VoterState).where(VoterState.election_id == election_id, VoterState.voter_number == standing.voter_number)
    state = db.session.scalars(query).one()
    state.credential = credential
    state.ballots_accepted += 1
    state.effective_number = box_number
    state.channel = state.channel or Channel.ELECTRONIC.value
