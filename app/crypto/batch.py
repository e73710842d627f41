"""Own the batch verification of ballots and enrolments over kept commitments, with a fallback that names each bad ballot.

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
from app.crypto.credentials import Possession
from app.crypto.election import Election
from app.crypto.encoding import hash_to_zq
from app.crypto.errors import BadPossession, BadSignature, BatchFailed, ElementNotInGroup, IdentityElement
from app.crypto.group import Element, ModularGroup
from app.crypto.powers import horner, subset_products
from app.crypto.proofs import Ciphertext, Proof, Statement
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
    election: Election,
    box: Sequence[tuple[Ballot, Commitments]],
    randbits: RandBits,
    *,
    enrolments: Sequence[tuple[Possession, Element]] = (),
    security_bits: int = SECURITY_BITS,
) -> bool:
    """Tell whether ballots, enrolments and commitments hold together, without naming what does not.

    An enrolment in the batch of a ballot by its credential costs next to nothing: the credential is there already.
    """
    equation = _Equation(election, randbits)
    try:
        for ballot, commitments in box:
            check_binding(election, ballot)
            check_identities(ballot)
            equation.add_ballot(ballot, commitments)
        for claim, commitment in enrolments:
            equation.add_possession(claim, commitment)
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
    _require_range(group, listed)
    masks = _draw(randbits, len(listed), security_bits)
    _require_member_subsets(group, subset_products(listed, masks, security_bits, group.p))


def _draw(randbits: RandBits, count: int, bits: int) -> list[int]:
    """Draw many uniform integers of n bits at once: one call for each would cost more than the rest of its equation."""
    width, keep = (bits + 7) // 8, (1 << bits) - 1
    raw = randbits(8 * width * count).to_bytes(width * count, "big") if count else b""
    return [int.from_bytes(raw[at : at + width], "big") & keep for at in range(0, len(raw), width)]


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
        self._small: Iterator[int] = iter(())
        self._g_exponent, self._y_exponent = mpz(0), mpz(0)
        #: exponents of elements of ballots, modulo q
        self._left: defaultdict[Element, int] = defaultdict(lambda: mpz(0))
        #: commitments with their random exponents, 128 bits each
        self._right: list[tuple[Element, int]] = []

    def add_ballot(self, ballot: Ballot, commitments: Commitments) -> None:
        """Check the hashes of one ballot on its commitments and add its equations; raise what is wrong."""
        group = self._election.group
        self._small = iter(_draw(self._randbits, 1 + 2 * sum(map(len, commitments.proofs)), _Z_BITS))
        for (statement, proofs), pairs in zip(ballot_statements(self._election, ballot), commitments.proofs, strict=True):
            check_challenge(group, statement, proofs, pairs)
            self._add_statement(statement, proofs, pairs)
        if not self._add_log(ballot.credential, signature_prefix(ballot.hash), ballot.signature, commitments.signature):
            raise BadSignature(credential=str(ballot.credential))

    def add_possession(self, claim: Possession, commitment: Element) -> None:
        """Check the hash of one enrolment on its commitment and add its equation; raise what is wrong."""
        if claim.public == 1:
            raise IdentityElement(field="credential")
        self._small = iter(_draw(self._randbits, 1, _Z_BITS))
        if not self._add_log(claim.public, claim.prefix, claim.proof, commitment):
            raise BadPossession(voter=claim.voter)

    def _add_log(self, public: Element, prefix: str, proof: Proof, commitment: Element) -> bool:
        """Tell whether the hash of a proof of one logarithm is right on its commitment, and add its equation."""
        c = proof.challenge
        r = next(self._small)
        self._g_exponent += r * proof.response
        self._left[public] += r * c
        self._right.append((commitment, r))
        return hash_to_zq(f"{prefix}{commitment!s}", self._election.group.q) == c

    def _add_statement(self, statement: Statement, proofs: Sequence[Proof], pairs: Sequence[tuple[Element, Element]]) -> None:
        # By identity: branches over the same ciphertexts hold the same tuple, and hashing it anew would cost more.
        by_parts: dict[int, tuple[tuple[Ciphertext, ...], list[int]]] = {}
        for branch, proof, (a, b) in zip(statement.branches, proofs, pairs, strict=True):
            c, z, r, s = proof.challenge, proof.response, next(self._small), next(self._small)
            self._g_exponent += r * z - branch.shift * s * c
            self._y_exponent += s * z
            _, sums = by_parts.setdefault(id(branch.parts), (branch.parts, [mpz(0), mpz(0)]))
            sums[0] += r * c
            sums[1] += s * c
            self._right.append((a, r))
            self._right.append((b, s))
        # A branch over a product of ciphertexts puts the same exponent on each factor.
        for parts, (alpha_exponent, beta_exponent) in by_parts.values():
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
        bases, commitments = list(self._left), [x for x, _ in self._right]
        _require_range(group, bases)
        _require_range(group, commitments)
        of_bases = subset_products(bases, _draw(self._randbits, len(bases), security_bits), security_bits, p)
        subsets = subset_products(commitments, [r for _, r in self._right], _Z_BITS, p)
        _require_member_subsets(group, [x * y % p for x, y in zip(of_bases, subsets[:security_bits], strict=True)])
        left = group.product_of_powers((x, int(self._left[x] % q)) for x in bases)
        known = group.multiply(
            group.pow(group.g, self._g_exponent), group.pow(self._election.public_key, self._y_exponent), left
        )
        if known != horner(subsets, p):
            raise BatchFailed(ballots=[])
