"""Confirm a change: a second person has compared it with the document, and it comes into force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.audit.services.record_event import record_event
from app.db.session import db
from app.rulebook.errors import ChangeRefused
from app.rulebook.policies import require_second_person
from app.rulebook.queries import before_first_assembly, changes_in_force, get_change
from app.rulebook.services.load_change import locked_change
from app.statute.overlay import contradiction_in
from app.statute.own_rules import content_refusal


def confirm_change(change_id: int, *, at: datetime, account: int) -> None:
    """Put a proposed change into force; it takes the place of an earlier one of the same value.

    What the law allows is asked again, because the first assembly or another clause may have come between.
    Raises: ChangeNotFound, ChangeSettled, SecondPersonNeeded, ChangeRefused.
    """
    row = locked_change(change_id)
    proposed = get_change(change_id)
    require_second_person(account, proposed)
    change = replace(proposed.change, confirmed_by=())
    others = [held.change for held in changes_in_force() if held.key != change.key]
    refusal = content_refusal(change, before_first_assembly=before_first_assembly()) or contradiction_in([*others, change])
    if refusal is not None:
        raise ChangeRefused(refusal)
    row.confirmed_by = account
    row.confirmed_at = at
    db.session.flush()
    record_event("rulebook:change:confirm", at=at, account=account, tenant=row.tenant_id, change=row.id)
