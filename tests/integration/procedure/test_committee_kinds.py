"""Lead a by-election, a recall, a decision and an extraordinary meeting by their own services, on both engines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.board.queries import all_leaves
from app.committee.services.change_membership import end_membership, move_up_alternate
from app.committee.types import Ending, TermRow
from app.db.personal_data import blind_index
from app.db.session import current_tenant_id, db
from app.elections.queries import get_election
from app.procedure.beginning import Beginning
from app.procedure.committee_errors import (
    LinesMissing,
    MatterNeedsEverybody,
    NotALeaver,
    OwnersMustPetition,
    PetitionChecked,
    ProposersTooFew,
    SignatureNotFound,
    StatementMissing,
)
from app.procedure.errors import ProcedureNotFound, StepBlocked
from app.procedure.plan import plan_of
from app.procedure.queries import get_dossier
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.services.draft_vote import draft_vote
from app.procedure.services.leave_committee import hand_over_as_leaver, record_vacancy
from app.procedure.services.record_fact import record_fact
from app.procedure.services.record_petition import (
    Petition,
    confirm_petition,
    record_petition,
    record_signatures,
    withdraw_signature,
)
from app.procedure.services.record_proposal import Proposal, record_proposal
from app.procedure.services.record_reply import record_reply
from app.procedure.types import Dossier, ProcedureKind, SignatureState
from app.roll.models import OwnerPerson
from app.statute.rule_pack import Matter
from app.tenancy.queries import complex_by_slug
from app.tenancy.types import ComplexRow
from tests.committee_support import MEMBERS, make_committee
from tests.conftest import NOON
from tests.elections_support import in_complex, make_roll
from tests.procedure_support import dossier_of
from tests.support import make_account, make_complexes

TODAY = NOON.date()
PDF = b"%PDF-1.7\nplan\n%%EOF\n"
#: Ten owners of one flat each; 王芳 owns two and is one head. A fifth is two heads and 220 of 1,100 square metres.
OWNERS = (
    ("王芳", (("1-1-0101", "100.00"), ("1-1-0102", "100.00"))),
    *(
        (name, ((f"1-1-{number:04d}", "100.00"),))
        for number, name in enumerate(["李强", "张伟", "刘洋", "陈静", "杨磊", "赵敏", "黄勇", "周杰", "吴倩"], 201)
    ),
)


@dataclass
class Desk:
    """Be a complex with a roll and a committee, and the account that works in it."""

    app: Flask
    place: ComplexRow
    account: int
    term: TermRow

    def begin(self, at: datetime = NOON, **beginning: object) -> str:
        with in_complex(self.app, self.place):
            return begin_procedure(self.place, Beginning(**beginning), at=at, account=self.account)  # type: ignore[arg-type]

    def dossier(self, code: str) -> Dossier:
        return dossier_of(self.app, self.place, code)

    def leave(self, *members: int) -> None:
        with in_complex(self.app, self.place):
            for member in members:
                end_membership(member, Ending.RESIGNED, TODAY, "", None, at=NOON, account=self.account)


@pytest.fixture
def desk(app: Flask) -> Desk:
    place = make_complexes(app, "qinglan", "cuiping")[0]
    account = make_account(app, NOON)
    persons = make_roll(app, place, OWNERS)
    with in_complex(app, place):
        for person, (name, _units) in zip(persons, OWNERS, strict=True):
            row = db.session.scalars(select(OwnerPerson).where(OwnerPerson.id == person)).one()
            row.name_index = blind_index(name, field="name", tenant_id=current_tenant_id())
    return Desk(app, place, account, make_committee(app, place, NOON, account, members=MEMBERS[:6]))


def test_a_by_election_waits_for_the_alternate_and_counts_the_seats_left(desk: Desk) -> None:
    leavers = [row.id for row in desk.term.serving[3:]]
    desk.leave(*leavers)
    code = desk.begin(kind=ProcedureKind.BY_ELECTION)
    assert desk.dossier(code).procedure.seats == 2
    with in_complex(desk.app, desk.place), pytest.raises(StepBlocked) as refused:
        record_vacancy(desk.place, code, TODAY, "", None, at=NOON, account=desk.account)
    assert refused.value.values["blockers"] == ["alternates_first"]
    with in_complex(desk.app, desk.place):
        move_up_alternate(desk.term.id, TODAY, at=NOON, account=desk.account)
    with in_complex(desk.app, desk.place):
        record_vacancy(desk.place, code, TODAY, "两位辞职", None, at=NOON, account=desk.account)
    assert desk.dossier(code).procedure.seats == 1
    with in_complex(desk.app, desk.place), pytest.raises(StepBlocked):
        record_fact(desk.place, code, "member_handover", at=NOON, account=desk.account)
    with in_complex(desk.app, desk.place):
        hand_over_as_leaver(desk.place, code, leavers[0], TODAY, at=NOON, account=desk.account)
        assert "member_handover" not in get_dossier(code).facts
        with pytest.raises(NotALeaver):
            hand_over_as_leaver(desk.place, code, leavers[0], TODAY, at=NOON, account=desk.account)
        hand_over_as_leaver(desk.place, code, leavers[1], TODAY, at=NOON, account=desk.account)
    plan = plan_of(desk.dossier(code), NOON)
    assert {step.key for step in plan.steps if step.is_done} == {"vacancy", "member_handover"}
    desk.leave(desk.term.serving[2].id)
    step = plan_of(desk.dossier(code), NOON).step("notice")
    assert step is not None
    assert "vacancies_changed" in [blocker.code for blocker in step.blockers]


def test_a_recall_is_petitioned_checked_and_answered(desk: Desk) -> None:
    member = desk.term.serving[2]
    code = desk.begin(kind=ProcedureKind.RECALL, member_id=member.id)
    reasons = Petition(TODAY, "两年没有公开账目。", paper=PDF)
    with in_complex(desk.app, desk.place):
        with pytest.raises(StepBlocked):
            record_fact(desk.place, code, "petition", at=NOON, account=desk.account)
        with pytest.raises(StatementMissing):
            record_petition(desk.place, code, Petition(TODAY, "  "), at=NOON, account=desk.account)
        record_petition(desk.place, code, reasons, at=NOON, account=desk.account)
    with in_complex(desk.app, desk.place):
        with pytest.raises(LinesMissing):
            record_signatures(desk.place, code, " \n", at=NOON, account=desk.account)
        text = "1栋1单元101 王芳\n1-1-0102，王芳\n1-1-0201 别人\n9-9-0909 李强\n"
        assert record_signatures(desk.place, code, text, at=NOON, account=desk.account) == 4
    row = desk.dossier(code)
    assert {each.unit_code: each.state for each in row.signatures} == {
        "1-1-0101": SignatureState.COUNTED,
        "1-1-0102": SignatureState.COUNTED,
        "1-1-0201": SignatureState.NOT_AN_OWNER,
        "9-9-0909": SignatureState.UNKNOWN_DOOR,
    }
    assert row.petition is not None
    assert (row.petition.signed.heads, str(row.petition.signed.area)) == (1, "200.00")
    assert (row.petition.totals.heads, str(row.petition.totals.area)) == (10, "1100.00")
    with in_complex(desk.app, desk.place), pytest.raises(StepBlocked) as refused:
        confirm_petition(desk.place, code, "湖畔街道 何平", TODAY, at=NOON, account=desk.account)
    assert refused.value.values["blockers"] == ["petition_area_short", "petition_heads_short"]
    with in_complex(desk.app, desk.place):
        record_signatures(desk.place, code, "1-1-0201 李强", at=NOON, account=desk.account)
        confirm_petition(desk.place, code, "湖畔街道 何平", TODAY, at=NOON, account=desk.account)
    checked = desk.dossier(code).facts["petition_check"]
    assert dict(checked.details) == {"signed_heads": 2, "signed_area": "300.00", "heads": 10, "area": "1100.00"}
    with in_complex(desk.app, desk.place):
        with pytest.raises(PetitionChecked):
            record_signatures(desk.place, code, "1-1-0202", at=NOON, account=desk.account)
        with pytest.raises(StepBlocked):
            record_fact(desk.place, code, "reply", at=NOON, account=desk.account)
        record_reply(desk.place, code, "账目每季度贴在公告栏。", None, TODAY, at=NOON, account=desk.account)
    with in_complex(desk.app, desk.place):
        uuid = draft_vote(desk.place, code, date(2027, 7, 1), 14, at=NOON, account=desk.account)
        [matter] = get_election(uuid).matters
        assert not matter.elects
        assert "两年没有公开账目。" in matter.summary
        assert "账目每季度贴在公告栏。" in matter.summary
        leaves = [json.loads(leaf.body) for leaf in all_leaves()]
    assert [leaf["step"] for leaf in leaves if leaf["type"] == "step_done"] == ["petition", "petition_check", "reply"]
    assert not any("王芳" in json.dumps(leaf, ensure_ascii=False) for leaf in leaves)


def test_a_signature_can_be_withdrawn_before_the_check(desk: Desk) -> None:
    code = desk.begin(kind=ProcedureKind.EXTRAORDINARY, matter=Matter.FUND_USE)
    with in_complex(desk.app, desk.place):
        record_petition(desk.place, code, Petition(TODAY, "电梯常坏。"), at=NOON, account=desk.account)
        record_signatures(desk.place, code, "1-1-0201\n1-1-0202\n1-1-0203", at=NOON, account=desk.account)
        signature = get_dossier(code).signatures[0].id
        withdraw_signature(desk.place, code, signature, at=NOON, account=desk.account)
        with pytest.raises(SignatureNotFound):
            withdraw_signature(desk.place, code, 1, at=NOON, account=desk.account)
    row = desk.dossier(code)
    assert [each.state for each in row.signatures].count(SignatureState.WITHDRAWN) == 1
    assert row.petition is not None
    assert row.petition.signed.heads == 2


def test_members_ask_for_a_recall_and_owners_for_a_meeting(desk: Desk) -> None:
    member = desk.term.serving[2]
    code = desk.begin(kind=ProcedureKind.RECALL, member_id=member.id)
    others = tuple(row.id for row in desk.term.serving[:2])
    with in_complex(desk.app, desk.place):
        for members in ((), others[:1], (others[0], 7)):
            asked = Petition(TODAY, "理由", members, by_members=True)
            with pytest.raises(ProposersTooFew) as refused:
                record_petition(desk.place, code, asked, at=NOON, account=desk.account)
            assert refused.value.values == {"needed": 2, "members": 5}
        record_petition(desk.place, code, Petition(TODAY, "理由", others, by_members=True), at=NOON, account=desk.account)
        confirm_petition(desk.place, code, "湖畔街道 何平", TODAY, at=NOON, account=desk.account)
    assert dict(desk.dossier(code).facts["petition_check"].details) == {}
    meeting = desk.begin(kind=ProcedureKind.EXTRAORDINARY, matter=Matter.FUND_USE)
    asked = Petition(TODAY, "理由", others, by_members=True)
    with in_complex(desk.app, desk.place), pytest.raises(OwnersMustPetition):
        record_petition(desk.place, meeting, asked, at=NOON, account=desk.account)


def test_a_decision_hands_its_words_papers_and_scope_to_the_vote(desk: Desk) -> None:
    code = desk.begin(kind=ProcedureKind.DECISION, matter=Matter.FUND_USE, scope=("1栋",), title="一栋换电梯")
    proposal = Proposal("使用维修资金更换一栋电梯", "预算 38 万元，由一栋业主分摊。", TODAY, [("方案", PDF), ("三家报价", PDF)])
    with in_complex(desk.app, desk.place):
        with pytest.raises(StatementMissing):
            record_proposal(desk.place, code, Proposal("题目", " ", TODAY), at=NOON, account=desk.account)
        record_proposal(desk.place, code, proposal, at=NOON, account=desk.account)
    with in_complex(desk.app, desk.place):
        uuid = draft_vote(desk.place, code, date(2027, 6, 12), 14, at=NOON, account=desk.account)
        vote = get_election(uuid)
    [matter] = vote.matters
    assert (matter.title, matter.summary) == (proposal.title, proposal.summary)
    assert {paper.title for paper in matter.materials} == {"方案", "三家报价"}
    assert (vote.scope, vote.procedure_code) == (("1栋",), code)


def test_what_binds_everybody_is_not_left_to_one_building(desk: Desk) -> None:
    with pytest.raises(MatterNeedsEverybody):
        desk.begin(kind=ProcedureKind.DECISION, matter=Matter.HIRE, scope=("1栋",))


def test_an_expired_committee_calls_no_decision(desk: Desk) -> None:
    late = NOON + timedelta(days=60)
    code = desk.begin(late, kind=ProcedureKind.DECISION, matter=Matter.FUND_USE)
    plan = plan_of(desk.dossier(code), late)
    notice, proposal = plan.step("notice"), plan.step("proposal")
    assert notice is not None
    assert proposal is not None
    assert "committee_expired" in [blocker.code for blocker in notice.blockers]
    assert [blocker.code for blocker in proposal.warnings] == ["committee_expired"]


def test_another_complex_does_not_find_the_procedure(app: Flask, desk: Desk) -> None:
    code = desk.begin(kind=ProcedureKind.EXTRAORDINARY, matter=Matter.FUND_USE)
    with app.app_context():
        other = complex_by_slug("cuiping")
    with in_complex(app, other):
        for act in (
            lambda: record_signatures(other, code, "1-1-0201", at=NOON, account=desk.account),
            lambda: record_petition(other, code, Petition(TODAY, "理由"), at=NOON, account=desk.account),
            lambda: record_proposal(other, code, Proposal("题", "说", TODAY), at=NOON, account=desk.account),
        ):
            with pytest.raises(ProcedureNotFound):
                act()
