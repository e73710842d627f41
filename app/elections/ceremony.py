"""Own the key ceremony as one election sees it: which round is due, and each message read and verified.

Pure. Source: app/crypto/PROTOCOL.md 3 (Trustees) and 4. Rounds 1 to 3 make the joint key; the
fourth step is the rehearsal, in which every trustee opens a test ciphertext.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from app.crypto.decryption import check_decryption_factor, combine_factors, rehearsal_context
from app.crypto.encoding import element, fields
from app.crypto.errors import WrongShape
from app.crypto.group import BELENIOS_2048, Element
from app.crypto.proofs import Proof, parse_proof
from app.crypto.trustee_key import parse_encrypted_shares
from app.crypto.trustees import (
    Ceremony,
    SignedMessage,
    VerificationKey,
    parse_certificate,
    parse_coefficients,
    parse_signed_message,
    parse_verification_key,
    public_share,
    verify_certificate,
    verify_coefficients,
    verify_verification_key,
)
from app.elections.errors import RehearsalFailed
from app.elections.types import THRESHOLD, TRUSTEES, ElectionRow, ElectionState, TestCiphertext, TrusteeRow
from app.verifier.ceremony import round_one_sha256, round_three_sha256, round_two_sha256

#: The step after the three rounds.
REHEARSAL = 4


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Hold a verified second message with the shares as they came, one for each trustee."""

    coefexps: SignedMessage
    signature: Proof
    shares: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class RehearsalPart:
    """Hold a verified part of the rehearsal."""

    factor: Element
    proof: Proof

    def to_json(self) -> dict[str, Any]:
        """Return the JSON as the leaf has it, without the index."""
        return {"factor": str(self.factor), "proof": self.proof.to_json()}


def ceremony_of(uuid: str) -> Ceremony:
    """Return what the trustees of an election agree on before the first round."""
    return Ceremony(uuid, TRUSTEES, THRESHOLD)


def due_round(trustees: Sequence[TrusteeRow]) -> int:
    """Return the round that is due for all: 1 to 3, 4 for the rehearsal, 5 when everything is done."""
    return 1 + min((trustee.rounds_done for trustee in trustees), default=0)


def phase_of(election: ElectionRow) -> str:
    """Name what the trustees' page shows: round1, round2, round3, rehearsal, waiting."""
    due = due_round(election.trustees)
    if due <= 3:
        return f"round{due}"
    return "rehearsal" if due == REHEARSAL and election.state is ElectionState.ANNOUNCED else "waiting"


# --- reading what was kept; every message was verified when it came ------------------------------------------------


def certificates(trustees: Sequence[TrusteeRow]) -> list[SignedMessage]:
    """Return the first messages of all trustees in order."""
    return [parse_signed_message(_given(trustee.cert), BELENIOS_2048) for trustee in trustees]


def coefficient_messages(trustees: Sequence[TrusteeRow]) -> list[SignedMessage]:
    """Return the second messages of all trustees in order."""
    return [parse_signed_message(_given(trustee.coefexps), BELENIOS_2048) for trustee in trustees]


def certs_signatures(trustees: Sequence[TrusteeRow]) -> list[Proof]:
    """Return the signatures over all certificates of all trustees in order."""
    return [parse_proof(_given(trustee.certs_signature), BELENIOS_2048, "signature") for trustee in trustees]


def polynomials(trustees: Sequence[TrusteeRow]) -> list[tuple[Element, ...]]:
    """Return A_ik of every trustee i in order."""
    return [parse_coefficients(signed, BELENIOS_2048, THRESHOLD) for signed in coefficient_messages(trustees)]


def verification_keys(trustees: Sequence[TrusteeRow]) -> list[VerificationKey]:
    """Return the third messages of all trustees in order."""
    return [parse_verification_key(_given(trustee.verification_key), BELENIOS_2048) for trustee in trustees]


def round_digest(trustee: TrusteeRow, number: int) -> str:
    """Return the SHA-256 that the ``trustee_round`` leaf of a round binds."""
    if number == 1:
        return round_one_sha256(certificates([trustee])[0])
    if number == 2:
        return round_two_sha256(coefficient_messages([trustee])[0], certs_signatures([trustee])[0])
    return round_three_sha256(verification_keys([trustee])[0])


# --- verifying what comes ------------------------------------------------------------------------------------------


def read_certificate(election: ElectionRow, index: int, message: Mapping[str, Any]) -> SignedMessage:
    """Verify the first message of trustee ``index``; raises Malformed or VerificationFailed."""
    _, cert = fields(dict(message), ("round", "cert"), "message")
    signed = parse_signed_message(cert, BELENIOS_2048)
    others = [
        parse_certificate(certificates([trustee])[0], BELENIOS_2048)
        for trustee in election.trustees
        if trustee.index != index and trustee.cert is not None
    ]
    verify_certificate(ceremony_of(election.uuid), index, signed, others)
    return signed


def read_polynomial(election: ElectionRow, index: int, message: Mapping[str, Any]) -> Polynomial:
    """Verify the second message of trustee ``index`` as far as anybody but the recipients can; raises as above."""
    _, coefexps, proof, shares = fields(dict(message), ("round", "coefexps", "signature", "shares"), "message")
    ceremony = ceremony_of(election.uuid)
    signed = parse_signed_message(coefexps, BELENIOS_2048)
    signature = parse_proof(proof, BELENIOS_2048, "signature")
    verify_coefficients(ceremony, index, certificates(election.trustees), signed, signature)
    sealed = parse_encrypted_shares(shares, ceremony)
    return Polynomial(signed, signature, tuple(share.to_json() for share in sealed))


def read_verification_key(election: ElectionRow, index: int, message: Mapping[str, Any]) -> VerificationKey:
    """Verify the third message of trustee ``index``; raises as above."""
    _, value = fields(dict(message), ("round", "verification_key"), "message")
    key = parse_verification_key(value, BELENIOS_2048)
    trustees = election.trustees
    verify_verification_key(ceremony_of(election.uuid), index, certificates(trustees), polynomials(trustees), key)
    return key


def read_rehearsal(election: ElectionRow, index: int, message: Mapping[str, Any]) -> RehearsalPart:
    """Verify the part of trustee ``index`` in the rehearsal; raises as above."""
    text, value = fields(dict(message), ("factor", "proof"), "message")
    factor = element(text, BELENIOS_2048, "factor")
    proof = parse_proof(value, BELENIOS_2048, "proof")
    share = public_share(BELENIOS_2048, polynomials(election.trustees), index)
    alpha = _test_ciphertext(election)[0]
    check_decryption_factor(BELENIOS_2048, share, alpha, factor, proof, rehearsal_context(election.uuid))
    return RehearsalPart(factor, proof)


def require_every_pair_opens(election: ElectionRow) -> None:
    """Check that any two of the three parts open the test ciphertext.

    Raises: RehearsalFailed naming the pair. With verified proofs this cannot happen; it is what the rehearsal is for.
    """
    _, beta, value = _test_ciphertext(election)
    factors = {
        trustee.index: element(_given(trustee.rehearsal)["factor"], BELENIOS_2048, "factor") for trustee in election.trustees
    }
    expected = BELENIOS_2048.pow(BELENIOS_2048.g, value)
    for pair in combinations(sorted(factors), THRESHOLD):
        mask = combine_factors(BELENIOS_2048, {index: factors[index] for index in pair})
        if BELENIOS_2048.multiply(beta, BELENIOS_2048.inverse(mask)) != expected:
            raise RehearsalFailed(pair="、".join(map(str, pair)))


def _test_ciphertext(election: ElectionRow) -> tuple[Element, Element, int]:
    test: TestCiphertext | None = election.rehearsal
    if test is None:
        raise WrongShape(field="rehearsal", expected="defined election")
    alpha = element(test.alpha, BELENIOS_2048, "alpha")
    return alpha, element(test.beta, BELENIOS_2048, "beta"), test.value


def _given(message: Mapping[str, Any] | None) -> dict[str, Any]:
    if message is None:
        raise WrongShape(field="message", expected="given by every trustee")
    return dict(message)
