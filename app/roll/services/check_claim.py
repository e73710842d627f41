"""Check what a person typed about a door: five tries a day per door, and one outcome for every failure.

A refusal is an outcome and not an error, so that the try stays counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.audit.services.record_event import record_event
from app.db.personal_data import blind_index
from app.db.session import current_tenant_id
from app.errors import NotFound
from app.identity.services.count_attempt import count_attempt
from app.roll.claim_queries import ClaimedDoor, account_phone_index, claimed_door
from app.roll.matching import Claim, Match, MatchOutcome, RollUnit, last_six, match_claim, normalise_name
from app.values import Area

TRIES_PER_DOOR = 5
#: One telephone walking through a building's doors is stopped here.
TRIES_PER_ACCOUNT = 20
_DAY_MINUTES = 1440


class ClaimResult(StrEnum):
    """Name what became of a try."""

    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """Hold the result and, when matched, the person of the roll."""

    result: ClaimResult
    person_id: int = 0


def check_claim(code: str, name: str, document_tail: str, *, account_id: int, at: datetime) -> ClaimCheck:
    """Compare a name and the last six of a document with the owners of a door; nothing is bound yet.

    An unknown door, a wrong name and a wrong number are one result.
    """
    door_tries = count_attempt(_subject("door", code), at=at, window_minutes=_DAY_MINUTES)
    account_tries = count_attempt(_subject("account", str(account_id)), at=at, window_minutes=_DAY_MINUTES)
    if door_tries > TRIES_PER_DOOR or account_tries > TRIES_PER_ACCOUNT:
        return _noted(ClaimCheck(ClaimResult.TOO_MANY_TRIES), account_id, at)
    door = _door_or_nothing(code)
    match = _match(door, name, document_tail, account_id)
    if match.outcome is MatchOutcome.NO_MATCH or match.owner is None:
        return _noted(ClaimCheck(ClaimResult.NOT_MATCHED), account_id, at)
    return _noted(ClaimCheck(ClaimResult.MATCHED, door.persons[match.owner]), account_id, at)


def _match(door: ClaimedDoor, name: str, document_tail: str, account_id: int) -> Match:
    tenant = current_tenant_id()
    claim = Claim(
        name=blind_index(normalise_name(name), field="name", tenant_id=tenant),
        last_six=blind_index(last_six(document_tail), field="document_tail", tenant_id=tenant),
        phone=account_phone_index(account_id),
    )
    return match_claim(claim, [door.roll_unit])


def _door_or_nothing(code: str) -> ClaimedDoor:
    """Return the door, or one that nobody owns, so that an unknown door takes the same way."""
    try:
        return claimed_door(code)
    except NotFound:
        return ClaimedDoor(0, code, Area.zero(), (), RollUnit(()))


def _noted(check: ClaimCheck, account_id: int, at: datetime) -> ClaimCheck:
    record_event("roll:claim:tried", at=at, account=account_id, tenant=current_tenant_id(), result=check.result.value)
    return check


def _subject(kind: str, value: str) -> str:
    return f"claim-{kind}/{blind_index(value, field=f'claim_{kind}', tenant_id=current_tenant_id()).hex()[:32]}"
