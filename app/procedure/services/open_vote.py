"""Open the box of a procedure's vote once nothing stands against it: notice, keys and candidates are in order."""

from __future__ import annotations

from datetime import datetime

from app.elections.services.open_election import open_election
from app.procedure.errors import StepBlocked
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.rules import blockers_of
from app.procedure.services.record_fact import require_open
from app.procedure.services.running_procedure import running_procedure
from app.procedure.vote_errors import VoteNotAnnounced
from app.tenancy.types import ComplexRow
from app.values.clock import china_day


def open_vote(place: ComplexRow, code: str, *, at: datetime, account: int) -> None:
    """Open the announced vote; ballots are accepted from its first moment on.

    Raises: ProcedureNotFound, ProcedureNotRunning, VoteNotAnnounced, StepNotDue, StepBlocked, or what ``open_election``
    refuses.
    """
    running_procedure(code)
    dossier = get_dossier(code)
    vote = standing_vote(dossier)
    if vote is None or not vote.is_public:
        raise VoteNotAnnounced()
    require_open(dossier, "voting_opens", at)
    blockers = blockers_of(dossier, "voting_opens", china_day(at))
    if blockers:
        raise StepBlocked(blockers=[blocker.code for blocker in blockers])
    open_election(vote.uuid, place, at=at, account=account)
