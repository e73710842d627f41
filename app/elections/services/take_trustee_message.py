"""Take one message of the key ceremony: verify it, keep it, and when it was the last of its round, go on for all.

The leaves of a round are written when the round is complete: until then a trustee who lost a key may begin the round again,
and nobody sees another's second message before all have given theirs, so the last one cannot steer the joint key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.crypto.encoding import small_integer
from app.crypto.errors import WrongShape
from app.db.session import db
from app.elections import ceremony
from app.elections.ceremony import REHEARSAL
from app.elections.errors import CeremonyNotBegun, RoundAlreadyGiven, RoundNotDue
from app.elections.models import Election, ElectionTrustee
from app.elections.policies import trustee_of
from app.elections.queries import get_election
from app.elections.services.define_election import define_election
from app.elections.services.load_election import locked_election
from app.elections.types import ElectionRow, ElectionState
from app.tenancy.types import ComplexRow


def take_trustee_message(
    uuid: str, place: ComplexRow, message: Mapping[str, Any], *, at: datetime, account: int
) -> ElectionRow:
    """Take a message of rounds 1 to 3 (``round`` says which) or, without ``round``, of the rehearsal.

    Raises: ElectionNotFound, NotATrustee, CeremonyNotBegun, RoundNotDue, RoundAlreadyGiven, Malformed, VerificationFailed.
    """
    row = locked_election(uuid)
    election = get_election(uuid)
    trustee = trustee_of(account, election)
    number = _number(message)
    _require_due(election, number)
    kept = _kept_trustee(trustee.id)
    _KEEP[number](election, trustee.index, message, kept)
    db.session.flush()
    record_event("elections:trustee:message", at=at, account=account, tenant=place.id, election=row.id, round=number)
    after = get_election(uuid)
    if ceremony.due_round(after.trustees) > number:
        _complete(row, after, number, place.slug, at)
    return get_election(uuid)


def _number(message: Mapping[str, Any]) -> int:
    if "round" not in message:
        return REHEARSAL
    number = small_integer(message["round"], "round")
    if number not in (1, 2, 3):
        raise WrongShape(field="round", expected="1..3")
    return number


def _require_due(election: ElectionRow, number: int) -> None:
    if election.state is ElectionState.DRAFT:
        raise CeremonyNotBegun(uuid=election.uuid)
    due = ceremony.due_round(election.trustees)
    if number < due:
        raise RoundAlreadyGiven(round=number, due=due)
    if number > due or election.state is not ElectionState.ANNOUNCED:
        raise RoundNotDue(round=number, due=due)


def _kept_trustee(trustee_id: int) -> ElectionTrustee:
    return db.session.scalars(select(ElectionTrustee).where(ElectionTrustee.id == trustee_id)).one()


def _keep_certificate(election: ElectionRow, index: int, message: Mapping[str, Any], kept: ElectionTrustee) -> None:
    kept.cert = ceremony.read_certificate(election, index, message).to_json()


def _keep_polynomial(election: ElectionRow, index: int, message: Mapping[str, Any], kept: ElectionTrustee) -> None:
    polynomial = ceremony.read_polynomial(election, index, message)
    kept.coefexps = polynomial.coefexps.to_json()
    kept.certs_signature = polynomial.signature.to_json()
    kept.shares = list(polynomial.shares)


def _keep_key(election: ElectionRow, index: int, message: Mapping[str, Any], kept: ElectionTrustee) -> None:
    kept.verification_key = ceremony.read_verification_key(election, index, message).to_json()


def _keep_rehearsal(election: ElectionRow, index: int, message: Mapping[str, Any], kept: ElectionTrustee) -> None:
    kept.rehearsal = ceremony.read_rehearsal(election, index, message).to_json()


_KEEP = {1: _keep_certificate, 2: _keep_polynomial, 3: _keep_key, REHEARSAL: _keep_rehearsal}


def _complete(row: Election, election: ElectionRow, number: int, slug: str, at: datetime) -> None:
    if number == REHEARSAL:
        _complete_rehearsal(election, at)
    else:
        for trustee in election.trustees:
            digest = ceremony.round_digest(trustee, number)
            body = {"election": election.uuid, "index": trustee.index, "round": number, "sha256": digest}
            append_entry("trustee_round", body, at=at, election_uuid=election.uuid)
    if number == 3:
        define_election(row, election, slug, at=at)
    sign_checkpoint(slug, at=at)


def _complete_rehearsal(election: ElectionRow, at: datetime) -> None:
    ceremony.require_every_pair_opens(election)
    test = election.rehearsal
    if test is None:
        raise RoundNotDue(round=REHEARSAL)
    partials = [{"index": trustee.index, **dict(trustee.rehearsal or {})} for trustee in election.trustees]
    body = {
        "election": election.uuid,
        "alpha": test.alpha,
        "beta": test.beta,
        "value": test.value,
        "partials": partials,
    }
    append_entry("rehearsal", body, at=at, election_uuid=election.uuid)
