"""Build whole elections for tests: seeded randomness, key ceremonies, boxes, archives. The real code is used throughout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.crypto.archive import ArchiveWriter
from app.crypto.ballots import Ballot, create_ballot, parse_ballot
from app.crypto.claims import signature_prefix
from app.crypto.credentials import Credential, serialise_public_credentials
from app.crypto.election import Election, Question, serialise_election
from app.crypto.encoding import b64_sha, dumps, random_uuid
from app.crypto.group import Element
from app.crypto.proofs import Secret, prove_log
from app.crypto.tally import combine, effective_ballots, encrypted_tally, result_json, tally_json, total_weight
from app.crypto.trustee_key import TrusteeKey, parse_encrypted_shares
from app.crypto.trustees import Ceremony, joint_public_key, parse_coefficients, trustees_json

MATTER = Question(("同意", "反对", "弃权"), 0, 1, "是否同意续聘物业服务人？")
TIMESTAMP = 1_811_808_000


class Seeded:
    """Produce the same "random" numbers for the same seed, on every machine; for tests only."""

    def __init__(self, seed: str) -> None:
        self._seed, self._count = seed, 0

    def bytes(self, size: int) -> bytes:
        content = b""
        while len(content) < size:
            content += hashlib.sha256(f"{self._seed}|{self._count}".encode()).digest()
            self._count += 1
        return content[:size]

    def below(self, bound: int) -> int:
        return int.from_bytes(self.bytes(len(f"{bound:x}") // 2 + 17), "big") % int(bound)

    def bits(self, count: int) -> int:
        return self.below(1 << count)


@dataclass(frozen=True)
class Trusted:
    """Hold the outcome of a key ceremony with every trustee's private share."""

    ceremony: Ceremony
    keys: tuple[TrusteeKey, ...]
    shares: tuple[Secret, ...]
    raw: bytes
    public_key: Element


def hold_ceremony(size: int, threshold: int, random: Seeded, uuid: str | None = None) -> Trusted:
    """Run all three rounds."""
    ceremony = Ceremony(uuid or random_uuid(random.below), size, threshold)
    keys = tuple(TrusteeKey.generate(ceremony, index, random.below) for index in range(1, size + 1))
    certs = [key.certificate(random.below) for key in keys]
    second = [key.polynomial(certs, random.below) for key in keys]
    polynomials = [parse_coefficients(signed, ceremony.group, threshold) for signed, _ in second]
    sent = [key.encrypted_shares(certs, random.below, random.bytes) for key in keys]
    received = [[parse_encrypted_shares([s.to_json() for s in row], ceremony)[j] for row in sent] for j in range(size)]
    shares = tuple(key.private_share(received[j], polynomials) for j, key in enumerate(keys))
    third = [key.verification_key(share, random.below) for key, share in zip(keys, shares, strict=True)]
    raw = trustees_json(threshold, certs, [s for s, _ in second], [p for _, p in second], third)
    return Trusted(ceremony, keys, shares, raw, joint_public_key(ceremony.group, polynomials))


@dataclass(frozen=True)
class World:
    """Hold one election with its trustees and credentials."""

    trusted: Trusted
    election: Election
    credentials: tuple[Credential, ...]
    random: Seeded

    def cast(self, voter: int, choices: Sequence[Sequence[int]]) -> str:
        """Make the ballot of one voter (from 0)."""
        return create_ballot(self.election, self.credentials[voter], choices, self.random.below)

    def parse(self, text: str) -> Ballot:
        return parse_ballot(self.election, text.encode())

    @cached_property
    def sample(self) -> str:
        """Return one good ballot of the first voter: the first legal number of marks on every question, at least one."""
        return self.cast(0, [_marks(question, max(1, question.minimum)) for question in self.election.questions])


def _marks(question: Question, count: int) -> list[int]:
    return [0] * question.blank + [1] * count + [0] * (len(question.answers) - count)


@lru_cache(maxsize=8)
def make_world(
    questions: tuple[Question, ...] = (MATTER,), voters: int = 3, size: int = 3, threshold: int = 2, seed: str = "world"
) -> World:
    """Make an election with its keys; cached, because a ceremony costs a second."""
    random = Seeded(f"{seed}|{questions}|{voters}|{size}|{threshold}")
    trusted = hold_ceremony(size, threshold, random)
    raw = serialise_election(
        uuid=trusted.ceremony.election_uuid,
        name="青岚花园业主大会",
        description=json.dumps({"complex": "青岚花园"}, ensure_ascii=False),
        public_key=trusted.public_key,
        questions=questions,
    )
    credentials = tuple(Credential.generate(random.below) for _ in range(voters))
    return World(trusted, Election.parse(raw), credentials, random)


def resign(world: World, value: dict[str, object], voter: int = 0) -> str:
    """Sign a changed ballot correctly with the voter's own key, as a dishonest voter would."""
    value = {key: item for key, item in value.items() if key != "signature"}
    signed_hash = b64_sha(dumps(value))
    secret = world.credentials[voter].secret.value
    proof = prove_log(world.election.group, secret, signature_prefix(signed_hash), world.random.below)
    return dumps({**value, "signature": {"hash": signed_hash, "proof": proof.to_json()}})


def write_record(
    world: World, texts: Sequence[str], weights: Mapping[Element, int], deciders: Sequence[int]
) -> tuple[bytes, list[list[int]]]:
    """Write the whole archive of one weight map; return it with the clear totals. ``deciders`` are trustee indexes from 1."""
    election, trusted = world.election, world.trusted
    ballots = [world.parse(text) for text in texts]
    writer = ArchiveWriter(TIMESTAMP)
    writer.setup(election.raw, trusted.raw, serialise_public_credentials(weights))
    for text in texts:
        writer.ballot(text.encode())
    writer.end_ballots()
    weight = total_weight(ballots, weights)
    tally = encrypted_tally(election, ballots, weights)
    writer.encrypted_tally(tally_json(tally), num_tallied=len(effective_ballots(ballots)), total_weight=weight)
    partials = {}
    for index in deciders:
        key, share = trusted.keys[index - 1], trusted.shares[index - 1]
        partials[index] = key.decrypt(election, tally, share, world.random.below)
        writer.partial_decryption(index, partials[index].to_json())
    totals = combine(election, trusted.ceremony.threshold, tally, partials, weight)
    writer.result(result_json(totals))
    return writer.getvalue(), totals


def clear_totals(
    world: World, votes: Sequence[tuple[int, Sequence[Sequence[int]]]], weights: Mapping[Element, int]
) -> list[list[int]]:
    """Count the votes (voter, choices) in the clear; the last vote of a voter counts."""
    last = dict(votes)
    totals = [[0] * question.choice_count for question in world.election.questions]
    for voter, choices in last.items():
        for i, marks in enumerate(choices):
            for j, mark in enumerate(marks):
                totals[i][j] += mark * weights[world.credentials[voter].public]
    return totals
