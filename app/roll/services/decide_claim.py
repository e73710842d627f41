"""Decide a claim by a person: accept one that waits for the community's check, or end one that is wrong.

The number on the roll is told and can object (outcome F of ``app.roll.matching``).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.access.roles import Role, Scope
from app.audit.services.record_event import record_event
from app.db.session import db
from app.errors import NotFound
from app.identity.queries import phone_of
from app.identity.services.grant_role import grant_role
from app.outbox.services.queue_message import queue_sms
from app.roll.claim_queries import account_phone_index, doors_of_persons
from app.roll.errors import BindingDecided
from app.roll.models import OwnerBinding, OwnerPerson
from app.roll.services.bind_owner import tell_registered
from app.roll.services.lock_roll import lock_roll
from app.tenancy.types import ComplexRow


def accept_claim(place: ComplexRow, binding_id: int, *, account: int, at: datetime) -> None:
    """Let a waiting claim hold: the owner may vote, and he and the number on the roll are told.

    Raises: NotFound, BindingDecided.
    """
    row = _locked(binding_id)
    if row.state != "pending":
        raise BindingDecided()
    row.state = "active"
    row.bound_at = at
    grant_role(row.account_id, Role.OWNER, Scope.COMPLEX, place.id, at=at, by=account)
    _tell_both(place, row, at)
    record_event("roll:claim:accepted", at=at, account=account, tenant=place.id, binding=row.id)


def end_claim(place: ComplexRow, binding_id: int, *, account: int, at: datetime) -> None:
    """End a claim that waits or holds; the account can vote for that owner no more, ballots in the box stay.

    Raises: NotFound, BindingDecided.
    """
    row = _locked(binding_id)
    row.ended_at = at
    phone = phone_of(row.account_id)
    if phone:
        what = "您的业主登记没有通过社区核对" if row.state == "pending" else "社区核对后停用了您的业主登记"
        call = f"有疑问请拨打{place.help_phone}。" if place.help_phone else "有疑问请联系社区。"
        queue_sms(phone, f"【{place.name}】{what}，现在不能投票。{call}", at=at, tenant=place.id)
    record_event("roll:claim:ended", at=at, account=account, tenant=place.id, binding=row.id)


def _locked(binding_id: int) -> OwnerBinding:
    lock_roll()
    row = db.session.scalar(select(OwnerBinding).where(OwnerBinding.id == binding_id).with_for_update())
    if row is None:
        raise NotFound("binding_not_found")
    if row.ended_at is not None:
        raise BindingDecided()
    return row


def _tell_both(place: ComplexRow, row: OwnerBinding, at: datetime) -> None:
    phone = phone_of(row.account_id)
    if phone:
        queue_sms(phone, f"【{place.name}】社区已核对，您的业主登记生效，可以投票了。", at=at, tenant=place.id)
    doors = doors_of_persons([row.person_id]).get(row.person_id, ())
    roll_index = db.session.scalar(select(OwnerPerson.phone_index).where(OwnerPerson.id == row.person_id))
    if doors and roll_index != account_phone_index(row.account_id):
        tell_registered(place, doors[0].code, row.person_id, row.account_id, is_own_number=False, at=at)
