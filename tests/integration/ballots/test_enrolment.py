"""Credentials: who may enrol one, when a new one takes the place of an old one, and what the record says of it."""

from __future__ import annotations

import json
import secrets

import pytest
from flask import Flask
from sqlalchemy import select

from app.ballots.models import Enrolment, VoterState
from app.board.queries import leaves_of_election
from app.crypto.credentials import Credential, prove_possession
from app.db.session import db
from tests.ballots_support import JSON_HEADERS, VoterPlan, World, flats, open_world
from tests.conftest import SteerableClock


@pytest.fixture
def world(app: Flask, clock: SteerableClock) -> World:
    return open_world(app, clock)


def leaves(world: World, *kinds: str) -> list[dict[str, object]]:
    return [json.loads(leaf.body) for leaf in world.read(lambda: leaves_of_election(world.uuid, kinds))]


def test_enrols_a_credential_with_a_leaf_that_names_no_person(world: World) -> None:
    device = world.device(3)
    answer = device.enrol()
    assert answer.status_code == 201
    assert device.credential is not None
    assert answer.json == {"credential": str(device.credential.public)}
    (leaf,) = leaves(world, "enrolled")
    assert set(leaf) == {"type", "at", "election", "voter", "credential", "proof"}
    assert (leaf["voter"], leaf["credential"]) == (3, str(device.credential.public))


def test_same_credential_again_changes_nothing(world: World) -> None:
    device = world.device(1)
    device.enrol()
    again = device.enrol(device.credential)
    assert again.status_code == 201
    assert len(leaves(world, "enrolled", "replaced")) == 1


def test_new_device_replaces_a_credential_that_has_not_voted_at_once(world: World) -> None:
    old, new = world.device(1), world.device(1)
    old.enrol()
    new.enrol()
    (leaf,) = leaves(world, "replaced")
    assert old.credential is not None
    assert new.credential is not None
    assert (leaf["old"], leaf["new"]) == (str(old.credential.public), str(new.credential.public))
    refused = old.cast()
    assert (refused.status_code, refused.json["error"]) == (409, "credential_replaced")


def test_new_device_takes_nothing_away_until_it_casts(world: World) -> None:
    old, new = world.device(1), world.device(1)
    assert old.cast().status_code == 201
    assert new.enrol().status_code == 201
    assert leaves(world, "replaced") == []
    assert world.read(lambda: db.session.scalars(select(VoterState)).one().credential) == str(old.credential.public)  # type: ignore[union-attr]
    assert new.cast().status_code == 201
    assert [leaf["voter"] for leaf in leaves(world, "replaced")] == [1]
    kinds = [leaf["type"] for leaf in leaves(world, "enrolled", "replaced", "ballot")]
    assert kinds == ["enrolled", "ballot", "replaced", "ballot"]


def test_no_new_device_when_no_change_is_left(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, policies={"P-CHANGE": "none"})
    assert world.device(1).cast().status_code == 201
    refused = world.device(1).enrol()
    assert (refused.status_code, refused.json["error"], refused.json["counted"]) == (409, "no_changes_left", True)


def test_credential_of_another_voter_is_refused(world: World) -> None:
    first, second = world.device(1), world.device(2)
    first.enrol()
    refused = second.enrol(first.credential)
    assert (refused.status_code, refused.json["error"]) == (409, "credential_taken")


def test_proof_for_another_voter_or_election_is_refused(world: World) -> None:
    device, made = world.device(1), Credential.generate(secrets.randbelow)
    for proof in (
        prove_possession(world.uuid, 2, made, secrets.randbelow),
        prove_possession("AnotherE1ection", 1, made, secrets.randbelow),
    ):
        body = json.dumps({"credential": str(made.public), "proof": proof.to_json()})
        refused = device.client.post(device.url("enrol"), data=body, content_type="application/json", headers=JSON_HEADERS)
        assert (refused.status_code, refused.json["error"]) == (422, "bad_possession")
    assert world.read(lambda: db.session.scalar(select(Enrolment.id))) is None


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"credential":"5"}', b'{"credential":5,"proof":{"challenge":"1","response":"1"}}',
        b'{"credential":"05","proof":{"challenge":"1","response":"1"}}', b"\xff\xfe", b"[" * 3000, b"x" * 5000,
    ],
)  # fmt: skip
def test_unreadable_enrolment_is_refused(world: World, body: bytes) -> None:
    device = world.device(1)
    refused = device.client.post(device.url("enrol"), data=body, content_type="application/json", headers=JSON_HEADERS)
    assert refused.status_code == 400
    assert refused.json["counted"] is False
    assert "您的票还没有投出去" in refused.json["message"]
    assert world.read(lambda: db.session.scalar(select(Enrolment.id))) is None


def test_element_outside_the_group_is_no_credential(world: World) -> None:
    device = world.device(1)
    for number in ("0", "1", "2"):
        body = json.dumps({"credential": number, "proof": {"challenge": "1", "response": "1"}})
        refused = device.client.post(device.url("enrol"), data=body, content_type="application/json", headers=JSON_HEADERS)
        assert refused.status_code == 422


def test_credentials_of_one_voter_are_limited(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ballots.rules.MAX_ENROLMENTS", 2)
    assert [world.device(1).enrol().status_code for _ in range(3)] == [201, 201, 409]


def test_only_the_nominee_enrols_under_nominee_only(app: Flask, clock: SteerableClock) -> None:
    plans = [*flats(2), VoterPlan((("9-1-0101", "100.00"),), persons=2, nominee=1)]
    world = open_world(app, clock, plans)
    other, nominee = world.device(3), world.device(3, world.co_owners[3][0])
    refused = other.enrol()
    assert (refused.status_code, refused.json["error"]) == (403, "not_nominee")
    assert nominee.cast().status_code == 201


def test_nobody_enrols_for_coowners_without_a_nominee(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, [*flats(2), VoterPlan((("9-1-0101", "100.00"),), persons=2)])
    assert world.device(3).enrol().json["error"] == "not_nominee"
    assert world.device(3, world.co_owners[3][0]).enrol().json["error"] == "not_nominee"


def test_first_coowner_to_cast_speaks_under_first_ballot(app: Flask, clock: SteerableClock) -> None:
    plans = [*flats(2), VoterPlan((("9-1-0101", "100.00"),), persons=2)]
    world = open_world(app, clock, plans, policies={"P-COOWNER": "first_ballot"})
    first, second = world.device(3), world.device(3, world.co_owners[3][0])
    assert first.enrol().status_code == 201
    assert second.cast().status_code == 201
    refused = first.enrol()
    assert (refused.status_code, refused.json["error"], refused.json["counted"]) == (403, "coowner_speaks", True)
    assert first.cast(b"{}").json["error"] == "coowner_speaks"
    assert second.cast().status_code == 201


def test_owner_of_two_voters_chooses_for_which_he_votes(app: Flask, clock: SteerableClock) -> None:
    plans = [*flats(2), VoterPlan((("9-1-0101", "100.00"),), persons=2, nominee=0, same_account_as=0)]
    world = open_world(app, clock, plans)
    assert world.accounts[1] == world.accounts[3]
    alone, shared = world.device(1), world.device(3)
    assert alone.cast().status_code == 201
    assert shared.cast().status_code == 201
    page = alone.client.get(f"{world.url}/booth").get_data(as_text=True)
    assert "voter=1" in page
    assert "voter=3" in page


def test_voter_of_somebody_else_is_refused(world: World) -> None:
    device = world.device(1)
    device.voter = 2
    assert device.enrol().json["error"] == "not_your_vote"
    assert device.cast(b"{}").json["error"] == "not_your_vote"


def test_account_without_a_vote_is_refused(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    stranger = open_world(app, clock, uuid="YeyiTestBox222", slug="other")
    device = world.device(1, stranger.accounts[1])
    assert device.enrol().status_code == 404
