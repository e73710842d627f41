"""Own the desk pages of a complex: what to do next, the list of elections, one election at work."""

from __future__ import annotations

from flask import current_app, render_template, request, url_for

from app.access.permissions import Permission as P
from app.elections import queries
from app.elections.policies import require_visible
from app.elections.progress import Doing, Task, by_deadline, operator_task, steps_of, trustee_task
from app.elections.queries import get_election
from app.elections.rules import is_open
from app.elections.sentences import DOING_WORDS, KIND_NAMES, PARTY_NAMES, STATE_NAMES, step_rows
from app.elections.types import ElectionRow
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.gate import actor
from app.web.pagination import page_of


def show_desk(complex: ComplexRow) -> str:
    """Show what is to be done in a complex, sorted by the time left."""
    elections = queries.list_elections(drafts=actor().may(P.ELECTION_PREPARE))
    tasks = by_deadline(_tasks(elections))
    return render_template(
        "elections/show_desk.html",
        tasks=[(task, task_url(complex, task)) for task in tasks],
        running=[row for row in elections if is_open(row, now())],
        may_prepare=actor().may(P.ELECTION_PREPARE),
        may_read=actor().may(P.ELECTION_READ),
        words=DOING_WORDS,
    )


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
    tasks = by_deadline(_tasks([election]))
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


def task_url(complex: ComplexRow, task: Task) -> str:
    """Return where a task is done; a page of a higher slice stands in only where it exists."""
    wanted = {
        Doing.FINISH_DRAFT: "elections.edit_election",
        Doing.OPEN: "elections.confirm_opening",
        Doing.GIVE_KEY: "elections.show_trustee",
        Doing.GIVE_REHEARSAL: "elections.show_trustee",
        Doing.WATCH: "ballots.show_turnout",
        Doing.DECRYPT: "ballots.show_decrypt",
        Doing.AWAIT_DECRYPTION: "ballots.preview_result",
    }.get(task.doing, "elections.show_work")
    endpoint = wanted if wanted in current_app.view_functions else "elections.show_work"
    return url_for(endpoint, complex=complex.slug, uuid=task.election.uuid)


def _tasks(elections: list[ElectionRow]) -> list[Task | None]:
    who, at = actor(), now()
    mine = [
        trustee_task(election, trustee, at)
        for election in elections
        for trustee in election.trustees
        if trustee.account_id == who.account_id
    ]
    if not who.may(P.ELECTION_PREPARE):
        return list(mine)
    return [*mine, *(operator_task(election, at) for election in elections)]
