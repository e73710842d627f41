"""Own the replay of a published result under other rules."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.ballots.queries import get_contest
from app.ballots.replay_page import replay_page
from app.ballots.result import open_result
from app.elections.queries import get_public_election
from app.elections.types import ElectionState
from app.tenancy.types import ComplexRow


def show_replay(complex: ComplexRow, uuid: str) -> str | Response:
    """Show what the vote would have come to under another law or other policies, beside what it came to."""
    election = get_public_election(uuid)
    if election.state is not ElectionState.PUBLISHED:
        return redirect(url_for("ballots.show_result", complex=complex.slug, uuid=uuid))
    contest = get_contest(uuid)
    page = replay_page(election, contest.definition, open_result(contest), request.args)
    return render_template("ballots/show_replay.html", election=election, page=page)
