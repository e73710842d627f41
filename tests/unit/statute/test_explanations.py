"""Check the sentences of a verdict: exact fraction, article, and what is missing (issue text and law 1.2)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.statute.explain import explain, explain_all, share_words
from app.statute.explain_notes import _NOTES, conclusion_text, explain_note
from app.statute.findings import Note, NoteCode
from app.statute.matters import threshold_sentence
from app.statute.output import verdict_json
from app.statute.rule_pack import Matter, ThresholdClass
from app.statute.verdict import VerdictKind, judge_election, judge_matter
from app.statute.weight import Weight

ARTICLE = "（《民法典》第二百七十八条第二款）。"
TOTALS = Weight.of(1_200_000, 120)


def test_met_condition_gives_fraction_percent_and_article() -> None:
    verdict = judge_matter(Matter.HIRE, TOTALS, Weight.of(800_000, 80), {"agree": Weight.of(410_000, 41)}, {})
    assert explain_all(verdict.findings, "zh-CN") == [
        f"参与表决的专有部分面积 8000.00 ㎡，占总面积的 8000.00/12000.00（66.67%），达到三分之二以上{ARTICLE}",
        f"参与表决的人数 80 人，占总人数的 80/120（66.67%），达到三分之二以上{ARTICLE}",
        f"同意面积 4100.00 ㎡，占参与表决面积的 4100.00/8000.00（51.25%），已过半数{ARTICLE}",
        f"同意人数 41 人，占参与表决人数的 41/80（51.25%），已过半数{ARTICLE}",
        "结论：通过。",
    ]


def test_missed_quorum_says_what_is_missing_although_the_percentage_looks_full() -> None:
    verdict = judge_matter(Matter.HIRE, TOTALS, Weight.of(791_260, 77), {"agree": Weight.of(791_260, 77)}, {})
    zh, en = explain_all(verdict.findings), explain_all(verdict.findings, "en")
    assert "还差 87.40 ㎡" in zh[0]
    assert "还差 3 人" in zh[1]
    assert zh[2] == "结论：参与不足，表决无效。"
    assert "87.40 m² short" in en[0]
    assert "3 heads short" in en[1]
    assert "Civil Code art. 278(2)" in en[0]


def test_exactly_half_lacks_one_head_and_one_hundredth() -> None:
    verdict = judge_matter(Matter.HIRE, TOTALS, Weight.of(800_000, 80), {"agree": Weight.of(400_000, 40)}, {})
    area, heads = verdict.conditions[2:]
    assert (area.missing, heads.missing) == (1, 1)
    assert "未过半数，还差 0.01 ㎡" in explain(area)
    assert "which is not more than 1/2; 1 head short" in explain(heads, "en")


def test_attributed_votes_are_named_in_the_sentence() -> None:
    policies = {"P-SILENCE": "delivered_is_participation"}
    options = {"agree": Weight.of(450_000, 45), "against": Weight.of(100_000, 10), "abstain": Weight.of(50_000, 5)}
    verdict = judge_matter(Matter.HIRE, TOTALS, Weight.of(600_000, 60), options, policies, silent=Weight.of(500_000, 50))
    zh = explain_all(verdict.findings)
    assert zh[0] == "已送达而未交回的 50 人、5000.00 ㎡ 计入参与表决（议事规则：没交回的票）。"
    assert "同意人数 95 人（其中按规则计入 50 人）" in zh[4]


def test_silence_is_compared_with_the_returned_ballots_alone() -> None:
    """Worked tally 12: 60 of 120 returned are no quorum, 50 served and silent voters make it and follow."""
    options = {"agree": Weight.of(450_000, 45), "against": Weight.of(100_000, 10), "abstain": Weight.of(50_000, 5)}
    policies = {"P-SILENCE": "delivered_is_participation"}
    verdict = judge_matter(Matter.HIRE, TOTALS, Weight.of(600_000, 60), options, policies, silent=Weight.of(500_000, 50))
    assert explain_all(verdict.findings)[-3:] == [
        "只算交回的票：参与 60 人、6000.00 ㎡，同意 45 人、4500.00 ㎡，参与不足。",
        "计入没交回的票：参与 110 人、11000.00 ㎡，同意 95 人、9500.00 ㎡，通过。",
        "结论：通过。",
    ]
    assert explain_all(verdict.findings, "en")[-3:-1] == [
        "Counting returned ballots only: 60 heads, 6000.00 m² take part, 45 heads, 4500.00 m² agree: too few took part.",
        "Counting ballots not returned as well: 110 heads, 11000.00 m² take part, 95 heads, 9500.00 m² agree: passed.",
    ]
    assert verdict.without_silence is not None
    assert verdict_json(verdict)["without_silence"] == {
        "participating": {"area": "6000.00", "heads": 60},
        "verdict": "no_quorum",
        "elected": [],
    }


@pytest.mark.parametrize(
    ("matter", "policies", "silent", "compared"),
    [
        (Matter.HIRE, {"P-SILENCE": "not_counted"}, 10, False),
        (Matter.HIRE, {"P-SILENCE": "follow_after_quorum"}, 0, False),
        (Matter.HIRE, {"P-SILENCE": "follow_after_quorum"}, 10, True),
        (Matter.REBUILD, {"P-SILENCE": "follow_after_quorum"}, 10, False),
        (Matter.REBUILD, {"P-SILENCE": "follow_after_quorum", "P-SILENCE-SPECIAL": "same"}, 10, True),
    ],
)
def test_silence_is_compared_only_where_a_policy_may_count_it(
    matter: Matter, policies: dict[str, str], silent: int, compared: bool
) -> None:
    options = {"agree": Weight.of(800_000, 80)}
    left = Weight.of(silent * 10_000, silent)
    verdict = judge_matter(matter, TOTALS, Weight.of(800_000, 80), options, policies, silent=left)
    assert (verdict.without_silence is not None) is compared
    assert any(sentence.startswith("只算交回的票") for sentence in explain_all(verdict.findings)) is compared
    assert ("without_silence" in verdict_json(verdict)) is compared


def test_silence_in_an_election_names_who_would_be_elected_without_it() -> None:
    """Of 80 returned, 41 support the first and 40 the second; 20 silent voters follow the first alone."""
    support = {"甲": Weight.of(410_000, 41), "乙": Weight.of(400_000, 40)}
    policies = {"P-SILENCE": "follow_after_quorum", "P-PARTIAL": "fail"}
    outcome = judge_election(1, list(support), TOTALS, Weight.of(800_000, 80), support, policies, silent=Weight.of(200_000, 20))
    zh = explain_all(outcome.findings)
    assert zh[-3] == "只算交回的票：参与 80 人、8000.00 ㎡，当选：甲，全部名额选出。"
    assert zh[-2] == "计入没交回的票：参与 100 人、10000.00 ㎡，当选：甲，全部名额选出。"
    nobody = judge_election(1, ["甲"], TOTALS, Weight.of(800_000, 80), {}, policies, silent=Weight.of(200_000, 20))
    assert explain_all(nobody.findings)[-2] == "计入没交回的票：参与 100 人、10000.00 ㎡，无人当选。"


def test_silence_left_out_of_a_special_matter_names_the_policy() -> None:
    verdict = judge_matter(
        Matter.REBUILD,
        TOTALS,
        Weight.of(800_000, 80),
        {"agree": Weight.of(800_000, 80)},
        {"P-SILENCE": "follow_after_quorum"},
        silent=Weight.of(100_000, 10),
    )
    assert explain(verdict.findings[0]) == "已送达而未交回的 10 人、1000.00 ㎡ 不计入（议事规则：特别事项的没交回的票）。"
    assert verdict.participating.heads == 80


def test_election_says_rank_partial_and_alternates() -> None:
    support = {f"张{i}": Weight.of(1_000_000 - i, 100 - i) for i in range(6)}
    outcome = judge_election(7, list(support), TOTALS, Weight.of(1_000_000, 100), support, {})
    zh = explain_all(outcome.findings)
    assert "应选 7 人，6 人达到要求；按排名当选：张0、张1、张2、张3、张4（议事规则：当选排名）。" in zh
    assert "候补委员，按排名：张5（议事规则：候补委员）。" in zh
    assert zh[-1] == "结论：选举有效，部分名额选出。"
    assert len(explain_all(outcome.findings, "en")) == len(zh)


def test_failed_election_is_worded_as_an_election() -> None:
    outcome = judge_election(5, ["a"], TOTALS, TOTALS, {"a": Weight.zero()}, {})
    assert explain(outcome.findings[-1]) == "结论：选举不成立，无人当选。"
    assert explain(outcome.findings[-2], "en") == "No candidate passes in both heads and area."


@pytest.mark.parametrize("code", [code for code in NoteCode if code is not NoteCode.CONCLUSION])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_note_has_a_sentence_without_gaps(code: NoteCode, lang: str) -> None:
    note = Note(code, ("甲", "乙"), Weight.of(100, 1), {"seats": 7, "passing": 6}, "P-RANK", "passed")
    sentence = explain_note(note, lang)
    assert "{" not in sentence
    assert sentence.endswith("。" if lang == "zh" else ".")
    assert _NOTES[code].zh != _NOTES[code].en


@pytest.mark.parametrize("verdict", list(VerdictKind))
def test_every_verdict_has_a_conclusion(verdict: VerdictKind) -> None:
    assert conclusion_text(verdict) != conclusion_text(verdict, "en")


@pytest.mark.parametrize(
    ("share", "strict", "zh", "en"),
    [
        (Fraction(2, 3), False, "三分之二以上", "at least 2/3"),
        (Fraction(1, 2), True, "过半数", "more than 1/2"),
        (Fraction(3, 4), False, "四分之三以上", "at least 3/4"),
        (Fraction(2, 3), True, "超过三分之二", "more than 2/3"),
    ],
)
def test_shares_are_said_in_the_words_of_the_law(share: Fraction, strict: bool, zh: str, en: str) -> None:
    assert (share_words(share, strict), share_words(share, strict, "en")) == (zh, en)


def test_threshold_sentence_follows_the_pack() -> None:
    assert "四分之三以上" in threshold_sentence(ThresholdClass.SPECIAL)
    assert "过半数" in threshold_sentence(ThresholdClass.ORDINARY)
    assert threshold_sentence(ThresholdClass.SPECIAL, "en").startswith("At least 2/3 of the area and at least 2/3")
