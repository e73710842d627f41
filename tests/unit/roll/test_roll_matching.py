"""Test the outcomes A-F of matching a person to the roll."""

from __future__ import annotations

import pytest

from app.roll.matching import Claim, ClaimRelation, MatchOutcome, RollOwner, RollUnit, match_claim
from app.roll.persons import normalise_name

TAN = RollOwner("谭秀", "266028", "19630855118")
LI = RollOwner("李健", "14759X", "")


def claim(**changes: object) -> Claim:
    return Claim(**({"name": "谭秀", "last_six": "266028", "phone": "19630855118"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "unit", "outcome"),
    [
        ({}, RollUnit((TAN,)), MatchOutcome.AGREES),
        ({"phone": "13900000000"}, RollUnit((TAN,)), MatchOutcome.PHONE_DIFFERS),
        ({"name": "李健", "last_six": "14759X", "phone": ""}, RollUnit((LI,)), MatchOutcome.PHONE_DIFFERS),
        ({}, RollUnit((LI, TAN)), MatchOutcome.CO_OWNER),
        ({"relation": ClaimRelation.TENANT}, RollUnit((TAN,)), MatchOutcome.NOT_OWNER),
        ({"name": "谭秀秀"}, RollUnit((TAN,)), MatchOutcome.NO_MATCH),
        ({"last_six": "266029"}, RollUnit((TAN,)), MatchOutcome.NO_MATCH),
        ({"name": "李健"}, RollUnit((LI, TAN)), MatchOutcome.NO_MATCH),
        ({"last_six": ""}, RollUnit((RollOwner("谭秀", "", "19630855118"),)), MatchOutcome.NO_MATCH),
        ({}, RollUnit((TAN,), under_review=True), MatchOutcome.HUMAN_CHECK),
        ({}, RollUnit(()), MatchOutcome.NO_MATCH),
    ],
)
def test_outcome(changes: dict[str, object], unit: RollUnit, outcome: MatchOutcome) -> None:
    assert match_claim(claim(**changes), [unit]).outcome is outcome


def test_found_owner_is_named_by_his_place() -> None:
    found = match_claim(claim(), [RollUnit((LI, TAN))])
    assert (found.owner, found.phone_agrees, found.may_vote) == (1, True, True)


def test_failure_names_nobody_and_may_not_vote() -> None:
    found = match_claim(claim(last_six="000000"), [RollUnit((TAN,))])
    assert (found.owner, found.phone_agrees, found.may_vote) == (None, False, False)


def test_no_unit_and_wrong_person_are_the_same_answer() -> None:
    assert match_claim(claim(), []) == match_claim(claim(name="错"), [RollUnit((TAN,))])


def test_blind_indexes_are_compared_as_well_as_texts() -> None:
    owner = RollOwner(b"\x01" * 32, b"\x02" * 32, b"\x03" * 32)
    assert match_claim(Claim(b"\x01" * 32, b"\x02" * 32, b"\x03" * 32), [RollUnit((owner,))]).outcome is MatchOutcome.AGREES


@pytest.mark.parametrize("name", ["谭 秀", "谭\u3000秀", " 谭秀\u200b", "谭秀\n"])
def test_names_are_compared_without_blanks(name: str) -> None:
    assert normalise_name(name) == "谭秀"


def test_middle_dots_and_width_do_not_separate_names() -> None:
    assert normalise_name("阿依古丽•买买提") == normalise_name("阿依古丽·买买提")
    assert normalise_name("ＪＯＨＮ Smith") == normalise_name("John SMITH")
