"""Hold the path of an election from the draft to the opening on both engines, and what refuses to leave it."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import rfc8785
from flask import Flask

from app.board.queries import all_leaves, latest_checkpoint
from app.committee.services.mark_caretaker import mark_caretaker
from app.crypto.election import Election as Definition
from app.crypto.trustees import parse_trustees, verify_trustees
from app.elections.errors import (
    ElectionFrozen,
    ElectionIncomplete,
    ElectionStateWrong,
    OpeningBlocked,
    TrusteesRefused,
    WindowOver,
    WithdrawalTooLate,
)
from app.elections.queries import get_election, list_elections
from app.elections.rules import is_open
from app.elections.services.announce_election import announce_election
from app.elections.services.choose_policies import choose_policies
from app.elections.services.choose_trustees import choose_trustees
from app.elections.services.mark_closed import mark_closed
from app.elections.services.open_election import open_election
from app.elections.services.play_ceremony import rehearse_with
from app.elections.services.save_draft import change_basics, create_draft
from app.elections.services.save_matter import MatterText, add_matter, remove_matter
from app.elections.services.withdraw_election import withdraw_election
from app.elections.types import ElectionKind, ElectionState
from app.roll.queries import get_snapshot
from app.statute.rule_pack import Matter
from app.verifier.definition import Definition as Description
from app.verifier.leaves import parse_leaf
from tests.committee_support import make_committee
from tests.conftest import NOON, SteerableClock
from tests.elections_support import (
    announce,
    basics,
    in_complex,
    make_draft,
    make_open_election,
    make_roll,
    make_staff,
    open_now,
    run_ceremony,
)
from tests.support import make_account, make_complexes


def test_opens_an_election_whose_record_can_be_followed(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    opened = make_open_election(app, place, NOON)
    election = opened.election
    assert election.state is ElectionState.OPEN
    assert not is_open(election, NOON)
    assert is_open(election, election.opens_at)
    with in_complex(app, place, write=False):
        leaves = all_leaves()
        assert latest_checkpoint().tree_size == len(leaves)
    kinds = [leaf.kind for leaf in leaves]
    assert kinds == ["roll_frozen", "election_announced", *["trustee_round"] * 9, "election_defined", "rehearsal", "opened"]
    for leaf in leaves:
        assert leaf.kind == parse_leaf(leaf.body, leaf.kind).TYPE
    rounds = [(body["round"], body["index"]) for body in (json.loads(leaf.body) for leaf in leaves[2:11])]
    assert rounds == [(number, index) for number in (1, 2, 3) for index in (1, 2, 3)]


def test_writes_the_definition_byte_by_byte_as_the_protocol_has_it(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    election = make_open_election(app, place, NOON).election
    assert election.definition is not None
    assert election.trustees_body is not None
    assert election.snapshot_id is not None
    parsed = Definition.parse(election.definition)
    assert (parsed.uuid, parsed.name, parsed.fingerprint) == (election.uuid, election.title, election.fingerprint)
    verify_trustees(parse_trustees(election.trustees_body), parsed.public_key)
    hire, elect = parsed.questions
    assert (hire.answers, hire.minimum, hire.maximum) == (("同意", "反对", "弃权"), 0, 1)
    assert elect.answers[0] == "陈建国（1栋）"
    assert (elect.minimum, elect.maximum) == (0, 5)
    description = Description.parse(parsed.description)
    with in_complex(app, place, write=False):
        roll = get_snapshot(election.snapshot_id).roll_hash
    assert description.to_text() == parsed.description
    assert (description.roll, description.announcement) == (roll, election.announcement_sha256)
    assert (description.kinds, description.seats) == ((Matter.HIRE, Matter.ELECT), (None, 5))
    assert (description.complex, description.threshold_policy) == ("qinglan", "2/3")
    assert dict(description.policies) == dict(election.policies)


def test_announces_exact_bytes_and_their_digest(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    election = announce(app, place, staff, make_draft(app, place, staff, NOON), NOON)
    raw = election.announcement or b""
    assert sha256(raw).hexdigest() == election.announcement_sha256
    told = json.loads(raw)
    assert rfc8785.dumps(told) == raw
    assert told["roll"]["heads"] == 5
    assert told["roll"]["units"] == 6
    assert told["roll"]["area"] == "591.80"
    assert [trustee["organisation"] for trustee in told["trustees"]] == ["青岚社区居委会", "江城社工服务中心", "换届小组"]
    assert told["matters"][1]["candidates"][6]["name"] == "吴刚"


@pytest.mark.parametrize("change", ["basics", "matter", "removal", "policies", "trustees"])
def test_refuses_every_change_when_it_was_announced(app: Flask, change: str) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    election = announce(app, place, staff, make_draft(app, place, staff, NOON), NOON)
    changes = {
        "basics": lambda: change_basics(election.uuid, basics(NOON, title="换个名字")),
        "matter": lambda: add_matter(election.uuid, Matter.OTHER),
        "removal": lambda: remove_matter(election.uuid, election.matters[0].id),
        "policies": lambda: choose_policies(election.uuid, {"P-CHANGE": "none"}),
        "trustees": lambda: choose_trustees(election.uuid, place, staff.trustees),
    }
    with pytest.raises(ElectionFrozen), in_complex(app, place):
        changes[change]()
    with in_complex(app, place, write=False):
        assert get_election(election.uuid) == election


def test_blocks_the_opening_and_names_who_is_missing_when_one_has_not_rehearsed(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    uuid = make_draft(app, place, staff, NOON)
    announce(app, place, staff, uuid, NOON)
    keys = run_ceremony(app, place, uuid, NOON, rehearse=False)
    with in_complex(app, place):
        rehearse_with(uuid, place, keys[:2], at=NOON)
    with pytest.raises(OpeningBlocked) as refused, in_complex(app, place):
        open_election(uuid, place, at=NOON, account=staff.operator)
    assert refused.value.values["waiting"] == "换届小组"
    with in_complex(app, place):
        rehearse_with(uuid, place, keys[2:], at=NOON)
    assert open_now(app, place, staff, uuid, NOON).state is ElectionState.OPEN


def test_refuses_to_open_twice_and_to_open_after_the_window(app: Flask, clock: SteerableClock) -> None:
    place = make_complexes(app, "qinglan")[0]
    opened = make_open_election(app, place, NOON)
    with pytest.raises(ElectionStateWrong), in_complex(app, place):
        open_election(opened.election.uuid, place, at=NOON, account=opened.staff.operator)
    uuid = make_draft(app, place, opened.staff, NOON)
    announce(app, place, opened.staff, uuid, NOON)
    run_ceremony(app, place, uuid, NOON)
    with pytest.raises(WindowOver), in_complex(app, place):
        open_election(uuid, place, at=NOON + timedelta(days=15), account=opened.staff.operator)


def test_refuses_to_announce_what_is_not_complete(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    with in_complex(app, place):
        uuid = create_draft(basics(NOON, days=3), at=NOON, account=staff.operator)
    with pytest.raises(ElectionIncomplete) as refused, in_complex(app, place):
        announce_election(uuid, place, at=NOON, account=staff.operator)
    assert refused.value.values["problems"] == ["window_too_short", "matters_missing", "trustees_missing"]
    with in_complex(app, place, write=False):
        assert get_election(uuid).is_draft
        assert all_leaves() == []


def test_shares_the_frozen_roll_when_nothing_changed_between_two_announcements(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    first = announce(app, place, staff, make_draft(app, place, staff, NOON), NOON)
    second = announce(app, place, staff, make_draft(app, place, staff, NOON, candidates=()), NOON)
    assert first.snapshot_id == second.snapshot_id
    assert first.announcement_sha256 != second.announcement_sha256


def test_withdraws_before_the_opening_and_never_after_it(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    opened = make_open_election(app, place, NOON)
    uuid = make_draft(app, place, opened.staff, NOON)
    announce(app, place, opened.staff, uuid, NOON)
    with in_complex(app, place):
        withdraw_election(uuid, "候选人临时退出", at=NOON, account=opened.staff.operator)
        assert all_leaves()[-1].kind == "election_withdrawn"
        assert get_election(uuid).withdrawal_reason == "候选人临时退出"
    with pytest.raises(WithdrawalTooLate), in_complex(app, place):
        withdraw_election(opened.election.uuid, "想撤", at=NOON, account=opened.staff.operator)


def test_never_lists_a_draft_or_another_complexs_election_to_the_public(app: Flask) -> None:
    place, other = make_complexes(app, "qinglan", "hupan")
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    draft = make_draft(app, place, staff, NOON)
    announced = announce(app, place, staff, make_draft(app, place, staff, NOON), NOON)
    with in_complex(app, place, write=False):
        assert [row.uuid for row in list_elections()] == [announced.uuid]
        assert {row.uuid for row in list_elections(drafts=True)} == {announced.uuid, draft}
    with in_complex(app, other, write=False):
        assert list_elections(drafts=True) == []


def test_refuses_trustees_of_one_organisation_or_without_the_role(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    stranger = make_account(app, NOON, name="路人", organisation="别的单位")
    uuid = make_draft(app, place, staff, NOON)
    for chosen in [(staff.operator, staff.supervisor, stranger), (staff.operator, staff.supervisor, staff.supervisor)]:
        with pytest.raises(TrusteesRefused), in_complex(app, place):
            choose_trustees(uuid, place, chosen)
    with in_complex(app, place, write=False):
        assert [trustee.account_id for trustee in get_election(uuid).trustees] == list(staff.trustees)


def test_closes_only_after_the_window(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    election = make_open_election(app, place, NOON).election
    with pytest.raises(Exception, match="window_not_over"), in_complex(app, place):
        mark_closed(election.uuid, at=election.closes_at - timedelta(seconds=1))
    with in_complex(app, place):
        mark_closed(election.uuid, at=election.closes_at)
        assert get_election(election.uuid).state is ElectionState.CLOSED


def test_an_expired_committee_announces_no_decision_until_the_street_lets_it_pass(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    late = NOON + timedelta(days=60)
    make_committee(app, place, NOON, staff.operator)
    with in_complex(app, place):
        uuid = create_draft(basics(late, ElectionKind.DECISION, "更换电梯"), at=late, account=staff.operator)
        add_matter(uuid, Matter.FUND_USE, MatterText("使用维修资金更换电梯", "预算 38 万元。"))
        choose_trustees(uuid, place, staff.trustees)
    with in_complex(app, place), pytest.raises(ElectionIncomplete) as refused:
        announce_election(uuid, place, at=late, account=staff.operator)
    assert refused.value.values["problems"] == ["committee_expired"]
    with in_complex(app, place), pytest.raises(ElectionIncomplete):
        announce_election(uuid, place, at=late, account=staff.operator, waived=["window_too_short"])
    with in_complex(app, place):
        announce_election(uuid, place, at=late, account=staff.operator, waived=["committee_expired"])
        assert get_election(uuid).state is ElectionState.ANNOUNCED


def test_a_caretaker_committee_announces_no_major_decision(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    term = make_committee(app, place, NOON, staff.operator)
    with in_complex(app, place):
        mark_caretaker(term.id, NOON.date(), at=NOON, account=staff.operator)
        uuid = create_draft(basics(NOON, ElectionKind.DECISION, "选聘物业"), at=NOON, account=staff.operator)
        add_matter(uuid, Matter.RULES, MatterText("修改议事规则", "会议改为每季度一次。"))
        add_matter(uuid, Matter.HIRE, MatterText("选聘江南物业服务公司", "合同三年。"))
        choose_trustees(uuid, place, staff.trustees)
    with in_complex(app, place), pytest.raises(ElectionIncomplete) as refused:
        announce_election(uuid, place, at=NOON, account=staff.operator)
    assert refused.value.values["problems"] == ["matter_withheld"]
    with in_complex(app, place):
        choose_policies(uuid, {"P-RESTRICT": "off"})
        announce_election(uuid, place, at=NOON, account=staff.operator)
