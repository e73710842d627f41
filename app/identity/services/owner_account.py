"""Find the account of a telephone number, or make it at the first time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.base import new_id
from app.db.personal_data import seal
from app.db.session import db
from app.identity.models import Account
from app.identity.services.send_code import phone_index


def owner_account(phone: str, *, at: datetime) -> Account:
    """Return the owner account of a normalised number."""
    index = phone_index(phone)
    account = db.session.scalar(select(Account).where(Account.phone_index == index))
    if account is None:
        account_id = new_id()
        account = Account(
            id=account_id,
            is_staff=False,
            phone_index=index,
            phone_sealed=seal(phone, field="account.phone", owner=account_id),
            created_at=at,
        )
        db.session.add(account)
        db.session.flush()
    return account
