"""Own the desk pages of elections: the list, and one election at work."""

from __future__ import annotations

from flask import render_template, request

from app.access.permissions import Permission as P
from app.elections import queries
from app.elections.desk_tasks import task_url, tasks_of
from app.elections.policies import require_visible
from app.elections.progress import steps_of
from app.elections.queries import get_election
from app.elections.sentences import DOING_WORDS, KIND_NAMES, PARTY_NAMES, STATE_NAMES, step_rows
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.gate import actor
from app.web.pagination import page_of


def list_elections(complex: ComplexRow) -> str:
    """List every election of the complex for those who work on them."""
    rows = queries.list_elections(drafts=actor().may(P.ELECTION_PREPARE))
    return render_template(
        "elections/list_elections.html",
        page=page_of(rows, request.args.get("page")),
        may_prepare=actor().may(P.ELECTION_PREPARE),
        kind_names=KIND_NAMES,
        state_names=STATE_NAMES,
    )


def show_work(complex: ComplexRow, uuid: str) -> str:
    """Show one election at work: its steps, what is next, who holds the keys and whom they wait for."""
    election = require_visible(actor(), get_election(uuid))
    tasks = tasks_of([election], actor(), now())
    return render_template(
        "elections/show_work.html",
        election=election,
        step_rows=step_rows(steps_of(election, now())),
        tasks=[(task, task_url(complex, task)) for task in tasks],
        may_prepare=actor().may(P.ELECTION_PREPARE),
        mine=actor().account_id,
        words=DOING_WORDS,
        state_names=STATE_NAMES,
        kind_names=KIND_NAMES,
        party_names=PARTY_NAMES,
    )
