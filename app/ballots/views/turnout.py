"""Own the desk page of who took part."""

from __future__ import annotations

from flask import render_template

from app.ballots.turnout import turnout
from app.elections.queries import get_public_election
from app.elections.rules import is_over
from app.tenancy.types import ComplexRow
from app.web.clock import now


def show_turnout(complex: ComplexRow, uuid: str) -> str:
    """Show heads and area against the quorum, where the gap is, and how it grew; nothing by option."""
    election = get_public_election(uuid)
    at = now()
    figures = turnout(election, at=at)
    return render_template("ballots/show_turnout.html", election=election, turnout=figures, over=is_over(election, at))
