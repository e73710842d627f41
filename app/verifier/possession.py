"""Own the examination of enrolments: every credential's proof of possession, with its kept commitment or without.

Source: ``app/crypto/PROTOCOL.md`` 4 (the proof) and 5 (kept commitments, which are never trusted).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.crypto.batch import require_members
from app.crypto.credentials import Possession, check_possession, possession_commitment
from app.crypto.encoding import decimal_text
from app.crypto.group import BELENIOS_2048, Element, ModularGroup
from app.crypto.hints import decode_element, encode_element
from app.crypto.proofs import parse_proof, require_member
from app.errors import DomainError
from app.verifier.enrolment import Enrolment, derive_enrolment
from app.verifier.leaves import Leaf


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one enrolment to be checked, as it stands in its leaf, with its hint (empty where none was kept)."""

    uuid: str
    voter: int
    public: str
    challenge: str
    response: str
    hint: bytes | memoryview = b""


def possession_claims(uuid: str, enrolment: Enrolment, hints: Sequence[bytes | memoryview] = ()) -> list[Claim]:
    """Return every enrolment in the order of its leaf; hints of another number belong to other enrolments and are left out."""
    kept = hints if len(hints) == len(enrolment.proofs) else [b""] * len(enrolment.proofs)
    return [
        Claim(uuid, enrolment.voters[public], public, proof.challenge, proof.response, hint)
        for (public, proof), hint in zip(enrolment.proofs.items(), kept, strict=True)
    ]


def enrolment_hints(uuid: str, leaves: Iterable[Leaf], group: ModularGroup = BELENIOS_2048) -> list[bytes]:
    """Return the commitment g^w of every enrolment of an election, in the order of the leaves: what a package keeps.

    ``leaves`` may be those of the whole complex. Raises Malformed or Inconsistent where enrolments contradict each other.
    """
    claims = possession_claims(uuid, derive_enrolment(leaf for leaf in leaves if getattr(leaf, "election", None) == uuid))
    return [encode_element(possession_commitment(_possession(claim, group), group), group) for claim in claims]


@dataclass(frozen=True)
class ReadClaims:
    """Hold some enrolments as read: those with a commitment, those without, and codes of unreadable ones by voter."""

    kept: list[tuple[Possession, Element]]
    bare: list[Possession]
    bad: dict[int, str]


def read_claims(claims: Iterable[Claim], group: ModularGroup) -> ReadClaims:
    """Read enrolments and their hints; an unreadable hint counts as none."""
    kept: list[tuple[Possession, Element]] = []
    bare: list[Possession] = []
    bad: dict[int, str] = {}
    for claim in claims:
        try:
            possession = _possession(claim, group)
        except DomainError as error:
            bad[claim.voter] = error.code
            continue
        if len(claim.hint) == group.element_bytes:
            kept.append((possession, decode_element(claim.hint)))
        else:
            bare.append(possession)
    return ReadClaims(kept, bare, bad)


def _possession(claim: Claim, group: ModularGroup) -> Possession:
    public = decimal_text(claim.public, group.element_digits, "credential")
    proof = parse_proof({"challenge": claim.challenge, "response": claim.response}, group, "enrolled")
    return Possession(claim.uuid, claim.voter, public, proof)


def verify_claims(claims: Sequence[Possession], group: ModularGroup) -> dict[int, str]:
    """Verify enrolments directly and return the code of what is wrong by voter number; empty when every proof holds.

    Membership of all credentials is tested at once; only when that fails, one by one to name the outsider.
    """
    members = _all_members(claims, group)
    bad: dict[int, str] = {}
    for claim in claims:
        try:
            if not members:
                require_member(group, claim.public, "credential")
            check_possession(claim, group)
        except DomainError as error:
            bad[claim.voter] = error.code
    return bad


def _all_members(claims: Sequence[Possession], group: ModularGroup) -> bool:
    publics = [claim.public for claim in claims]
    if 1 in publics:
        return False
    try:
        require_members(group, publics, secrets.randbits)
    except DomainError:
        return False
    return True
