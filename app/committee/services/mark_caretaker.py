"""Say from which day the committee only keeps things going, because its renewal runs (P-RESTRICT); and take it back."""

from __future__ import annotations

from datetime import date, datetime

from app.audit.services.record_event import record_event
from app.committee.services.load_record import locked_term


def mark_caretaker(term_id: int, since_on: date, *, at: datetime, account: int) -> None:
    """Begin the caretaker time on a day, that on which the renewal group was formed; an earlier beginning stays.

    Raises: TermNotFound.
    """
    row = locked_term(term_id)
    if row.caretaker_since_on is None or since_on < row.caretaker_since_on:
        row.caretaker_since_on = since_on
        record_event("committee:caretaker:begin", at=at, account=account, tenant=row.tenant_id, term=term_id)


def end_caretaker(term_id: int, *, at: datetime, account: int) -> None:
    """Give the committee its full powers back, because its renewal was abandoned.

    Raises: TermNotFound.
    """
    row = locked_term(term_id)
    row.caretaker_since_on = None
    record_event("committee:caretaker:end", at=at, account=account, tenant=row.tenant_id, term=term_id)
