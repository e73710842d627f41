"""Check who may stand: every requirement alone, the roll, and arrears only where the rules say so."""

from __future__ import annotations

import pytest

from app.procedure.eligibility import Declared, Eligibility, Finding, Requirement, judge
from app.procedure.types import NominationState
from app.statute.policies import Policies

MET = dict.fromkeys(Requirement, Finding.MET)
CLEAR = dict.fromkeys(Declared, "no")


def found(checks: dict[str, str] | None = None, declared: dict[str, str] | None = None, **more: object) -> Eligibility:
    wanted = {"is_owner": True, "policies": Policies(), **more}
    return judge({**MET, **(checks or {})}, {**CLEAR, **(declared or {})}, **wanted)  # type: ignore[arg-type]


def test_an_owner_who_meets_everything_stands() -> None:
    assert found() == Eligibility(NominationState.ELIGIBLE, ())


def test_requirements_are_consent_and_the_six_of_article_31() -> None:
    assert len(Requirement) == 7


@pytest.mark.parametrize("item", Requirement)
def test_one_requirement_unmet_refuses_and_unclear_waits(item: Requirement) -> None:
    assert found({item: Finding.UNMET}) == Eligibility(NominationState.REFUSED, (f"{item}_unmet",))
    for unclear in (Finding.UNCLEAR, "", "nonsense"):
        assert found({item: unclear}) == Eligibility(NominationState.PROPOSED, (f"{item}_unclear",))


@pytest.mark.parametrize("item", Declared)
def test_an_undeclared_point_waits_and_a_declared_one_bars_nobody_by_itself(item: Declared) -> None:
    assert found(declared={item: ""}) == Eligibility(NominationState.PROPOSED, (f"{item}_undeclared",))
    assert found(declared={item: "yes"}).state is NominationState.ELIGIBLE


def test_nobody_but_owners() -> None:
    assert found(is_owner=False) == Eligibility(NominationState.REFUSED, ("not_owner",))


@pytest.mark.parametrize(
    ("policy", "state"),
    [
        ("no_limit", NominationState.ELIGIBLE),
        ("cannot_stand", NominationState.REFUSED),
        ("vote_restricted", NominationState.ELIGIBLE),
    ],
)
def test_arrears_bar_only_where_the_rules_say_so(policy: str, state: NominationState) -> None:
    judged = found(declared={Declared.ARREARS: "yes"}, policies=Policies({"P-ARREARS": policy}))
    assert judged.state is state
    assert found(policies=Policies({"P-ARREARS": policy})).state is NominationState.ELIGIBLE
