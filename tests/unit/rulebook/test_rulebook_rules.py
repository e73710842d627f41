"""Check which recorded changes hold together, and every value as it holds here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.rulebook.policies import may_confirm
from app.rulebook.rules import in_force, overlay_of, values_here
from app.rulebook.types import ChangeRow, ChangeState, PersonRow
from app.statute.own_rules import Basis
from app.statute.policies import policy_registry
from app.statute.rule_pack import Matter, load_rule_pack
from tests.conftest import NOON

FIRST = PersonRow(1, "周敏", "青岚社区居委会")
SECOND = PersonRow(2, "李明", "")
ROW = ChangeRow(
    id=10, key="P-RANK", value="heads", basis=Basis.RULES, page=7, sentence="候选人按得票人数多少排名。", document=None,
    proposed_by=FIRST, proposed_at=NOON, confirmed_by=SECOND, confirmed_at=NOON,
    withdrawn_by=None, withdrawn_at=None, withdrawal_reason="",
)  # fmt: skip


def test_states_follow_from_what_was_recorded() -> None:
    assert ROW.state is ChangeState.CONFIRMED
    waiting = replace(ROW, confirmed_by=None, confirmed_at=None)
    assert waiting.state is ChangeState.PROPOSED
    assert replace(ROW, withdrawn_at=NOON).state is ChangeState.WITHDRAWN
    assert may_confirm(2, waiting)
    assert not may_confirm(1, waiting)
    assert not may_confirm(2, ROW)
    assert ROW.change.confirmed_by == ("周敏（青岚社区居委会）", "李明")


def test_two_persons_of_one_name_stay_two() -> None:
    assert len(set(replace(ROW, confirmed_by=replace(FIRST, account_id=3)).change.confirmed_by)) == 2


def test_the_latest_confirmed_holds_and_what_the_law_refuses_does_not() -> None:
    later = replace(ROW, id=11, value="area", confirmed_at=NOON + timedelta(days=1))
    waiting = replace(ROW, id=12, confirmed_by=None, confirmed_at=None, key="P-CHANGE", value="none")
    unlawful = replace(ROW, id=13, key="notice_days_clear", value="3")
    assert in_force([later, ROW, waiting, unlawful], before_first_assembly=False) == [later]


def test_contradicting_windows_hold_not_at_all() -> None:
    shortest = replace(ROW, id=11, key="voting_window_days_min", value="30")
    assert in_force([ROW, shortest], before_first_assembly=False) == [ROW]
    usual = replace(ROW, id=12, key="voting_window_days_default", value="40")
    assert len(overlay_of([ROW, shortest, usual], before_first_assembly=False)) == 3


def test_every_value_is_shown_with_the_clause_that_fixes_it() -> None:
    notice = replace(ROW, id=11, key="notice_days_clear", value="20")
    values = values_here([ROW, notice])
    assert len(values) == len(load_rule_pack().rules) + len(Matter) + len(policy_registry())
    by_key = {value.listed.key: value for value in values}
    assert by_key["P-RANK"].clause == ROW
    assert by_key["P-RANK"].listed.value == "heads"
    assert by_key["P-RANK"].listed.provision.article_zh == "本小区议事规则第 7 页"
    assert by_key["notice_days_clear"].listed.words.zh == "不少于 20 天"
    assert [key for key, value in by_key.items() if value.clause] == ["notice_days_clear", "P-RANK"]
    assert by_key["quorum_area"].listed.words.zh == "全体三分之二以上"
