"""Test properties of the ballot cryptography over drawn elections, votes, weights and damages."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.crypto.archive import ArchiveWriter, read_archive
from app.crypto.ballot_format import _parse_json
from app.crypto.ballot_shape import cut_ballot
from app.crypto.ballots import Ballot, parse_ballot, verify_ballot
from app.crypto.batch import batch_holds
from app.crypto.credentials import Possession, possession_commitment, prove_possession
from app.crypto.decryption import combine_factors
from app.crypto.discrete_log import DiscreteLog
from app.crypto.election import Election, Question, serialise_election
from app.crypto.encoding import dumps, loads_canonical
from app.crypto.group import BELENIOS_2048
from app.crypto.hints import decode_commitments, decode_element, encode_commitments, encode_element
from app.crypto.proofs import Proof
from app.crypto.tally import combine, encrypted_tally
from app.errors import DomainError
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import Seeded, World, clear_totals, make_world

GROUP = BELENIOS_2048
#: Each example costs milliseconds of exponentiation, so the numbers are small and the deadline is off.
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=150, deadline=None)
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    answers = tuple(draw(st.lists(WORDS, min_size=1, max_size=4)))
    minimum = draw(st.integers(0, len(answers)))
    maximum = draw(st.integers(max(minimum, 1), len(answers)))
    return Question(answers, minimum, maximum, draw(WORDS), draw(st.booleans()))


def _draw_marks(data: st.DataObject, question: Question) -> list[int]:
    if question.blank and data.draw(st.booleans()):
        return [1] + [0] * len(question.answers)
    count = data.draw(st.integers(question.minimum, question.maximum))
    chosen = data.draw(st.permutations(range(len(question.answers))))[:count]
    return [0] * question.blank + [int(i in chosen) for i in range(len(question.answers))]


@lru_cache(maxsize=1)
def _keys() -> World:
    return make_world(voters=4)


def _world(asked: list[Question]) -> World:
    # One ceremony serves all drawn elections: the key does not depend on the questions.
    base = _keys()
    raw = serialise_election(
        uuid=base.election.uuid, name="n", description="d", public_key=base.election.public_key, questions=asked
    )
    return World(base.trusted, Election.parse(raw), base.credentials, base.random)


@FEW
@given(asked=st.lists(questions(), min_size=1, max_size=3), data=st.data())
def test_every_legal_vote_on_every_election_is_accepted_everywhere(asked: list[Question], data: st.DataObject) -> None:
    world = _world(asked)
    text = world.cast(0, [_draw_marks(data, question) for question in asked])
    ballot = world.parse(text)
    assert cut_ballot(world.election, text.encode()) is not None
    assert ballot == _parse_json(world.election, text.encode())
    commitments = verify_ballot(world.election, ballot)
    protocol.check_ballot(world.election.raw, text.encode())
    kept = decode_commitments(world.election, encode_commitments(commitments))
    assert batch_holds(world.election, [(ballot, kept)], Seeded(text[-60:]).bits)
    assert len(text.encode()) <= world.election.max_ballot_bytes


@FEW
@given(
    votes=st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 2)), max_size=6),
    weights=st.lists(st.integers(0, 10**7), min_size=4, max_size=4),
    deciders=st.permutations([1, 2, 3]),
)
def test_decrypted_totals_are_the_clear_ones(votes: list[tuple[int, int]], weights: list[int], deciders: list[int]) -> None:
    world = _keys()
    cast = [(voter, [[int(i == mark) for i in range(3)]]) for voter, mark in votes]
    listed = {c.public: w for c, w in zip(world.credentials, weights, strict=True)}
    ballots = [world.parse(world.cast(voter, choices)) for voter, choices in cast]
    tally = encrypted_tally(world.election, ballots, listed)
    partials = {
        i: world.trusted.keys[i - 1].decrypt(world.election, tally, world.trusted.shares[i - 1], world.random.below)
        for i in deciders[:2]
    }
    assert combine(world.election, 2, tally, partials, sum(weights)) == clear_totals(world, cast, listed)


@MANY
@given(data=st.data())
def test_no_single_changed_byte_of_a_ballot_is_accepted(data: st.DataObject) -> None:
    world = _keys()
    raw = bytearray(world.sample.encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DomainError):
        verify_ballot(world.election, parse_ballot(world.election, bytes(raw)))


@MANY
@given(data=st.data())
def test_ballot_cut_by_its_shape_is_what_the_json_parser_reads_or_refuses(data: st.DataObject) -> None:
    world = _keys()
    raw = bytearray(world.sample.encode())
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b"0", b"7", b" ", b'"', b"\\", b"\\u0031", b",", b"}", b"\n", b"\x7f", "三".encode()])
        )
    assert _outcome(parse_ballot, world, bytes(raw)) == _outcome(_parse_json, world, bytes(raw))


def _outcome(parse: Callable[[Election, bytes], Ballot], world: World, raw: bytes) -> Ballot | str:
    try:
        return parse(world.election, raw)
    except DomainError as error:
        return error.code


@MANY
@given(data=st.data())
def test_no_single_changed_byte_of_an_enrolment_or_its_hint_is_accepted_in_a_batch(data: st.DataObject) -> None:
    world = _keys()
    proof = prove_possession(world.election.uuid, 3, world.credentials[2], world.random.below)
    claim = Possession(world.election.uuid, 3, world.credentials[2].public, proof)
    good = possession_commitment(claim)
    others = [int(claim.public), int(proof.challenge), int(proof.response), int(good)]
    at = data.draw(st.integers(0, len(others) - 1))
    others[at] ^= data.draw(st.integers(1, 255)) << 8 * data.draw(st.integers(0, 31 if at in (1, 2) else 255))
    public, challenge, response, commitment = others
    changed = Possession(claim.election_uuid, 3, public, Proof(challenge, response))
    bits = Seeded(f"enrolment{others[at]}").bits
    assert batch_holds(world.election, [], bits, enrolments=[(claim, decode_element(encode_element(good)))])
    assert not batch_holds(world.election, [], bits, enrolments=[(changed, commitment)])


@MANY
@given(raw=st.binary(max_size=300))
def test_parsers_raise_only_named_errors_on_any_bytes(raw: bytes) -> None:
    world = _keys()
    for parse in (lambda: parse_ballot(world.election, raw), lambda: Election.parse(raw), lambda: read_archive(raw)):
        with pytest.raises(DomainError):
            parse()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@MANY
@given(value=JSON)
def test_parsers_raise_only_named_errors_on_any_json(value: object) -> None:
    world, raw = _keys(), dumps(value).encode()
    assert loads_canonical(raw, 10**6) == value
    with pytest.raises(DomainError):
        parse_ballot(world.election, raw)


@MANY
@given(data=st.data())
def test_parser_raises_only_named_errors_when_any_node_of_a_ballot_is_replaced(data: st.DataObject) -> None:
    world = _keys()
    value = json.loads(world.sample)
    parent, key = _draw_node(data, value)
    parent[key] = data.draw(JSON)
    raw = dumps(value).encode()
    if raw == world.sample.encode():
        return
    with pytest.raises(DomainError):
        verify_ballot(world.election, parse_ballot(world.election, raw))


def _draw_node(data: st.DataObject, value: dict[str, object]) -> tuple[dict[object, object] | list[object], object]:
    parent: object = value
    while True:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))  # type: ignore[arg-type]
        key = data.draw(st.sampled_from(keys))
        child = parent[key]  # type: ignore[index]
        if not isinstance(child, dict | list) or not child or data.draw(st.integers(0, 4)) == 0:
            return parent, key  # type: ignore[return-value]
        parent = child


@MANY
@given(pairs=st.lists(st.tuples(st.integers(1, protocol.P - 1), st.integers(0, 2**256)), max_size=8))
def test_product_of_powers_equals_the_plain_product(pairs: list[tuple[int, int]]) -> None:
    expected = 1
    for x, e in pairs:
        expected = expected * pow(x, e, protocol.P) % protocol.P
    assert GROUP.product_of_powers(pairs) == expected


@MANY
@given(x=st.integers(1, protocol.P - 1), exponents=st.lists(st.integers(0, protocol.Q), min_size=3, max_size=5))
def test_powers_of_one_base_equal_the_plain_powers(x: int, exponents: list[int]) -> None:
    assert GROUP.powers(x, exponents) == [pow(x, e, protocol.P) for e in exponents]


@MANY
@given(bound=st.integers(0, 10**6), lookups=st.integers(1, 20), data=st.data())
def test_discrete_log_inverts_the_power_within_its_bound(bound: int, lookups: int, data: st.DataObject) -> None:
    total = data.draw(st.integers(0, bound))
    assert DiscreteLog(GROUP, bound, lookups).find(GROUP.pow(GROUP.g, total)) == total


@MANY
@given(
    coefficients=st.lists(st.integers(0, protocol.Q - 1), min_size=1, max_size=4),
    indexes=st.sets(st.integers(1, 9), min_size=4, max_size=6),
)
def test_lagrange_finds_the_constant_from_enough_points(coefficients: list[int], indexes: set[int]) -> None:
    def share(index: int) -> int:
        return sum(a * index**k for k, a in enumerate(coefficients)) % protocol.Q

    factors = {index: GROUP.pow(GROUP.g, share(index)) for index in indexes}
    expected = GROUP.pow(GROUP.g, coefficients[0])
    assert combine_factors(GROUP, factors) == expected == protocol.interpolate({i: int(f) for i, f in factors.items()})


BODIES = st.binary(max_size=1100)


@MANY
@given(
    setup=st.tuples(BODIES, BODIES, BODIES),
    ballots=st.lists(BODIES, max_size=4),
    timestamp=st.integers(0, 2**33 - 1),
    decryptions=st.lists(st.tuples(st.integers(1, 9), BODIES), max_size=3),
)
def test_archive_reads_back_any_bytes(
    setup: tuple[bytes, bytes, bytes], ballots: list[bytes], timestamp: int, decryptions: list[tuple[int, bytes]]
) -> None:
    writer = ArchiveWriter(timestamp)
    writer.setup(*setup)
    for body in ballots:
        writer.ballot(body)
    before = writer.getvalue()
    writer.end_ballots()
    writer.encrypted_tally(b"t", num_tallied=1, total_weight=timestamp)
    for owner, body in decryptions:
        writer.partial_decryption(owner, body)
    archive = read_archive(writer.getvalue())
    assert (archive.election, archive.trustees, archive.credentials) == setup
    assert (archive.ballots, archive.partial_decryptions) == (ballots, decryptions)
    assert (archive.timestamp, archive.total_weight) == (timestamp, timestamp)
    assert writer.getvalue().startswith(before)
    assert read_archive(before).ballots == ballots
