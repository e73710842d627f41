"""Hold the tick to one reminder for each matter, whoever runs it, and to taking off what is done with."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.roles import Role
from app.db.session import db
from app.procedure.beginning import Beginning
from app.procedure.models import Reminder
from app.procedure.queries import open_reminders
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.services.record_fact import record_fact
from app.procedure.tasks import run_procedures
from app.procedure.types import ProcedureKind
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.procedure_support import dossier_of, make_term
from tests.support import make_complexes

ROLES = (Role.COMMUNITY_OPERATOR, Role.STREET_OPERATOR, Role.COMMITTEE_MEMBER)


@pytest.fixture
def places(app: Flask) -> list[ComplexRow]:
    return make_complexes(app, "qinglan", "cuiping")


def tick(app: Flask, at: datetime) -> int:
    with app.app_context():
        return run_procedures(at)


def keys(app: Flask, place: ComplexRow) -> list[str]:
    with in_complex(app, place, write=False):
        return sorted(db.session.scalars(select(Reminder.key)))


def shown(app: Flask, place: ComplexRow, role: Role) -> list[str]:
    with in_complex(app, place, write=False):
        return [row.name for row in open_reminders([role])]


def test_terms_end_is_told_once_to_each_role(app: Flask, places: list[ComplexRow]) -> None:
    make_term(app, places[0], NOON, ends_on=date(2027, 11, 22))
    assert tick(app, NOON - timedelta(days=1)) == 0
    assert tick(app, NOON) == 3
    assert tick(app, NOON + timedelta(minutes=1)) == 0
    assert [shown(app, places[0], role) for role in ROLES] == [["alarm"]] * 3
    assert keys(app, places[1]) == []


def test_report_takes_the_place_of_the_alarm_and_ends_with_the_renewal(app: Flask, places: list[ComplexRow]) -> None:
    place = places[0]
    make_term(app, place, NOON, ends_on=date(2027, 11, 22))
    tick(app, NOON)
    later = datetime(2027, 8, 22, 9, tzinfo=NOON.tzinfo)
    assert tick(app, later) == 6
    assert shown(app, place, Role.COMMITTEE_MEMBER) == ["report"]
    with in_complex(app, place):
        code = begin_procedure(place, Beginning(kind=ProcedureKind.RENEWAL), at=later, account=1)
    assert dossier_of(app, place, code).facts["alarm"].done_on == NOON.date()
    tick(app, later)
    assert "report" not in [name for name in shown(app, place, Role.COMMITTEE_MEMBER) if name != "day"]


def test_overdue_step_is_told_to_the_street_until_it_is_done(app: Flask, places: list[ComplexRow]) -> None:
    place = places[0]
    make_term(app, place, NOON)
    with in_complex(app, place):
        code = begin_procedure(place, Beginning(kind=ProcedureKind.RENEWAL), at=NOON, account=1)
    tick(app, NOON)
    assert shown(app, place, Role.STREET_OPERATOR) == ["overdue"]
    with in_complex(app, place):
        record_fact(place, code, "report", at=NOON, account=1)
    tick(app, NOON)
    assert "overdue" not in shown(app, place, Role.STREET_OPERATOR)


def test_two_workers_claim_each_reminder_once(app: Flask, places: list[ComplexRow]) -> None:
    for place in places:
        make_term(app, place, NOON, ends_on=date(2027, 11, 22))
    barrier = threading.Barrier(2)

    def work(_worker: int) -> int:
        barrier.wait()
        return tick(app, NOON)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 6
    assert [len(keys(app, place)) for place in places] == [3, 3]
