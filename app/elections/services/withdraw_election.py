"""Withdraw an election before it opens, with a reason everybody can read; a draft is withdrawn the same way."""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.elections.errors import ElectionStateWrong, ReasonMissing, WithdrawalTooLate
from app.elections.services.load_election import locked_election
from app.elections.services.texts import checked_text
from app.elections.types import ElectionState

#: Longest reason, in characters.
REASON_LIMIT = 200


def withdraw_election(uuid: str, reason: str, *, at: datetime, account: int) -> None:
    """End an election that was not opened; what was announced stays on the public record beside the withdrawal.

    Raises: ElectionNotFound, WithdrawalTooLate once it was opened, ElectionStateWrong when it is withdrawn already,
    ReasonMissing, TextTooLong.
    """
    row = locked_election(uuid)
    if row.state == ElectionState.WITHDRAWN:
        raise ElectionStateWrong(uuid=uuid, state=row.state)
    if row.state not in (ElectionState.DRAFT, ElectionState.ANNOUNCED):
        raise WithdrawalTooLate(uuid=uuid, state=row.state)
    reason = checked_text(reason, REASON_LIMIT)
    if not reason:
        raise ReasonMissing()
    row.state = ElectionState.WITHDRAWN.value
    row.withdrawn_at = at
    row.withdrawal_reason = reason
    if row.announcement_sha256 is not None:
        body = {"election": uuid, "announcement": row.announcement_sha256}
        append_entry("election_withdrawn", body, at=at, election_uuid=uuid)
    record_event("elections:election:withdraw", at=at, account=account, tenant=row.tenant_id, election=row.id)
