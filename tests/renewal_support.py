"""Own a renewal whose candidates are settled, with what several tests need to lead it on to the hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.ballots.services.publish_result import publish_result
from app.ballots.tasks import run_tick
from app.db.session import db
from app.elections.services.choose_trustees import choose_trustees
from app.procedure.models import GroupMember, Nomination, Procedure, StepFact
from app.procedure.plan import plan_of
from app.procedure.services.announce_vote import announce_vote
from app.procedure.services.certify_result import certify_result
from app.procedure.services.draft_vote import draft_vote
from app.procedure.services.record_filing import NewFiling, record_filing
from app.procedure.services.record_posting import record_posting
from app.procedure.types import Dossier, FilingState
from app.tenancy.types import ComplexRow
from app.values.clock import CHINA
from tests.ballots_support import world_of
from tests.committee_support import make_committee
from tests.conftest import SteerableClock
from tests.elections_support import OpenElection, Staff, in_complex, make_roll, make_staff, open_now, run_ceremony
from tests.preparation_support import BOARD, picture
from tests.procedure_support import dossier_of, make_procedure
from tests.support import make_complexes

NAMES = ("王芳", "李强", "张伟", "刘洋", "陈静", "杨磊")
OWNERS = tuple((name, ((f"1-1-{number}01", "100.00"),)) for number, name in enumerate(NAMES, start=1))
_SETTLED = ("alarm", "report", "group_formed", "group_posted", "roll", "drafts", "candidates")


@dataclass
class Renewal:
    """Be a renewal whose candidates are settled, with everything a test needs to go on."""

    app: Flask
    clock: SteerableClock
    place: ComplexRow
    staff: Staff
    persons: list[int]
    code: str

    @property
    def today(self) -> date:
        return self.clock.at.astimezone(CHINA).date()

    def dossier(self) -> Dossier:
        return dossier_of(self.app, self.place, self.code)

    def state_of(self, step: str) -> str:
        found = plan_of(self.dossier(), self.clock.at).step(step)
        assert found is not None
        return found.state.value

    def draft(self, days_ahead: int = 20, days: int = 14) -> str:
        with in_complex(self.app, self.place):
            opens_on = self.today + timedelta(days=days_ahead)
            uuid = draft_vote(self.place, self.code, opens_on, days, at=self.clock.at, account=self.staff.operator)
            choose_trustees(uuid, self.place, self.staff.trustees)
            return uuid

    def announce(self, *, told: bool = True) -> None:
        with in_complex(self.app, self.place):
            announce_vote(self.place, self.code, residents_committee_told=told, at=self.clock.at, account=self.staff.operator)

    def hang(self, paper: str) -> None:
        """Record that a paper hangs on the board."""
        with in_complex(self.app, self.place):
            record_posting(self.place, self.code, paper, BOARD, picture(), at=self.clock.at, account=self.staff.operator)

    def open(self, uuid: str) -> OpenElection:
        """Let the trustees make their keys and open the box."""
        keys = run_ceremony(self.app, self.place, uuid, self.clock.at)
        election = open_now(self.app, self.place, self.staff, uuid, self.clock.at)
        return OpenElection(self.place, self.staff, election, keys, self.persons)

    def vote_and_publish(self, uuid: str, votes: int, choice: tuple[int, ...] = (1, 1, 1, 1, 1, 0)) -> None:
        """Open the box, let owners vote for the first five candidates, close, decrypt and publish."""
        world = world_of(self.app, self.clock, self.open(uuid))
        for voter in list(world.accounts)[:votes]:
            device = world.device(voter)
            device.enrol()
            assert device.cast(None, choice).status_code == 201
        world.close_by_clock()
        with self.app.app_context():
            run_tick(self.clock.at)
        for index in (1, 3):
            assert world.decrypt(index).status_code == 201
        with in_complex(self.app, self.place):
            publish_result(self.place, uuid, at=self.clock.at, account=self.staff.operator)

    def let_objections_pass(self) -> None:
        """Go to the morning after the objections to the published result."""
        vote = self.dossier().election
        assert vote is not None
        assert vote.objections_close_at is not None
        self.clock.at = vote.objections_close_at + timedelta(hours=9)

    def certify(self, drawn: tuple[int, ...] = ()) -> None:
        with in_complex(self.app, self.place):
            certify_result(self.place, self.code, drawn, at=self.clock.at, account=self.staff.operator)

    def file(self, state: FilingState, number: str = "") -> None:
        with in_complex(self.app, self.place):
            filing = NewFiling(state, self.today, number=number)
            record_filing(self.place, self.code, filing, at=self.clock.at, account=self.staff.operator)

    def add_group(self) -> None:
        """Write a group, so that its list can be printed for the filing."""
        with in_complex(self.app, self.place):
            head = GroupMember(procedure_id=procedure_id(self.code), name="何平", side="street", is_head=True, position=0)
            db.session.add(head)


def settled_renewal(app: Flask, clock: SteerableClock) -> Renewal:
    """Make a renewal up to its settled candidates, and past the steps before them."""
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, clock.at)
    persons = make_roll(app, place, OWNERS)
    term = make_committee(app, place, clock.at, staff.operator)
    code = make_procedure(app, place, clock.at, term_id=term.id, term_ends_on=term.ends_on, seats=5)
    renewal = Renewal(app, clock, place, staff, persons, code)
    with in_complex(app, place):
        procedure = procedure_id(code)
        for number, (name, person) in enumerate(zip(NAMES, persons, strict=True), start=1):
            db.session.add(
                Nomination(
                    procedure_id=procedure,
                    name=name,
                    unit_code=f"1-1-{number}01",
                    person_id=person,
                    proposed_by="owners",
                    introduction="住了八年，愿意把账目贴到单元门口。",
                    state="eligible",
                    created_by=staff.operator,
                    created_at=clock.at - timedelta(minutes=len(NAMES) - number),
                )
            )
        for step in _SETTLED:
            fact = StepFact(procedure_id=procedure, step=step, done_on=renewal.today, recorded_by=1, recorded_at=clock.at)
            db.session.add(fact)
    return renewal


def procedure_id(code: str) -> int:
    """Return the id of the procedure."""
    return db.session.scalars(select(Procedure.id).where(Procedure.code == code)).one()
