"""Test that the golden election is the same, byte for byte, on every run and platform, and true."""

from __future__ import annotations

import json

import pytest

from app.crypto.credentials import verify_possession
from app.crypto.decryption import check_decryption_factor, rehearsal_context
from app.crypto.election import Election
from app.crypto.key_file import open_key_file
from app.crypto.proofs import parse_proof
from app.crypto.trustees import Ceremony, parse_trustees, verify_trustees
from tests.reference.crypto.golden import FOLDER, golden_files

GOLDEN = json.loads((FOLDER / "golden.json").read_text())
ELECTION = Election.parse(GOLDEN["election"].encode())


@pytest.mark.parametrize("name", ["golden.json", "damaged_ballots.json"])
def test_golden_files_are_made_again_byte_for_byte(name: str) -> None:
    assert golden_files()[name] == (FOLDER / name).read_text()


def test_golden_trustees_make_the_golden_key() -> None:
    verify_trustees(parse_trustees(GOLDEN["trustees"].encode()), ELECTION.public_key)


def test_golden_possession_holds() -> None:
    proof = parse_proof(GOLDEN["possession"]["proof"], ELECTION.group, "proof")
    verify_possession(ELECTION.uuid, GOLDEN["possession"]["voter"], int(GOLDEN["credential"]["public"]), proof)


def test_golden_rehearsal_holds() -> None:
    item = GOLDEN["rehearsal"]
    public = parse_trustees(GOLDEN["trustees"].encode()).public_share(item["index"])
    proof = parse_proof(item["proof"], ELECTION.group, "proof")
    alpha, factor = int(item["ciphertext"]["alpha"]), int(item["factor"])
    check_decryption_factor(ELECTION.group, public, alpha, factor, proof, rehearsal_context(ELECTION.uuid))


def test_golden_key_file_opens() -> None:
    item = GOLDEN["key_file"]
    key = open_key_file(Ceremony(ELECTION.uuid, 3, 2), item["file"].encode(), item["passphrase"])
    assert [str(key.sk.value), str(key.dk.value)] == [item["sk"], item["dk"]]
    assert [str(a.value) for a in key.coefficients] == item["coefficients"]
