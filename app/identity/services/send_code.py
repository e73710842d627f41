"""Send a sign-in code to a telephone: six digits, hashed, single use, five minutes; limits per number and per address."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import update

from app.db.personal_data import blind_index
from app.db.session import db
from app.identity.models import OneTimeCode
from app.identity.services.count_attempt import count_attempt
from app.outbox.services.queue_message import queue_sms

CODE_LIFETIME = timedelta(minutes=5)
MAXIMUM_TRIES = 5
_PER_MINUTE = 1
_PER_DAY = 10
_PER_ADDRESS_HOUR = 60


class CodeRequest(StrEnum):
    """Name what became of a request for a code."""

    SENT = "sent"
    TOO_SOON = "too_soon"
    TOO_MANY = "too_many"


def send_code(phone: str, *, address: str, at: datetime) -> CodeRequest:
    """Send a new code to a normalised number and void the older ones, or say why not.

    The outcome is the same for a number with and without an account.
    """
    index = phone_index(phone)
    if count_attempt(f"code/{index.hex()[:32]}", at=at, window_minutes=1) > _PER_MINUTE:
        return CodeRequest.TOO_SOON
    daily = count_attempt(f"code/{index.hex()[:32]}", at=at, window_minutes=1440)
    hourly = count_attempt(f"code-address/{blind_index(address, field='address').hex()[:32]}", at=at, window_minutes=60)
    if daily > _PER_DAY or hourly > _PER_ADDRESS_HOUR:
        return CodeRequest.TOO_MANY
    db.session.execute(
        update(OneTimeCode).where(OneTimeCode.phone_index == index, OneTimeCode.used_at.is_(None)).values(used_at=at)
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    db.session.add(
        OneTimeCode(phone_index=index, code_hash=code_hash(index, code), created_at=at, expires_at=at + CODE_LIFETIME, tries=0)
    )
    queue_sms(phone, f"【业议】您的登录数字是 {code}，5分钟内有效。不是您本人操作请不要告诉任何人。", at=at)
    return CodeRequest.SENT


def phone_index(phone: str) -> bytes:
    """Return the blind index of a normalised number, the same for accounts and for the roll."""
    return blind_index(phone, field="phone")


def code_hash(index: bytes, code: str) -> bytes:
    """Return the keyed hash of a code for one number."""
    return blind_index(f"{index.hex()}|{code}", field="one_time_code")


def same_code(kept: bytes, index: bytes, code: str) -> bool:
    """Compare a code with the kept hash in constant time."""
    return hmac.compare_digest(kept, code_hash(index, code))
