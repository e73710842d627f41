"""Enrol a credential for a voter: proof of possession, the append-only row, and its leaf of the public record.

A credential that would replace one which has voted waits: its leaf ``replaced`` is written with its first ballot, so
that nobody loses a vote that is in the box by opening the booth on another phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.ballots.errors import CredentialTaken, EnrolmentUnreadable
from app.ballots.models import Enrolment, VoterState
from app.ballots.policies import require_may_vote
from app.ballots.queries import (
    credential_hash,
    find_entitlement,
    get_contest,
    get_standing,
    speaker_of,
    voter_of_credential,
)
from app.ballots.rules import require_channel, require_replacement_allowed
from app.ballots.services.write_leaves import write_enrolled, write_replaced
from app.ballots.types import Standing
from app.crypto.credentials import verify_possession
from app.crypto.encoding import element, fields, loads
from app.crypto.group import Element, ModularGroup
from app.crypto.proofs import Proof, parse_proof
from app.db.session import db
from app.elections.rules import require_open
from app.elections.services.load_election import locked_election
from app.errors import Malformed

#: An enrolment is one element and two scalars; anything longer is not one.
MAX_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """Hold what the booth sends: the public key and the proof that the device holds the secret half."""

    credential: Element
    proof: Proof


def parse_enrolment(raw: bytes, group: ModularGroup) -> EnrolmentRequest:
    """Read an enrolment.

    Raises: EnrolmentUnreadable.
    """
    try:
        credential, proof = fields(loads(raw, MAX_BYTES), ("credential", "proof"), "enrolment")
        return EnrolmentRequest(element(credential, group, "credential"), parse_proof(proof, group, "proof"))
    except Malformed as problem:
        raise EnrolmentUnreadable(reason=problem.code) from problem


def enrol_credential(uuid: str, account_id: int, voter_number: int | None, raw: bytes, *, at: datetime) -> str:
    """Enrol a credential and return it, decimal; the same credential again changes nothing.

    Raises: ElectionNotFound, NoVoteHere, NotYourVote, the refusals of ``require_may_vote`` and ``require_open``,
    EnrolmentUnreadable, NoChangesLeft, TooManyCredentials, CredentialTaken, BadPossession.
    """
    locked_election(uuid)
    contest = get_contest(uuid)
    election = contest.row
    entitlement = find_entitlement(election, account_id, voter_number)
    number = entitlement.voter_number
    require_may_vote(entitlement, election.policies, speaker_of(election.id, number))
    require_open(election, at)
    asked = parse_enrolment(raw, contest.definition.group)
    standing = get_standing(election.id, number)
    credential = str(asked.credential)
    if credential == standing.newest:
        return credential
    require_channel(election.policies, standing)
    require_replacement_allowed(election.policies, standing)
    if voter_of_credential(election.id, credential) is not None:
        raise CredentialTaken(voter=number)
    verify_possession(uuid, number, asked.credential, asked.proof, contest.definition.group)
    _keep(election.id, standing, asked, at)
    if standing.credential is None:
        write_enrolled(uuid, number, credential, asked.proof.to_json(), at=at)
    elif not standing.has_vote:
        write_replaced(uuid, number, standing.credential, credential, asked.proof.to_json(), at=at)
    record_event("ballots:credential:enrol", at=at, account=account_id, election=election.id, voter=number)
    return credential


def _keep(election_id: int, standing: Standing, asked: EnrolmentRequest, at: datetime) -> None:
    number, credential = standing.voter_number, str(asked.credential)
    db.session.add(
        Enrolment(
            election_id=election_id,
            voter_number=number,
            sequence=standing.enrolments,
            credential=credential,
            credential_hash=credential_hash(credential),
            proof=asked.proof.to_json(),
            at=at,
        )
    )
    query = select(VoterState).where(VoterState.election_id == election_id, VoterState.voter_number == number)
    state = db.session.scalar(query)
    if state is None:
        state = VoterState(election_id=election_id, voter_number=number, enrolments=0, ballots_accepted=0)
        db.session.add(state)
    state.enrolments += 1
    if not standing.has_vote:
        state.credential = credential
    db.session.flush()
