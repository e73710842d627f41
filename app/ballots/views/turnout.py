"""Own the desk page of who took part, and the short public form that pages of lower slices include."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.ballots.turnout import Turnout, public_turnout, turnout
from app.elections.queries import get_public_election
from app.elections.types import ElectionRow
from app.tenancy.types import ComplexRow
from app.web.clock import now


def show_turnout(complex: ComplexRow, uuid: str) -> str:
    """Show heads and area against the quorum, where the gap is, and how it grew; nothing by option."""
    election = get_public_election(uuid)
    figures = turnout(election, at=now())
    return render_template("ballots/show_turnout.html", election=election, turnout=figures)


def turnout_values() -> dict[str, Any]:
    """Give templates ``public_turnout_of``; ``ballots/_turnout_short.html`` shows what it returns."""
    return {"public_turnout_of": _public_turnout_of}


def _public_turnout_of(election: ElectionRow) -> Turnout:
    return public_turnout(election, at=now())
