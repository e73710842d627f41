"""Own the kept commitments ("hints") as bytes of fixed width.

A ballot's stand in the order of ``claims.statements``, the signature's last; an enrolment has one, that of its proof of
possession. Hints are untrusted: anyone can recompute them, and ``batch`` checks them.
Source: ``app/crypto/README.md`` section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.crypto.ballot_format import Commitments
from app.crypto.bigint import mpz
from app.crypto.election import Election
from app.crypto.errors import BadHints
from app.crypto.group import BELENIOS_2048, Element, ModularGroup


def encode_commitments(commitments: Commitments, group: ModularGroup = BELENIOS_2048) -> bytes:
    """Return A and B of every branch, then the signature's commitment, each as a big-endian number of the group's width."""
    parts = [encode_element(x, group) for proof in commitments.proofs for pair in proof for x in pair]
    return b"".join([*parts, encode_element(commitments.signature, group)])


def encode_element(x: Element, group: ModularGroup = BELENIOS_2048) -> bytes:
    """Return one commitment as a big-endian number of the group's width."""
    return int(x).to_bytes(group.element_bytes, "big")


def decode_element(raw: bytes | memoryview) -> Element:
    """Read one commitment; ``batch`` tests whether it is a member at all."""
    return mpz(int.from_bytes(raw, "big"))


def decode_commitments(election: Election, raw: bytes | memoryview) -> Commitments:
    """Read the commitments of one ballot of this election; raise BadHints when the length is wrong."""
    width = election.group.element_bytes
    shape = list(_branch_counts(election))
    expected = (2 * sum(shape) + 1) * width
    if len(raw) != expected:
        raise BadHints(size=len(raw), expected=expected)
    numbers = (decode_element(raw[at : at + width]) for at in range(0, expected, width))
    proofs = tuple(tuple((next(numbers), next(numbers)) for _ in range(count)) for count in shape)
    return Commitments(proofs, next(numbers))


def hints_size(election: Election) -> int:
    """Return the number of bytes of one ballot's hints."""
    return (2 * sum(_branch_counts(election)) + 1) * election.group.element_bytes


def _branch_counts(election: Election) -> Iterator[int]:
    for question in election.questions:
        yield from (2 for _ in range(question.choice_count))
        if question.blank:
            yield 2
        yield question.maximum - question.minimum + 1 + question.blank
