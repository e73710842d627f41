"""Own that a by-election and a recall are judged as such: by the definition's kind, which stands under the fingerprint."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from app.crypto.election import Election, Question, serialise_election
from app.crypto.encoding import dumps
from app.errors import Malformed
from app.statute.case import ElectionKind
from app.statute.rule_pack import Matter
from app.statute.verdict import VerdictKind
from app.statute.weight import Measure, Weight
from app.verifier.canonical import canonical_json
from app.verifier.definition import MATTER_OPTIONS, Definition
from app.verifier.errors import MalformedPart
from app.verifier.package import RESULT
from app.verifier.result import judge, result_value
from app.verifier.roll import Roll
from app.verifier.simulate import Simulation, simulate_election
from app.verifier.simulated_people import Plan
from tests.unit.verifier.forge import Forge, Json

ALL, CAME = Weight.of(100_000, 100), Weight.of(80_000, 80)
CANDIDATES = ("甲（1栋）", "乙（2栋）", "丙（3栋）", "丁（4栋）")


def _definition(forge: Forge, kind: ElectionKind, seats: int | None, policies: dict[str, str] | None = None) -> Definition:
    base = Definition.parse(forge.election.description)
    chosen = {**base.policies, **(policies or {})}
    return replace(base, kinds=(Matter.ELECT,), seats=(seats,), election=kind, policies=chosen)


def _election(forge: Forge, question: Question) -> Election:
    key = forge.election.public_key
    return Election.parse(serialise_election(uuid=forge.uuid, name="n", description="d", public_key=key, questions=[question]))


def _totals(*support: int) -> dict[Measure, list[list[int]]]:
    """Give each answer so many heads, and a thousand times as much area."""
    return {Measure.AREA: [[1000 * each for each in support]], Measure.HEADS: [list(support)]}


# --- the rule -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", ["accept_odd", "accept", "fail"])
@pytest.mark.parametrize(
    ("support", "elected", "verdict"),
    [
        ((60, 50, 41, 10), 3, VerdictKind.ELECTED),
        ((60, 50, 40, 10), 2, VerdictKind.PARTIAL),
        ((60, 40, 40, 10), 1, VerdictKind.PARTIAL),
        ((40, 40, 40, 10), 0, VerdictKind.FAILED),
    ],
)
def test_by_election_fills_the_vacancies_it_can_whatever_the_partial_rule_says(
    forge: Forge, policy: str, support: tuple[int, ...], elected: int, verdict: VerdictKind
) -> None:
    """Three vacancies: whoever has more than half of those who came is in, be it one alone or an even number."""
    election = _election(forge, Question(CANDIDATES, 0, 3, "补选"))
    definition = _definition(forge, ElectionKind.BY_ELECTION, 3, {"P-PARTIAL": policy})
    (judged,) = judge(election, definition, ALL, CAME, _totals(*support))
    assert judged.verdict is verdict
    (matter,) = result_value(election, definition, ALL, CAME, _totals(*support))["matters"]
    assert matter["elected"] == list(CANDIDATES[:elected])
    assert (matter["election"], matter["verdict"], matter["seats"]) == ("by_election", verdict.value, 3)


def test_committee_of_the_same_numbers_is_judged_by_the_partial_rule(forge: Forge) -> None:
    election = _election(forge, Question(CANDIDATES, 0, 3, "选举"))
    definition = _definition(forge, ElectionKind.COMMITTEE, 3)
    (matter,) = result_value(election, definition, ALL, CAME, _totals(60, 50, 40, 10))["matters"]
    assert (matter["verdict"], matter["elected"]) == ("failed", [])
    assert "election" not in matter


@pytest.mark.parametrize(("agree", "verdict"), [(41, "passed"), (40, "failed")])
def test_recall_is_counted_like_an_ordinary_matter(forge: Forge, agree: int, verdict: str) -> None:
    election = _election(forge, Question(MATTER_OPTIONS, 0, 1, "罢免"))
    definition = _definition(forge, ElectionKind.RECALL, None)
    (matter,) = result_value(election, definition, ALL, CAME, _totals(agree, 30, 5))["matters"]
    assert (matter["verdict"], matter["election"], matter["seats"], matter["elected"]) == (verdict, "recall", None, [])
    assert matter["options"]["agree"] == {"area": f"{agree * 10}.00", "heads": agree}


def test_recall_with_seats_is_not_judged(forge: Forge) -> None:
    election = _election(forge, Question(CANDIDATES, 0, 3, "罢免"))
    with pytest.raises(Malformed):
        judge(election, _definition(forge, ElectionKind.RECALL, 3), ALL, CAME, _totals(60, 50, 41, 10))


# --- the definition -------------------------------------------------------------------------------------------------------


def test_definition_of_before_elects_a_committee_and_keeps_its_bytes(forge: Forge) -> None:
    text = forge.election.description
    assert "election" not in json.loads(text)
    definition = Definition.parse(text)
    assert definition.election is ElectionKind.COMMITTEE
    assert definition.to_text() == text


@pytest.mark.parametrize("kind", [ElectionKind.BY_ELECTION, ElectionKind.RECALL])
def test_definition_names_any_other_kind(forge: Forge, kind: ElectionKind) -> None:
    text = replace(Definition.parse(forge.election.description), election=kind).to_text()
    assert json.loads(text)["election"] == kind.value
    assert Definition.parse(text).election is kind


@pytest.mark.parametrize("value", ["council", "", None, 1])
def test_definition_with_an_unknown_kind_is_malformed(forge: Forge, value: object) -> None:
    text = dumps({**json.loads(forge.election.description), "election": value})
    with pytest.raises(MalformedPart):
        Definition.parse(text)


# --- whole records --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_election() -> Simulation:
    """Simulate a by-election in which fewer pass than seats are vacant."""
    plan = Plan(14, Fraction(1), 0, 4, 3, 3, 2, "补选3", election=ElectionKind.BY_ELECTION)
    return simulate_election(plan, jobs=1)


def _as_a_committee(forge: Forge) -> bytes:
    """Judge the record's own totals as if a whole committee had been elected."""
    definition = replace(Definition.parse(forge.election.description), election=ElectionKind.COMMITTEE)
    whole = Roll.parse(forge.files["roll.json"]).totals
    area, heads = (forge.archives[measure] for measure in Measure)
    totals = {measure: json.loads(archive.result or b"")["result"] for measure, archive in forge.archives.items()}
    came = Weight.of(area.total_weight, heads.total_weight)
    return canonical_json(result_value(forge.election, definition, whole, came, totals))


def test_record_of_a_by_election_is_consistent_and_partly_filled(by_election: Simulation) -> None:
    forge = Forge(by_election)
    assert forge.verify().consistent
    (matter,) = json.loads(forge.files[RESULT])["matters"]
    assert (matter["verdict"], matter["election"]) == ("partial", "by_election")
    assert 0 < len(matter["elected"]) < matter["seats"]
    assert matter["question"].startswith("补选")


def test_by_election_published_as_a_committee_election_fails_vf24(by_election: Simulation) -> None:
    forge = Forge(by_election)
    forge.files[RESULT] = _as_a_committee(forge)
    forge.follow()
    assert forge.verify().failed == ["VF24"]


def test_kind_changed_after_the_vote_breaks_the_fingerprint(by_election: Simulation) -> None:
    forge = Forge(by_election)

    def change(value: Json) -> None:
        value["description"] = replace(Definition.parse(value["description"]), election=ElectionKind.COMMITTEE).to_text()

    _change_election(forge, change)
    assert {"VF03", "VF12"} <= set(forge.verify().failed)


def _change_election(forge: Forge, change: Callable[[Json], None]) -> None:
    for archive in forge.archives.values():
        value = json.loads(archive.election)
        change(value)
        archive.election = dumps(value).encode()


def test_record_of_a_recall_is_consistent_and_counted_like_a_matter() -> None:
    simulation = simulate_election(Plan(9, Fraction(1), 0, 0, 1, 3, 2, "罢免", election=ElectionKind.RECALL), jobs=1)
    forge = Forge(simulation)
    assert forge.verify().consistent
    (matter,) = json.loads(forge.files[RESULT])["matters"]
    assert (matter["matter"], matter["election"], matter["seats"]) == ("ELECT", "recall", None)
    agreed, came = matter["options"]["agree"], matter["participating"]
    over_half = 2 * agreed["heads"] > came["heads"] and 2 * Fraction(agreed["area"]) > Fraction(came["area"])
    assert matter["verdict"] == ("passed" if over_half else "failed")
    assert "罢免" in matter["question"]


@pytest.mark.parametrize(("kind", "seats"), [(ElectionKind.RECALL, 2), (ElectionKind.BY_ELECTION, None)])
def test_seats_that_contradict_the_kind_fail_vf23(forge: Forge, kind: ElectionKind, seats: int | None) -> None:
    definition = Definition.parse(forge.election.description)
    changed = replace(definition, election=kind, seats=(None, seats))
    _change_election(forge, lambda value: value.update(description=changed.to_text()))
    assert "VF23" in forge.verify().failed
