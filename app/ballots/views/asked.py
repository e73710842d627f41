"""Own the reading of what the pages are asked for, and the refusals that say whether a vote counts."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, jsonify, request
from flask_babel import gettext as _

from app.ballots.queries import find_entitlement, get_standing
from app.ballots.types import Vote
from app.db.session import rollback
from app.elections.types import ElectionRow
from app.errors import DomainError, Malformed
from app.identity.login import signed_in_account
from app.web.errors import sentence_of, status_of


def asked_voter() -> int | None:
    """Return the voter number of the address, if it names one.

    Raises: Malformed for anything but a number.
    """
    text = request.args.get("voter")
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Malformed("voter_unreadable")
    return int(text)


def asked_vote(election: ElectionRow) -> Vote:
    """Return the vote of the signed-in account that the address is about.

    Raises: Malformed, NoVoteHere, NotYourVote.
    """
    entitlement = find_entitlement(election, signed_in_account().account_id, asked_voter())
    return Vote(election, entitlement, get_standing(election.id, entitlement.voter_number))


def refusal(problem: DomainError, counts: Callable[[], bool]) -> tuple[Response, int]:
    """Roll back and answer ``{"error", "message", "counted"}``; the message ends with whether the voter's vote counts."""
    rollback()
    counted = counts()
    verdict = _("您的票已经在票箱里，算数。") if counted else _("您的票还没有投出去。")
    message = f"{sentence_of(problem)}{verdict}"
    return jsonify({"error": problem.code, "message": message, "counted": counted}), status_of(problem)
