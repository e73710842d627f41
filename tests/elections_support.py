"""Own builders of elections that many tests share: a small roll, three trustees, a draft, and each step up to the opening."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from app.access.roles import Role, Scope
from app.crypto.trustee_key import TrusteeKey
from app.db.session import db, tenant_work
from app.elections.queries import get_election
from app.elections.services.announce_election import announce_election
from app.elections.services.choose_policies import choose_policies
from app.elections.services.choose_trustees import choose_trustees
from app.elections.services.open_election import open_election
from app.elections.services.play_ceremony import play_ceremony
from app.elections.services.save_candidate import CandidateText, add_candidate
from app.elections.services.save_draft import Basics, create_draft
from app.elections.services.save_matter import MatterText, add_matter
from app.elections.types import ElectionKind, ElectionRow
from app.roll.models import OwnerPerson, Ownership, Unit
from app.statute.rule_pack import Matter
from app.tenancy.types import ComplexRow
from app.values import Area
from tests.support import grant, make_account

CANDIDATES = ("陈建国", "李秀英", "王志强", "赵敏", "孙立", "周海燕", "吴刚")
#: Owners of the small roll: (person, units with their areas); the second owner has two flats and is one head.
SMALL_ROLL: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("甲一", (("1-1-0201", "127.46"),)),
    ("乙二", (("1-1-0202", "89.32"), ("1-1-0203", "89.32"))),
    ("丙三", (("1-1-0301", "112.08"),)),
    ("丁四", (("2-1-0101", "98.44"),)),
    ("戊五", (("2-1-0102", "75.18"),)),
)


@dataclass(frozen=True)
class Staff:
    """Hold the accounts of the three sides; each also holds the trustee role."""

    operator: int
    supervisor: int
    group: int

    @property
    def trustees(self) -> tuple[int, int, int]:
        """Return the accounts in the order of their trustee numbers."""
        return (self.operator, self.supervisor, self.group)


@contextmanager
def in_complex(app: Flask, place: ComplexRow, *, write: bool = True) -> Iterator[None]:
    """Run services in a complex as one unit of work."""
    with app.app_context(), tenant_work(place.id, write=write):
        yield


def make_staff(app: Flask, place: ComplexRow, at: datetime) -> Staff:
    """Make an operator, a supervisor and a renewal group, all able to be trustees of the complex."""
    staff = Staff(
        operator=make_account(app, at, name="周敏", organisation="青岚社区居委会"),
        supervisor=make_account(app, at, name="林芳", organisation="江城社工服务中心"),
        group=make_account(app, at, name="郑卫东", organisation="换届小组"),
    )
    grant(app, staff.operator, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, at)
    grant(app, staff.supervisor, Role.SUPERVISOR, Scope.COMPLEX, place.id, at)
    for account in staff.trustees:
        grant(app, account, Role.TRUSTEE, Scope.COMPLEX, place.id, at)
    return staff


def make_roll(app: Flask, place: ComplexRow, owners: Sequence[tuple[str, Sequence[tuple[str, str]]]] = SMALL_ROLL) -> list[int]:
    """Put owners and their units on the roll; return the persons' ids in order. Names are not sealed: no test reads them."""
    persons = []
    with in_complex(app, place):
        for name, units in owners:
            person = OwnerPerson(
                kind="person",
                name_sealed=name.encode(),
                name_index=secrets.token_bytes(32),
                document_kind="identity_card",
                identity_index=secrets.token_bytes(32),
            )
            db.session.add(person)
            db.session.flush()
            persons.append(person.id)
            for code, area in units:
                building, entrance, room = code.split("-")
                unit = Unit(code=code, building=f"{building}栋", entrance=entrance, room=room, area=Area.parse(area))
                db.session.add(unit)
                db.session.flush()
                db.session.add(Ownership(unit_id=unit.id, person_id=person.id))
    return persons


def basics(
    at: datetime, kind: ElectionKind = ElectionKind.RENEWAL, title: str = "第三届业委会换届投票", days: int = 14
) -> Basics:
    """Return a window of some days that opens at the next full hour."""
    opens_at = (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return Basics(kind, title, opens_at, opens_at + timedelta(days=days))


def make_draft(
    app: Flask,
    place: ComplexRow,
    staff: Staff,
    at: datetime,
    *,
    hire: bool = True,
    candidates: Sequence[str] = CANDIDATES,
    seats: int = 5,
    policies: dict[str, str] | None = None,
    days: int = 14,
    kind: ElectionKind = ElectionKind.RENEWAL,
    recall: bool = False,
) -> str:
    """Make a complete draft: one matter on the company, an election where there are candidates, a recall; return its uuid."""
    with in_complex(app, place):
        uuid = create_draft(basics(at, kind, days=days), at=at, account=staff.operator)
        if hire:
            add_matter(uuid, Matter.HIRE, MatterText("续聘江南物业服务公司", "合同三年，每平方米每月 2.40 元。"))
        if candidates:
            matter = add_matter(uuid, Matter.ELECT, MatterText("选举第三届业主委员会委员", "应选五名。", seats))
            for number, name in enumerate(candidates, start=1):
                text = CandidateText(name, f"{number}栋", "住了八年，愿意把账目贴到单元门口。")
                add_candidate(uuid, matter, text, at=at, account=staff.operator)
        if recall:
            add_matter(uuid, Matter.ELECT, MatterText("是否罢免业主委员会委员吴刚", "理由见附件。"))
        choose_policies(uuid, policies or {})
        choose_trustees(uuid, place, staff.trustees)
    return uuid


def announce(app: Flask, place: ComplexRow, staff: Staff, uuid: str, at: datetime) -> ElectionRow:
    """Announce a draft."""
    with in_complex(app, place):
        announce_election(uuid, place, at=at, account=staff.operator)
        return get_election(uuid)


def run_ceremony(app: Flask, place: ComplexRow, uuid: str, at: datetime, *, rehearse: bool = True) -> list[TrusteeKey]:
    """Let three trustees in Python make the joint key and rehearse; return their keys in order."""
    with in_complex(app, place):
        return play_ceremony(uuid, place, at=at, rehearse=rehearse)


def open_now(app: Flask, place: ComplexRow, staff: Staff, uuid: str, at: datetime) -> ElectionRow:
    """Open an election that has rehearsed; ballots are accepted from its opens_at on."""
    with in_complex(app, place):
        open_election(uuid, place, at=at, account=staff.operator)
        return get_election(uuid)


@dataclass(frozen=True)
class OpenElection:
    """Hold an election that is open, with everything a test needs to play on."""

    place: ComplexRow
    staff: Staff
    election: ElectionRow
    keys: list[TrusteeKey]
    #: Persons of the roll in order.
    persons: list[int]


def make_open_election(
    app: Flask,
    place: ComplexRow,
    at: datetime,
    *,
    owners: Sequence[tuple[str, Sequence[tuple[str, str]]]] = SMALL_ROLL,
    **draft: object,
) -> OpenElection:
    """Play everything up to the opening at one instant; voting begins at ``election.opens_at``, an hour later at most."""
    staff = make_staff(app, place, at)
    persons = make_roll(app, place, owners)
    uuid = make_draft(app, place, staff, at, **draft)  # type: ignore[arg-type]
    announce(app, place, staff, uuid, at)
    keys = run_ceremony(app, place, uuid, at)
    return OpenElection(place, staff, open_now(app, place, staff, uuid, at), keys, persons)
