"""Test the tally: weights, revotes, every set of trustees, discrete logarithms, and refused decryptions."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest

from app.crypto.discrete_log import DiscreteLog
from app.crypto.election import Question
from app.crypto.errors import (
    BadPartialDecryption,
    DiscreteLogOutOfRange,
    NotCanonical,
    NotEnoughTrustees,
    UnlistedCredential,
    WrongShape,
)
from app.crypto.group import BELENIOS_2048
from app.crypto.proofs import Secret
from app.crypto.tally import (
    combine,
    effective_ballots,
    encrypted_tally,
    parse_partial_decryption,
    parse_result,
    parse_tally,
    partial_decryption,
    result_json,
    tally_json,
    total_weight,
    verify_partial_decryption,
)
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import MATTER, World, clear_totals, make_world

GROUP = BELENIOS_2048
BLANK = Question(("甲", "乙"), 0, 2, "选举", blank=True)
VOTES = [(0, [[1, 0, 0], [0, 1, 1]]), (1, [[0, 1, 0], [1, 0, 0]]), (2, [[0, 0, 0], [0, 0, 0]]), (0, [[0, 0, 1], [0, 1, 0]])]
WEIGHTS = (12746, 100_000_000, 0)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world((MATTER, BLANK), size=5, threshold=3)


@pytest.fixture(scope="module")
def weights(world: World) -> dict[int, int]:
    return {c.public: w for c, w in zip(world.credentials, WEIGHTS, strict=True)}


@pytest.fixture(scope="module")
def texts(world: World) -> list[str]:
    return [world.cast(voter, choices) for voter, choices in VOTES]


def test_tally_equals_the_reference(world: World, weights: dict[int, int], texts: list[str]) -> None:
    tally = encrypted_tally(world.election, map(world.parse, texts), weights)
    expected = protocol.weighted_sums([t.encode() for t in texts], {str(c): w for c, w in weights.items()})
    assert [[(c.alpha, c.beta) for c in row] for row in tally] == expected
    assert parse_tally(world.election, tally_json(tally)) == tally


def test_only_the_last_ballot_of_a_voter_counts(world: World, weights: dict[int, int], texts: list[str]) -> None:
    ballots = [world.parse(text) for text in texts]
    assert effective_ballots(ballots) == [ballots[1], ballots[2], ballots[3]]
    assert total_weight(ballots, weights) == 12746 + 100_000_000


def test_ballot_of_an_unlisted_credential_is_refused(world: World, weights: dict[int, int], texts: list[str]) -> None:
    fewer = {c: w for c, w in weights.items() if c != world.credentials[1].public}
    with pytest.raises(UnlistedCredential):
        encrypted_tally(world.election, map(world.parse, texts), fewer)


def test_every_three_of_five_trustees_find_the_clear_totals(world: World, weights: dict[int, int], texts: list[str]) -> None:
    tally = encrypted_tally(world.election, map(world.parse, texts), weights)
    partials = {}
    for index, (key, share) in enumerate(zip(world.trusted.keys, world.trusted.shares, strict=True), start=1):
        partial = key.decrypt(world.election, tally, share, world.random.below)
        verify_partial_decryption(world.election, tally, GROUP.pow(GROUP.g, share.value), partial)
        assert parse_partial_decryption(world.election, partial.to_json()) == partial
        partials[index] = partial
    expected = clear_totals(world, VOTES, weights)
    bound = sum(WEIGHTS)
    for chosen in combinations(partials, 3):
        assert combine(world.election, 3, tally, {i: partials[i] for i in chosen}, bound) == expected
    assert combine(world.election, 3, tally, partials, bound) == expected
    with pytest.raises(NotEnoughTrustees):
        combine(world.election, 3, tally, {i: partials[i] for i in (1, 2)}, bound)


def test_empty_box_decrypts_to_zero(world: World, weights: dict[int, int]) -> None:
    tally = encrypted_tally(world.election, [], weights)
    partials = {
        i: world.trusted.keys[i - 1].decrypt(world.election, tally, world.trusted.shares[i - 1], world.random.below)
        for i in (1, 2, 3)
    }
    for index, partial in partials.items():
        public = GROUP.pow(GROUP.g, world.trusted.shares[index - 1].value)
        verify_partial_decryption(world.election, tally, public, partial)
    assert combine(world.election, 3, tally, partials, 0) == [[0, 0, 0], [0, 0, 0]]


def test_partial_decryption_is_refused_when_anything_differs(world: World, weights: dict[int, int], texts: list[str]) -> None:
    election, share = world.election, world.trusted.shares[0]
    public, other = (GROUP.pow(GROUP.g, world.trusted.shares[i].value) for i in (0, 1))
    tally = encrypted_tally(election, map(world.parse, texts), weights)
    good = partial_decryption(election, tally, share, public, world.random.below)
    rows = good.decryption_factors
    wrong_factor = replace(good, decryption_factors=((GROUP.multiply(rows[0][0], GROUP.g), *rows[0][1:]), rows[1]))
    outside = replace(good, decryption_factors=((GROUP.p - rows[0][0], *rows[0][1:]), rows[1]))
    short = replace(good, decryption_factors=rows[:1])
    by_another = partial_decryption(election, tally, Secret(world.trusted.shares[1].value), public, world.random.below)
    other_tally = encrypted_tally(election, map(world.parse, texts[:2]), weights)
    for key, aggregate, partial in (
        (public, tally, wrong_factor),
        (public, tally, outside),
        (public, tally, short),
        (public, tally, by_another),
        (other, tally, good),
        (public, other_tally, good),
    ):
        with pytest.raises(BadPartialDecryption):
            verify_partial_decryption(election, aggregate, key, partial)


def test_decryption_proof_holds_in_the_reference(world: World, weights: dict[int, int], texts: list[str]) -> None:
    tally = encrypted_tally(world.election, map(world.parse, texts), weights)
    partial = world.trusted.keys[2].decrypt(world.election, tally, world.trusted.shares[2], world.random.below)
    public = pow(protocol.G, int(world.trusted.shares[2].value), protocol.P)
    value = json.loads(partial.to_json())
    factor, proof = int(value["decryption_factors"][1][2]), value["decryption_proofs"][1][2]
    assert protocol.decryption_proof_holds(world.election.fingerprint, public, int(tally[1][2].alpha), factor, proof)


@pytest.mark.parametrize("bound", [0, 1, 2, 99, 100, 10_000_000])
def test_discrete_log_finds_both_ends_and_nothing_beyond(bound: int) -> None:
    logarithm = DiscreteLog(GROUP, bound, lookups=3)
    for total in {0, bound // 2, bound}:
        assert logarithm.find(GROUP.pow(GROUP.g, total)) == total
    for outside in (bound + 1, -1):
        with pytest.raises(DiscreteLogOutOfRange):
            logarithm.find(GROUP.pow(GROUP.g, outside))


def test_result_is_read_with_numbers_and_with_the_outside_tools_strings(world: World) -> None:
    totals = [[1, 2, 3], [0, 2**31, 5]]
    assert parse_result(world.election, result_json(totals)) == totals
    assert parse_result(world.election, b'{"result":[[1,2,3],[0,"2147483648",5]]}') == totals


@pytest.mark.parametrize(
    "raw",
    [
        b'{"result":[[1,2,3]]}',
        b'{"result":[[1,2],[0,1,2]]}',
        b'{"result":[[1,2,-3],[0,1,2]]}',
        b'{"result":[[1,2,true],[0,1,2]]}',
        b'{"result":[[1,2,"03"],[0,1,2]]}',
        b'{"result":[[1,2,3.0],[0,1,2]]}',
        b"[]",
    ],
)
def test_result_is_refused_when_the_shape_is_wrong(world: World, raw: bytes) -> None:
    with pytest.raises((WrongShape, NotCanonical)):
        parse_result(world.election, raw)
