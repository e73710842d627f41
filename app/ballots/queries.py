"""Own the reads of the ballot box: where voters stand, ballots by receipt, the box in order. No read returns a choice."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import func, or_, select

from app.ballots.errors import NotYourVote, NoVoteHere, ReceiptNotFound
from app.ballots.models import Ballot, Enrolment, SeenCiphertext, VoterSpeaker, VoterState
from app.ballots.rules import CODE_LENGTH
from app.ballots.types import BallotRow, BoxBallot, Contest, Standing, Vote
from app.db.session import db
from app.elections.errors import ElectionNotFound
from app.elections.queries import get_public_election, list_elections
from app.elections.types import ElectionRow, parse_definition
from app.roll.queries import entitlements_of
from app.roll.types import Entitlement


def credential_hash(credential: str) -> bytes:
    """Return the digest under which a credential is found."""
    return sha256(credential.encode()).digest()


def get_contest(uuid: str) -> Contest:
    """Return an announced election whose definition exists.

    Raises: ElectionNotFound.
    """
    row = get_public_election(uuid)
    if row.definition is None:
        raise ElectionNotFound(uuid=uuid)
    return Contest(row, parse_definition(row.definition))


def votes_of(election: ElectionRow, account_id: int) -> list[Vote]:
    """List the voters of an account in an election with where each stands, by voter number."""
    if election.snapshot_id is None:
        return []
    mine = entitlements_of(election.snapshot_id, account_id)
    standings = _standings(election.id, [each.voter_number for each in mine])
    return [Vote(election, each, standings[each.voter_number]) for each in mine]


def find_entitlement(election: ElectionRow, account_id: int, voter_number: int | None) -> Entitlement:
    """Return the account's entitlement for a voter number, or its first one when none is named.

    Raises: NoVoteHere (``outside_scope`` where only some buildings decide), NotYourVote.
    """
    mine = entitlements_of(election.snapshot_id, account_id) if election.snapshot_id is not None else ()
    if not mine and election.scope:
        raise NoVoteHere("outside_scope", election=election.uuid, buildings=election.scope_text)
    if not mine:
        raise NoVoteHere(election=election.uuid)
    for each in mine:
        if voter_number in (None, each.voter_number):
            return each
    raise NotYourVote(voter=voter_number)


def get_standing(election_id: int, voter_number: int) -> Standing:
    """Return where a voter stands; a voter without a row has done nothing yet."""
    return _standings(election_id, [voter_number])[voter_number]


def speaker_of(election_id: int, voter_number: int) -> int | None:
    """Return the person who speaks for a voter with several persons, if one has cast."""
    query = select(VoterSpeaker.person_id).where(
        VoterSpeaker.election_id == election_id, VoterSpeaker.voter_number == voter_number
    )
    return db.session.scalar(query)


def voter_of_credential(election_id: int, credential: str) -> int | None:
    """Return the voter number a credential was enrolled for, present or replaced."""
    query = select(Enrolment.voter_number).where(
        Enrolment.election_id == election_id, Enrolment.credential_hash == credential_hash(credential)
    )
    return db.session.scalar(query)


def ballot_by_tracker(tracker: str) -> BallotRow | None:
    """Return the ballot of a box of the complex with this tracker, if there is one."""
    row = db.session.scalar(select(Ballot).where(Ballot.tracker == tracker))
    return None if row is None else _ballot(row)


def ballot_by_receipt(code: str) -> BallotRow:
    """Return the ballot of the complex with this receipt code or tracker.

    Raises: ReceiptNotFound.
    """
    query = select(Ballot).where(or_(Ballot.tracker == code, Ballot.receipt_code == code[:CODE_LENGTH]))
    for row in db.session.scalars(query.order_by(Ballot.accepted_at)):
        if code in (row.tracker, row.receipt_code):
            return _ballot(row)
    raise ReceiptNotFound(receipt=code[:43])


def election_of_ballot(ballot: BallotRow) -> ElectionRow:
    """Return the election whose box holds a ballot."""
    return next(row for row in list_elections() if row.id == ballot.election_id)


def effective_ballot(election_id: int, box_number: int) -> BallotRow:
    """Return the ballot with a number in the box of an election.

    Raises: ReceiptNotFound.
    """
    row = db.session.scalar(select(Ballot).where(Ballot.election_id == election_id, Ballot.box_number == box_number))
    if row is None:
        raise ReceiptNotFound(number=box_number)
    return _ballot(row)


def any_seen(digests: Iterable[bytes]) -> bool:
    """Say whether a ciphertext with one of the digests is in a box of the complex."""
    query = select(SeenCiphertext.id).where(SeenCiphertext.digest.in_(list(digests))).limit(1)
    return db.session.scalar(query) is not None


def box_size(election_id: int) -> int:
    """Count the ballots in the box of an election."""
    return db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.election_id == election_id)) or 0


def box_in_order(election_id: int) -> list[BoxBallot]:
    """List the bytes and kept commitments of every ballot by box number."""
    query = select(Ballot.body, Ballot.commitments).where(Ballot.election_id == election_id).order_by(Ballot.box_number)
    return [BoxBallot(body, commitments) for body, commitments in db.session.execute(query)]


def ballot_bodies(election_id: int) -> list[bytes]:
    """List the bytes of every ballot by box number."""
    query = select(Ballot.body).where(Ballot.election_id == election_id).order_by(Ballot.box_number)
    return list(db.session.scalars(query))


def all_standings(election_id: int) -> list[Standing]:
    """List where every voter stands who has enrolled or voted, by voter number."""
    query = select(VoterState).where(VoterState.election_id == election_id).order_by(VoterState.voter_number)
    return [_standing(row, None) for row in db.session.scalars(query)]


def enrolled_credentials(election_id: int) -> dict[str, int]:
    """Map every credential ever enrolled to its voter number."""
    query = select(Enrolment.credential, Enrolment.voter_number).where(Enrolment.election_id == election_id)
    return dict(db.session.execute(query.order_by(Enrolment.voter_number, Enrolment.sequence)).all())


def newest_credential(election_id: int, voter_number: int) -> str | None:
    """Return the credential a voter enrolled last."""
    query = select(Enrolment.credential).where(Enrolment.election_id == election_id, Enrolment.voter_number == voter_number)
    return db.session.scalar(query.order_by(Enrolment.sequence.desc()).limit(1))


def _standings(election_id: int, numbers: list[int]) -> dict[int, Standing]:
    query = select(VoterState).where(VoterState.election_id == election_id, VoterState.voter_number.in_(numbers))
    rows = {row.voter_number: row for row in db.session.scalars(query.execution_options(populate_existing=True))}
    return {
        number: _standing(rows[number], newest_credential(election_id, number)) if number in rows else Standing(number)
        for number in numbers
    }


def _standing(row: VoterState, newest: str | None) -> Standing:
    return Standing(
        voter_number=row.voter_number,
        credential=row.credential,
        newest=newest or row.credential,
        enrolments=row.enrolments,
        ballots_accepted=row.ballots_accepted,
        effective_number=row.effective_number,
        channel=row.channel,
    )


def _ballot(row: Ballot) -> BallotRow:
    return BallotRow(
        election_id=row.election_id,
        box_number=row.box_number,
        tracker=row.tracker,
        receipt_code=row.receipt_code,
        credential=row.credential,
        leaf_index=row.leaf_index,
        accepted_at=row.accepted_at,
    )


def has_vote(uuid: str, account_id: int, voter_number: int | None) -> bool:
    """Say whether a ballot of an account's voter is in the box and counts.

    Raises: ElectionNotFound, NoVoteHere, NotYourVote.
    """
    election = get_public_election(uuid)
    entitlement = find_entitlement(election, account_id, voter_number)
    return get_standing(election.id, entitlement.voter_number).has_vote
