"""Own a trustee's decryption factor F = alpha^x with its proof, for the tally and for the rehearsal.

Source: Belenios specification 1.x, "Partial decryptions": c = H("decrypt|" || phi || "|" || X || "|" || g^w || "," ||
alpha^w). In the rehearsal "rehearsal|" || uuid stands in the place of the fingerprint phi, so no proof can be carried from
one to the other.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.crypto.election import Election
from app.crypto.errors import BadPartialDecryption
from app.crypto.group import Element, Group, RandBelow
from app.crypto.proofs import Ciphertext, Proof, Secret, check_log, prove_log


def rehearsal_context(election_uuid: str) -> str:
    """Return what takes the place of the fingerprint in a rehearsal."""
    return f"rehearsal|{election_uuid}"


def encrypt_test_value(group: Group, public_key: Element, value: int, randbelow: RandBelow) -> Ciphertext:
    """Encrypt a small number for the rehearsal."""
    r = 1 + randbelow(int(group.q) - 1)
    beta = group.multiply(group.fixed_base(public_key).pow(r), group.pow(group.g, value))
    return Ciphertext(group.fixed_base(group.g).pow(r), beta)


def decryption_factor(
    group: Group, share: Secret, public_share: Element, alpha: Element, context: str, randbelow: RandBelow
) -> tuple[Element, Proof]:
    """Return F = alpha^x and the proof that log_alpha F = log_g X; ``context`` is phi or the rehearsal's."""
    proof = prove_log(group, share.value, _prefix(context, public_share), randbelow, (alpha,))
    return group.pow(alpha, share.value), proof


def check_decryption_factor(
    group: Group, public_share: Element, alpha: Element, factor: Element, proof: Proof, context: str
) -> None:
    """Check one decryption factor; raise BadPartialDecryption."""
    if not group.is_element(factor):
        raise BadPartialDecryption(reason="element_not_in_group")
    if not check_log(group, public_share, _prefix(context, public_share), proof, ((alpha, factor),))[0]:
        raise BadPartialDecryption(reason="proof")


def combine_factors(group: Group, factors: Mapping[int, Element]) -> Element:
    """Return alpha^x from the factors by trustee index (from 1), with Lagrange coefficients prod k / (k - d) mod q."""
    q = group.q
    pairs = []
    for d, factor in factors.items():
        coefficient = 1
        for k in factors:
            if k != d:
                coefficient = coefficient * k * pow(k - d, -1, int(q)) % q
        pairs.append((factor, coefficient))
    return group.product_of_powers(pairs)


def election_context(election: Election) -> str:
    """Return the context of the real decryption: the fingerprint phi."""
    return election.fingerprint


def _prefix(context: str, public_share: Element) -> str:
    return f"decrypt|{context}|{public_share}|"
