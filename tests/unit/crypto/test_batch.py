"""Test batch verification: good boxes pass, every attack on ballots or hints is caught, and the bad ballot is named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.crypto.ballots import Ballot, Commitments, verify_ballot
from app.crypto.batch import batch_holds, require_members, verify_batch
from app.crypto.credentials import Credential, Possession, possession_commitment, prove_possession
from app.crypto.election import Question
from app.crypto.errors import BatchFailed, ElementNotInGroup
from app.crypto.proofs import Secret
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import MATTER, Seeded, World, make_world, resign

RANDOM = Seeded("batch")
Box = list[tuple[Ballot, Commitments]]
MIXED = (MATTER, Question(("甲", "乙", "丙"), 1, 2, "选举", blank=True))
MINUS_ONE = protocol.P - 1


def _order_three() -> int:
    x = 2
    while (y := pow(x, (protocol.P - 1) // 3, protocol.P)) == 1:
        x += 1
    return y


def _box(world: World, count: int = 3) -> Box:
    ballots = [
        world.parse(world.cast(voter, [[0, 1, 0], [0, 1, 0, 1]][: len(world.election.questions)])) for voter in range(count)
    ]
    return [(ballot, verify_ballot(world.election, ballot)) for ballot in ballots]


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(MIXED)


@pytest.fixture(scope="module")
def box(world: World) -> Box:
    return _box(world)


def _first_commitment(commitments: Commitments, factor: int) -> Commitments:
    (a, b), *rest = commitments.proofs[0]
    return replace(commitments, proofs=((((a * factor) % protocol.P, b), *rest), *commitments.proofs[1:]))


def test_batch_holds_when_all_is_good(world: World, box: Box) -> None:
    assert batch_holds(world.election, box, RANDOM.bits)
    verify_batch(world.election, box, RANDOM.bits)


def test_batch_holds_for_an_empty_box(world: World) -> None:
    assert batch_holds(world.election, [], RANDOM.bits)


def test_hints_are_refused_but_no_ballot_is_blamed_when_hints_lie(world: World, box: Box) -> None:
    lying = [(box[0][0], _first_commitment(box[0][1], 4)), *box[1:]]
    assert not batch_holds(world.election, lying, RANDOM.bits)
    verify_batch(world.election, lying, RANDOM.bits)


def test_hints_of_another_ballot_are_refused(world: World, box: Box) -> None:
    assert not batch_holds(world.election, [(box[0][0], box[1][1]), *box[1:]], RANDOM.bits)


def test_hints_of_another_shape_are_refused(world: World, box: Box) -> None:
    short = replace(box[0][1], proofs=box[0][1].proofs[:-1])
    assert not batch_holds(world.election, [(box[0][0], short)], RANDOM.bits)


def test_signature_commitment_is_refused_when_changed(world: World, box: Box) -> None:
    lying = replace(box[0][1], signature=box[1][1].signature)
    assert not batch_holds(world.election, [(box[0][0], lying)], RANDOM.bits)


@pytest.mark.parametrize("place", [0, 2])
def test_equation_names_the_ballot_when_a_voter_changes_a_response_and_signs_again(world: World, box: Box, place: int) -> None:
    # The hashes hold on the honest commitments, so only the product equation can see it.
    value = json.loads(box[place][0].raw)
    proof = value["answers"][1]["overall_proof"][2]
    proof["response"] = str((int(proof["response"]) + 1) % protocol.Q)
    ballot = world.parse(resign(world, value, voter=place))
    commitments = replace(box[place][1], signature=_signature_commitment(world, ballot))
    attacked = [*box[:place], (ballot, commitments), *box[place + 1 :]]
    with pytest.raises(BatchFailed) as refusal:
        verify_batch(world.election, attacked, RANDOM.bits)
    assert refusal.value.values["ballots"] == [(place, "bad_overall_proof")]


def _signature_commitment(world: World, ballot: Ballot) -> int:
    c, z = int(ballot.signature.challenge), int(ballot.signature.response)
    return pow(protocol.G, z, protocol.P) * pow(int(ballot.credential), c, protocol.P) % protocol.P


def test_membership_catches_an_order_two_element_that_the_equation_may_miss(world: World, box: Box) -> None:
    # Two negated alphas: an equation over their product can be blind to signs, membership is not.
    ballot, commitments = box[0]
    answer = ballot.answers[0]
    flipped = tuple(replace(c, alpha=protocol.P - c.alpha) for c in answer.choices[:2]) + answer.choices[2:]
    attacked = replace(ballot, answers=(replace(answer, choices=flipped), *ballot.answers[1:]))
    assert not batch_holds(world.election, [(attacked, commitments)], RANDOM.bits)


@pytest.mark.parametrize("outsider", [MINUS_ONE, _order_three(), 2, 0, protocol.P])
def test_require_members_refuses_one_outsider_among_many(outsider: int) -> None:
    members = [pow(protocol.G, e, protocol.P) for e in range(1, 40)]
    require_members(make_world().election.group, members, RANDOM.bits)
    with pytest.raises(ElementNotInGroup):
        require_members(make_world().election.group, [*members[:20], outsider, *members[20:]], RANDOM.bits)


def test_require_members_refuses_two_outsiders_whose_product_is_a_member() -> None:
    members = [pow(protocol.G, e, protocol.P) for e in range(1, 10)]
    with pytest.raises(ElementNotInGroup):
        require_members(make_world().election.group, [*members, MINUS_ONE, MINUS_ONE], RANDOM.bits)


def test_batch_names_a_ballot_of_another_election(world: World, box: Box) -> None:
    foreign = replace(box[1][0], election_uuid="2" * 14)
    with pytest.raises(BatchFailed) as refusal:
        verify_batch(world.election, [box[0], (foreign, box[1][1])], RANDOM.bits)
    assert refusal.value.values["ballots"] == [(1, "wrong_election")]


def test_batch_names_a_ballot_with_identity_alpha(world: World, box: Box) -> None:
    value = json.loads(box[0][0].raw)
    value["answers"][0]["choices"][0]["alpha"] = "1"
    ballot = world.parse(resign(world, value))
    with pytest.raises(BatchFailed) as refusal:
        verify_batch(world.election, [(ballot, box[0][1])], RANDOM.bits)
    assert refusal.value.values["ballots"] == [(0, "identity_element")]


# --- enrolments in the batch ------------------------------------------------------------------------------------------


def _enrolments(world: World) -> list[tuple[Possession, int]]:
    """Enrol every voter of the world, and one who casts no ballot."""
    idle = Credential.generate(RANDOM.below)
    claims = []
    for number, credential in enumerate([*world.credentials, idle], 1):
        proof = prove_possession(world.election.uuid, number, credential, RANDOM.below)
        claims.append(Possession(world.election.uuid, number, credential.public, proof))
    return [(claim, possession_commitment(claim)) for claim in claims]


def test_batch_holds_for_ballots_and_enrolments_together_and_for_either_alone(world: World, box: Box) -> None:
    enrolments = _enrolments(world)
    assert batch_holds(world.election, box, RANDOM.bits, enrolments=enrolments)
    assert batch_holds(world.election, [], RANDOM.bits, enrolments=enrolments)
    assert batch_holds(world.election, box, RANDOM.bits, enrolments=enrolments, security_bits=128)


def test_batch_does_not_hold_when_one_enrolment_is_false(world: World, box: Box) -> None:
    enrolments = _enrolments(world)
    (claim, commitment), (_, other) = enrolments[:2]
    proof = claim.proof
    false = [
        (claim, other),
        (claim, commitment * MINUS_ONE % protocol.P),
        (replace(claim, voter=claim.voter + 1), commitment),
        (replace(claim, election_uuid="2" * 14), commitment),
        (replace(claim, public=world.credentials[1].public), commitment),
        (replace(claim, public=claim.public * MINUS_ONE % protocol.P), commitment),
        (replace(claim, proof=replace(proof, response=(proof.response + 1) % protocol.Q)), commitment),
        (replace(claim, proof=replace(proof, challenge=(proof.challenge + 1) % protocol.Q)), commitment),
    ]
    for each in false:
        assert not batch_holds(world.election, box, RANDOM.bits, enrolments=[each, *enrolments[1:]])


def test_identity_is_no_credential_though_everybody_holds_its_secret(world: World) -> None:
    nobody = Credential(Secret(protocol.Q), 1)
    proof = prove_possession(world.election.uuid, 1, nobody, RANDOM.below)
    claim = Possession(world.election.uuid, 1, 1, proof)
    assert not batch_holds(world.election, [], RANDOM.bits, enrolments=[(claim, possession_commitment(claim))])
