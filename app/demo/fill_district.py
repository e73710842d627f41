"""Fill the demonstration once: places, people, rolls and four elections, two complexes at a time on two cores."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from app import create_app
from app.access.roles import Scope
from app.db.session import begin_write, commit
from app.demo import rolls
from app.demo.cast import COMPLEXES, DISTRICT, DORMITORY, LOFTS, PASSWORD, QINGLAN, SLAB, STAFF, TRUSTEES, DemoStaff
from app.demo.committees import (
    DORMITORY_COMMITTEE,
    LOFTS_COMMITTEE,
    SLAB_COMMITTEE,
    install_elected,
    seat_committee,
)
from app.demo.fill_complex import (
    POLICIES,
    Window,
    announce_and_open,
    fill_box,
    finish,
    import_roll,
    open_announced,
    prepare,
)
from app.demo.own_rules import record_own_rules
from app.demo.owners import Door, doors_of
from app.demo.procedures import lead_renewal, prepare_decision
from app.demo.votes import DRAFT, FINISHED_RENEWAL, NEARLY_THERE, OPEN_RENEWAL
from app.identity.demo_accounts import DemoAccount, write_accounts
from app.identity.services.create_staff import create_staff
from app.identity.services.grant_role import grant_role
from app.roll.reading import read_clean_roll
from app.settings import Settings
from app.statute.calendar import months_after
from app.tenancy.queries import all_complexes, complex_by_slug
from app.tenancy.services.add_place import add_community, add_complex, add_district, add_street
from app.values.clock import CHINA, china_day

_QINGLAN_FILE = Path(__file__).parent / "data" / "qinglan.xlsx"
#: Days before today on which the large roll was imported, before the renewal needs it.
ROLL_AGE = 60
_BALLOTS_QINGLAN = 280
_BALLOTS_DORMITORY = 328
#: Heads reach two thirds of 72 exactly, the area is 24.18 m2 short: the next vote, whoever casts it, reaches both marks.
_BALLOTS_LOFTS = 48
_OWNERS_SHOWN = 3


def is_filled() -> bool:
    """Say whether the demonstration stands in the present database."""
    return any(place.slug == QINGLAN.slug for place in all_complexes())


def fill_district(settings: Settings, at: datetime) -> None:
    """Fill an empty database; two processes take the complexes one after the other, the largest first."""
    app = create_app(settings)
    with app.app_context():
        begin_write()
        staff = _people_and_places(at)
        commit()
    trustees = [staff[person.login_name] for person in TRUSTEES]
    jobs = [partial(fill, settings, trustees, at) for fill in (_fill_qinglan, _fill_dormitory, _fill_lofts, _fill_slab)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(job) for job in jobs]
        accounts = [*_staff_accounts(), *_owner_accounts()]
        for job in running:
            job.result()
    write_accounts(settings.instance_path, accounts)


def _people_and_places(at: datetime) -> dict[str, int]:
    district = add_district(DISTRICT)
    places: dict[tuple[Scope, str], int] = {(Scope.DISTRICT, DISTRICT): district, (Scope.PLATFORM, ""): 0}
    for place in COMPLEXES:
        street = places.get((Scope.STREET, place.street)) or add_street(district, place.street)
        community = places.get((Scope.COMMUNITY, place.community)) or add_community(street, place.community, place.help_phone)
        places[Scope.STREET, place.street] = street
        places[Scope.COMMUNITY, place.community] = community
        places[Scope.COMPLEX, place.slug] = add_complex(community, place.slug, place.name, place.address)
    return {person.login_name: _employ(person, places, at) for person in STAFF}


def _employ(person: DemoStaff, places: dict[tuple[Scope, str], int], at: datetime) -> int:
    made = create_staff(person.login_name, person.name, person.organisation, at=at, by=None, password=PASSWORD)
    for role, scope, name in person.roles:
        grant_role(made.account_id, role, scope, places[scope, name], at=at, by=None)
    return made.account_id


def _fill_qinglan(settings: Settings, trustees: Sequence[int], at: datetime) -> None:
    """Import the large roll, lead a renewal from its alarm to the vote, leave it open with some hundred ballots."""
    window = Window(_midnight(at, -6), _midnight(at, 8))
    with create_app(settings).app_context():
        place, operator = complex_by_slug(QINGLAN.slug), trustees[0]
        rows = import_roll(
            place, _QINGLAN_FILE.read_bytes(), "青岚花园业主清册.xlsx", account=operator, at=_midnight(at, -ROLL_AGE)
        )
        record_own_rules(place, _midnight(at, -ROLL_AGE))
        days = (window.closes_at - window.opens_at).days
        uuid = lead_renewal(place, OPEN_RENEWAL, rows, window.opens_at, days, POLICIES, at=at, account=operator)
        open_announced(place, uuid, window, trustees, settings.instance_path)
        fill_box(place, uuid, OPEN_RENEWAL, rows, _BALLOTS_QINGLAN, window, at)


def _fill_dormitory(settings: Settings, trustees: Sequence[int], at: datetime) -> None:
    """Finish a renewal, with its result published and certified and the new committee in office."""
    window = Window(_midnight(at, -26), _midnight(at, -12))
    certified_at = window.closes_at + timedelta(days=8, hours=10)
    with create_app(settings).app_context():
        place = complex_by_slug(DORMITORY.slug)
        ends_on = china_day(certified_at) - timedelta(days=1)
        seat_committee(place, 1, DORMITORY_COMMITTEE, ends_on, "备2021-041", at=window.announced_at, account=trustees[0])
        rows = import_roll(place, rolls.dormitory_roll(), "机械厂宿舍.csv", account=trustees[0], at=window.announced_at)
        uuid = prepare(place, FINISHED_RENEWAL, window, trustees)
        keys = announce_and_open(place, uuid, window, trustees, settings.instance_path)
        fill_box(place, uuid, FINISHED_RENEWAL, rows, _BALLOTS_DORMITORY, window, window.closes_at)
        finish(place, uuid, keys, window, trustees)
        install_elected(place, uuid, 2, at=certified_at, account=trustees[0])


def _fill_lofts(settings: Settings, trustees: Sequence[int], at: datetime) -> None:
    """Bring a decision so close to the marks that the next vote reaches them; the committee's term ends in six months."""
    window = Window(_midnight(at, -5), _midnight(at, 2))
    with create_app(settings).app_context():
        place = complex_by_slug(LOFTS.slug)
        ends_on = months_after(china_day(at), 6) - timedelta(days=3)
        seat_committee(place, 1, LOFTS_COMMITTEE, ends_on, "备2022-108", at=window.announced_at, account=trustees[0])
        record_own_rules(place, window.announced_at, waiting=True)
        rows = import_roll(place, rolls.loft_roll(), "云尚公馆.csv", account=trustees[0], at=window.announced_at)
        uuid = prepare(place, NEARLY_THERE, window, trustees)
        announce_and_open(place, uuid, window, trustees, settings.instance_path)
        fill_box(place, uuid, NEARLY_THERE, rows, _BALLOTS_LOFTS, window, at)


def _fill_slab(settings: Settings, trustees: Sequence[int], at: datetime) -> None:
    """Leave a decision in preparation, its vote drafted so that it can be announced."""
    opens_on = _midnight(at, 20).date()
    with create_app(settings).app_context():
        place, operator = complex_by_slug(SLAB.slug), trustees[0]
        import_roll(place, rolls.slab_roll(), "小石桥3号楼.csv", account=operator, at=_midnight(at, -5))
        ends_on = months_after(china_day(at), 30)
        seat_committee(place, 1, SLAB_COMMITTEE, ends_on, "备2024-006", at=_midnight(at, -5), account=operator)
        prepare_decision(place, DRAFT, opens_on, 14, POLICIES, at=at, account=operator)


def _midnight(at: datetime, days: int) -> datetime:
    """Return the midnight some days from the given day in China."""
    return at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)


def _staff_accounts() -> list[DemoAccount]:
    return [
        DemoAccount("staff", person.title, f"{person.name}，{person.organisation}", person.login_name, PASSWORD)
        for person in STAFF
    ]


def _owner_accounts() -> list[DemoAccount]:
    """List owners who have not registered: those drawn last were not needed to fill the box."""
    lofts = list(doors_of(read_clean_roll(rolls.loft_roll(), "云尚公馆.csv").rows, random.Random(LOFTS.slug)))
    qinglan = list(doors_of(read_clean_roll(_QINGLAN_FILE.read_bytes(), "qinglan.xlsx").rows, random.Random(QINGLAN.slug)))
    shown = [(LOFTS.name, door) for door in lofts[-_OWNERS_SHOWN:]] + [
        (QINGLAN.name, door) for door in qinglan[-_OWNERS_SHOWN:]
    ]
    return [_owner_account(name, door) for name, door in shown]


def _owner_account(complex_name: str, door: Door) -> DemoAccount:
    hint = f"登记时填：{door.code}，{door.name}，证件后六位 {door.tail}"
    return DemoAccount("owner", f"{complex_name}业主，还没投票", door.name, door.phone, "短信数字看演示短信", hint)
