"""Begin, record, order and end procedures through the services, on both engines; what is recorded stays."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.board.queries import all_leaves
from app.committee.queries import get_term
from app.db.session import db
from app.procedure.beginning import Beginning
from app.procedure.errors import (
    CommitteeExists,
    DateFixed,
    DateInFuture,
    DateRefused,
    FactNotFound,
    LaterStepDone,
    MemberNotServing,
    NoVacancy,
    OrderNotPossible,
    ProcedureNotRunning,
    ProcedureRuns,
    SeatsUnlawful,
    StepAutomatic,
    StepBlocked,
    StepDone,
    StepNotDue,
    StepUnknown,
    TermUnknown,
)
from app.procedure.models import GroupMember, StepFact, StreetOrder
from app.procedure.queries import get_dossier
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.services.choose_date import choose_date, choose_days
from app.procedure.services.end_procedure import abandon_procedure, finish_if_complete
from app.procedure.services.give_order import NewOrder, give_order
from app.procedure.services.record_fact import record_fact, take_back_fact
from app.procedure.spine import spine_of
from app.procedure.types import OrderKind, ProcedureKind, ProcedureState
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import announce, in_complex, make_draft, make_roll, make_staff
from tests.procedure_support import dossier_of, make_procedure, make_term
from tests.support import make_complexes

RENEWAL = Beginning(kind=ProcedureKind.RENEWAL)


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


def begin(app: Flask, place: ComplexRow, beginning: Beginning = RENEWAL) -> str:
    with in_complex(app, place):
        return begin_procedure(place, beginning, at=NOON, account=1)


def record(app: Flask, place: ComplexRow, code: str, step: str, on: date | None = None) -> None:
    with in_complex(app, place):
        record_fact(place, code, step, at=NOON, account=1, done_on=on)


def order(app: Flask, place: ComplexRow, code: str, kind: OrderKind, **values: str) -> None:
    with in_complex(app, place):
        given = NewOrder(order=kind, reason="名册争议未决", signed_by="何主任", place="街道办公室", **values)
        give_order(place, code, given, at=NOON, account=2)


def kinds_on_record(app: Flask, place: ComplexRow) -> list[str]:
    with in_complex(app, place, write=False):
        return [leaf.kind for leaf in all_leaves()]


def test_renewal_takes_everything_from_the_term(app: Flask, place: ComplexRow) -> None:
    term = make_term(app, place, NOON, seats=7)
    code = begin(app, place)
    dossier = dossier_of(app, place, code)
    assert (dossier.procedure.title, dossier.procedure.seats) == ("第三届业主委员会换届", 7)
    assert dossier.procedure.term_id == term
    assert dossier.facts["alarm"].recorded_by is None
    assert kinds_on_record(app, place) == ["procedure_started"]


@pytest.mark.parametrize(
    ("beginning", "problem"),
    [
        (RENEWAL, TermUnknown),
        (Beginning(kind=ProcedureKind.BY_ELECTION), TermUnknown),
        (Beginning(kind=ProcedureKind.FIRST_ELECTION, seats=4), SeatsUnlawful),
        (Beginning(kind=ProcedureKind.FIRST_ELECTION, seats=13), SeatsUnlawful),
    ],
)
def test_without_a_term(app: Flask, place: ComplexRow, beginning: Beginning, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        begin(app, place, beginning)


@pytest.mark.parametrize(
    ("beginning", "problem"),
    [
        (Beginning(kind=ProcedureKind.FIRST_ELECTION, seats=5), CommitteeExists),
        (Beginning(kind=ProcedureKind.BY_ELECTION), NoVacancy),
        (Beginning(kind=ProcedureKind.RECALL, member_id=4), MemberNotServing),
        (Beginning(kind=ProcedureKind.RENEWAL, seats=6), SeatsUnlawful),
    ],
)
def test_with_a_full_committee(app: Flask, place: ComplexRow, beginning: Beginning, problem: type[Exception]) -> None:
    make_term(app, place, NOON)
    with pytest.raises(problem):
        begin(app, place, beginning)


def test_one_renewal_at_a_time(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    with pytest.raises(ProcedureRuns):
        begin(app, place)
    with in_complex(app, place):
        abandon_procedure(place, code, "重新开始", at=NOON, account=1)
    assert begin(app, place) != code


def test_steps_are_recorded_in_their_order(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    for step, on, problem in (
        ("group_formed", None, StepNotDue),
        ("alarm", None, StepDone),
        ("notice", None, StepAutomatic),
        ("unknown", None, StepUnknown),
        ("report", NOON.date() + timedelta(days=1), DateInFuture),
    ):
        with pytest.raises(problem):
            record(app, place, code, step, on)
    record(app, place, code, "report", date(2027, 3, 24))
    with pytest.raises(StepDone):
        record(app, place, code, "report")
    with pytest.raises(StepBlocked) as refused:
        record(app, place, code, "group_formed")
    assert refused.value.values["blockers"] == ["group_empty"]
    assert kinds_on_record(app, place) == ["procedure_started", "step_done"]
    with in_complex(app, place, write=False):
        body = json.loads(all_leaves()[-1].body)
    assert (body["step"], body["title"], body["done_on"]) == ("report", "换届报告", "2027-03-24")


def test_record_is_taken_back_by_a_later_row(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    record(app, place, code, "report", date(2027, 3, 24))
    with in_complex(app, place):
        take_back_fact(place, code, "report", at=NOON, account=1)
    with in_complex(app, place, write=False):
        rows = list(db.session.scalars(select(StepFact).where(StepFact.step == "report").order_by(StepFact.recorded_at)))
    assert sorted(row.undoes_id is None for row in rows) == [False, True]
    with in_complex(app, place), pytest.raises(FactNotFound):
        take_back_fact(place, code, "report", at=NOON, account=1)
    record(app, place, code, "report", date(2027, 3, 25))
    assert dossier_of(app, place, code).facts["report"].done_on == date(2027, 3, 25)


def test_record_on_which_others_build_is_not_taken_back(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    record(app, place, code, "report", date(2027, 3, 24))
    with in_complex(app, place), pytest.raises(LaterStepDone):
        take_back_fact(place, code, "alarm", at=NOON, account=1)


@pytest.mark.parametrize("table", [StepFact, StreetOrder])
def test_facts_and_orders_never_change(app: Flask, place: ComplexRow, table: type[StepFact] | type[StreetOrder]) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    order(app, place, code, OrderKind.STOP)
    with in_complex(app, place, write=False):
        row = db.session.scalars(select(table)).first()
        assert row is not None
        row.recorded_by = 99
        with pytest.raises(DBAPIError):
            db.session.flush()


def test_stop_holds_everything_until_it_is_lifted(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    order(app, place, code, OrderKind.STOP)
    with pytest.raises(ProcedureNotRunning):
        record(app, place, code, "report")
    with pytest.raises(OrderNotPossible):
        order(app, place, code, OrderKind.STOP)
    order(app, place, code, OrderKind.RESUME)
    record(app, place, code, "report")
    with in_complex(app, place, write=False):
        body = json.loads(next(leaf for leaf in all_leaves() if leaf.kind == "order").body)
    assert "名册争议未决" not in json.dumps(body, ensure_ascii=False)
    assert len(body["reason_sha256"]) == 64


def test_correction_takes_the_record_back(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON)
    code = begin(app, place)
    record(app, place, code, "report", date(2027, 3, 24))
    order(app, place, code, OrderKind.CORRECT, step="report")
    assert "report" not in dossier_of(app, place, code).facts
    with pytest.raises(OrderNotPossible):
        order(app, place, code, OrderKind.CORRECT, step="filing")
    with pytest.raises(StepUnknown):
        order(app, place, code, OrderKind.CORRECT, step="nothing")


def test_caretaker_time_begins_with_the_group_and_ends_with_an_abandoned_renewal(app: Flask, place: ComplexRow) -> None:
    term = make_term(app, place, NOON)
    code = begin(app, place)
    record(app, place, code, "report", date(2027, 3, 24))
    with in_complex(app, place):
        procedure_id = get_dossier(code).procedure.id
        for number, side in enumerate(("street", "residents_committee", *["owner"] * 5)):
            name, is_head = f"成员{number}", number == 0
            db.session.add(GroupMember(procedure_id=procedure_id, name=name, side=side, is_head=is_head, position=number))
    record(app, place, code, "group_formed", date(2027, 4, 16))
    with in_complex(app, place, write=False):
        assert get_term(term).caretaker_since_on == date(2027, 4, 16)
    with in_complex(app, place):
        abandon_procedure(place, code, "重新开始", at=NOON, account=1)
    with in_complex(app, place, write=False):
        assert get_term(term).caretaker_since_on is None


def test_chosen_dates_are_kept_changed_and_dropped(app: Flask, place: ComplexRow) -> None:
    make_term(app, place, NOON, ends_on=date(2027, 12, 31))
    code = begin(app, place)
    for on in (date(2027, 9, 1), date(2027, 9, 15)):
        with in_complex(app, place):
            choose_date(code, "voting_opens", on, at=NOON, account=1)
        assert dossier_of(app, place, code).planned["voting_opens"] == on
    with in_complex(app, place):
        choose_date(code, "voting_opens", None, at=NOON, account=1)
    assert "voting_opens" not in dossier_of(app, place, code).planned
    for step, on in (("voting_opens", date(2027, 5, 1)), ("notice", date(2027, 12, 20))):
        with in_complex(app, place), pytest.raises(DateRefused):
            choose_date(code, step, on, at=NOON, account=1)
    for step in ("voting_closes", "roll"):
        with in_complex(app, place), pytest.raises(DateFixed):
            choose_date(code, step, date(2027, 9, 1), at=NOON, account=1)
    with in_complex(app, place), pytest.raises(DateRefused):
        choose_days(code, "voting_closes", 90, at=NOON, account=1)


def test_complete_procedure_finishes_by_itself(app: Flask, place: ComplexRow) -> None:
    code = make_procedure(app, place, NOON, kind=ProcedureKind.DECISION, term_ends_on=None, seats=None, matter="HIRE")
    keys = [step.key for step in spine_of(ProcedureKind.DECISION)]
    with in_complex(app, place):
        procedure_id = get_dossier(code).procedure.id
        for key in keys[:-1]:
            db.session.add(_fact(procedure_id, key))
    with in_complex(app, place):
        assert not finish_if_complete(place, code, at=NOON)
        db.session.add(_fact(procedure_id, keys[-1]))
    with in_complex(app, place):
        assert finish_if_complete(place, code, at=NOON)
        assert not finish_if_complete(place, code, at=NOON)
    assert dossier_of(app, place, code).procedure.state is ProcedureState.FINISHED
    assert kinds_on_record(app, place) == ["procedure_ended"]


def _fact(procedure_id: int, step: str) -> StepFact:
    return StepFact(procedure_id=procedure_id, step=step, done_on=NOON.date(), recorded_by=1, recorded_at=NOON)


def test_dossier_names_the_other_votes_of_the_complex(app: Flask, place: ComplexRow) -> None:
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    announce(app, place, staff, make_draft(app, place, staff, NOON), NOON)
    code = make_procedure(app, place, NOON)
    other = dossier_of(app, place, code).other_votes
    assert [(row.title, row.first_on, row.last_on) for row in other] == [
        ("第三届业委会换届投票", date(2027, 5, 22), date(2027, 6, 5))
    ]
