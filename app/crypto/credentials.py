"""Own the voters' credentials: key pairs, the proof of possession at enrolment, and the published list with weights.

Source: Belenios specification 1.x, "Credentials" and "Public credentials"; the proof of possession is ours
(``app/crypto/README.md``): challenge = H("enrol|" || uuid || "|" || voter number || "|" || credential || "|" || g^w).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.crypto.bigint import mpz
from app.crypto.encoding import decimal_text, dumps, items, loads_canonical, random_scalar, require_decimal, text
from app.crypto.errors import BadPossession, NotCanonical, WrongShape
from app.crypto.group import BELENIOS_2048, Element, ModularGroup, RandBelow
from app.crypto.proofs import Proof, Secret, check_log, prove_log, require_member

#: Weights are areas in 0.01 m2; 10^15 of them is more than any country.
_WEIGHT_DIGITS: Final = 15
_MAX_LIST_BYTES: Final = 200_000_000


@dataclass(frozen=True, slots=True)
class Credential:
    """Hold a voter's key pair: secret exponent s and public key g^s."""

    secret: Secret
    public: Element

    @classmethod
    def generate(cls, randbelow: RandBelow, group: ModularGroup = BELENIOS_2048) -> Credential:
        """Draw a fresh key pair; the secret is uniform, never derived by H."""
        secret = random_scalar(group.q, randbelow)
        return cls(Secret(secret), group.fixed_base(group.g).pow(secret))


@dataclass(frozen=True, slots=True)
class Possession:
    """Hold one enrolment as it is claimed: the voter of this number (1..n) holds the secret of this public key."""

    election_uuid: str
    voter: int
    public: Element
    proof: Proof

    @property
    def prefix(self) -> str:
        """Return what precedes the commitment in the hash of the proof."""
        return _possession_prefix(self.election_uuid, self.voter, self.public)


def prove_possession(
    election_uuid: str,
    voter_number: int,
    credential: Credential,
    randbelow: RandBelow,
    group: ModularGroup = BELENIOS_2048,
) -> Proof:
    """Prove at enrolment that the enroller holds the secret, for this election and this voter number (1..n)."""
    prefix = _possession_prefix(election_uuid, voter_number, credential.public)
    return prove_log(group, credential.secret.value, prefix, randbelow)


def verify_possession(
    election_uuid: str, voter_number: int, public: Element, proof: Proof, group: ModularGroup = BELENIOS_2048
) -> None:
    """Check an enrolment; raise ElementNotInGroup, IdentityElement or BadPossession."""
    require_member(group, public, "credential")
    check_possession(Possession(election_uuid, voter_number, public, proof), group)


def check_possession(claim: Possession, group: ModularGroup = BELENIOS_2048) -> None:
    """Check the proof of a key that is known to be a member; raise BadPossession."""
    if not check_log(group, claim.public, claim.prefix, claim.proof)[0]:
        raise BadPossession(voter=claim.voter)


def possession_commitment(claim: Possession, group: ModularGroup = BELENIOS_2048) -> Element:
    """Return the commitment g^w of a proof, to be kept as a hint; nothing is said of the proof itself."""
    return check_log(group, claim.public, claim.prefix, claim.proof)[1][0]


def _possession_prefix(election_uuid: str, voter_number: int, public: Element) -> str:
    return f"enrol|{election_uuid}|{voter_number}|{public}|"


def serialise_public_credentials(weights: Mapping[Element, int]) -> bytes:
    """Return the published list ``["<key>,<weight>",...]``, sorted as text so that the order tells nothing."""
    return dumps(sorted(f"{public},{weight}" for public, weight in weights.items())).encode()


def parse_public_credentials(raw: bytes, group: ModularGroup = BELENIOS_2048) -> dict[Element, int]:
    """Return credential -> weight in the published order (weight 1 where none is given); raise Malformed.

    Keys are not tested for membership here: only those that vote matter, and ``verify_ballot`` tests them.
    """
    return {mpz(key): weight for key, weight in published_weights(raw, group).items()}


def published_weights(raw: bytes, group: ModularGroup = BELENIOS_2048) -> dict[str, int]:
    """Return the same with each credential as its decimal text, of which a number has only one; raise Malformed."""
    weights: dict[str, int] = {}
    for line in items(loads_canonical(raw, _MAX_LIST_BYTES), None, "public_credentials"):
        key, comma, weight = text(line, "public_credentials").partition(",")
        if key in weights:
            raise WrongShape(field="public_credentials", expected="distinct keys")
        if comma and not weight:
            raise NotCanonical(field="weight")
        require_decimal(key, group.element_digits, "credential")
        weights[key] = int(decimal_text(weight, _WEIGHT_DIGITS, "weight")) if comma else 1
    return weights
