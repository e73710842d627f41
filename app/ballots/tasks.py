"""Own the minute tick of the ballot box: close what is due, make the sums of what is closed.

Safe with several workers at once: each step claims the election's row and looks at its state again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.ballots.services.close_election import close_box, keep_sums, make_sums
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import read_in_tenant, tenant_work
from app.elections.queries import list_elections
from app.elections.types import ElectionState
from app.tenancy.queries import all_complexes
from app.tenancy.types import ComplexRow


def run_tick(at: datetime) -> int:
    """Do what is due in every complex; return how many boxes were closed and how many sums made."""
    steps = 0
    for place in all_complexes():
        steps += close_due_elections(place, at)
        sign_record(place, at)
    return steps


def sign_record(place: ComplexRow, at: datetime) -> None:
    """Sign the record of a complex while votes come in, so that every receipt soon leads to a signed checkpoint."""
    if not read_in_tenant(place.id, _is_voting):
        return
    try:
        with tenant_work(place.id, write=True):
            sign_checkpoint(place.slug, at=at)
    except IntegrityError:
        # Another worker has signed this very size in the meantime.
        return


def close_due_elections(place: ComplexRow, at: datetime) -> int:
    """Close every election of a complex whose window is over and make its sums; return how many steps were done."""
    steps = 0
    for uuid in read_in_tenant(place.id, lambda: _waiting(at)):
        steps += finish_box(place, uuid, at)
    return steps


def finish_box(place: ComplexRow, uuid: str, at: datetime) -> int:
    """Close one box if its time is over and make its sums if they are missing; return how many steps were done."""
    with tenant_work(place.id, write=True):
        closed = close_box(place.slug, uuid, at=at)
    sums = read_in_tenant(place.id, lambda: make_sums(uuid))
    if not sums:
        return int(closed)
    with tenant_work(place.id, write=True):
        return int(closed) + int(keep_sums(place.slug, uuid, sums, at=at))


def _is_voting() -> bool:
    return any(row.state is ElectionState.OPEN for row in list_elections())


def _waiting(at: datetime) -> list[str]:
    return [
        row.uuid
        for row in list_elections()
        if row.state is ElectionState.CLOSED or (row.state is ElectionState.OPEN and row.closes_at <= at)
    ]
