"""Test ballots: made, read, verified, and refused with the right name for every damage."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from app.crypto.ballots import parse_ballot, verify_ballot
from app.crypto.credentials import Credential
from app.crypto.election import Election, Question
from app.crypto.encoding import dumps
from app.crypto.errors import BadHints
from app.crypto.hints import decode_commitments, encode_commitments, hints_size
from app.errors import DomainError
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import MATTER, make_world, resign
from tests.reference.crypto.golden import FOLDER

GOLDEN = json.loads((FOLDER / "golden.json").read_text())
DAMAGED = json.loads((FOLDER / "damaged_ballots.json").read_text())
ELECTION = Election.parse(GOLDEN["election"].encode())
BLANK = Question(("甲", "乙"), 1, 2, "选举", blank=True)


def _refusal(raw: bytes, election: Election = ELECTION) -> str:
    try:
        verify_ballot(election, parse_ballot(election, raw))
    except DomainError as error:
        return error.code
    return "accepted"


@pytest.mark.parametrize("case", DAMAGED, ids=[case["name"] for case in DAMAGED])
def test_ballot_is_refused_with_its_name_when_damaged(case: dict[str, str]) -> None:
    raw = bytes.fromhex(case["ballot_hex"]) if "ballot_hex" in case else case["ballot"].encode()
    assert _refusal(raw) == case["code"]


def test_damages_are_many_and_of_many_kinds() -> None:
    assert len(DAMAGED) >= 45
    assert len({case["code"] for case in DAMAGED}) >= 13


@pytest.mark.parametrize("marks", [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
def test_every_legal_choice_verifies_here_and_in_the_reference(marks: list[int]) -> None:
    world = make_world()
    text = world.cast(0, [marks])
    verify_ballot(world.election, world.parse(text))
    protocol.check_ballot(world.election.raw, text.encode())


@pytest.mark.parametrize("marks", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]])
def test_every_legal_choice_verifies_when_blank_is_allowed(marks: list[int]) -> None:
    world = make_world((BLANK,))
    text = world.cast(0, [marks])
    verify_ballot(world.election, world.parse(text))
    protocol.check_ballot(world.election.raw, text.encode())


def test_blank_proof_is_refused_when_changed_and_signed_again() -> None:
    world = make_world((BLANK,))
    value = json.loads(world.sample)
    proof = value["answers"][0]["blank_proof"][0]
    proof["response"] = str((int(proof["response"]) + 1) % world.election.group.q)
    assert _refusal(resign(world, value).encode(), world.election) == "bad_blank_proof"


def test_tracker_is_the_hash_of_the_whole_ballot() -> None:
    for item in GOLDEN["ballots"]:
        ballot = parse_ballot(ELECTION, item["ballot"].encode())
        assert ballot.tracker == item["tracker"] == protocol.b64(item["ballot"].encode())
        assert len(ballot.tracker) == 43


def test_size_limit_holds_the_largest_ballot() -> None:
    world = make_world((MATTER, BLANK))
    assert len(world.sample) < world.election.max_ballot_bytes < 3 * len(world.sample)


def test_proofs_of_two_questions_cannot_be_exchanged() -> None:
    world = make_world((MATTER, MATTER))
    value: dict[str, Any] = json.loads(world.cast(0, [[1, 0, 0], [0, 1, 0]]))
    for field in ("individual_proofs", "overall_proof"):
        changed = json.loads(json.dumps(value))
        first, second = changed["answers"]
        first[field], second[field] = second[field], first[field]
        assert _refusal(resign(world, changed).encode(), world.election) != "accepted"


def test_ballot_copied_under_another_credential_is_refused() -> None:
    world = make_world()
    thief = Credential.generate(world.random.below)
    value = json.loads(world.sample)
    value["credential"] = str(thief.public)
    stolen = resign(type(world)(world.trusted, world.election, (thief,), world.random), value)
    assert _refusal(stolen.encode(), world.election) == "bad_individual_proof"


def test_hints_are_read_back_and_have_the_announced_size() -> None:
    world = make_world((MATTER, BLANK))
    commitments = verify_ballot(world.election, world.parse(world.sample))
    raw = encode_commitments(commitments)
    assert len(raw) == hints_size(world.election)
    assert decode_commitments(world.election, raw) == commitments
    for broken in (raw[:-1], raw + b"\0", b""):
        with pytest.raises(BadHints):
            decode_commitments(world.election, broken)


def test_marks_leave_no_trace_in_the_shape_of_a_ballot() -> None:
    world = make_world()
    shapes = set()
    for marks in ([0, 0, 0], [1, 0, 0], [0, 0, 1]):
        answer = json.loads(world.cast(0, [marks]))["answers"][0]
        shapes.add(tuple(len(answer[field]) for field in ("choices", "individual_proofs", "overall_proof")))
    assert len(shapes) == 1


def test_two_ballots_of_one_choice_share_no_number() -> None:
    world = make_world()
    first, second = (set(_numbers(json.loads(world.cast(0, [[1, 0, 0]])))) for _ in range(2))
    shared = first & second
    assert shared == {str(world.credentials[0].public)}


def _numbers(value: object) -> list[str]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [str(value)] if str(value).isdigit() and len(str(value)) > 20 else []


def test_ciphertexts_of_one_ballot_are_all_different() -> None:
    world = make_world()
    ciphertexts = list(world.parse(world.sample).ciphertexts())
    assert all(a != b for a, b in combinations(ciphertexts, 2))


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        (b"a\x7fb", "accepted"),
        (b"a b", "accepted"),
        ("三".encode(), "accepted"),
        (b"a\nb", "not_json"),
        (b"a\\nb", "accepted"),
        (b"a\\u0041b", "not_canonical"),
        (b'a","b":"', "wrong_shape"),
        (b"a\xff", "not_json"),
    ],
)
def test_free_strings_are_read_as_json_has_them(spelling: bytes, code: str) -> None:
    """uuid, fingerprint and signed hash are compared later; here they may be any string in its canonical spelling."""
    world = make_world()
    sample = json.loads(world.cast(0, [[1, 0, 0]]))
    for value in (sample["election_uuid"], sample["election_hash"], sample["signature"]["hash"]):
        raw = dumps(sample).encode().replace(f'"{value}"'.encode(), b'"' + spelling + b'"')
        assert _reading(world.election, raw) == code


def _reading(election: Election, raw: bytes) -> str:
    """Read a ballot, and compare its strings with those of a JSON parser; return the code of a refusal."""
    try:
        ballot = parse_ballot(election, raw)
    except DomainError as error:
        return error.code
    value = json.loads(raw)
    read = (ballot.election_uuid, ballot.election_hash, ballot.hash)
    assert read == (value["election_uuid"], value["election_hash"], value["signature"]["hash"])
    return "accepted"
