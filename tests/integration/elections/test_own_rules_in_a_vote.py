"""Hold a vote to the own rules of its complex: a draft begins with them, the announcement freezes them word by word."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.elections.queries import draft_problems, get_election
from app.elections.services.choose_policies import choose_policies
from app.elections.services.save_draft import create_draft
from app.rulebook.services.confirm_change import confirm_change
from app.rulebook.services.propose_change import Clause, propose_change
from app.rulebook.services.withdraw_change import withdraw_change
from app.statute.own_rules import Basis
from app.tenancy.types import ComplexRow
from tests.committee_support import make_committee
from tests.conftest import NOON
from tests.elections_support import Staff, announce, basics, in_complex, make_draft, make_roll, make_staff
from tests.pages import Browser
from tests.support import make_account, make_complexes

RANK = Clause("P-RANK", "heads", Basis.RULES, 7, "候选人按得票人数多少排名。")
NOTICE = Clause("notice_days_clear", "20", Basis.RULES, 3, "业主大会会议召开二十日以前公告。")
OBJECTIONS = Clause("objection_days", "10", Basis.RULES, 4, "计票结果公示十日，接受异议。")


class Scene:
    """Be a complex with a committee, staff and a small roll."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place: ComplexRow = make_complexes(app, "qinglan")[0]
        self.staff: Staff = make_staff(app, self.place, NOON)
        self.second = make_account(app, NOON, name="李明", organisation="湖畔街道办事处")
        make_committee(app, self.place, NOON, self.staff.operator)
        make_roll(app, self.place)

    def put(self, clause: Clause) -> int:
        with in_complex(self.app, self.place):
            change = propose_change(clause, at=NOON, account=self.staff.operator)
            confirm_change(change, at=NOON, account=self.second)
            return change

    def warnings(self, uuid: str) -> set[str]:
        with in_complex(self.app, self.place, write=False):
            return {problem.code for problem in draft_problems(get_election(uuid), NOON) if problem.is_warning}


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def test_a_draft_begins_with_the_values_in_force(scene: Scene) -> None:
    scene.put(RANK)
    with in_complex(scene.app, scene.place):
        uuid = create_draft(basics(NOON), at=NOON, account=scene.staff.operator)
        assert get_election(uuid).policies["P-RANK"] == "heads"
        choose_policies(uuid, {"P-ALT": "none"})
        election = get_election(uuid)
    assert (election.policies["P-RANK"], election.policies["P-ALT"]) == ("heads", "none")
    assert "policy_without_clause" in scene.warnings(uuid)


def test_the_announcement_freezes_pack_and_clauses(scene: Scene) -> None:
    change = scene.put(RANK)
    scene.put(NOTICE)
    uuid = make_draft(scene.app, scene.place, scene.staff, NOON)
    election = announce(scene.app, scene.place, scene.staff, uuid, NOON)
    announced = json.loads(election.announcement or b"{}")
    assert announced["rule_pack"] == "civil_code_2021"
    assert [(row["key"], row["value"], row["page"]) for row in announced["own_rules"]] == [
        ("P-RANK", "heads", 7), ("notice_days_clear", "20", 3),
    ]  # fmt: skip
    assert announced["own_rules"][0]["sentence"] == RANK.sentence
    assert announced["own_rules"][0]["confirmed_by"] == ["周敏（青岚社区居委会）", "李明（湖畔街道办事处）"]
    with in_complex(scene.app, scene.place):
        withdraw_change(change, "议事规则已修改", at=NOON + timedelta(days=1), account=scene.second)
    with in_complex(scene.app, scene.place, write=False):
        kept = get_election(uuid)
    assert kept.own_rules.as_json() == announced["own_rules"]
    assert kept.pack.number("notice_days_clear") == 20
    page = Browser(scene.app.test_client()).get(f"/c/qinglan/elections/{uuid}").words()
    assert "按《民法典》（2021 年 1 月 1 日起施行）计票" in page
    assert "“候选人按得票人数多少排名。”（本小区议事规则第 7 页）" in page


def test_a_vote_against_the_own_rules_is_warned_of_and_cites_no_clause_for_it(scene: Scene) -> None:
    scene.put(RANK)
    uuid = make_draft(scene.app, scene.place, scene.staff, NOON, policies={"P-RANK": "area"})
    assert "policy_against_own_rules" in scene.warnings(uuid)
    election = announce(scene.app, scene.place, scene.staff, uuid, NOON)
    assert json.loads(election.announcement or b"{}")["own_rules"] == []
    assert len(election.own_rules) == 0


def test_own_periods_count_in_the_vote(scene: Scene) -> None:
    uuid = make_draft(scene.app, scene.place, scene.staff, NOON)
    with in_complex(scene.app, scene.place, write=False):
        assert get_election(uuid).pack.number("objection_days") == 7
    scene.put(OBJECTIONS)
    scene.put(replace(NOTICE, key="voting_window_days_min", value="10", sentence="投票时间不少于十日。"))
    short = make_draft(scene.app, scene.place, scene.staff, NOON, days=7)
    with in_complex(scene.app, scene.place, write=False):
        problems = draft_problems(get_election(short), NOON)
        assert get_election(uuid).pack.number("objection_days") == 10
    assert [problem.values["days"] for problem in problems if problem.code == "window_too_short"] == [10]
