"""Test election.json: reading, writing, the fingerprint, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.crypto.ballots import create_ballot
from app.crypto.election import Election, Question, serialise_election
from app.crypto.errors import ElementNotInGroup, IdentityElement, IllegalChoice, Oversize, UnknownGroup, WrongShape
from app.crypto.group import BELENIOS_2048
from app.errors import DomainError
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import MATTER, make_world

BLANK = Question(("甲", "乙"), 1, 2, "选举", blank=True)


def test_serialise_and_parse_give_the_same_election() -> None:
    raw = serialise_election(
        uuid="2" * 14, name="大会", description="{}", public_key=BELENIOS_2048.g, questions=[MATTER, BLANK]
    )
    election = Election.parse(raw)
    assert election.questions == (MATTER, BLANK)
    assert (election.uuid, election.name, election.description) == ("2" * 14, "大会", "{}")
    assert election.fingerprint == protocol.b64(raw)
    assert list(json.loads(raw)) == ["version", "description", "name", "group", "public_key", "questions", "uuid"]
    assert '"blank":true' in raw.decode()
    assert raw.decode().count("blank") == 1


def test_fingerprint_is_of_the_bytes_and_not_of_the_values() -> None:
    raw = make_world().election.raw
    spaced = raw.replace(b'"version":1', b'"version": 1')
    assert Election.parse(spaced).fingerprint != Election.parse(raw).fingerprint


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"version": 2}, WrongShape),
        ({"group": "Ed25519"}, UnknownGroup),
        ({"public_key": "1"}, IdentityElement),
        ({"public_key": "3"}, ElementNotInGroup),
        ({"public_key": 3}, WrongShape),
        ({"uuid": "short"}, WrongShape),
        ({"questions": []}, WrongShape),
        ({"questions": [{"answers": ["a"], "min": 0, "max": 2, "question": "?"}]}, WrongShape),
        ({"questions": [{"answers": ["a"], "min": 1, "max": 0, "question": "?"}]}, WrongShape),
        ({"questions": [{"answers": [], "min": 0, "max": 0, "question": "?"}]}, WrongShape),
        ({"questions": [{"answers": ["a"], "blank": 1, "min": 0, "max": 1, "question": "?"}]}, WrongShape),
        ({"questions": [{"answers": ["a"], "min": 0, "max": 1, "question": "?", "type": "x"}]}, WrongShape),
        ({"name": None}, WrongShape),
        ({"administrator": 5}, WrongShape),
        ({"description": "x" * 1_000_001}, Oversize),
    ],
)
def test_parse_refuses_a_broken_definition(change: dict[str, Any], error: type[DomainError]) -> None:
    value = {**json.loads(make_world().election.raw), **change}
    with pytest.raises(error):
        Election.parse(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("question", "marks", "legal"),
    [
        (MATTER, [0, 0, 0], True),
        (MATTER, [0, 1, 0], True),
        (MATTER, [1, 1, 0], False),
        (MATTER, [1, 0], False),
        (MATTER, [2, 0, 0], False),
        (BLANK, [1, 0, 0], True),
        (BLANK, [0, 1, 1], True),
        (BLANK, [1, 1, 0], False),
        (BLANK, [0, 0, 0], False),
    ],
)
def test_question_allows_only_legal_marks(question: Question, marks: list[int], legal: bool) -> None:
    assert question.allows(marks) is legal


def test_create_ballot_refuses_an_illegal_choice() -> None:
    world = make_world()
    for choices in ([[1, 1, 0]], [], [[0, 0, 0], [0, 0, 0]]):
        with pytest.raises(IllegalChoice):
            create_ballot(world.election, world.credentials[0], choices, world.random.below)
