"""Own which tasks of elections a person has, and where each of them is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import current_app, url_for

from app.access.actor import Actor
from app.access.permissions import Permission as P
from app.elections.progress import Doing, Task, by_deadline, operator_task, trustee_task
from app.elections.types import ElectionRow
from app.tenancy.types import ComplexRow

__all__ = ["Task", "task_url", "tasks_of"]


def tasks_of(elections: Iterable[ElectionRow], who: Actor, at: datetime) -> list[Task]:
    """Return what a person has to do in these elections, by the time left."""
    rows = list(elections)
    found = [
        trustee_task(election, trustee, at)
        for election in rows
        for trustee in election.trustees
        if trustee.account_id == who.account_id
    ]
    if who.may(P.ELECTION_PREPARE):
        found += [operator_task(election, at) for election in rows]
    return by_deadline(found)


def task_url(place: ComplexRow, task: Task) -> str:
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
    return url_for(endpoint, complex=place.slug, uuid=task.election.uuid)
