"""Test credentials: possession, secrecy of the secret, the published list."""

from __future__ import annotations

import pytest

from app.crypto.credentials import (
    Credential,
    parse_public_credentials,
    prove_possession,
    serialise_public_credentials,
    verify_possession,
)
from app.crypto.errors import BadPossession, ElementNotInGroup, IdentityElement, NotCanonical, WrongShape
from app.crypto.proofs import Proof
from app.errors import DomainError
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import Seeded

RANDOM = Seeded("credentials")
OWN, OTHER = (Credential.generate(RANDOM.below) for _ in range(2))
UUID = "2" * 14
PROOF = prove_possession(UUID, 17, OWN, RANDOM.below)


def test_possession_holds_here_and_in_the_reference() -> None:
    verify_possession(UUID, 17, OWN.public, PROOF)
    assert protocol.possession_holds(UUID, 17, int(OWN.public), PROOF.to_json())


@pytest.mark.parametrize(
    ("uuid", "voter", "public", "proof"),
    [
        ("3" * 14, 17, OWN.public, PROOF),
        (UUID, 18, OWN.public, PROOF),
        (UUID, 17, OTHER.public, PROOF),
        (UUID, 17, OWN.public, Proof(PROOF.challenge, PROOF.response + 1)),
        (UUID, 17, OWN.public, Proof(PROOF.challenge + 1, PROOF.response)),
    ],
)
def test_possession_fails_when_anything_differs(uuid: str, voter: int, public: int, proof: Proof) -> None:
    with pytest.raises(BadPossession):
        verify_possession(uuid, voter, public, proof)


@pytest.mark.parametrize(
    ("public", "error"), [(1, IdentityElement), (protocol.P - 1, ElementNotInGroup), (0, ElementNotInGroup)]
)
def test_possession_refuses_weak_keys(public: int, error: type[DomainError]) -> None:
    with pytest.raises(error):
        verify_possession(UUID, 17, public, PROOF)


def test_secret_is_not_shown() -> None:
    assert str(OWN.secret.value) not in repr(OWN)
    assert str(OWN.secret.value) not in f"{OWN.secret}"


def test_public_list_is_sorted_and_read_back() -> None:
    weights = {OWN.public: 12746, OTHER.public: 0}
    raw = serialise_public_credentials(weights)
    assert parse_public_credentials(raw) == weights
    assert raw == serialise_public_credentials(dict(reversed(weights.items())))


def test_public_list_gives_weight_one_when_none_is_written() -> None:
    assert parse_public_credentials(b'["9","8,3"]') == {9: 1, 8: 3}


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b'["9","9"]', WrongShape),
        (b'["9,"]', NotCanonical),
        (b'["9,-1"]', NotCanonical),
        (b'["9,1,login"]', NotCanonical),
        (b'["9,1.5"]', NotCanonical),
        (b'["x"]', NotCanonical),
        (b"[9]", WrongShape),
        (b"{}", WrongShape),
        (b'[ "9"]', NotCanonical),
    ],
)
def test_public_list_is_refused_when_broken(raw: bytes, error: type[DomainError]) -> None:
    with pytest.raises(error):
        parse_public_credentials(raw)
