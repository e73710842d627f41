"""Lead a renewal by its own services from the drafted vote to the hand-over, on both engines, and refuse every shortcut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask

from app.ballots.services.publish_result import publish_result
from app.ballots.tasks import run_tick
from app.board.queries import all_leaves
from app.committee.queries import get_term, list_terms
from app.committee.types import Office
from app.db.session import db
from app.elections.errors import ObjectionsStillOpen
from app.elections.services.choose_trustees import choose_trustees
from app.elections.types import ElectionState
from app.procedure.errors import StepBlocked, StepNotDue
from app.procedure.filing_list import filing_lines
from app.procedure.models import Nomination, Posting
from app.procedure.plan import plan_of
from app.procedure.services.announce_vote import announce_vote
from app.procedure.services.certify_result import certify_result
from app.procedure.services.draft_vote import draft_vote
from app.procedure.services.hand_over import begin_handover, sign_items
from app.procedure.services.hold_first_meeting import hold_first_meeting
from app.procedure.services.record_fact import record_fact
from app.procedure.services.record_filing import NewFiling, record_filing
from app.procedure.types import Dossier, FilingState
from app.procedure.vote_errors import (
    FiledAlready,
    FilingNotHandedIn,
    FilingNumberMissing,
    HandoverNotGiven,
    HandoverSigned,
    MeetingQuorumMissed,
    NoticeTooShort,
    ResidentsCommitteeNotTold,
    VoteDraftedAlready,
)
from app.tenancy.types import ComplexRow
from app.values.clock import CHINA
from tests.ballots_support import world_of
from tests.committee_support import make_committee
from tests.conftest import SteerableClock
from tests.elections_support import OpenElection, Staff, in_complex, make_roll, make_staff, open_now, run_ceremony
from tests.procedure_support import dossier_of, make_procedure
from tests.support import make_complexes

NAMES = ("王芳", "李强", "张伟", "刘洋", "陈静", "杨磊")
OWNERS = tuple((name, ((f"1-1-{number}01", "100.00"),)) for number, name in enumerate(NAMES, start=1))


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

    def certify(self, drawn: tuple[int, ...] = ()) -> None:
        with in_complex(self.app, self.place):
            certify_result(self.place, self.code, drawn, at=self.clock.at, account=self.staff.operator)

    def file(self, state: FilingState, number: str = "") -> None:
        with in_complex(self.app, self.place):
            filing = NewFiling(state, self.today, number=number)
            record_filing(self.place, self.code, filing, at=self.clock.at, account=self.staff.operator)


def settled_renewal(app: Flask, clock: SteerableClock) -> Renewal:
    """Make a renewal up to its settled candidates, and past the steps before them."""
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, clock.at)
    persons = make_roll(app, place, OWNERS)
    today = clock.at.astimezone(CHINA).date()
    term = make_committee(app, place, clock.at, staff.operator)
    code = make_procedure(app, place, clock.at, term_id=term.id, term_ends_on=term.ends_on, seats=5)
    renewal = Renewal(app, clock, place, staff, persons, code)
    with in_complex(app, place):
        procedure = renewal_row(code)
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
                    created_at=clock.at + timedelta(seconds=number),
                )
            )
        db.session.flush()
        for step in ("alarm", "report", "group_formed", "group_posted", "roll", "drafts", "candidates"):
            settle(procedure, step, today, clock)
    return renewal


def renewal_row(code: str) -> int:
    """Return the id of the procedure."""
    from app.procedure.services.running_procedure import locked_procedure

    return locked_procedure(code).id


def settle(procedure: int, step: str, on: date, clock: SteerableClock) -> None:
    """Write the fact of a step as the preparation's own use cases leave it."""
    from app.procedure.models import StepFact

    db.session.add(StepFact(procedure_id=procedure, step=step, done_on=on, recorded_by=1, recorded_at=clock.at))
    db.session.flush()


def post(renewal: Renewal, paper: str) -> None:
    """Write that a paper hangs on the board."""
    from app.documents.services.store_file import store_private

    with in_complex(renewal.app, renewal.place):
        file = store_private(b"photo", purpose="scene", name="photo", at=renewal.clock.at, account=1)
        db.session.add(
            Posting(
                procedure_id=renewal_row(renewal.code),
                paper=paper,
                place="小区公告栏",
                photo_id=file.id,
                posted_by=1,
                posted_at=renewal.clock.at,
            )
        )


def vote_and_publish(renewal: Renewal, uuid: str, votes: int) -> None:
    """Open the box, let owners vote for the first five candidates, close, decrypt and publish."""
    app, place, clock = renewal.app, renewal.place, renewal.clock
    keys = run_ceremony(app, place, uuid, clock.at)
    election = open_now(app, place, renewal.staff, uuid, clock.at)
    world = world_of(app, clock, OpenElection(place, renewal.staff, election, keys, renewal.persons))
    for voter in list(world.accounts)[:votes]:
        device = world.device(voter)
        device.enrol()
        assert device.cast(None, (1, 1, 1, 1, 1, 0)).status_code == 201
    world.close_by_clock()
    with app.app_context():
        run_tick(clock.at)
    for index in (1, 3):
        assert world.decrypt(index).status_code == 201
    with in_complex(app, place):
        publish_result(place, uuid, at=clock.at, account=renewal.staff.operator)


def test_leads_from_the_notice_to_the_handover(app: Flask, clock: SteerableClock) -> None:
    renewal = settled_renewal(app, clock)
    uuid = renewal.draft()
    drafted = renewal.dossier().election
    assert drafted is not None
    assert drafted.procedure_code == renewal.code
    assert [candidate.name for candidate in drafted.matters[0].candidates] == list(NAMES)
    assert drafted.matters[0].seats == 5
    assert drafted.title == "第三届业主委员会换届投票"
    renewal.announce()
    assert renewal.state_of("notice") == "done"
    post(renewal, "N5")
    vote_and_publish(renewal, uuid, votes=5)
    assert renewal.state_of("preliminary") == "done"
    vote = renewal.dossier().election
    assert vote is not None
    assert vote.state is ElectionState.PUBLISHED
    with pytest.raises(ObjectionsStillOpen):
        renewal.certify()
    assert vote.objections_close_at is not None
    clock.at = vote.objections_close_at + timedelta(hours=9)
    renewal.certify()
    with in_complex(app, renewal.place, write=False):
        new = next(term for term in list_terms() if term.election_uuid == uuid)
    assert (new.number, new.seats) == (3, 5)
    assert [member.name for member in new.serving] == list(NAMES[:5])
    post(renewal, "N14")
    _meet_file_and_hand_over(renewal, new.id, uuid)


def _meet_file_and_hand_over(renewal: Renewal, term_id: int, uuid: str) -> None:
    app, place, clock = renewal.app, renewal.place, renewal.clock
    with in_complex(app, place, write=False):
        members = [member.id for member in get_term(term_id).serving]
    offices = (members[0], members[1:2])
    with pytest.raises(MeetingQuorumMissed), in_complex(app, place):
        hold_first_meeting(place, renewal.code, uuid, renewal.today, members[:2], offices, None, at=clock.at, account=1)
    with in_complex(app, place):
        hold_first_meeting(place, renewal.code, uuid, renewal.today, members[:3], offices, None, at=clock.at, account=1)
        assert get_term(term_id).serving[0].office is Office.CHAIR
    assert renewal.state_of("first_meeting") == "done"
    missing = [line.item.code for line in filing_lines(renewal.dossier()) if line.is_missing]
    assert missing == ["GROUP"]
    with pytest.raises(FilingNotHandedIn):
        renewal.file(FilingState.FILED, "备2027-1")
    with pytest.raises(StepBlocked):
        renewal.file(FilingState.RECEIVED)
    _add_group(renewal)
    renewal.file(FilingState.RECEIVED)
    renewal.file(FilingState.INCOMPLETE)
    with pytest.raises(FilingNumberMissing):
        renewal.file(FilingState.FILED)
    renewal.file(FilingState.FILED, "备2027-1")
    with pytest.raises(FiledAlready):
        renewal.file(FilingState.RECEIVED)
    with in_complex(app, place):
        assert get_term(term_id).filing_number == "备2027-1"
        record_fact(place, renewal.code, "seals", at=clock.at, account=1)
        begin_handover(renewal.code, at=clock.at, account=1)
    _sign_everything(renewal)
    assert renewal.state_of("handover") == "done"
    with in_complex(app, place, write=False):
        kinds = [leaf.kind for leaf in all_leaves()]
    for kind in ("notice_given", "certified", "filing", "handover_done"):
        assert kind in kinds


def _add_group(renewal: Renewal) -> None:
    from app.procedure.models import GroupMember

    with in_complex(renewal.app, renewal.place):
        procedure = renewal_row(renewal.code)
        db.session.add(GroupMember(procedure_id=procedure, name="何平", side="street", is_head=True, position=0))


def _sign_everything(renewal: Renewal) -> None:
    app, place, at = renewal.app, renewal.place, renewal.clock.at
    items = {row.id: "" for row in renewal.dossier().handover}
    first = dict([next(iter(items.items()))])
    with pytest.raises(HandoverNotGiven), in_complex(app, place):
        sign_items(place, renewal.code, first, giver="", receiver="王芳", at=at, account=1)
    with in_complex(app, place):
        assert not sign_items(place, renewal.code, first, giver="赵文娟", receiver="", at=at, account=1)
    with pytest.raises(HandoverSigned), in_complex(app, place):
        sign_items(place, renewal.code, first, giver="赵文娟", receiver="", at=at, account=1)
    rest = {key: note for key, note in items.items() if key not in first}
    with in_complex(app, place):
        sign_items(place, renewal.code, rest, giver="赵文娟", receiver="王芳", at=at, account=1)
        assert sign_items(place, renewal.code, first, giver="", receiver="王芳", at=at, account=1)


def test_refuses_a_notice_that_is_a_day_short(app: Flask, clock: SteerableClock) -> None:
    renewal = settled_renewal(app, clock)
    with pytest.raises(NoticeTooShort) as refused:
        renewal.draft(days_ahead=15)
    assert refused.value.values["earliest"] == renewal.today + timedelta(days=16)
    renewal.draft(days_ahead=16)
    clock.forward(days=1)
    with pytest.raises(NoticeTooShort) as refused:
        renewal.announce()
    assert refused.value.values["earliest"] == renewal.today + timedelta(days=16)


def test_refuses_a_notice_before_the_residents_committee_was_told(app: Flask, clock: SteerableClock) -> None:
    renewal = settled_renewal(app, clock)
    renewal.draft()
    with pytest.raises(ResidentsCommitteeNotTold):
        renewal.announce(told=False)


def test_refuses_a_second_draft_while_one_stands(app: Flask, clock: SteerableClock) -> None:
    renewal = settled_renewal(app, clock)
    renewal.draft()
    with pytest.raises(VoteDraftedAlready):
        renewal.draft()


def test_refuses_a_notice_before_the_candidates_are_settled(app: Flask, clock: SteerableClock) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, clock.at)
    persons = make_roll(app, place, OWNERS)
    code = make_procedure(app, place, clock.at)
    renewal = Renewal(app, clock, place, staff, persons, code)
    renewal.draft()
    with pytest.raises(StepNotDue):
        renewal.announce()


def test_leaves_the_old_committee_when_too_few_took_part(app: Flask, clock: SteerableClock) -> None:
    renewal = settled_renewal(app, clock)
    uuid = renewal.draft()
    renewal.announce()
    vote_and_publish(renewal, uuid, votes=2)
    vote = renewal.dossier().election
    assert vote is not None
    assert vote.objections_close_at is not None
    clock.at = vote.objections_close_at
    renewal.certify()
    with in_complex(app, renewal.place, write=False):
        assert [term.number for term in list_terms()] == [2]
    # The vote had no effect, so another one may be called.
    assert renewal.draft() != uuid
