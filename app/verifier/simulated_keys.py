"""Own the randomness and the key ceremony of a simulation, with the leaves that bind it to the record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from app.crypto.decryption import encrypt_test_value
from app.crypto.group import BELENIOS_2048
from app.crypto.proofs import Proof, Secret
from app.crypto.trustee_key import TrusteeKey
from app.crypto.trustees import Ceremony, Trustees, parse_coefficients, parse_trustees, trustees_json
from app.verifier.leaves import LogProof, RehearsalPartial

_TEST_VALUE = 278


@dataclass(frozen=True)
class Randomness:
    """Hold where keys and proofs are drawn from: the system, or a seed that makes everything predictable."""

    below: Callable[[int], int]
    bytes: Callable[[int], bytes]

    @classmethod
    def of(cls, seed: str | None) -> Randomness:
        """Return the system's randomness, or for tests the one of a seed."""
        if seed is None:
            return cls(secrets.randbelow, secrets.token_bytes)
        rng = Random(seed)
        return cls(rng.randrange, rng.randbytes)


@dataclass(frozen=True)
class KeyCeremony:
    """Hold a finished ceremony: the public trustees.json, every trustee's key and share x_j."""

    raw: bytes
    trustees: Trustees
    keys: tuple[TrusteeKey, ...]
    shares: tuple[Secret, ...]


def hold_ceremony(uuid: str, size: int, threshold: int, randomness: Randomness) -> KeyCeremony:
    """Let ``size`` trustees make a joint key of which ``threshold`` can decrypt."""
    ceremony = Ceremony(uuid, size, threshold)
    below = randomness.below
    keys = tuple(TrusteeKey.generate(ceremony, index, below) for index in range(1, size + 1))
    certs = [key.certificate(below) for key in keys]
    rounds = [key.polynomial(certs, below) for key in keys]
    coefexps = [signed for signed, _ in rounds]
    polynomials = [parse_coefficients(signed, BELENIOS_2048, threshold) for signed in coefexps]
    sent = [key.encrypted_shares(certs, below, randomness.bytes) for key in keys]
    shares = tuple(key.private_share([row[key.index - 1] for row in sent], polynomials) for key in keys)
    public = [key.verification_key(share, below) for key, share in zip(keys, shares, strict=True)]
    raw = trustees_json(threshold, certs, coefexps, [signature for _, signature in rounds], public)
    return KeyCeremony(raw, parse_trustees(raw), keys, shares)


def rehearse(held: KeyCeremony, randomness: Randomness) -> tuple[str, str, int, tuple[RehearsalPartial, ...]]:
    """Return test ciphertext (alpha, beta), its value and every trustee's share, as a rehearsal leaf states them."""
    test = encrypt_test_value(BELENIOS_2048, held.trustees.public_key, _TEST_VALUE, randomness.below)
    partials = []
    for key, share in zip(held.keys, held.shares, strict=True):
        factor, proof = key.rehearse(share, test, randomness.below)
        partials.append(RehearsalPartial(key.index, str(factor), log_proof(proof)))
    return str(test.alpha), str(test.beta), _TEST_VALUE, tuple(partials)


def log_proof(proof: Proof) -> LogProof:
    """Return a proof as it stands in a leaf."""
    return LogProof(str(proof.challenge), str(proof.response))


def choose_trustees(held: KeyCeremony, seed: str) -> Sequence[int]:
    """Return which trustees decrypt: as many as needed, drawn by the seed, in the order in which they come."""
    return Random(f"{seed}|trustees").sample(range(1, held.trustees.size + 1), held.trustees.threshold)
