"""Own the ballot as bytes and as values: its parts, its canonical form, its tracker.

Source: Belenios specification 1.x, "Ballot"; letters as there (alpha, beta). Reading a ballot says nothing about its truth:
``ballot_check`` verifies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.crypto.ballot_shape import cut_ballot
from app.crypto.election import Election, Question
from app.crypto.encoding import b64_sha, element, fields, items, loads_canonical, scalar, text
from app.crypto.group import Element, ModularGroup
from app.crypto.proofs import Ciphertext, Proof, parse_proof, proofs_to_json
from app.errors import Malformed


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the encrypted answer to one question (blank bit first where allowed) with its proofs."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of the specification."""
        value: dict[str, Any] = {
            "choices": [choice.to_json() for choice in self.choices],
            "individual_proofs": [proofs_to_json(proofs) for proofs in self.individual_proofs],
            "overall_proof": proofs_to_json(self.overall_proof),
        }
        if self.blank_proof is not None:
            value["blank_proof"] = proofs_to_json(self.blank_proof)
        return value


@dataclass(frozen=True)
class Ballot:
    """Hold a well-formed ballot and the exact bytes it came in; nothing is verified yet."""

    raw: bytes
    election_uuid: str
    election_hash: str
    credential: Element
    answers: tuple[Answer, ...]
    hash: str
    signature: Proof

    @cached_property
    def tracker(self) -> str:
        """Return the ballot tracker: B64 of the whole ballot, 43 characters."""
        return b64_sha(self.raw)

    @cached_property
    def unsigned_hash(self) -> str:
        """Return B64 of the ballot serialised without its signature field."""
        end = self.raw.rindex(b',"signature":{')
        return b64_sha(self.raw[:end] + b"}")

    def ciphertexts(self) -> Iterator[Ciphertext]:
        """Yield every ciphertext in order."""
        for answer in self.answers:
            yield from answer.choices


@dataclass(frozen=True, slots=True)
class Commitments:
    """Hold the recomputed commitments of one ballot.

    ``proofs[k]`` are the (A, B) pairs of the k-th statement in the order of ``claims.statements``; ``signature`` is that of the
    signature.
    """

    proofs: tuple[tuple[tuple[Element, Element], ...], ...]
    signature: Element


def parse_ballot(election: Election, raw: bytes) -> Ballot:
    """Read a ballot of this election's shape.

    Raise Malformed (Oversize, NotJson, NotCanonical, WrongShape, ScalarOutOfRange).
    """
    values = cut_ballot(election, raw)
    if values is not None:
        try:
            return _read_values(election, raw, iter(values))
        except Malformed:
            # A number is not one: the parser below names its place.
            pass
    return _parse_json(election, raw)


def _read_values(election: Election, raw: bytes, values: Iterator[str]) -> Ballot:
    """Read the strings of a ballot that has the right shape, in the order of the text."""
    group = election.group
    return Ballot(
        raw=raw,
        election_uuid=next(values),
        election_hash=next(values),
        credential=element(next(values), group, "credential"),
        answers=tuple(_read_answer(group, question, values) for question in election.questions),
        hash=next(values),
        signature=_read_proofs(group, 1, values)[0],
    )


def _read_answer(group: ModularGroup, question: Question, values: Iterator[str]) -> Answer:
    count = range(question.choice_count)
    return Answer(
        tuple(Ciphertext(element(next(values), group, "alpha"), element(next(values), group, "beta")) for _ in count),
        tuple(_read_proofs(group, 2, values) for _ in count),
        _read_proofs(group, question.maximum - question.minimum + 1 + question.blank, values),
        _read_proofs(group, 2, values) if question.blank else None,
    )


def _read_proofs(group: ModularGroup, count: int, values: Iterator[str]) -> tuple[Proof, ...]:
    return tuple(Proof(scalar(next(values), group, "c"), scalar(next(values), group, "z")) for _ in range(count))


def _parse_json(election: Election, raw: bytes) -> Ballot:
    value = loads_canonical(raw, election.max_ballot_bytes)
    names = ("election_uuid", "election_hash", "credential", "answers", "signature")
    uuid, election_hash, credential, answers, signature = fields(value, names, "ballot")
    signed_hash, proof = fields(signature, ("hash", "proof"), "signature")
    group = election.group
    count = len(election.questions)
    return Ballot(
        raw=raw,
        election_uuid=text(uuid, "election_uuid"),
        election_hash=text(election_hash, "election_hash"),
        credential=element(credential, group, "credential"),
        answers=tuple(
            _parse_answer(group, question, answer, f"answers[{i}]")
            for i, (question, answer) in enumerate(zip(election.questions, items(answers, count, "answers"), strict=True))
        ),
        hash=text(signed_hash, "signature.hash"),
        signature=parse_proof(proof, group, "signature.proof"),
    )


def _parse_answer(group: ModularGroup, question: Question, value: object, where: str) -> Answer:
    names = ["choices", "individual_proofs", "overall_proof"] + ["blank_proof"] * question.blank
    choices, individual, overall, *blank = fields(value, names, where)
    count = question.choice_count
    return Answer(
        choices=tuple(_parse_ciphertext(group, c, where) for c in items(choices, count, f"{where}.choices")),
        individual_proofs=tuple(
            _parse_proofs(group, proofs, 2, f"{where}.individual_proofs")
            for proofs in items(individual, count, f"{where}.individual_proofs")
        ),
        overall_proof=_parse_proofs(
            group, overall, question.maximum - question.minimum + 1 + question.blank, f"{where}.overall_proof"
        ),
        blank_proof=_parse_proofs(group, blank[0], 2, f"{where}.blank_proof") if question.blank else None,
    )


def _parse_ciphertext(group: ModularGroup, value: object, where: str) -> Ciphertext:
    alpha, beta = fields(value, ("alpha", "beta"), where)
    return Ciphertext(element(alpha, group, f"{where}.alpha"), element(beta, group, f"{where}.beta"))


def _parse_proofs(group: ModularGroup, value: object, count: int, where: str) -> tuple[Proof, ...]:
    return tuple(parse_proof(proof, group, where) for proof in items(value, count, where))
