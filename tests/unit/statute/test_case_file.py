"""Check that every unusable input is refused with its place, and every contradiction is named (app/statute/LAW.md 3.1)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import Malformed
from app.statute.case_errors import error_line, problem_line
from app.statute.case_file import parse_case, read_case
from app.statute.count import count_matter
from tests.unit.statute.cases import ballot, flats

GOOD: dict[str, Any] = {
    "matter": "HIRE",
    "developer": "dev",
    "units": [*flats(3), {"unit": "x", "area": "50.00", "owners": ["dev"], "status": "unsold"}],
    "ballots": [ballot("u1", "agree"), ballot("u2", "abstain", 1, "paper", valid=True)],
    "delivered": ["u1"],
}
ELECTION: dict[str, Any] = {
    "matter": "ELECT",
    "seats": 5,
    "candidates": ["c1", "c2", "c3", "c4", "c5", "c6"],
    "units": flats(3),
    "ballots": [ballot("u1", ["c1"])],
}

Damage = Callable[[dict[str, Any]], object]


def put(*path: Any) -> Damage:
    """Return a change that sets the value at a path; the last item is the value."""
    *steps, key, value = path

    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for step in steps:
            place = place[step]
        place[key] = value

    return change


BROKEN: list[tuple[str, dict[str, Any], Damage, str, str]] = [
    ("unknown matter", GOOD, put("matter", "DISMISS"), "word_unknown", "matter"),
    ("missing matter", GOOD, lambda d: d.pop("matter"), "word_unknown", "matter"),
    ("unknown policy", GOOD, put("policies", {"P-CARETAKER": "on"}), "policy_unknown", "policies.P-CARETAKER"),
    ("policy value", GOOD, put("policies", {"P-PARK": "some"}), "policy_value_unknown", "policies.P-PARK"),
    ("policy number", GOOD, put("policies", {"P-TERM": 5}), "policy_value_unknown", "policies.P-TERM"),
    ("policies a list", GOOD, put("policies", ["P-PARK"]), "not_an_object", "policies"),
    ("no units", GOOD, put("units", []), "units_missing", "units"),
    ("units an object", GOOD, put("units", {}), "not_a_list", "units"),
    ("duplicate unit", GOOD, put("units", 1, "unit", "u-1"), "unit_duplicate", "units[1].unit"),
    ("area a number", GOOD, put("units", 0, "area", 100), "area_unreadable", "units[0].area"),
    ("area one decimal", GOOD, put("units", 0, "area", "100.0"), "area_unreadable", "units[0].area"),
    ("area three decimals", GOOD, put("units", 0, "area", "100.001"), "area_unreadable", "units[0].area"),
    ("area negative", GOOD, put("units", 0, "area", "-1.00"), "area_unreadable", "units[0].area"),
    ("area zero", GOOD, put("units", 0, "area", "0.00"), "area_unreadable", "units[0].area"),
    ("area full width", GOOD, put("units", 0, "area", "１.00"), "area_unreadable", "units[0].area"),
    ("no owner", GOOD, put("units", 0, "owners", []), "owner_missing", "units[0].owners"),
    ("owner twice", GOOD, put("units", 0, "owners", ["u1", "u1"]), "owner_twice", "units[0].owners"),
    ("owner a number", GOOD, put("units", 0, "owners", [1]), "not_a_name", "units[0].owners"),
    ("status", GOOD, put("units", 0, "status", "sold"), "word_unknown", "units[0].status"),
    ("use", GOOD, put("units", 0, "use", "shop"), "word_unknown", "units[0].use"),
    ("counted", GOOD, put("units", 0, "counted", "no"), "not_a_boolean", "units[0].counted"),
    ("channel", GOOD, put("ballots", 0, "channel", "phone"), "word_unknown", "ballots[0].channel"),
    ("choice", GOOD, put("ballots", 0, "choice", "yes"), "word_unknown", "ballots[0].choice"),
    ("choice missing", GOOD, lambda d: d["ballots"][0].pop("choice"), "choice_missing", "ballots[0].choice"),
    ("follow not offered", GOOD, put("ballots", 0, "choice", "follow"), "word_unknown", "ballots[0].choice"),
    ("choice a list", GOOD, put("ballots", 0, "choice", ["agree"]), "word_unknown", "ballots[0].choice"),
    ("valid", GOOD, put("ballots", 0, "valid", 1), "not_a_boolean", "ballots[0].valid"),
    ("election", ELECTION, put("election", "primary"), "word_unknown", "election"),
    ("no developer", GOOD, lambda d: d.pop("developer"), "developer_missing", "units[3].status"),
    ("ballot of a stranger", GOOD, put("ballots", 0, "owner", "nobody"), "owner_unknown", "ballots[0].owner"),
    ("delivered to a stranger", GOOD, put("delivered", ["nobody"]), "owner_unknown", "delivered[0]"),
    ("ballot for another's unit", GOOD, put("ballots", 0, "unit", "u-2"), "unit_not_his", "ballots[0].unit"),
    ("ballot for no unit", GOOD, put("ballots", 0, "unit", "nowhere"), "unit_not_his", "ballots[0].unit"),
    ("time unreadable", GOOD, put("ballots", 0, "at", "noon"), "instant_unreadable", "ballots[0].at"),
    ("no offset", GOOD, put("ballots", 0, "at", "2027-05-22T09:00:00"), "instant_without_offset", "ballots[0].at"),
    ("time a number", GOOD, put("ballots", 0, "at", 1800000000), "instant_unreadable", "ballots[0].at"),
    ("no seats", ELECTION, lambda d: d.pop("seats"), "seats_missing", "seats"),
    ("zero seats", ELECTION, put("seats", 0), "seats_missing", "seats"),
    ("true seats", ELECTION, put("seats", True), "seats_missing", "seats"),
    ("no candidates", ELECTION, put("candidates", []), "candidates_unusable", "candidates"),
    ("candidate listed twice", ELECTION, put("candidates", ["c1", "c1"]), "candidates_unusable", "candidates"),
    ("unknown candidate", ELECTION, put("ballots", 0, "choice", ["c9"]), "candidate_unknown", "ballots[0].choice"),
    ("candidate twice", ELECTION, put("ballots", 0, "choice", ["c1", "c1"]), "candidate_twice", "ballots[0].choice"),
    ("agree in an election", ELECTION, put("ballots", 0, "choice", "agree"), "not_a_list", "ballots[0].choice"),
    (
        "more choices than seats",
        ELECTION,
        put("ballots", 0, "choice", ["c1", "c2", "c3", "c4", "c5", "c6"]),
        "too_many_choices",
        "ballots[0].choice",
    ),
    ("seats without election", GOOD, put("seats", 5), "not_an_election", "seats"),
    ("candidates in a recall", ELECTION, put("election", "recall"), "not_an_election", "seats"),
    ("nothing counted", GOOD, lambda d: [u.update(counted=False) for u in d["units"]], "totals_empty", "units"),
]


@pytest.mark.parametrize(("base", "damage", "code", "where"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_unusable_case_is_refused_with_its_place(base: dict[str, Any], damage: Damage, code: str, where: str) -> None:
    document = copy.deepcopy(base)
    count_matter(read_case(document))
    damage(document)
    with pytest.raises(Malformed) as caught:
        count_matter(read_case(document))
    assert (caught.value.code, caught.value.values["where"]) == (code, where)
    for lang in ("zh", "en"):
        line = error_line(caught.value, lang)
        assert line.startswith(where)
        assert "\n" not in line
        assert code not in line


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b'{"matter": NaN}', b"[" * 100_000, b"9" * 5000, "选".encode("gbk")],
    ids=["empty", "cut", "not utf-8", "NaN", "nested", "huge number", "gbk"],
)
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed, match="not_json"):
        parse_case(raw)


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"case"', b"7"])
def test_json_that_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed, match="not_an_object"):
        parse_case(raw)


def test_lone_surrogates_are_refused_before_they_break_the_output() -> None:
    document = copy.deepcopy(GOOD)
    document["units"][0]["owners"] = ["\ud800"]
    with pytest.raises(Malformed, match="not_a_name"):
        parse_case(json.dumps(document).encode())


def test_invalid_ballot_may_lack_a_choice() -> None:
    document = copy.deepcopy(GOOD)
    document["ballots"] = [{"owner": "u1", "channel": "paper", "at": "2027-05-22T09:00:00Z", "valid": False}]
    assert count_matter(read_case(document)).ignored[0].reason == "invalid"


def contradictions(document: dict[str, Any]) -> list[dict[str, str]]:
    """Return the problems of a case, and check that each has a sentence in both languages."""
    problems = count_matter(read_case(document)).problems
    for problem in problems:
        assert problem_line(problem, "zh") != problem_line(problem, "en")
    return [problem.as_json() for problem in problems]


def test_contradictions_are_listed_by_kind_then_in_order() -> None:
    units = [
        {"unit": "a", "area": "10.00", "owners": ["A", "B"], "nominee": "A"},
        {"unit": "b", "area": "10.00", "owners": ["A", "B"], "nominee": "B"},
        {"unit": "c", "area": "10.00", "owners": ["C"], "nominee": "D"},
        {"unit": "d", "area": "10.00", "owners": ["D"], "status": "unsold"},
    ]
    ballots = [ballot("C", "agree", 5), ballot("C", "against", 5)]
    document = {"matter": "OTHER", "units": units, "ballots": ballots, "developer": "dev"}
    assert contradictions(document) == [
        {"problem": "unsold_with_buyer", "unit": "d"},
        {"problem": "nominee_not_owner", "unit": "c"},
        {"problem": "nominees_differ", "unit": "a"},
        {"problem": "same_time", "owner": "C"},
    ]


def test_same_time_with_the_same_choice_and_channel_is_no_contradiction() -> None:
    document = copy.deepcopy(GOOD)
    document["ballots"] = [ballot("u1", "agree", 5), ballot("u1", "agree", 5)]
    assert contradictions(document) == []
    document["ballots"][1]["channel"] = "paper"
    assert contradictions(document) == [{"problem": "same_time", "owner": "u1"}]


@pytest.mark.parametrize(
    ("seats", "problems"),
    [(5, []), (11, []), (6, ["seats_even"]), (4, ["seats_even", "seats_out_of_range"]), (13, ["seats_out_of_range"])],
)
def test_seats_of_a_committee(seats: int, problems: list[str]) -> None:
    document = copy.deepcopy(ELECTION) | {"seats": seats}
    assert [entry["problem"] for entry in contradictions(document)] == problems
    assert contradictions(document | {"election": "by_election"}) == []


def test_nominees_that_differ_are_treated_as_none() -> None:
    units = [
        {"unit": "a", "area": "10.00", "owners": ["A", "B"], "nominee": "A"},
        {"unit": "b", "area": "10.00", "owners": ["A", "B"], "nominee": "B"},
    ]
    outcome = count_matter(read_case({"matter": "OTHER", "units": units, "ballots": [ballot("A", "agree")]}))
    assert outcome.ignored[0].reason == "no_nominee"
