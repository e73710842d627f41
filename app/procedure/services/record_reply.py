"""Record the reply of the member whose recall is asked; it is published beside the reasons."""

from __future__ import annotations

from datetime import date, datetime

from app.procedure.services.record_fact import record_fact
from app.procedure.services.record_petition import add_statement
from app.tenancy.types import ComplexRow


def record_reply(place: ComplexRow, code: str, text: str, paper: bytes | None, on: date, *, at: datetime, account: int) -> None:
    """Keep the reply and record the step.

    Raises: StatementMissing, or what recording a fact and storing a paper refuse.
    """
    add_statement(code, "reply", text, paper, at=at, account=account)
    record_fact(place, code, "reply", at=at, account=account, done_on=on, details={"replied": True})
