"""Own the encrypted sums of a part of the box: products of ciphertexts to the power of weights, put together part by part."""

from __future__ import annotations

from collections.abc import Sequence

from app.crypto.ballots import Ballot, Ciphertext
from app.crypto.election import Election
from app.crypto.group import Element
from app.crypto.powers import horner, subset_products

#: One row of ciphertexts per question.
Aggregate = tuple[tuple[Ciphertext, ...], ...]


def aggregate(election: Election, weighted: Sequence[tuple[Ballot, tuple[int, int]]]) -> tuple[Aggregate, Aggregate]:
    """Return the products of c^area and of c^heads per question and choice, over the ballots; members of the group only.

    Areas are in 0.01 m2. Both exponents stand in one number, so that one pass over the ciphertexts serves both sums.
    """
    if not weighted:
        nothing = multiply_aggregates(election, [])
        return nothing, nothing
    columns = zip(*(ballot.ciphertexts() for ballot, _ in weighted), strict=True)
    areas, heads = [area for _, (area, _) in weighted], [heads for _, (_, heads) in weighted]
    low, high = (max(map(int.bit_length, weights)) for weights in (areas, heads))
    masks = [area | head << low for area, head in zip(areas, heads, strict=True)]
    p = election.group.p

    def sums(elements: Sequence[Element]) -> tuple[Element, Element]:
        subsets = subset_products(elements, masks, low + high, p)
        return horner(subsets[:low], p), horner(subsets[low:], p)

    pairs = [(sums([c.alpha for c in column]), sums([c.beta for c in column])) for column in columns]
    by_area, by_heads = ([Ciphertext(alpha[at], beta[at]) for alpha, beta in pairs] for at in (0, 1))
    return _by_question(election, by_area), _by_question(election, by_heads)


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
