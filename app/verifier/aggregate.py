"""Own the encrypted sum of a part of the box: products of ciphertexts to the power of weights, put together part by part."""

from __future__ import annotations

from collections.abc import Sequence

from app.crypto.ballots import Ballot, Ciphertext
from app.crypto.election import Election

#: One row of ciphertexts per question.
Aggregate = tuple[tuple[Ciphertext, ...], ...]


def aggregate(election: Election, weighted: Sequence[tuple[Ballot, int]]) -> Aggregate:
    """Return the product of c^w per question and choice, over the ballots that weigh; members of the group only."""
    weighted = [(ballot, weight) for ballot, weight in weighted if weight]
    columns = [list(ballot.ciphertexts()) for ballot, _ in weighted]
    weights = [weight for _, weight in weighted]
    power = election.group.product_of_powers
    flat = [
        Ciphertext(
            power(zip((row[at].alpha for row in columns), weights, strict=True)),
            power(zip((row[at].beta for row in columns), weights, strict=True)),
        )
        for at in range(sum(question.choice_count for question in election.questions))
    ]
    return _by_question(election, flat)


def multiply_aggregates(election: Election, aggregates: Sequence[Aggregate]) -> Aggregate:
    """Return the aggregate of several parts of a box from those of each part."""
    multiply = election.group.multiply
    flats = [[each for row in part for each in row] for part in aggregates]
    flat = [
        Ciphertext(multiply(*(row[at].alpha for row in flats)), multiply(*(row[at].beta for row in flats)))
        for at in range(sum(question.choice_count for question in election.questions))
    ]
    return _by_question(election, flat)


def _by_question(election: Election, flat: Sequence[Ciphertext]) -> Aggregate:
    rest = iter(flat)
    return tuple(tuple(next(rest) for _ in range(question.choice_count)) for question in election.questions)
