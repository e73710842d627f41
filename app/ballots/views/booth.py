"""Own the booth page, its document, the enrolment and the casting of a ballot, and the receipt."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as Answer

from app.ballots.booth import booth_document
from app.ballots.policies import require_may_vote
from app.ballots.queries import effective_ballot, get_contest, has_vote, speaker_of, votes_of
from app.ballots.rules import changes_left
from app.ballots.services.cast_ballot import cast_ballot
from app.ballots.services.enrol_credential import MAX_BYTES, enrol_credential
from app.ballots.types import Contest, Vote
from app.ballots.views.asked import asked_vote, asked_voter, refusal
from app.crypto.errors import Oversize
from app.elections.queries import get_public_election
from app.elections.rules import is_over, require_open
from app.errors import DomainError
from app.identity.login import signed_in_account
from app.tenancy.types import ComplexRow
from app.web.assets import modules_of
from app.web.clock import now
from app.web.filters import count
from app.web.languages import language

#: Far above any ballot; the election's own exact limit is checked by the service.
MAX_BALLOT_BYTES = 2_000_000


def show_booth(complex: ComplexRow, uuid: str) -> str | Answer:
    """Show the booth's shell; the ballot itself is filled in on the device."""
    contest = get_contest(uuid)
    votes = votes_of(contest.row, signed_in_account().account_id)
    if asked_voter() is None and len(votes) > 1:
        return render_template("ballots/choose_voter.html", election=contest.row, votes=votes)
    vote = asked_vote(contest.row)
    if vote.standing.has_vote and is_over(contest.row, now()):
        return redirect(url_for("ballots.my_ballot", complex=complex.slug, election=uuid))
    _require_booth(contest, vote)
    address = url_for("ballots.booth_json", complex=complex.slug, uuid=uuid, voter=vote.entitlement.voter_number)
    return render_template(
        "ballots/show_booth.html", election=contest.row, booth_url=address, modules=modules_of("booth/booth.js")
    )


def booth_json(complex: ComplexRow, uuid: str) -> Response:
    """Send what the booth needs to show the ballot and to make one."""
    contest = get_contest(uuid)
    vote = asked_vote(contest.row)
    _require_booth(contest, vote)
    return jsonify(
        booth_document(
            complex,
            contest,
            vote,
            csrf=generate_csrf(),
            help_text=_("社区"),
            left=_("还剩 {time}"),
            lang=language(),
            at=now(),
        )
    )


def enrol(complex: ComplexRow, uuid: str) -> tuple[Response, int]:
    """Enrol the device's credential for a voter."""
    account = signed_in_account().account_id
    try:
        raw = _body(MAX_BYTES)
        credential = enrol_credential(uuid, account, asked_voter(), raw, at=now())
    except DomainError as problem:
        return refusal(problem, lambda: _counts(uuid, account))
    return jsonify({"credential": credential}), 201


def cast(complex: ComplexRow, uuid: str) -> tuple[Response, int]:
    """Put a ballot into the box; the same ballot again gets the same receipt."""
    account, at = signed_in_account().account_id, now()
    try:
        raw = _body(MAX_BALLOT_BYTES)
        accepted = cast_ballot(complex, uuid, account, asked_voter(), raw, at=at)
    except DomainError as problem:
        return refusal(problem, lambda: _counts(uuid, account))
    ballot = accepted.ballot
    receipt = url_for("ballots.show_receipt", complex=complex.slug, uuid=uuid, voter=asked_voter())
    answer: dict[str, Any] = {
        "tracker": ballot.tracker,
        "receipt_code": ballot.receipt_code,
        "receipt_url": receipt,
        "box_number": ballot.box_number,
    }
    return jsonify(answer), 201 if accepted.created else 200


def show_receipt(complex: ComplexRow, uuid: str) -> str | Answer:
    """Show that the vote is in the box: time, receipt code, what comes next; never what was chosen."""
    election = get_public_election(uuid)
    vote = asked_vote(election)
    number = vote.standing.effective_number
    if number is None:
        return redirect(url_for("ballots.my_ballot", complex=complex.slug, election=uuid))
    left = 0 if is_over(election, now()) else changes_left(election.policies, vote.standing.ballots_accepted)
    ballot = effective_ballot(election.id, number)
    return render_template("ballots/show_receipt.html", election=election, vote=vote, ballot=ballot, left=left)


def _require_booth(contest: Contest, vote: Vote) -> None:
    """Let nobody fill in a ballot that would be refused: who he is and the time are asked before."""
    speaker = speaker_of(contest.row.id, vote.entitlement.voter_number)
    require_may_vote(vote.entitlement, contest.row.policies, speaker)
    require_open(contest.row, now())


def _body(limit: int) -> bytes:
    """Read the request's body, refusing by its announced length before a byte of it is read."""
    length = request.content_length
    if length is not None and length > limit:
        raise Oversize(size=count(length), limit=count(limit))
    return request.get_data(cache=False)


def _counts(uuid: str, account: int) -> bool:
    """Say whether the voter of the address has a ballot in the box that counts; False where there is no such voter."""
    try:
        return has_vote(uuid, account, asked_voter())
    except DomainError:
        return False
