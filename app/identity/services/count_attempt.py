"""Count an attempt within a window of time, in the present unit of work; counters live in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.db.base import new_id
from app.db.session import db
from app.identity.models import RateCounter
from app.values.clock import CHINA


def count_attempt(subject: str, *, at: datetime, window_minutes: int) -> int:
    """Add one to the counter of a subject in the present window and return how often it happened in it.

    ``subject`` never names a person in clear; pass a digest. A window of a day starts at midnight in China.
    """
    local = at.astimezone(CHINA)
    minute_of_day = local.hour * 60 + local.minute
    window = f"{local:%Y%m%d}/{window_minutes}/{minute_of_day // window_minutes}"
    insert = postgres_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
    statement = insert(RateCounter).values(id=new_id(), subject=subject, window=window, count=1)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[RateCounter.subject, RateCounter.window], set_={"count": RateCounter.count + 1}
        )
    )
    return db.session.scalar(select(RateCounter.count).where(RateCounter.subject == subject, RateCounter.window == window)) or 0
