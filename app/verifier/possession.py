"""Own the examination of enrolments: every credential's proof of possession, on all cores.

Source: ``app/crypto/README.md``: challenge = H("enrol|" || uuid || "|" || voter || "|" || credential || "|" || g^w).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.crypto.credentials import verify_possession
from app.crypto.encoding import decimal_text
from app.crypto.group import suite
from app.crypto.proofs import parse_proof
from app.errors import DomainError
from app.verifier.enrolment import Enrolment
from app.verifier.parallel import spread

_CHUNK = 64


@dataclass(frozen=True)
class Claim:
    """Hold one enrolment to be checked, as it stands in its leaf."""

    group: str
    uuid: str
    voter: int
    public: str
    challenge: str
    response: str


def examine_possession(group: str, uuid: str, enrolment: Enrolment, processes: int) -> Mapping[int, str]:
    """Return the code of what is wrong by voter number; empty when every proof holds."""
    claims = [
        Claim(group, uuid, enrolment.voters[public], public, proof.challenge, proof.response)
        for public, proof in enrolment.proofs.items()
    ]
    chunks = [tuple(claims[at : at + _CHUNK]) for at in range(0, len(claims), _CHUNK)]
    return {voter: code for bad in spread(examine_claims, chunks, processes) for voter, code in bad.items()}


def examine_claims(claims: tuple[Claim, ...]) -> dict[int, str]:
    """Check some enrolments one by one."""
    bad: dict[int, str] = {}
    for claim in claims:
        group = suite(claim.group)
        try:
            public = decimal_text(claim.public, group.element_digits, "credential")
            proof = parse_proof({"challenge": claim.challenge, "response": claim.response}, group, "enrolled")
            verify_possession(claim.uuid, claim.voter, public, proof, group)
        except DomainError as error:
            bad[claim.voter] = error.code
    return bad
