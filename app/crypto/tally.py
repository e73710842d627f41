"""Own the tally: the encrypted weighted sums, the trustees' partial decryptions, their combination and the clear totals.

Source: Belenios specification 1.x, "Encrypted tally", "Partial decryptions", "Election result". Weights are integers: areas
in 0.01 m2, or heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.crypto.ballot_format import Ballot
from app.crypto.decryption import check_decryption_factor, combine_factors, decryption_factor, election_context
from app.crypto.discrete_log import DiscreteLog
from app.crypto.election import Election
from app.crypto.encoding import dumps, element, fields, items, loads_canonical
from app.crypto.errors import BadPartialDecryption, NotEnoughTrustees, UnlistedCredential, WrongShape
from app.crypto.group import Element, RandBelow
from app.crypto.proofs import Ciphertext, Proof, Secret, parse_proof, proofs_to_json

#: One list of ciphertexts per question, blank bit first where allowed.
EncryptedTally = tuple[tuple[Ciphertext, ...], ...]
_MAX_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class PartialDecryption:
    """Hold one trustee's factors and proofs, in the shape of the encrypted tally."""

    decryption_factors: tuple[tuple[Element, ...], ...]
    decryption_proofs: tuple[tuple[Proof, ...], ...]

    def to_json(self) -> bytes:
        """Return the bytes of the archive's object."""
        factors = [[str(factor) for factor in row] for row in self.decryption_factors]
        proofs = [proofs_to_json(row) for row in self.decryption_proofs]
        return dumps({"decryption_factors": factors, "decryption_proofs": proofs}).encode()


# --- the encrypted sums ---------------------------------------------------------------------------------------------


def effective_ballots(ballots: Iterable[Ballot]) -> list[Ballot]:
    """Return the counted ballots: the last one of each credential, in archive order."""
    last: dict[Element, Ballot] = {}
    for ballot in ballots:
        last.pop(ballot.credential, None)
        last[ballot.credential] = ballot
    return list(last.values())


def total_weight(ballots: Iterable[Ballot], weights: Mapping[Element, int]) -> int:
    """Return the summed weight of the counted ballots; raise UnlistedCredential."""
    return sum(_weight(ballot, weights) for ballot in effective_ballots(ballots))


def encrypted_tally(election: Election, ballots: Iterable[Ballot], weights: Mapping[Element, int]) -> EncryptedTally:
    """Return (prod alpha^w, prod beta^w) per answer over the counted ballots; raise UnlistedCredential.

    The ballots must have been verified: exponentiation is meaningful for members of the group only.
    """
    counted = [(ballot, _weight(ballot, weights)) for ballot in effective_ballots(ballots)]
    group = election.group
    tally = []
    for number, question in enumerate(election.questions):
        row = []
        for index in range(question.choice_count):
            column = [(ballot.answers[number].choices[index], weight) for ballot, weight in counted]
            alpha = group.product_of_powers((choice.alpha, weight) for choice, weight in column)
            beta = group.product_of_powers((choice.beta, weight) for choice, weight in column)
            row.append(Ciphertext(alpha, beta))
        tally.append(tuple(row))
    return tuple(tally)


def tally_json(tally: EncryptedTally) -> bytes:
    """Return the bytes of the archive's encrypted tally."""
    return dumps([[ciphertext.to_json() for ciphertext in row] for row in tally]).encode()


def parse_tally(election: Election, raw: bytes) -> EncryptedTally:
    """Read an encrypted tally of this election's shape; raise Malformed."""
    rows = items(loads_canonical(raw, _MAX_BYTES), len(election.questions), "encrypted_tally")
    tally = []
    for question, row in zip(election.questions, rows, strict=True):
        pairs = [fields(c, ("alpha", "beta"), "tally") for c in items(row, question.choice_count, "tally")]
        tally.append(tuple(Ciphertext(*(element(x, election.group, "encrypted_tally") for x in pair)) for pair in pairs))
    return tuple(tally)


def _weight(ballot: Ballot, weights: Mapping[Element, int]) -> int:
    try:
        return weights[ballot.credential]
    except KeyError:
        raise UnlistedCredential(credential=str(ballot.credential)) from None


# --- the trustees' part ---------------------------------------------------------------------------------------------


def partial_decryption(
    election: Election, tally: EncryptedTally, share: Secret, public_share: Element, randbelow: RandBelow
) -> PartialDecryption:
    """Make one trustee's factors F = alpha^x with their proofs."""
    pairs = [
        [decryption_factor(election.group, share, public_share, c.alpha, election_context(election), randbelow) for c in row]
        for row in tally
    ]
    factors = tuple(tuple(factor for factor, _ in row) for row in pairs)
    return PartialDecryption(factors, tuple(tuple(proof for _, proof in row) for row in pairs))


def parse_partial_decryption(election: Election, raw: bytes) -> PartialDecryption:
    """Read a partial decryption of this election's shape; raise Malformed."""
    names = ("decryption_factors", "decryption_proofs")
    factors, proofs = fields(loads_canonical(raw, _MAX_BYTES), names, "partial_decryption")
    counts = [question.choice_count for question in election.questions]
    group = election.group
    return PartialDecryption(
        tuple(tuple(element(f, group, "factor") for f in row) for row in _rows(factors, counts, names[0])),
        tuple(tuple(parse_proof(p, group, "proof") for p in row) for row in _rows(proofs, counts, names[1])),
    )


def verify_partial_decryption(
    election: Election, tally: EncryptedTally, public_share: Element, partial: PartialDecryption
) -> None:
    """Check every factor of one trustee against the trustee's verification key X; raise BadPartialDecryption."""
    context = election_context(election)
    try:
        for row, factors, proofs in zip(tally, partial.decryption_factors, partial.decryption_proofs, strict=True):
            for ciphertext, factor, proof in zip(row, factors, proofs, strict=True):
                check_decryption_factor(election.group, public_share, ciphertext.alpha, factor, proof, context)
    except ValueError:
        raise BadPartialDecryption(reason="shape") from None


def _rows(value: object, counts: Sequence[int], where: str) -> list[list[object]]:
    rows = items(value, len(counts), where)
    return [items(row, count, where) for row, count in zip(rows, counts, strict=True)]


# --- the clear totals -----------------------------------------------------------------------------------------------


def combine(
    election: Election,
    threshold: int,
    tally: EncryptedTally,
    partials: Mapping[int, PartialDecryption],
    bound: int,
) -> list[list[int]]:
    """Return the clear totals from verified partial decryptions by trustee index (from 1), each at most ``bound``.

    Raise NotEnoughTrustees or DiscreteLogOutOfRange.
    """
    if len(partials) < threshold:
        raise NotEnoughTrustees(threshold=threshold, got=len(partials))
    chosen = {index: partials[index] for index in sorted(partials)[:threshold]}
    group = election.group
    logarithm = DiscreteLog(group, bound, lookups=sum(len(row) for row in tally))
    totals: list[list[int]] = []
    for i, row in enumerate(tally):
        totals.append([])
        for j, ciphertext in enumerate(row):
            mask = combine_factors(group, {d: p.decryption_factors[i][j] for d, p in chosen.items()})
            totals[-1].append(logarithm.find(group.multiply(ciphertext.beta, group.inverse(mask))))
    return totals


def result_json(totals: Sequence[Sequence[int]]) -> bytes:
    """Return the bytes of the archive's result."""
    return dumps({"result": [[int(total) for total in row] for row in totals]}).encode()


def parse_result(election: Election, raw: bytes) -> list[list[int]]:
    """Read a result of this election's shape; totals may be JSON numbers or, as the outside tool writes large ones, strings."""
    (rows,) = fields(loads_canonical(raw, _MAX_BYTES), ("result",), "result")
    counts = [question.choice_count for question in election.questions]
    return [[_total(total) for total in row] for row in _rows(rows, counts, "result")]


def _total(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and str(int(value)) == value:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise WrongShape(field="result", expected="totals")
