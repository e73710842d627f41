"""Own the batch verification of a box of ballots over kept commitments, with a fallback that names each bad ballot.

Source: ``app/crypto/README.md`` section 5. Three parts: every hash on the given commitments; one product equation over all
proofs with random 128-bit z (Bellare, Garay, Rabin 1998, small exponents test), by Pippenger; membership of every element in
the subgroup by random subset products (the cofactor of BELENIOS-2048 has the factors 2 and 3, so each subset catches an
outsider with probability >= 1/2). The commitments are untrusted. Their only use is speed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from app.crypto.ballot_check import check_binding, check_challenge, check_identities, verify_ballot
from app.crypto.ballot_format import Ballot, Commitments
from app.crypto.bigint import mpz
from app.crypto.claims import ballot_statements, signature_prefix
from app.crypto.election import Election
from app.crypto.encoding import hash_to_zq
from app.crypto.errors import BadSignature, BatchFailed, ElementNotInGroup
from app.crypto.group import Element, ModularGroup
from app.crypto.powers import horner, subset_products
from app.crypto.proofs import Ciphertext, Statement
from app.errors import DomainError

#: Draw a uniform integer of n bits: ``secrets.randbits`` in production.
RandBits = Callable[[int], int]
#: An element outside the subgroup escapes with probability 2^-64; up to 128 may be asked for.
SECURITY_BITS: Final = 64
_Z_BITS: Final = 128


def verify_batch(
    election: Election, box: Sequence[tuple[Ballot, Commitments]], randbits: RandBits, *, security_bits: int = SECURITY_BITS
) -> None:
    """Verify all ballots at once; raise BatchFailed with ``ballots`` = [(place in the box, code)] of each bad one.

    When only the commitments were wrong and every ballot is good by direct verification, nothing is raised.
    """
    if not batch_holds(election, box, randbits, security_bits=security_bits):
        bad = list(_bad_ballots(election, [ballot for ballot, _ in box]))
        if bad:
            raise BatchFailed(ballots=bad)


def batch_holds(
    election: Election, box: Sequence[tuple[Ballot, Commitments]], randbits: RandBits, *, security_bits: int = SECURITY_BITS
) -> bool:
    """Tell whether ballots and commitments hold together, without naming what does not."""
    equation = _Equation(election, randbits)
    try:
        for ballot, commitments in box:
            check_binding(election, ballot)
            check_identities(ballot)
            equation.add_ballot(ballot, commitments)
        equation.require_holds(security_bits)
    except (DomainError, ValueError):
        # ValueError: commitments of another shape than the ballot's proofs.
        return False
    return True


def _bad_ballots(election: Election, ballots: Iterable[Ballot]) -> Iterator[tuple[int, str]]:
    for place, ballot in enumerate(ballots):
        try:
            verify_ballot(election, ballot)
        except DomainError as error:
            yield place, error.code


def require_members(
    group: ModularGroup, elements: Iterable[Element], randbits: RandBits, security_bits: int = SECURITY_BITS
) -> None:
    """Check that all elements are members of the subgroup, with error probability 2^-security_bits; raise ElementNotInGroup."""
    listed = list(elements)
    masks = [randbits(security_bits) for _ in listed]
    _require_range(group, listed)
    _require_member_subsets(group, subset_products(listed, masks, security_bits, group.p))


def _require_range(group: ModularGroup, elements: Iterable[Element]) -> None:
    if not all(0 < x < group.p for x in elements):
        raise ElementNotInGroup(field="batch")


def _require_member_subsets(group: ModularGroup, subsets: Iterable[Element]) -> None:
    if not all(group.is_element(subset) for subset in subsets):
        raise ElementNotInGroup(field="batch")


class _Equation:
    """Gather the product over all proofs of (g^z alpha^c / A)^r and (y^z (beta/g^M)^c / B)^s with random r and s."""

    def __init__(self, election: Election, randbits: RandBits) -> None:
        self._election, self._randbits = election, randbits
        self._g_exponent, self._y_exponent = mpz(0), mpz(0)
        #: exponents of elements of ballots, modulo q
        self._left: defaultdict[Element, int] = defaultdict(lambda: mpz(0))
        #: commitments with their random exponents, 128 bits each
        self._right: list[tuple[Element, int]] = []

    def add_ballot(self, ballot: Ballot, commitments: Commitments) -> None:
        """Check the hashes of one ballot on its commitments and add its equations; raise what is wrong."""
        group = self._election.group
        for (statement, proofs), pairs in zip(ballot_statements(self._election, ballot), commitments.proofs, strict=True):
            check_challenge(group, statement, proofs, pairs)
            self._add_statement(statement, [(p.challenge, p.response) for p in proofs], pairs)
        c, z = ballot.signature.challenge, ballot.signature.response
        if hash_to_zq(f"{signature_prefix(ballot.hash)}{commitments.signature}", group.q) != c:
            raise BadSignature(credential=str(ballot.credential))
        r = self._randbits(_Z_BITS)
        self._g_exponent += r * z
        self._left[ballot.credential] += r * c
        self._right.append((commitments.signature, r))

    def _add_statement(
        self, statement: Statement, proofs: list[tuple[int, int]], pairs: Sequence[tuple[Element, Element]]
    ) -> None:
        by_parts: dict[tuple[Ciphertext, ...], list[int]] = {}
        for branch, (c, z), (a, b) in zip(statement.branches, proofs, pairs, strict=True):
            r, s = self._randbits(_Z_BITS), self._randbits(_Z_BITS)
            self._g_exponent += r * z - branch.shift * s * c
            self._y_exponent += s * z
            sums = by_parts.setdefault(branch.parts, [mpz(0), mpz(0)])
            sums[0] += r * c
            sums[1] += s * c
            self._right.append((a, r))
            self._right.append((b, s))
        # A branch over a product of ciphertexts puts the same exponent on each factor.
        for parts, (alpha_exponent, beta_exponent) in by_parts.items():
            for part in parts:
                self._left[part.alpha] += alpha_exponent
                self._left[part.beta] += beta_exponent

    def require_holds(self, security_bits: int) -> None:
        """Check membership of every element and the product equation; raise ElementNotInGroup or BatchFailed.

        The bits of a commitment's random exponent are also the random subsets it is in, so its membership costs no
        multiplication of its own. An outsider escapes with probability 2^-security_bits; a wrong equation among members
        with 2^-128.
        """
        group, q, p = self._election.group, self._election.group.q, self._election.group.p
        bases = list(self._left)
        require_members(group, bases, self._randbits, security_bits)
        commitments = [x for x, _ in self._right]
        _require_range(group, commitments)
        subsets = subset_products(commitments, [r for _, r in self._right], _Z_BITS, p)
        _require_member_subsets(group, subsets[:security_bits])
        left = group.product_of_powers((x, self._left[x] % q) for x in bases)
        known = group.multiply(
            group.fixed_base(group.g).pow(self._g_exponent),
            group.fixed_base(self._election.public_key).pow(self._y_exponent),
            left,
        )
        if known != horner(subsets, p):
            raise BatchFailed(ballots=[])
