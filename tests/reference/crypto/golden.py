"""Make the golden election and its damaged ballots from one seed; the vectors in tests/vectors/crypto are its output.

Write them anew with ``python -m tests.reference.crypto.golden`` after a deliberate change of the format.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.crypto.ballots import verify_ballot
from app.crypto.credentials import prove_possession
from app.crypto.decryption import encrypt_test_value
from app.crypto.encoding import sha256_hex
from app.crypto.hints import encode_commitments
from app.crypto.key_file import write_key_file
from tests.reference.crypto.damage import damaged_ballots
from tests.reference.crypto.elections import World, make_world, write_record

FOLDER = Path(__file__).parents[2] / "vectors" / "crypto"
WEIGHTS = (12746, 8932, 0)
PASSPHRASE = "青岚花园 correct horse"


def golden_files() -> dict[str, str]:
    """Return file name -> text of every vector."""
    make_world.cache_clear()
    world = make_world(seed="golden")
    election = _election(world)
    damaged = [{"name": name, "code": code, **_bytes(raw)} for name, (code, raw) in damaged_ballots(world).items()]
    return {"golden.json": _dump(election), "damaged_ballots.json": _dump(damaged)}


def _election(world: World) -> dict[str, Any]:
    random, uuid = world.random, world.election.uuid
    texts = [world.sample, world.cast(1, [[0, 1, 0]]), world.cast(2, [[0, 0, 0]]), world.cast(1, [[0, 0, 1]])]
    weights = {c.public: w for c, w in zip(world.credentials, WEIGHTS, strict=True)}
    archive, totals = write_record(world, texts, weights, (1, 3))
    possession = prove_possession(uuid, 17, world.credentials[0], random.below)
    key = world.trusted.keys[0]
    test = encrypt_test_value(world.election.group, world.election.public_key, 42, random.below)
    factor, proof = key.rehearse(world.trusted.shares[0], test, random.below)
    return {
        "election": world.election.raw.decode(),
        "fingerprint": world.election.fingerprint,
        "trustees": world.trusted.raw.decode(),
        "credential": {"secret": str(world.credentials[0].secret.value), "public": str(world.credentials[0].public)},
        "possession": {"voter": 17, "proof": possession.to_json()},
        "ballots": [{"ballot": text, "tracker": world.parse(text).tracker} for text in texts],
        "hints_sha256": sha256_hex(encode_commitments(verify_ballot(world.election, world.parse(texts[0])))),
        "weights": list(WEIGHTS),
        "totals": totals,
        "archive_sha256": sha256_hex(archive),
        "rehearsal": {"ciphertext": test.to_json(), "index": 1, "factor": str(factor), "proof": proof.to_json()},
        "key_file": {
            "passphrase": PASSPHRASE,
            "file": write_key_file(key, PASSPHRASE, random.bytes).decode(),
            "sk": str(key.sk.value),
            "dk": str(key.dk.value),
            "coefficients": [str(a.value) for a in key.coefficients],
        },
    }


def _bytes(raw: bytes) -> dict[str, str]:
    try:
        return {"ballot": raw.decode()}
    except UnicodeDecodeError:
        return {"ballot_hex": raw.hex()}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, content in golden_files().items():
        (FOLDER / name).write_text(content)
