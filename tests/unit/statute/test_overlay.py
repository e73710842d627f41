"""Check what own rules of procedure may change, the sentence that refuses the rest, and the pack with them applied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import Malformed
from app.statute.overlay import Overlay, contradiction_in
from app.statute.own_rules import (
    PERIOD_LIMIT,
    SENTENCE_LIMIT,
    Basis,
    Change,
    changeable_keys,
    content_refusal,
    key_refusal,
    own_periods,
    refusal_of,
)
from app.statute.policies import policy_registry
from app.statute.rule_pack import load_rule_pack

RANK = Change("P-RANK", "heads", Basis.RULES, 7, "候选人按得票人数多少排名。", ("王芳（青岚社区）", "李明（湖畔街道）"))
NOTICE = replace(RANK, key="notice_days_clear", value="20", sentence="业主大会会议召开二十日以前公告。")


def test_a_clause_with_page_sentence_and_two_persons_holds() -> None:
    overlay = Overlay([RANK, NOTICE])
    assert overlay.policies == {"P-RANK": "heads"}
    assert overlay.change_of("P-RANK") == RANK
    assert overlay.change_of("P-CHANGE") is None
    pack = overlay.applied_to(load_rule_pack())
    assert pack.number("notice_days_clear") == 20
    assert pack.rules["notice_days_clear"].provision.article_zh == "本小区议事规则第 7 页"
    assert pack.rules["notice_days_clear"].provision.checked_by == "王芳（青岚社区）、李明（湖畔街道）"
    assert load_rule_pack().number("notice_days_clear") == 15


@pytest.mark.parametrize(
    ("change", "code", "part"),
    [
        (replace(RANK, key="quorum_area", value="1/2"), "threshold_fixed", "key"),
        (replace(RANK, key="ordinary_heads", value="2/3"), "threshold_fixed", "key"),
        (replace(RANK, key="special_area", value="1/2"), "threshold_fixed", "key"),
        (replace(RANK, key="petition_heads", value="1/10"), "key_fixed", "key"),
        (replace(RANK, key="filing_days", value="10"), "key_fixed", "key"),
        (replace(RANK, key="P-RETAIN", value="term_plus_5_years"), "key_fixed", "key"),
        (replace(RANK, key="P-DICE", value="six"), "key_unknown", "key"),
        (replace(RANK, value="age"), "value_unknown", "value"),
        (replace(NOTICE, value="14"), "below_the_law", "value"),
        (replace(NOTICE, value="两周"), "value_not_a_number", "value"),
        (replace(NOTICE, value="²"), "value_not_a_number", "value"),
        (replace(NOTICE, value=str(PERIOD_LIMIT + 1)), "value_not_a_number", "value"),
        (replace(NOTICE, key="first_meeting_days", value="8"), "above_the_law", "value"),
        (replace(NOTICE, key="voting_window_days_max", value="61"), "above_the_law", "value"),
        (replace(NOTICE, key="voting_window_days_default", value="4"), "below_the_law", "value"),
        (replace(RANK, page=0), "page_missing", "page"),
        (replace(RANK, sentence=" 排名 "), "sentence_missing", "sentence"),
        (replace(RANK, sentence="字" * (SENTENCE_LIMIT + 1)), "sentence_too_long", "sentence"),
        (replace(RANK, confirmed_by=("王芳",)), "persons_missing", "confirmed_by"),
        (replace(RANK, confirmed_by=("王芳", " ")), "persons_missing", "confirmed_by"),
        (replace(RANK, confirmed_by=("王芳", "王芳 ")), "same_person", "confirmed_by"),
    ],
)
def test_every_other_change_is_refused_in_a_sentence(change: Change, code: str, part: str) -> None:
    refusal = refusal_of(change)
    assert refusal is not None
    assert (refusal.code, refusal.part) == (code, part)
    assert refusal.sentence.zh
    assert refusal.sentence.en
    with pytest.raises(Malformed, match="overlay_refused"):
        Overlay([change])


def test_a_proposal_of_the_software_may_be_any_number_of_days() -> None:
    assert content_refusal(replace(NOTICE, key="objection_days", value="3")) is None
    assert content_refusal(replace(NOTICE, key="objection_days", value="15")) is None


def test_sentences_name_the_number_and_the_article() -> None:
    refusal = refusal_of(replace(NOTICE, value="10"))
    assert refusal is not None
    assert "15" in refusal.sentence.zh
    assert "《物业管理条例》第十四条" in refusal.sentence.zh
    threshold = key_refusal("quorum_area")
    assert threshold is not None
    assert "《民法典》第二百七十八条" in threshold.sentence.zh


@pytest.mark.parametrize(("key", "value"), [("P-SILENCE", "follow_after_quorum"), ("P-PARK", "both")])
def test_before_the_first_assembly_only_posted_voting_rules_change_a_starred_policy(key: str, value: str) -> None:
    change = replace(RANK, key=key, value=value)
    refusal = refusal_of(change, before_first_assembly=True)
    assert refusal is not None
    assert refusal.code == "needs_notice"
    assert refusal_of(change) is None
    posted = replace(change, basis=Basis.VOTING_RULES)
    assert refusal_of(posted, before_first_assembly=True) is None
    default = policy_registry()[key].default
    assert refusal_of(replace(change, value=default), before_first_assembly=True) is None


def test_one_value_is_changed_once() -> None:
    with pytest.raises(Malformed, match="overlay_key_twice"):
        Overlay([RANK, replace(RANK, value="area")])


def test_voting_windows_must_hold_together() -> None:
    shortest = replace(NOTICE, key="voting_window_days_min", value="30")
    refusal = contradiction_in([shortest])
    assert refusal is not None
    assert "30" in refusal.sentence.zh
    with pytest.raises(Malformed, match="overlay_refused"):
        Overlay([shortest])
    assert len(Overlay([shortest, replace(NOTICE, key="voting_window_days_default", value="40")])) == 2


def test_frozen_changes_are_read_as_they_were_frozen() -> None:
    overlay = Overlay([RANK, NOTICE])
    rows = overlay.as_json()
    assert [row["key"] for row in rows] == ["P-RANK", "notice_days_clear"]
    assert rows[0]["sentence"] == RANK.sentence
    assert Overlay.from_json(rows).as_json() == rows
    outdated = [{**rows[1], "value": "3"}]
    assert Overlay.from_json(outdated)[0].value == "3"


def test_every_changeable_period_is_a_number_of_the_pack() -> None:
    pack = load_rule_pack()
    assert all(pack.number(key) >= 1 and pack.rules[key].of in {"days", "months"} for key in own_periods())
    assert len(set(changeable_keys())) == len(changeable_keys())
