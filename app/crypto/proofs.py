"""Own the Schnorr and disjunctive zero-knowledge proofs of the protocol, as values and as formulas.

Source: Belenios specification 1.x, "Zero-knowledge proofs"; letters as there: commitments A and B, challenge c, response z =
w - r c.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.crypto.bigint import mpz
from app.crypto.encoding import fields, hash_to_zq, join_elements, random_scalar, scalar
from app.crypto.errors import ElementNotInGroup, IdentityElement
from app.crypto.group import Element, Group, RandBelow


class Secret:
    """Hold a secret scalar so that no log, repr or traceback shows it."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Secret(hidden)"


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold one (challenge, response) pair, both in [0, q)."""

    challenge: int
    response: int

    def to_json(self) -> dict[str, str]:
        """Return the JSON object of the specification."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


def parse_proof(value: object, group: Group, where: str) -> Proof:
    """Parse ``{"challenge","response"}``; raise WrongShape, NotCanonical or ScalarOutOfRange."""
    challenge, response = fields(value, ("challenge", "response"), where)
    return Proof(scalar(challenge, group, f"{where}.challenge"), scalar(response, group, f"{where}.response"))


def require_member(group: Group, x: Element, where: str, *, identity_allowed: bool = False) -> Element:
    """Return x when it is a member of the group and not the identity; raise ElementNotInGroup or IdentityElement."""
    if not group.is_element(x):
        raise ElementNotInGroup(field=where)
    if x == 1 and not identity_allowed:
        raise IdentityElement(field=where)
    return x


# --- one discrete logarithm -----------------------------------------------------------------------------------------


def prove_log(group: Group, secret: int, prefix: str, randbelow: RandBelow, bases: Sequence[Element] = ()) -> Proof:
    """Prove knowledge of s with X = g^s (and F = base^s for every further base): c = H(prefix || g^w || "," || base^w ...)."""
    w = random_scalar(group.q, randbelow)
    commitments = [group.fixed_base(group.g).pow(w), *(group.pow(base, w) for base in bases)]
    challenge = hash_to_zq(prefix + join_elements(commitments), group.q)
    return Proof(challenge, (w - secret * challenge) % group.q)


def check_log(
    group: Group, public: Element, prefix: str, proof: Proof, pairs: Sequence[tuple[Element, Element]] = ()
) -> tuple[bool, list[Element]]:
    """Tell whether the proof holds for X and for every further (base, F); also return the recomputed commitments."""
    c, z = proof.challenge, proof.response
    commitments = [group.multiply(group.fixed_base(group.g).pow(z), group.pow(public, c))]
    for base, factor in pairs:
        commitments.append(group.multiply(group.pow(base, z), group.pow(factor, c)))
    return hash_to_zq(prefix + join_elements(commitments), group.q) == c, commitments


def sign(group: Group, secret: int, message: str, randbelow: RandBelow) -> Proof:
    """Sign a trustee's message: c = H("sigmsg|" || M || "|" || g^w)."""
    return prove_log(group, secret, f"sigmsg|{message}|", randbelow)


def check_signature(group: Group, public: Element, message: str, signature: Proof) -> bool:
    """Tell whether a trustee's message is signed with the key."""
    return check_log(group, public, f"sigmsg|{message}|", signature)[0]


# --- one of several statements --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """Hold one exponential ElGamal ciphertext (alpha, beta) = (g^r, y^r g^m)."""

    alpha: Element
    beta: Element

    def to_json(self) -> dict[str, str]:
        """Return the JSON object of the specification."""
        return {"alpha": str(self.alpha), "beta": str(self.beta)}


@dataclass(frozen=True, slots=True)
class Branch:
    """Hold one alternative: (alpha, beta / g^shift) = (g^r, y^r), where (alpha, beta) is the product of ``parts``."""

    alpha: Element
    beta: Element
    shift: int
    parts: tuple[Ciphertext, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold a disjunction over branches with its hash prefix; ``error`` builds what is raised when it is not proved."""

    prefix: str
    branches: tuple[Branch, ...]
    error: Callable[[], Exception]


def or_challenge(prefix: str, commitments: Sequence[tuple[Element, Element]], q: int) -> int:
    """Return H(prefix || A_0 || "," || B_0 || "," || ... || B_k)."""
    return hash_to_zq(prefix + ",".join([f"{a!s},{b!s}" for a, b in commitments]), q)


def prove_or(
    group: Group, y: Element, statement: Statement, openings: Sequence[tuple[int, int]], randbelow: RandBelow
) -> tuple[Proof, ...]:
    """Prove the disjunction when branch j is (g^r_j, y^r_j g^m_j) for openings[j] = (r_j, m_j); true is where m_j = shift_j.

    Because the prover knows the openings, A_j = g^(z + r c) and B_j = y^(z + r c) g^((m - shift) c): fixed bases only.
    """
    q = group.q
    g_table, y_table = group.fixed_base(group.g), group.fixed_base(y)
    true_branch = next(j for j, b in enumerate(statement.branches) if b.shift == openings[j][1])
    proofs: list[Proof] = []
    commitments: list[tuple[Element, Element]] = []
    w = random_scalar(q, randbelow)
    for j, (branch, (r, m)) in enumerate(zip(statement.branches, openings, strict=True)):
        if j == true_branch:
            proofs.append(Proof(0, 0))
            commitments.append((g_table.pow(w), y_table.pow(w)))
            continue
        c, z = mpz(randbelow(int(q))), mpz(randbelow(int(q)))
        t = z + r * c
        proofs.append(Proof(c, z))
        commitments.append((g_table.pow(t), group.multiply(y_table.pow(t), g_table.pow((m - branch.shift) * c))))
    c = (or_challenge(statement.prefix, commitments, q) - sum(proof.challenge for proof in proofs)) % q
    proofs[true_branch] = Proof(c, (w - openings[true_branch][0] * c) % q)
    return tuple(proofs)


def or_commitment(group: Group, y: Element, branch: Branch, proof: Proof) -> tuple[Element, Element]:
    """Recompute (A, B) = (g^z alpha^c, y^z (beta / g^shift)^c)."""
    c = proof.challenge
    return finish_commitment(group, y, branch, proof, group.pow(branch.alpha, c), group.pow(branch.beta, c))


def finish_commitment(
    group: Group, y: Element, branch: Branch, proof: Proof, alpha_c: Element, beta_c: Element
) -> tuple[Element, Element]:
    """Return (A, B) when alpha^c and beta^c are already known."""
    c, z = proof.challenge, proof.response
    g_table = group.fixed_base(group.g)
    a = group.multiply(g_table.pow(z), alpha_c)
    b = group.multiply(group.fixed_base(y).pow(z), beta_c)
    if branch.shift:
        b = group.multiply(b, g_table.pow(-branch.shift * c))
    return a, b


def proofs_to_json(proofs: Sequence[Proof]) -> list[dict[str, Any]]:
    """Return the JSON list of proofs."""
    return [proof.to_json() for proof in proofs]
