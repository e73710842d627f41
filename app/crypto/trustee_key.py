"""Own a trustee's private side: the keys, the three rounds, the encrypted shares, the share x_j and its use.

Source: Belenios specification 1.x, "Trustees"; the channel for the shares is ours (``app/crypto/README.md`` section 6).
Trustees do this in their browser; this one serves tests, ``yeyi simulate``, the demo and a trustee who prefers a command
line. Secrets are drawn uniformly.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.decryption import decryption_factor, rehearsal_context
from app.crypto.election import Election
from app.crypto.encoding import decimal_text, dumps, element, fields, items, random_scalar, small_integer, text
from app.crypto.errors import BadShare, WrongShape
from app.crypto.group import Element, ModularGroup, RandBelow
from app.crypto.proofs import Ciphertext, Proof, Secret, prove_log, require_member, sign
from app.crypto.tally import EncryptedTally, PartialDecryption, partial_decryption
from app.crypto.trustees import (
    Ceremony,
    SignedMessage,
    VerificationKey,
    certs_message,
    parse_certificate,
    pok_prefix,
)

#: Draw n random bytes: ``secrets.token_bytes`` in production.
RandBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class EncryptedShare:
    """Hold s_ij for one recipient: kem = g^r, AES-256-GCM over the decimal string."""

    to: int
    kem: Element
    iv: bytes
    ciphertext: bytes

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of round 2."""
        return {"to": self.to, "kem": str(self.kem), "iv": _b64(self.iv), "ciphertext": _b64(self.ciphertext)}


@dataclass(frozen=True)
class TrusteeKey:
    """Hold all secrets of one trustee; x_j is recomputed from dk and the shares, so this key is enough for ever."""

    ceremony: Ceremony
    index: int
    sk: Secret
    dk: Secret
    coefficients: tuple[Secret, ...]

    @classmethod
    def generate(cls, ceremony: Ceremony, index: int, randbelow: RandBelow) -> TrusteeKey:
        """Draw the secrets of trustee ``index`` (from 1)."""
        q = ceremony.group.q
        coefficients = tuple(Secret(random_scalar(q, randbelow)) for _ in range(ceremony.threshold))
        return cls(ceremony, index, Secret(random_scalar(q, randbelow)), Secret(random_scalar(q, randbelow)), coefficients)

    # --- the three rounds -------------------------------------------------------------------------------------------

    def certificate(self, randbelow: RandBelow) -> SignedMessage:
        """Make the first message: both public keys, signed."""
        group, ceremony = self.ceremony.group, self.ceremony
        context = {"group": group.name, "size": ceremony.size, "threshold": ceremony.threshold, "index": self.index}
        table = group.fixed_base(group.g)
        keys = {"verification": str(table.pow(self.sk.value)), "encryption": str(table.pow(self.dk.value))}
        return self._signed(dumps({"context": context, **keys}), randbelow)

    def polynomial(self, certs: Sequence[SignedMessage], randbelow: RandBelow) -> tuple[SignedMessage, Proof]:
        """Make the second message: A_ik signed, and the signature over all certificates."""
        table = self.ceremony.group.fixed_base(self.ceremony.group.g)
        exponents = [table.pow(a.value) for a in self.coefficients]
        coefexps = self._signed(dumps({"coefexps": [str(x) for x in exponents]}), randbelow)
        signature = sign(self.ceremony.group, self.sk.value, certs_message(certs, exponents), randbelow)
        return coefexps, signature

    def encrypted_shares(
        self, certs: Sequence[SignedMessage], randbelow: RandBelow, randbytes: RandBytes
    ) -> list[EncryptedShare]:
        """Encrypt s_ij = f_i(j) for every trustee j, oneself included."""
        return [self._encrypt_share(to, cert, randbelow, randbytes) for to, cert in enumerate(certs, start=1)]

    def verification_key(self, share: Secret, randbelow: RandBelow) -> VerificationKey:
        """Make the third message from the own share x_j."""
        group = self.ceremony.group
        public = group.fixed_base(group.g).pow(share.value)
        pok = prove_log(group, share.value, pok_prefix(group, public), randbelow)
        return VerificationKey(pok, public, sign(group, self.sk.value, str(public), randbelow))

    # --- shares -----------------------------------------------------------------------------------------------------

    def open_share(self, sender: int, share: EncryptedShare, sender_polynomial: Sequence[Element]) -> int:
        """Decrypt s_ij from ``sender`` and check g^(s_ij) = prod_k A_ik^(j^k); raise BadShare."""
        group = self.ceremony.group
        require_member(group, share.kem, "kem")
        key = self._share_key(sender, self.index, share.kem, group.pow(share.kem, self.dk.value))
        try:
            plain = AESGCM(key).decrypt(share.iv, share.ciphertext, self._share_context(sender, self.index))
            value = decimal_text(plain.decode("ascii"), group.scalar_digits, "share")
        except (InvalidTag, ValueError):
            raise BadShare(sender=sender, reason="does not open") from None
        expected = group.product_of_powers((a, pow(self.index, k, int(group.q))) for k, a in enumerate(sender_polynomial))
        if value >= group.q or group.fixed_base(group.g).pow(value) != expected:
            raise BadShare(sender=sender, reason="not on the announced polynomial")
        return value

    def private_share(self, shares: Sequence[EncryptedShare], polynomials: Sequence[Sequence[Element]]) -> Secret:
        """Return x_j from what every trustee sent to this one, in order of sender; raise BadShare."""
        opened = [
            self.open_share(sender, share, polynomial)
            for sender, (share, polynomial) in enumerate(zip(shares, polynomials, strict=True), start=1)
        ]
        return Secret(sum(opened) % self.ceremony.group.q)

    # --- using the share --------------------------------------------------------------------------------------------

    def rehearse(self, share: Secret, test: Ciphertext, randbelow: RandBelow) -> tuple[Element, Proof]:
        """Make the factor and proof of the rehearsal for the test ciphertext."""
        group = self.ceremony.group
        public = group.fixed_base(group.g).pow(share.value)
        context = rehearsal_context(self.ceremony.election_uuid)
        return decryption_factor(group, share, public, test.alpha, context, randbelow)

    def decrypt(self, election: Election, tally: EncryptedTally, share: Secret, randbelow: RandBelow) -> PartialDecryption:
        """Make the partial decryption of the closed election's aggregate."""
        public = election.group.fixed_base(election.group.g).pow(share.value)
        return partial_decryption(election, tally, share, public, randbelow)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _signed(self, message: str, randbelow: RandBelow) -> SignedMessage:
        return SignedMessage(message, sign(self.ceremony.group, self.sk.value, message, randbelow))

    def _encrypt_share(self, to: int, cert: SignedMessage, randbelow: RandBelow, randbytes: RandBytes) -> EncryptedShare:
        group = self.ceremony.group
        value = sum(a.value * to**k for k, a in enumerate(self.coefficients)) % group.q
        r = random_scalar(group.q, randbelow)
        kem = group.fixed_base(group.g).pow(r)
        key = self._share_key(self.index, to, kem, group.pow(parse_certificate(cert, group).encryption, r))
        iv = randbytes(12)
        ciphertext = AESGCM(key).encrypt(iv, str(value).encode(), self._share_context(self.index, to))
        return EncryptedShare(to, kem, iv, ciphertext)

    def _share_key(self, sender: int, to: int, kem: Element, shared: Element) -> bytes:
        uuid = self.ceremony.election_uuid
        return hashlib.sha256(f"share|{uuid}|{sender}|{to}|{kem}|{shared}".encode()).digest()

    def _share_context(self, sender: int, to: int) -> bytes:
        return f"share|{self.ceremony.election_uuid}|{sender}|{to}".encode()


def parse_encrypted_shares(value: object, ceremony: Ceremony) -> list[EncryptedShare]:
    """Read the shares of a round-2 message, one per trustee in order; raise Malformed, ElementNotInGroup or IdentityElement."""
    shares = []
    for place, item in enumerate(items(value, ceremony.size, "shares"), start=1):
        to, kem, iv, ciphertext = fields(item, ("to", "kem", "iv", "ciphertext"), "share")
        if small_integer(to, "to") != place:
            raise WrongShape(field="to", expected=place)
        shares.append(EncryptedShare(place, _kem(kem, ceremony.group), _unb64(iv, 12), _unb64(ciphertext, None)))
    return shares


def _kem(value: object, group: ModularGroup) -> Element:
    return require_member(group, element(value, group, "kem"), "kem")


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _unb64(value: object, size: int | None) -> bytes:
    try:
        content = base64.b64decode(text(value, "base64"), validate=True)
    except (binascii.Error, ValueError):
        raise WrongShape(field="share", expected="base64") from None
    # A share is a decimal number below q and a 16-byte tag: anything longer is not one.
    if (size is not None and len(content) != size) or len(content) > 200:
        raise WrongShape(field="share", expected=size)
    return content
