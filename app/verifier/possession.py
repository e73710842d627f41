"""Own the examination of enrolments: every credential's proof of possession, on all cores.

Source: ``app/crypto/README.md``: challenge = H("enrol|" || uuid || "|" || voter || "|" || credential || "|" || g^w).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from app.crypto.batch import require_members
from app.crypto.credentials import verify_possession
from app.crypto.encoding import decimal_text
from app.crypto.errors import BadPossession
from app.crypto.group import ModularGroup, suite
from app.crypto.proofs import Proof, check_log, parse_proof
from app.errors import DomainError
from app.verifier.enrolment import Enrolment

_CHUNK = 128


@dataclass(frozen=True)
class Claim:
    """Hold one enrolment to be checked, as it stands in its leaf."""

    group: str
    uuid: str
    voter: int
    public: str
    challenge: str
    response: str


def possession_claims(group: str, uuid: str, enrolment: Enrolment) -> list[tuple[Claim, ...]]:
    """Return every enrolment, cut into pieces of work for ``examine_claims``."""
    claims = [
        Claim(group, uuid, enrolment.voters[public], public, proof.challenge, proof.response)
        for public, proof in enrolment.proofs.items()
    ]
    return [tuple(claims[at : at + _CHUNK]) for at in range(0, len(claims), _CHUNK)]


def examine_claims(_shared: object, claims: tuple[Claim, ...]) -> dict[int, str]:
    """Return the code of what is wrong by voter number; empty when every proof holds.

    Membership of all credentials is tested at once; only when that fails, one by one to name the outsider.
    """
    bad: dict[int, str] = {}
    parsed: list[tuple[Claim, ModularGroup, int, Proof]] = []
    for claim in claims:
        group = suite(claim.group)
        try:
            public = decimal_text(claim.public, group.element_digits, "credential")
            proof = parse_proof({"challenge": claim.challenge, "response": claim.response}, group, "enrolled")
            parsed.append((claim, group, public, proof))
        except DomainError as error:
            bad[claim.voter] = error.code
    verify = _verify_member if _all_members(parsed) else _verify_stranger
    for claim, group, public, proof in parsed:
        try:
            verify(claim, group, public, proof)
        except DomainError as error:
            bad[claim.voter] = error.code
    return bad


def _all_members(parsed: Sequence[tuple[Claim, ModularGroup, int, Proof]]) -> bool:
    publics = [public for _, _, public, _ in parsed]
    if not parsed or 1 in publics:
        return False
    try:
        require_members(parsed[0][1], publics, secrets.randbits)
    except DomainError:
        return False
    return True


def _verify_member(claim: Claim, group: ModularGroup, public: int, proof: Proof) -> None:
    """Check the proof of a credential that is known to be a member of the group."""
    prefix = f"enrol|{claim.uuid}|{claim.voter}|{public}|"
    if not check_log(group, public, prefix, proof)[0]:
        raise BadPossession(voter=claim.voter)


def _verify_stranger(claim: Claim, group: ModularGroup, public: int, proof: Proof) -> None:
    verify_possession(claim.uuid, claim.voter, public, proof, group)
