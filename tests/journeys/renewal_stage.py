"""Own the stage of the whole renewal: a second 青岚花园 beside the demonstration, whose committee's term is about to end.

What others than the operator do (trustees, owners) goes through the same services as in the demonstration.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from flask import Flask

from app import create_app
from app.access.roles import Role, Scope
from app.committee.services.record_term import TermFacts, record_term
from app.committee.types import Office, Seat
from app.crypto.trustee_key import TrusteeKey
from app.db.session import begin_write, commit, db, read_in_tenant, tenant_work
from app.demo.cast import TRUSTEES
from app.demo.fill_complex import Window, decrypt_box, fill_box, import_roll
from app.demo.votes import FINISHED_RENEWAL, DemoElection
from app.elections.queries import encrypted_tallies, get_election, list_elections
from app.elections.services.play_ceremony import play_ceremony
from app.elections.types import ElectionRow
from app.identity.queries import staff_accounts
from app.identity.services.grant_role import grant_role
from app.roll.reading import read_clean_roll
from app.settings import read_settings
from app.tenancy.queries import all_complexes, complex_by_slug
from app.tenancy.services.add_place import add_complex
from app.tenancy.types import ComplexRow
from app.web.clock import advance_demo_clock, now
from tests.journeys.demo_site import ROOT, environment

SLUG = "qinglan-renewal"
NAME = "青岚花园（换届演示）"
ROLL = ROOT / "app" / "demo" / "data" / "qinglan.xlsx"
#: Days from the beginning of the journey to the end of the committee's term.
TERM_LEFT = 180
#: Owners who vote; heads and area both pass two thirds of 1,534 and of 189,207.67 m2.
VOTERS = 1060
_SUMS_SECONDS = 120
MEMBERS = (
    Seat("赵文娟", "3栋", Office.CHAIR),
    Seat("王建国", "7栋", Office.VICE_CHAIR),
    Seat("李秀英", "1栋"),
    Seat("周国强", "2栋"),
    Seat("陈志明", "10栋"),
)
#: The committee alone is elected.
COMMITTEE_ONLY = DemoElection(
    FINISHED_RENEWAL.kind, FINISHED_RENEWAL.title, tuple(row for row in FINISHED_RENEWAL.matters if row.seats)
)


def open_app(instance: Path) -> Flask:
    """Open the application on an instance of the demonstration."""
    return create_app(read_settings(environment(instance), ROOT))


@contextmanager
def at_work(instance: Path) -> Iterator[tuple[ComplexRow, datetime]]:
    """Give the complex and the demonstration's time inside the application."""
    app = open_app(instance)
    with app.app_context():
        yield complex_by_slug(SLUG), now()
        db.session.rollback()
        db.engine.dispose()


def found_complex(instance: Path) -> date:
    """Add the complex with its roll, its staff and its committee; return the last day of the committee's term."""
    app = open_app(instance)
    with app.app_context():
        at = now()
        qinglan = next(place for place in all_complexes() if place.slug == "qinglan")
        staff = {row.login_name: row.account_id for row in staff_accounts()}
        begin_write()
        place_id = add_complex(qinglan.community_id, SLUG, NAME, "青岚路 68 号")
        for person in TRUSTEES:
            grant_role(staff[person.login_name], Role.TRUSTEE, Scope.COMPLEX, place_id, at=at, by=None)
        commit()
        place = complex_by_slug(SLUG)
        import_roll(place, ROLL.read_bytes(), "青岚花园业主清册.xlsx", account=staff["zhoumin"], at=at)
        ends_on = at.date() + timedelta(days=TERM_LEFT)
        with tenant_work(place.id, write=True):
            starts_on = date(ends_on.year - 5, ends_on.month, 1)
            record_term(TermFacts(2, starts_on, ends_on, 5), MEMBERS, at=at, account=staff["zhoumin"])
        db.engine.dispose()
    return ends_on


def move_clock(instance: Path, to: datetime) -> None:
    """Move the demonstration's clock to a later moment."""
    app = open_app(instance)
    with app.app_context():
        begin_write()
        advance_demo_clock(max(timedelta(), to - now()))
        commit()
        db.engine.dispose()


def trustees_make_the_key(instance: Path, uuid: str) -> list[TrusteeKey]:
    """Let the three trustees make the joint key and rehearse."""
    with at_work(instance) as (place, at), tenant_work(place.id, write=True):
        return play_ceremony(uuid, place, at=at)


def owners_vote(instance: Path, uuid: str) -> None:
    """Let the owners register and vote, two halves beside each other."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for half in [pool.submit(_vote_half, instance, uuid, half) for half in range(2)]:
            half.result()


def _vote_half(instance: Path, uuid: str, half: int) -> None:
    with at_work(instance) as (place, at):
        with tenant_work(place.id):
            election = get_election(uuid)
        everybody = read_clean_roll(ROLL.read_bytes(), ROLL.name).rows
        # Whoever owns several flats belongs to one half with all of them.
        rows = [row for row in everybody if row.owners and sum(map(ord, row.owners[0].phone)) % 2 == half]
        window = Window(election.opens_at, election.closes_at)
        fill_box(place, uuid, COMMITTEE_ONLY, rows, VOTERS // 2, window, at)


def trustees_open_the_box(instance: Path, uuid: str, keys: Sequence[TrusteeKey]) -> None:
    """Let two of the three trustees give their parts."""
    with at_work(instance) as (place, at):
        staff = {row.login_name: row.account_id for row in staff_accounts()}
        decrypt_box(place, uuid, keys[:2], at, [staff[person.login_name] for person in TRUSTEES])


def election(instance: Path, uuid: str) -> ElectionRow:
    """Read the vote."""
    with at_work(instance) as (place, _at):
        return read_in_tenant(place.id, lambda: get_election(uuid))


def objections_end(instance: Path) -> datetime:
    """Return when the published result of the complex is no longer open to objections."""
    with at_work(instance) as (place, _at):
        ends = [row.objections_close_at for row in read_in_tenant(place.id, list_elections) if row.objections_close_at]
    return max(ends)


def wait_for_sums(instance: Path, uuid: str) -> None:
    """Wait until the served worker has closed the box and made its sums."""
    until = time.monotonic() + _SUMS_SECONDS
    while time.monotonic() < until:
        with at_work(instance) as (place, _at):
            if read_in_tenant(place.id, lambda: encrypted_tallies(get_election(uuid).id)):
                return
        time.sleep(1)
    raise AssertionError("the worker did not close the box")
