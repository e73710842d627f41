"""Own 我的票: for each vote of the owner the four steps from cast to counted; no page shows a choice."""

from __future__ import annotations

from flask import render_template, request

from app.ballots.journey import VoteJourney, journey_of
from app.ballots.queries import votes_of
from app.ballots.views.asked import asked_voter
from app.elections.queries import list_elections
from app.identity.login import signed_in_account
from app.tenancy.types import ComplexRow
from app.web.clock import now


def my_ballot(complex: ComplexRow) -> str:
    """Show the asked vote, or the one that matters most now, and links to the others."""
    journeys = _journeys()
    asked = (request.args.get("election"), asked_voter())
    shown = next((each for each in journeys if _is_asked(each, asked)), None)
    others = [each for each in journeys if each is not shown]
    return render_template("ballots/my_ballot.html", shown=shown, others=others)


def _journeys() -> list[VoteJourney]:
    account, at = signed_in_account().account_id, now()
    return [journey_of(vote, at) for election in list_elections() for vote in votes_of(election, account)]


def _is_asked(journey: VoteJourney, asked: tuple[str | None, int | None]) -> bool:
    uuid, voter = asked
    vote = journey.vote
    return uuid in (None, vote.election.uuid) and voter in (None, vote.entitlement.voter_number)
