"""Own what a ``trustee_round`` leaf binds: the exact text of a trustee's public message, as it later stands in trustees.json.

Source: app/crypto/PROTOCOL.md 6 (known weaknesses): first messages are on the record before the second round begins. The
encrypted shares of round 2 are not part of the text: they are for the trustees alone and not in the record.
"""

from __future__ import annotations

from app.crypto.encoding import dumps, sha256_hex
from app.crypto.proofs import Proof
from app.crypto.trustees import SignedMessage, Trustees, VerificationKey
from app.verifier.errors import MalformedPart


def round_one_sha256(cert: SignedMessage) -> str:
    """Return the digest of a certificate: SHA-256 of ``{"message","signature"}``, compact."""
    return sha256_hex(dumps(cert.to_json()))


def round_two_sha256(coefexps: SignedMessage, signature: Proof) -> str:
    """Return the digest of a polynomial: SHA-256 of ``{"coefexps":{...},"signature":{...}}``, compact."""
    return sha256_hex(dumps({"coefexps": coefexps.to_json(), "signature": signature.to_json()}))


def round_three_sha256(key: VerificationKey) -> str:
    """Return the digest of a verification key: SHA-256 of ``{"pok","public_key","signature"}``, compact."""
    return sha256_hex(dumps(key.to_json()))


def trustee_round_sha256(trustees: Trustees, number: int, index: int) -> str:
    """Return the digest of trustee ``index``'s message (from 1) of round 1, 2 or 3, from trustees.json.

    :raises MalformedPart: the trustees are in the 2.0 shape, which keeps no signature of the second round
    """
    at = index - 1
    if trustees.signatures is None:
        raise MalformedPart(where="trustees", reason="no_signatures")
    if number == 1:
        return round_one_sha256(trustees.certs[at])
    if number == 2:
        return round_two_sha256(trustees.coefexps[at], trustees.signatures[at])
    return round_three_sha256(trustees.verification_keys[at])
