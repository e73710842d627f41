"""End a procedure: finished by itself when every step is done, or abandoned with a reason that everybody sees."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.elections.types import ElectionState
from app.procedure.errors import OrderIncomplete, ProcedureNotRunning, VoteRuns
from app.procedure.plan import plan_of
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.services.follow_up import follow_abandoned
from app.procedure.services.running_procedure import locked_procedure
from app.procedure.types import ProcedureState
from app.tenancy.types import ComplexRow

_VOTE_STANDS = frozenset({ElectionState.ANNOUNCED, ElectionState.OPEN, ElectionState.CLOSED})


def finish_if_complete(place: ComplexRow, code: str, *, at: datetime) -> bool:
    """Finish a running procedure whose every step is done; say whether it was.

    Raises: ProcedureNotFound.
    """
    row = locked_procedure(code)
    if row.state != ProcedureState.RUNNING or not plan_of(get_dossier(code), at).is_complete:
        return False
    row.state = ProcedureState.FINISHED.value
    row.ended_at = at
    append_entry("procedure_ended", {"procedure": code, "title": row.title, "outcome": row.state}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:procedure:finish", at=at, tenant=place.id, procedure=code)
    return True


def abandon_procedure(place: ComplexRow, code: str, reason: str, *, at: datetime, account: int) -> None:
    """End a procedure that leads nowhere; an announced vote must be withdrawn first.

    Raises: ProcedureNotFound, ProcedureNotRunning, VoteRuns, OrderIncomplete without a reason.
    """
    row = locked_procedure(code)
    dossier = get_dossier(code)
    if not dossier.procedure.is_running:
        raise ProcedureNotRunning(state=row.state)
    if not reason.strip():
        raise OrderIncomplete()
    vote = standing_vote(dossier)
    if vote is not None and vote.state in _VOTE_STANDS:
        raise VoteRuns(uuid=vote.uuid)
    row.state = ProcedureState.ABANDONED.value
    row.ended_at = at
    row.end_reason = reason.strip()
    follow_abandoned(dossier, at=at, account=account)
    append_entry("procedure_ended", {"procedure": code, "title": row.title, "outcome": row.state}, at=at)
    sign_checkpoint(place.slug, at=at)
    record_event("procedure:procedure:abandon", at=at, account=account, tenant=place.id, procedure=code)
