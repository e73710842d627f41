"""Bad ballots of many kinds: each is refused with its own reason, says whether the vote counts, and leaves no trace."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEvent
from app.ballots.models import Ballot, Enrolment, SeenCiphertext, VoterSpeaker, VoterState
from app.board.models import BoardLeaf
from app.crypto.ballots import create_ballot
from app.crypto.claims import signature_prefix
from app.crypto.credentials import Credential
from app.crypto.encoding import b64_sha, dumps
from app.crypto.group import BELENIOS_2048
from app.crypto.proofs import prove_log
from app.db.session import db, tenant_work
from app.outbox.models import OutgoingMessage
from tests.ballots_support import JSON_HEADERS, Device, World, flats, open_world
from tests.conftest import SteerableClock

NOT_CAST, COUNTS = "您的票还没有投出去。", "您的票已经在票箱里，算数。"
TABLES = (Ballot, SeenCiphertext, VoterState, VoterSpeaker, Enrolment, BoardLeaf, AuditEvent, OutgoingMessage)
P, Q = BELENIOS_2048.p, BELENIOS_2048.q
Change = Callable[[Any], Any]


@pytest.fixture
def world(app: Flask, clock: SteerableClock) -> World:
    return open_world(app, clock)


def traces(world: World) -> tuple[object, ...]:
    """Count the rows of every table a ballot could touch, and how many ballots each voter has."""

    def look() -> tuple[object, ...]:
        counts = [db.session.scalar(select(func.count()).select_from(table)) for table in TABLES]
        return (*counts, db.session.scalar(select(func.sum(VoterState.ballots_accepted))))

    return tuple(world.read(look))


def require_refused(world: World, device: Device, raw: bytes, code: str, *, counted: bool = False) -> Any:
    """Send a ballot and check that it is refused for a reason, in words, without a trace."""
    before = traces(world)
    answer = device.cast(raw)
    assert answer.status_code in (400, 403, 404, 409, 422), answer.status_code
    assert answer.json["error"] == code
    assert answer.json["counted"] is counted
    assert answer.json["message"].endswith(COUNTS if counted else NOT_CAST)
    assert traces(world) == before
    return answer


# --- form -----------------------------------------------------------------------------------------------------------

FORMS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda raw: b"", "ballot_empty"),
    "words": (lambda raw: "同意".encode(), "not_json"),
    "truncated": (lambda raw: raw[:-20], "not_json"),
    "not_utf8": (lambda raw: raw[:-1] + b"\xff}", "not_json"),
    "bottomless": (lambda raw: b"[" * 20_000, "not_json"),
    "spaces": (lambda raw: raw.replace(b":", b": ", 1), "not_canonical"),
    "line_end": (lambda raw: raw + b"\n", "not_canonical"),
    "escaped": (lambda raw: raw.replace(b"Yeyi", b"\\u0059eyi", 1), "not_canonical"),
    "key_twice": (lambda raw: raw.replace(b'{"election_uuid"', b'{"election_uuid":"x","election_uuid"', 1), "not_canonical"),
    "not_a_number": (lambda raw: b'{"election_uuid":NaN}', "wrong_shape"),
    "list": (lambda raw: b"[" + raw + b"]", "wrong_shape"),
    "null": (lambda raw: b"null", "wrong_shape"),
    "too_long": (lambda raw: raw + b" " * 200_000, "oversize"),
}


@pytest.mark.parametrize("name", FORMS)
def test_refuses_bytes_that_are_no_ballot(world: World, name: str) -> None:
    change, code = FORMS[name]
    device = world.device(1)
    require_refused(world, device, change(device.ballot()), code)


# --- shape ----------------------------------------------------------------------------------------------------------


def _put(path: list[Any], value: object) -> Change:
    def change(ballot: Any) -> Any:
        part = ballot
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value(part[path[-1]]) if callable(value) else value
        return ballot

    return change


def _without(name: str) -> Change:
    return lambda ballot: {key: value for key, value in ballot.items() if key != name}


def _reordered(ballot: Any) -> Any:
    return dict(reversed(list(ballot.items())))


CHOICE = ["answers", 0, "choices", 0]
PROOF = ["answers", 0, "individual_proofs", 0, 0]
OVERALL = ["answers", 1, "overall_proof", 0]


def _plus_one(text: str) -> str:
    return str((int(text) + 1) % Q)


def _swap_betas(ballot: Any) -> Any:
    first, second = ballot["answers"][0]["choices"][:2]
    first["beta"], second["beta"] = second["beta"], first["beta"]
    return ballot


SHAPES: dict[str, tuple[Change, str]] = {
    "field_missing": (_without("signature"), "wrong_shape"),
    "field_more": (lambda ballot: {**ballot, "choice": "同意"}, "wrong_shape"),
    "fields_reordered": (_reordered, "wrong_shape"),
    "answer_missing": (_put(["answers"], lambda answers: answers[:-1]), "wrong_shape"),
    "choice_more": (_put(["answers", 0, "choices"], lambda choices: [*choices, choices[0]]), "wrong_shape"),
    "proof_missing": (_put(["answers", 0, "individual_proofs"], lambda proofs: proofs[:-1]), "wrong_shape"),
    "overall_too_long": (_put(["answers", 0, "overall_proof"], lambda proofs: [*proofs, proofs[0]]), "wrong_shape"),
    "element_as_number": (_put([*CHOICE, "alpha"], int), "wrong_shape"),
    "leading_zero": (_put([*CHOICE, "alpha"], lambda text: "0" + text[:-1]), "not_canonical"),
    "exponent": (_put([*PROOF, "challenge"], "1e5"), "not_canonical"),
    "negative": (_put([*PROOF, "response"], "-1"), "not_canonical"),
    "full_width_digit": (_put([*PROOF, "response"], "１"), "not_canonical"),
    "scalar_is_q": (_put([*PROOF, "response"], str(Q)), "scalar_out_of_range"),
    "scalar_too_long": (_put([*PROOF, "challenge"], "9" * 200), "scalar_out_of_range"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_refuses_a_ballot_of_another_shape(world: World, name: str) -> None:
    change, code = SHAPES[name]
    device = world.device(1)
    require_refused(world, device, dumps(change(json.loads(device.ballot()))).encode(), code)


def resigned(device: Device, ballot: Any, *, secret: Credential | None = None) -> bytes:
    """Hash and sign a changed ballot again with a credential, as a dishonest booth would."""
    credential = secret or device.credential
    assert credential is not None
    unsigned = {key: value for key, value in ballot.items() if key != "signature"}
    digest = b64_sha(dumps(unsigned))
    proof = prove_log(BELENIOS_2048, credential.secret.value, signature_prefix(digest), secrets.randbelow)
    return dumps({**unsigned, "signature": {"hash": digest, "proof": proof.to_json()}}).encode()


SIGNED_LIES: dict[str, tuple[Change, str]] = {
    "alpha_not_a_member": (_put([*CHOICE, "alpha"], "2"), "element_not_in_group"),
    "beta_of_order_two": (_put([*CHOICE, "beta"], lambda text: str(P - int(text))), "element_not_in_group"),
    "alpha_zero": (_put([*CHOICE, "alpha"], "0"), "element_not_in_group"),
    "alpha_is_p": (_put([*CHOICE, "alpha"], str(P)), "element_not_in_group"),
    "alpha_identity": (_put([*CHOICE, "alpha"], "1"), "identity_element"),
    "individual_challenge": (_put([*PROOF, "challenge"], _plus_one), "bad_individual_proof"),
    "individual_response": (_put([*PROOF, "response"], _plus_one), "bad_individual_proof"),
    "overall_challenge": (_put([*OVERALL, "challenge"], _plus_one), "bad_overall_proof"),
    "answers_swapped": (_swap_betas, "bad_individual_proof"),
    "another_uuid": (_put(["election_uuid"], "YeyiTestBox999"), "wrong_election"),
    "another_fingerprint": (_put(["election_hash"], lambda text: "A" + text[1:]), "wrong_fingerprint"),
}


@pytest.mark.parametrize("name", SIGNED_LIES)
def test_refuses_a_ballot_whose_proofs_do_not_hold(world: World, name: str) -> None:
    change, code = SIGNED_LIES[name]
    device = world.device(1)
    require_refused(world, device, resigned(device, change(json.loads(device.ballot()))), code)


def test_refuses_a_changed_hash_and_a_changed_signature(world: World) -> None:
    device = world.device(1)
    ballot = json.loads(device.ballot())
    wrong_hash = json.loads(dumps(ballot))
    wrong_hash["signature"]["hash"] = "A" * 43
    require_refused(world, device, dumps(wrong_hash).encode(), "bad_hash")
    ballot["signature"]["proof"]["response"] = _plus_one(ballot["signature"]["proof"]["response"])
    require_refused(world, device, dumps(ballot).encode(), "bad_signature")


# --- whose ----------------------------------------------------------------------------------------------------------


def test_refuses_a_ballot_of_a_credential_nobody_enrolled(world: World) -> None:
    device = world.device(1)
    device.enrol()
    device.credential = Credential.generate(secrets.randbelow)
    require_refused(world, device, device.ballot(), "credential_not_enrolled")


def test_refuses_a_ballot_signed_for_another_voter(world: World) -> None:
    mine, other = world.device(1), world.device(2)
    mine.enrol()
    require_refused(world, mine, other.ballot(), "credential_of_another")


def test_refuses_a_replayed_ballot_of_another_voter(world: World) -> None:
    mine, other = world.device(1), world.device(2)
    raw = other.ballot()
    assert other.cast(raw).status_code == 201
    mine.enrol()
    require_refused(world, mine, raw, "ballot_in_box")


def test_refuses_copied_answers_under_an_own_signature(world: World) -> None:
    mine, other = world.device(1), world.device(2)
    raw = other.ballot()
    assert other.cast(raw).status_code == 201
    mine.enrol()
    assert mine.credential is not None
    copied = {**json.loads(raw), "credential": str(mine.credential.public)}
    require_refused(world, mine, resigned(mine, copied), "bad_individual_proof")


def test_refuses_randomness_used_before(world: World) -> None:
    device = world.device(1)
    device.enrol()
    assert device.credential is not None
    choices = [(1, 0, 0), (1, 0, 0, 0)], [(0, 1, 0), (1, 0, 0, 0)]
    first, second = (
        create_ballot(world.definition, device.credential, marks, Random(7).randrange).encode() for marks in choices
    )
    assert device.cast(first).status_code == 201
    require_refused(world, device, second, "repeated_ciphertext", counted=True)


def test_refuses_the_same_randomness_within_a_ballot(world: World) -> None:
    device = world.device(1)
    device.enrol()
    assert device.credential is not None
    raw = create_ballot(world.definition, device.credential, [(1, 0, 0), (0, 0, 0, 0)], lambda n: n // 3).encode()
    require_refused(world, device, raw, "repeated_ciphertext")


def test_refuses_a_ballot_made_for_another_election_of_the_complex(app: Flask, clock: SteerableClock, world: World) -> None:
    sister = open_world(app, clock, flats(5), uuid="YeyiTestBox222", place=world.place)
    device, there = world.device(1), sister.device(1)
    device.enrol()
    require_refused(world, device, there.ballot(), "wrong_election")


# --- when and how often ---------------------------------------------------------------------------------------------


def test_refuses_a_late_ballot_even_if_nothing_has_closed_the_box(world: World) -> None:
    device = world.device(1)
    raw = device.ballot()
    world.close_by_clock()
    require_refused(world, device, raw, "election_closed")


def test_accepts_in_the_last_second_and_not_at_the_end(world: World) -> None:
    early, late = world.device(1), world.device(2)
    first, second = early.ballot(), late.ballot()
    end = world.read_election().closes_at
    world.clock.at = end
    world.clock.forward(microseconds=-1)
    assert early.cast(first).status_code == 201
    world.clock.at = end
    require_refused(world, late, second, "election_closed")


def test_refuses_a_ballot_before_the_opening(world: World) -> None:
    device = world.device(1)
    raw = device.ballot()
    world.clock.forward(hours=-2)
    require_refused(world, device, raw, "election_not_open")


def test_refuses_a_second_change(world: World) -> None:
    device = world.device(1)
    assert [device.cast().status_code for _ in range(2)] == [201, 201]
    require_refused(world, device, device.ballot(), "no_changes_left", counted=True)


def test_refuses_any_change_under_none(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, policies={"P-CHANGE": "none"})
    device = world.device(1)
    assert device.cast().status_code == 201
    require_refused(world, device, device.ballot(), "no_changes_left", counted=True)


def test_allows_many_changes_under_unlimited(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, policies={"P-CHANGE": "unlimited"})
    device = world.device(1)
    assert [device.cast().status_code for _ in range(4)] == [201] * 4


def test_refuses_an_electronic_ballot_after_a_paper_one(world: World) -> None:
    device = world.device(1)
    raw = device.ballot()
    _came_on_paper(world)
    require_refused(world, device, raw, "other_channel_first")


def _came_on_paper(world: World) -> None:
    with world.app.app_context(), tenant_work(world.place.id, write=True) as session:
        session.scalars(select(VoterState)).one().channel = "paper"


# --- once -----------------------------------------------------------------------------------------------------------


def test_same_ballot_again_gets_the_same_receipt_even_after_closing(world: World) -> None:
    device = world.device(1)
    raw = device.ballot()
    first = device.cast(raw)
    before = traces(world)
    second = device.cast(raw)
    world.close_by_clock()
    third = device.cast(raw)
    assert (first.status_code, second.status_code, third.status_code) == (201, 200, 200)
    assert first.json == second.json == third.json
    assert traces(world) == before


def test_visitor_and_staff_cast_nothing(world: World) -> None:
    visitor = world.app.test_client()
    answer = visitor.post(f"{world.url}/ballots", data=b"{}", content_type="application/json", headers=JSON_HEADERS)
    assert answer.status_code in (401, 403, 404)
    operator = world.browser(world.operator)
    answer = operator.post(f"{world.url}/ballots", data=b"{}", content_type="application/json", headers=JSON_HEADERS)
    assert answer.status_code == 403
