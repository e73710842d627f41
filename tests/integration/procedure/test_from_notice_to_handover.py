"""Lead a renewal by its own services from the drafted vote to the hand-over, on both engines, and refuse every shortcut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.board.queries import all_leaves
from app.committee.queries import get_term, list_terms
from app.committee.types import Office
from app.elections.errors import ObjectionsStillOpen
from app.elections.types import ElectionState
from app.procedure.errors import StepBlocked, StepNotDue
from app.procedure.filing_list import filing_lines
from app.procedure.services.hand_over import begin_handover, sign_items
from app.procedure.services.hold_first_meeting import hold_first_meeting
from app.procedure.services.record_fact import record_fact
from app.procedure.types import FilingState
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
from tests.conftest import SteerableClock
from tests.elections_support import in_complex, make_roll, make_staff
from tests.procedure_support import make_procedure
from tests.renewal_support import NAMES, OWNERS, Renewal, settled_renewal
from tests.support import make_complexes


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
    renewal.hang("N5")
    renewal.vote_and_publish(uuid, votes=5)
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
    renewal.hang("N14")
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
    renewal.add_group()
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
    renewal.vote_and_publish(uuid, votes=2)
    vote = renewal.dossier().election
    assert vote is not None
    assert vote.objections_close_at is not None
    clock.at = vote.objections_close_at
    renewal.certify()
    with in_complex(app, renewal.place, write=False):
        assert [term.number for term in list_terms()] == [2]
    # The vote had no effect, so another one may be called.
    assert renewal.draft() != uuid
