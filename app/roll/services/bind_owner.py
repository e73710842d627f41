"""Bind an account to a person of the roll after the person has said yes, and tell the number the roll has.

Binding a person covers every unit and voter of his; what each outcome asks for stands in ``app.roll.matching``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.access.roles import Role, Scope
from app.audit.services.record_event import record_event
from app.db.personal_data import unseal
from app.db.session import db
from app.errors import NotFound
from app.identity.phones import NotAPhone, normalise_phone
from app.identity.queries import phone_of
from app.identity.services.grant_role import grant_role
from app.outbox.services.queue_message import queue_sms
from app.roll.claim_queries import ClaimedDoor, account_phone_index, claimed_door
from app.roll.errors import ClaimLapsed
from app.roll.matching import MatchOutcome, outcome_beside_others, outcome_of
from app.roll.models import OwnerBinding, OwnerPerson
from app.roll.services.lock_roll import lock_roll
from app.roll.types import BindingMade
from app.tenancy.types import ComplexRow
from app.web.filters import door as door_words


def bind_owner(place: ComplexRow, code: str, person_id: int, *, account_id: int, at: datetime) -> BindingMade:
    """Bind the account to the matched owner of a door; binding again what holds already changes nothing.

    Everything the outcome depends on is read anew, because minutes may lie between the match and the yes. A claim that a
    person must check is ``pending`` and gives no role. Raises: ClaimLapsed when the person owns the door no more.
    """
    lock_roll()
    door = _door_of(code, person_id)
    kept = db.session.scalar(
        select(OwnerBinding).where(OwnerBinding.account_id == account_id, OwnerBinding.person_id == person_id)
    )
    if kept is not None and kept.ended_at is None:
        return BindingMade(kept.outcome, kept.state == "active")
    owner = door.roll_unit.owners[door.persons.index(person_id)]
    mine = account_phone_index(account_id)
    agrees = bool(mine) and mine == owner.phone
    outcome = outcome_beside_others(
        outcome_of(len(door.persons), door.roll_unit.under_review, agrees),
        phone_agrees=agrees,
        held_by_another=_held_by_another(person_id, account_id),
        ended_before=kept is not None,
        persons_held=_persons_held(account_id),
    )
    made = BindingMade(outcome, is_active=outcome is not MatchOutcome.HUMAN_CHECK)
    _write(kept, account_id, person_id, made, at)
    if made.is_active:
        grant_role(account_id, Role.OWNER, Scope.COMPLEX, place.id, at=at, by=None)
        tell_registered(place, code, person_id, account_id, is_own_number=agrees, at=at)
    record_event(
        "roll:claim:bound",
        at=at,
        account=account_id,
        tenant=place.id,
        person=person_id,
        outcome=outcome.value,
        active=made.is_active,
    )
    return made


def tell_registered(
    place: ComplexRow, code: str, person_id: int, account_id: int, *, is_own_number: bool, at: datetime
) -> None:
    """Tell the number on the roll who has registered; a differing number gets 24 hours to object (outcome B)."""
    person = db.session.scalar(select(OwnerPerson).where(OwnerPerson.id == person_id))
    if person is None or person.phone_sealed is None:
        return
    try:
        phone = normalise_phone(unseal(person.phone_sealed, field="owner_person.phone", owner=person.id))
    except NotAPhone:
        return
    tail = (phone_of(account_id) or "")[-4:]
    call = f"拨打{place.help_phone}" if place.help_phone else "联系社区"
    objection = f"不是您本人请{call}。" if is_own_number else f"不是您本人，请在24小时内{call}，社区核对后停用。"
    queue_sms(phone, f"【{place.name}】尾号{tail}已登记为{door_words(code)}业主，{objection}", at=at, tenant=place.id)


def _door_of(code: str, person_id: int) -> ClaimedDoor:
    try:
        door = claimed_door(code)
    except NotFound as problem:
        raise ClaimLapsed() from problem
    if person_id not in door.persons:
        raise ClaimLapsed()
    return door


def _write(kept: OwnerBinding | None, account_id: int, person_id: int, made: BindingMade, at: datetime) -> None:
    row = kept or OwnerBinding(account_id=account_id, person_id=person_id)
    row.outcome = made.outcome
    row.state = "active" if made.is_active else "pending"
    row.bound_at = at
    row.ended_at = None
    db.session.add(row)
    db.session.flush()


def _held_by_another(person_id: int, account_id: int) -> bool:
    query = select(OwnerBinding.id).where(
        OwnerBinding.person_id == person_id,
        OwnerBinding.account_id != account_id,
        OwnerBinding.state == "active",
        OwnerBinding.ended_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def _persons_held(account_id: int) -> int:
    query = (
        select(func.count())
        .select_from(OwnerBinding)
        .where(OwnerBinding.account_id == account_id, OwnerBinding.ended_at.is_(None))
    )
    return db.session.scalar(query) or 0
