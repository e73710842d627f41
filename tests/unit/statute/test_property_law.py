"""Recount decisions of before 2021: shares of all owners, no quorum, using the fund as hard as raising it."""

from __future__ import annotations

import json

import pytest

from app.errors import Malformed
from app.statute.case_file import read_case
from app.statute.count import count_matter
from app.statute.explain import explain_all
from app.statute.findings import ConditionCode
from app.statute.matters import matter_types, threshold_sentence
from app.statute.output import outcome_json
from app.statute.policies import Policies
from app.statute.rule_pack import RULE_PACKS, Matter, ThresholdClass, load_rule_pack
from app.statute.verdict import Verdict, VerdictKind, judge_election, judge_matter
from app.statute.weight import Measure, Weight

OLD = "property_law_2007"
ALL = Weight.of(1_200_000, 120)


def flats(number: int) -> Weight:
    return Weight.of(number * 10_000, number)


def judged(matter: Matter, agree: int, came: int, pack: str = OLD) -> Verdict:
    options = {"agree": flats(agree), "against": flats(came - agree)}
    return judge_matter(matter, ALL, flats(came), options, Policies(), rule_pack=pack)


@pytest.mark.parametrize(("agree", "verdict"), [(60, VerdictKind.FAILED), (61, VerdictKind.PASSED)])
def test_ordinary_needs_more_than_half_of_all_owners(agree: int, verdict: VerdictKind) -> None:
    result = judged(Matter.HIRE, agree, agree)
    assert result.verdict is verdict
    assert {condition.whole for condition in result.conditions} == {1_200_000, 120}


def test_no_quorum_is_asked_for() -> None:
    result = judged(Matter.HIRE, 3, 5)
    assert result.verdict is VerdictKind.FAILED
    assert result.quorum.met
    assert all(condition.code is not ConditionCode.QUORUM for condition in result.conditions)
    assert judged(Matter.HIRE, 3, 5, "civil_code_2021").verdict is VerdictKind.NO_QUORUM


@pytest.mark.parametrize("matter", [Matter.FUND_USE, Matter.FUND_RAISE, Matter.REBUILD])
def test_fund_and_rebuilding_need_two_thirds_of_all_owners(matter: Matter) -> None:
    assert judged(matter, 79, 120).verdict is VerdictKind.FAILED
    assert judged(matter, 80, 120).verdict is VerdictKind.PASSED


def test_using_the_fund_passes_today_where_it_failed_then() -> None:
    assert judged(Matter.FUND_USE, 61, 120, "civil_code_2021").verdict is VerdictKind.PASSED
    assert judged(Matter.FUND_USE, 61, 120).verdict is VerdictKind.FAILED


def test_common_parts_were_an_ordinary_matter() -> None:
    assert judged(Matter.COMMON_USE, 61, 61).verdict is VerdictKind.PASSED
    assert matter_types(OLD)[Matter.COMMON_USE].provision.is_checked is False


def test_candidates_need_more_than_half_of_all_owners() -> None:
    support = {"甲": flats(61), "乙": flats(60), "丙": flats(62), "丁": flats(63), "戊": flats(64), "己": flats(65)}
    result = judge_election(5, tuple(support), ALL, flats(90), support, Policies(), rule_pack=OLD)
    assert result.elected == ("己", "戊", "丁", "丙", "甲")
    assert result.alternates == ()


def test_candidates_rank_by_their_shares_of_all_owners() -> None:
    """The two orders differ where areas and heads take part unequally."""
    whole, came = Weight.of(100_000, 1_000), Weight.of(100_000, 700)
    support = {"area": Weight.of(95_000, 501), "heads": Weight.of(80_000, 640)}
    names = ("area", "heads")

    def first(pack: str) -> str:
        return judge_election(1, names, whole, came, support, Policies(), rule_pack=pack).elected[0]

    # Of all: 0.95 + 501/1000 is more than 0.80 + 640/1000. Of those who took part: 0.95 + 501/700 is less than 0.80 + 640/700.
    assert first(OLD) == "area"
    assert first("civil_code_2021") == "heads"


def test_explanation_names_the_old_article_and_the_whole() -> None:
    sentences = explain_all(judged(Matter.HIRE, 60, 80).findings)
    assert sentences[0].startswith("同意面积 6000.00 ㎡，占总面积的 6000.00/12000.00")
    assert "占总人数的 60/120" in sentences[1]
    assert "还差 1 人（《物权法》第七十六条第二款" in sentences[1]
    english = explain_all(judged(Matter.HIRE, 60, 80).findings, "en")
    assert "60/120 (50.00%) of all heads" in english[1]


def test_a_case_file_names_its_pack() -> None:
    case = {
        "matter": "FUND_USE",
        "rule_pack": OLD,
        "units": [{"unit": f"1-{n}", "area": "100.00", "owners": [f"o{n}"]} for n in range(3)],
        "ballots": [
            {"owner": f"o{n}", "channel": "paper", "at": "2020-06-01T09:00:00+08:00", "choice": "agree"} for n in range(2)
        ],
    }
    document = json.loads(json.dumps(outcome_json(count_matter(read_case(case)))))
    assert document["rule_pack"] == OLD
    assert document["verdict"] == "passed"
    assert document["quorum"] == {"area": True, "heads": True, "met": True}
    with pytest.raises(Malformed) as refused:
        read_case({**case, "rule_pack": "roman_law"})
    assert refused.value.code == "rule_pack_unknown"
    assert refused.value.values["where"] == "rule_pack"


@pytest.mark.parametrize("pack", RULE_PACKS)
def test_every_pack_knows_the_nine_matters_and_their_majorities(pack: str) -> None:
    law = load_rule_pack(pack)
    assert set(law.matters) == set(Matter)
    for kind in ThresholdClass:
        assert law.majority(kind, Measure.AREA).share == law.majority(kind, Measure.HEADS).share


def test_the_threshold_is_said_without_a_quorum() -> None:
    law = load_rule_pack(OLD)
    assert "参与表决" not in threshold_sentence(ThresholdClass.SPECIAL, "zh", law)
    assert "总人数三分之二以上" in threshold_sentence(ThresholdClass.SPECIAL, "zh", law)
    assert threshold_sentence(ThresholdClass.ORDINARY, "en", law).startswith("More than 1/2 of all area and of all heads")
