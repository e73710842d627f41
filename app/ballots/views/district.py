"""Own the district's page: one table of the complexes an officer covers."""

from __future__ import annotations

from flask import render_template, request

from app.ballots.district import district_rows, turnout_of
from app.elections.labels import STATE_NAMES
from app.elections.types import ElectionState
from app.identity.login import signed_in_account
from app.web.clock import now
from app.web.pagination import page_of

#: A draft is nobody's but its makers'.
_STATES = tuple(state for state in ElectionState if state is not ElectionState.DRAFT)


def show_district() -> str:
    """Show every covered complex with its present vote, where it stands and who took part; nothing by option."""
    wanted, state = request.args.get("q", "").strip(), request.args.get("state", "")
    rows = [
        row
        for row in district_rows(signed_in_account().account_id)
        if wanted in row.place.name and (state not in _STATES or row.state == state)
    ]
    page = page_of(rows, request.args.get("page"))
    at = now()
    return render_template(
        "ballots/show_district.html",
        page=page,
        figures={row.place.id: turnout_of(row, at) for row in page.rows},
        wanted=wanted,
        state=state,
        states=_STATES,
        state_names=STATE_NAMES,
    )
