"""Own the trustees' public side: the messages of the three rounds, their verification, the joint key, ``trustees.json``.

Source: Belenios specification 1.x, "Trustees" (Pedersen threshold), letters as there (A_ik, s_ij, x_j, X_j, y). The
encrypted shares are ours (``app/crypto/README.md`` section 6). A trustee's private side is ``trustee_key``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.crypto.encoding import dumps, element, fields, items, loads_canonical, small_integer, text
from app.crypto.errors import (
    BadCertificate,
    BadCoefficients,
    BadTrustees,
    BadVerificationKey,
    NotJson,
    WrongShape,
)
from app.crypto.group import BELENIOS_2048, Element, Group, ModularGroup
from app.crypto.proofs import Proof, check_log, check_signature, parse_proof, require_member

_MAX_BYTES: Final = 1_000_000
_MAX_TRUSTEES: Final = 50


@dataclass(frozen=True, slots=True)
class Ceremony:
    """Hold what all trustees agree on before the first round."""

    election_uuid: str
    size: int
    threshold: int
    group: ModularGroup = BELENIOS_2048


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """Hold a message as the exact text that is signed."""

    message: str
    signature: Proof

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of the specification."""
        return {"message": self.message, "signature": self.signature.to_json()}


@dataclass(frozen=True, slots=True)
class Certificate:
    """Hold a trustee's two public keys: g^sk for signatures and g^dk for shares; ``context`` is absent in the 2.0 shape."""

    verification: Element
    encryption: Element
    context: tuple[str, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """Hold X_j = g^(x_j) with its proof of knowledge; the signature is absent in the 2.0 shape."""

    pok: Proof
    public_key: Element
    signature: Proof | None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of the specification."""
        value: dict[str, Any] = {"pok": self.pok.to_json(), "public_key": str(self.public_key)}
        if self.signature is not None:
            value["signature"] = self.signature.to_json()
        return value


# --- parsing and verifying the rounds -------------------------------------------------------------------------------


def parse_signed_message(value: object, group: Group) -> SignedMessage:
    """Parse ``{"message","signature"}``; raise Malformed."""
    message, signature = fields(value, ("message", "signature"), "signed message")
    return SignedMessage(text(message, "message"), parse_proof(signature, group, "signature"))


def parse_certificate(signed: SignedMessage, group: ModularGroup) -> Certificate:
    """Read a certificate's message in the 3.x or the 2.0 shape; raise Malformed."""
    value = _inner(signed.message)
    context = None
    if isinstance(value, dict) and "context" in value:
        inner, verification, encryption = fields(value, ("context", "verification", "encryption"), "certificate")
        name, *numbers = fields(inner, ("group", "size", "threshold", "index"), "context")
        size, threshold, index = (small_integer(number, "context") for number in numbers)
        context = (text(name, "group"), size, threshold, index)
    else:
        verification, encryption = fields(value, ("verification", "encryption"), "certificate")
    return Certificate(element(verification, group, "verification"), element(encryption, group, "encryption"), context)


def verify_certificate(
    ceremony: Ceremony, index: int, signed: SignedMessage, others: Sequence[Certificate] = ()
) -> Certificate:
    """Check a first message for the place ``index`` (from 1); no key may be another's or its inverse.

    Raise Malformed, ElementNotInGroup, IdentityElement or BadCertificate.
    """
    group = ceremony.group
    certificate = parse_certificate(signed, group)
    if certificate.context != (group.name, ceremony.size, ceremony.threshold, index):
        raise BadCertificate(reason="context", index=index)
    _check_certificate_keys(group, certificate, signed, index)
    for other in others:
        theirs = (other.verification, other.encryption)
        for key in (certificate.verification, certificate.encryption):
            if key in theirs or group.inverse(key) in theirs:
                raise BadCertificate(reason="key of another trustee", index=index)
    return certificate


def parse_coefficients(signed: SignedMessage, group: ModularGroup, threshold: int) -> tuple[Element, ...]:
    """Read A_i0 .. A_i(t-1) from a second message; raise Malformed."""
    (exponents,) = fields(_inner(signed.message), ("coefexps",), "coefexps")
    return tuple(element(x, group, "coefexps") for x in items(exponents, threshold, "coefexps"))


def verify_coefficients(
    ceremony: Ceremony, index: int, certs: Sequence[SignedMessage], coefexps: SignedMessage, signature: Proof
) -> tuple[Element, ...]:
    """Check a second message against all certificates.

    Raise Malformed, ElementNotInGroup, IdentityElement or BadCoefficients.
    """
    group = ceremony.group
    certificate = parse_certificate(certs[index - 1], group)
    coefficients = _check_coefficients(group, certificate, coefexps, ceremony.threshold, index)
    if not check_signature(group, certificate.verification, certs_message(certs, coefficients), signature):
        raise BadCoefficients(reason="signature over certificates", index=index)
    return coefficients


def certs_message(certs: Sequence[SignedMessage], coefficients: Sequence[Element]) -> str:
    """Return the text by which a trustee binds its polynomial to everybody's certificates."""
    value = {"certs": [cert.to_json() for cert in certs], "coefexps": [str(x) for x in coefficients]}
    return f"certs_sig|{dumps(value)}"


def parse_verification_key(value: object, group: ModularGroup) -> VerificationKey:
    """Read a third message in the 3.x or the 2.0 shape; raise Malformed."""
    signed = isinstance(value, dict) and "signature" in value
    pok, public_key, *signature = fields(value, ["pok", "public_key"] + ["signature"] * signed, "verification key")
    return VerificationKey(
        parse_proof(pok, group, "pok"),
        element(public_key, group, "public_key"),
        parse_proof(signature[0], group, "signature") if signed else None,
    )


def verify_verification_key(
    ceremony: Ceremony,
    index: int,
    certs: Sequence[SignedMessage],
    polynomials: Sequence[Sequence[Element]],
    key: VerificationKey,
) -> None:
    """Check a third message: X_j lies on the sum of the polynomials, is proved and signed; raise BadVerificationKey."""
    if key.signature is None:
        raise BadVerificationKey(reason="signature missing", index=index)
    verification = parse_certificate(certs[index - 1], ceremony.group).verification
    _check_verification_key(ceremony.group, index, verification, polynomials, key)


def public_share(group: Group, polynomials: Sequence[Sequence[Element]], index: int) -> Element:
    """Return X_j = prod_i prod_k A_ik^(j^k)."""
    return group.product_of_powers(
        (a, pow(index, k, int(group.q))) for coefficients in polynomials for k, a in enumerate(coefficients)
    )


def joint_public_key(group: Group, polynomials: Sequence[Sequence[Element]]) -> Element:
    """Return y = prod_i A_i0; raise IdentityElement when it is the identity."""
    y = group.multiply(*(coefficients[0] for coefficients in polynomials))
    return require_member(group, y, "public_key")


def pok_prefix(group: Group, public_key: Element) -> str:
    """Return what precedes the commitment in the proof of knowledge of x_j."""
    return f"pok|{group.name}|{public_key}|"


# --- trustees.json --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trustees:
    """Hold the one Pedersen item of trustees.json; ``signatures`` is absent in the 2.0 shape."""

    group: ModularGroup
    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...] | None
    verification_keys: tuple[VerificationKey, ...]

    @property
    def size(self) -> int:
        """Return the number of trustees."""
        return len(self.certs)

    def polynomials(self) -> list[tuple[Element, ...]]:
        """Return A_ik of every trustee i."""
        return [parse_coefficients(signed, self.group, self.threshold) for signed in self.coefexps]

    @property
    def public_key(self) -> Element:
        """Return the joint public key y."""
        return joint_public_key(self.group, self.polynomials())

    def public_share(self, index: int) -> Element:
        """Return X_j of trustee ``index`` (from 1); raise BadTrustees when there is none."""
        if not 1 <= index <= self.size:
            raise BadTrustees(reason="no such trustee", index=index)
        return self.verification_keys[index - 1].public_key


def trustees_json(
    threshold: int,
    certs: Sequence[SignedMessage],
    coefexps: Sequence[SignedMessage],
    signatures: Sequence[Proof],
    verification_keys: Sequence[VerificationKey],
) -> bytes:
    """Return the bytes of trustees.json in the 3.x shape."""
    pedersen = {
        "threshold": threshold,
        "certs": [cert.to_json() for cert in certs],
        "coefexps": [signed.to_json() for signed in coefexps],
        "signatures": [signature.to_json() for signature in signatures],
        "verification_keys": [key.to_json() for key in verification_keys],
    }
    return dumps([["Pedersen", pedersen]]).encode()


def parse_trustees(raw: bytes, group: ModularGroup = BELENIOS_2048) -> Trustees:
    """Read trustees.json, 3.x or 2.0 shape, with exactly one Pedersen item; raise Malformed. Nothing is verified yet."""
    (item,) = items(loads_canonical(raw, _MAX_BYTES), 1, "trustees")
    kind, value = items(item, 2, "trustees")
    if kind != "Pedersen" or not isinstance(value, dict):
        raise WrongShape(field="trustees", expected="Pedersen")
    signed = "signatures" in value
    names = ["threshold", "certs", "coefexps"] + ["signatures"] * signed + ["verification_keys"]
    threshold, certs, coefexps, *signatures, keys = fields(value, names, "Pedersen")
    count = len(items(certs, None, "certs"))
    if not 1 <= small_integer(threshold, "threshold") <= count <= _MAX_TRUSTEES:
        raise WrongShape(field="threshold", expected="1 <= threshold <= trustees")
    return Trustees(
        group=group,
        threshold=threshold,
        certs=tuple(parse_signed_message(cert, group) for cert in certs),
        coefexps=tuple(parse_signed_message(signed, group) for signed in items(coefexps, count, "coefexps")),
        signatures=tuple(parse_proof(p, group, "signatures") for p in items(signatures[0], count, "signatures"))
        if signed
        else None,
        verification_keys=tuple(parse_verification_key(key, group) for key in items(keys, count, "verification_keys")),
    )


def verify_trustees(trustees: Trustees, public_key: Element) -> None:
    """Check every message of the ceremony as far as its shape carries one, and that together they make the election's key.

    Raise the VerificationFailed that names the first fault.
    """
    group = trustees.group
    certificates = [parse_certificate(signed, group) for signed in trustees.certs]
    polynomials = []
    for index, (certificate, cert, coefexps) in enumerate(
        zip(certificates, trustees.certs, trustees.coefexps, strict=True), start=1
    ):
        if certificate.context not in (None, (group.name, trustees.size, trustees.threshold, index)):
            raise BadCertificate(reason="context", index=index)
        _check_certificate_keys(group, certificate, cert, index)
        polynomials.append(_check_coefficients(group, certificate, coefexps, trustees.threshold, index))
    _check_certs_signatures(trustees, certificates, polynomials)
    for index, key in enumerate(trustees.verification_keys, start=1):
        _check_verification_key(group, index, certificates[index - 1].verification, polynomials, key)
    if joint_public_key(group, polynomials) != public_key:
        raise BadTrustees(reason="public key")


# --- the checks -----------------------------------------------------------------------------------------------------


def _check_certificate_keys(group: Group, certificate: Certificate, signed: SignedMessage, index: int) -> None:
    require_member(group, certificate.verification, "verification")
    require_member(group, certificate.encryption, "encryption")
    if not check_signature(group, certificate.verification, signed.message, signed.signature):
        raise BadCertificate(reason="signature", index=index)


def _check_coefficients(
    group: ModularGroup, certificate: Certificate, signed: SignedMessage, threshold: int, index: int
) -> tuple[Element, ...]:
    coefficients = parse_coefficients(signed, group, threshold)
    for a in coefficients:
        require_member(group, a, "coefexps")
    if not check_signature(group, certificate.verification, signed.message, signed.signature):
        raise BadCoefficients(reason="signature", index=index)
    return coefficients


def _check_certs_signatures(
    trustees: Trustees, certificates: Sequence[Certificate], polynomials: Sequence[Sequence[Element]]
) -> None:
    if trustees.signatures is None:
        return
    for index, signature in enumerate(trustees.signatures, start=1):
        message = certs_message(trustees.certs, polynomials[index - 1])
        if not check_signature(trustees.group, certificates[index - 1].verification, message, signature):
            raise BadCoefficients(reason="signature over certificates", index=index)


def _check_verification_key(
    group: Group, index: int, verification: Element, polynomials: Sequence[Sequence[Element]], key: VerificationKey
) -> None:
    require_member(group, key.public_key, "verification_keys")
    if key.public_key != public_share(group, polynomials, index):
        raise BadVerificationKey(reason="not on the polynomials", index=index)
    if not check_log(group, key.public_key, pok_prefix(group, key.public_key), key.pok)[0]:
        raise BadVerificationKey(reason="proof of knowledge", index=index)
    if key.signature is not None and not check_signature(group, verification, str(key.public_key), key.signature):
        raise BadVerificationKey(reason="signature", index=index)


def _inner(message: str) -> Any:
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        raise NotJson(field="message") from None
