"""Test the tamper table line by line: after each change, with the hash chain rebuilt, ours names the fault.

The outside tool's verdict stands beside it, as measured with its version 2.0: rejected or accepted. Where it accepts, our own
check is the only one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.crypto.archive import Archive, ArchiveWriter, read_archive
from app.crypto.credentials import Credential, parse_public_credentials, serialise_public_credentials
from app.crypto.encoding import dumps
from app.crypto.tally import (
    combine,
    effective_ballots,
    encrypted_tally,
    parse_partial_decryption,
    result_json,
    tally_json,
    total_weight,
)
from app.errors import DomainError
from tests.interop import belenios
from tests.reference.crypto.elections import World, make_world, resign, write_record
from tests.reference.crypto.whole import verify_archive

pytestmark = pytest.mark.interop

REJECTED, ACCEPTED = True, False


@dataclass
class Scene:
    """Hold a good record and everything an attacker with all keys could use."""

    world: World
    archive: Archive

    def write(self, archive: Archive) -> bytes:
        return ArchiveWriter.resume(archive).getvalue()

    def consistent(self, ballots: list[bytes], credentials: bytes | None = None) -> Archive:
        """Return the archive with other ballots and everything after them made anew, as dishonest trustees would."""
        world, listed = self.world, credentials or self.archive.credentials
        weights = parse_public_credentials(listed)
        parsed = [world.parse(raw.decode()) for raw in ballots]
        tally = encrypted_tally(world.election, parsed, weights)
        partials = {
            index: world.trusted.keys[index - 1].decrypt(
                world.election, tally, world.trusted.shares[index - 1], world.random.below
            )
            for index in (1, 2)
        }
        weight = total_weight(parsed, weights)
        return replace(
            self.archive,
            credentials=listed,
            ballots=ballots,
            encrypted_tally=tally_json(tally),
            num_tallied=len(effective_ballots(parsed)),
            total_weight=weight,
            partial_decryptions=[(index, partial.to_json()) for index, partial in partials.items()],
            result=result_json(combine(world.election, 2, tally, partials, 3 * weight)),
        )


@pytest.fixture(scope="module")
def scene() -> Scene:
    world = make_world(voters=4)
    texts = [world.cast(0, [[1, 0, 0]]), world.cast(1, [[0, 1, 0]]), world.cast(2, [[0, 0, 1]]), world.cast(1, [[1, 0, 0]])]
    weights = {c.public: w for c, w in zip(world.credentials, (12746, 8932, 7001, 0), strict=True)}
    return Scene(world, read_archive(write_record(world, texts, weights, (1, 2))[0]))


# --- the changes ------------------------------------------------------------------------------------------------------


def _weight_altered(scene: Scene) -> Archive:
    weights = parse_public_credentials(scene.archive.credentials)
    weights[scene.world.credentials[0].public] += 1
    return replace(scene.archive, credentials=serialise_public_credentials(weights))


def _ballot_dropped(scene: Scene) -> Archive:
    return replace(scene.archive, ballots=scene.archive.ballots[1:])


def _ballot_swapped(scene: Scene) -> Archive:
    other = scene.world.cast(0, [[0, 1, 0]]).encode()
    return replace(scene.archive, ballots=[other, *scene.archive.ballots[1:]])


def _edited_ballot(scene: Scene, edit: Callable[[dict[str, Any]], None], signed: bool) -> Archive:
    value = json.loads(scene.archive.ballots[0])
    edit(value)
    text = resign(scene.world, value) if signed else dumps(value)
    return scene.consistent([text.encode(), *scene.archive.ballots[1:]])


def _add_one(proof: dict[str, str], q: int) -> None:
    proof["response"] = str((int(proof["response"]) + 1) % q)


def _signature_wrong(scene: Scene) -> Archive:
    q = int(scene.world.election.group.q)
    return _edited_ballot(scene, lambda value: _add_one(value["signature"]["proof"], q), signed=False)


def _individual_proof_wrong(scene: Scene) -> Archive:
    q = int(scene.world.election.group.q)
    return _edited_ballot(scene, lambda value: _add_one(value["answers"][0]["individual_proofs"][1][0], q), signed=True)


def _overall_proof_wrong(scene: Scene) -> Archive:
    q = int(scene.world.election.group.q)
    return _edited_ballot(scene, lambda value: _add_one(value["answers"][0]["overall_proof"][0], q), signed=True)


def _double_weight(scene: Scene) -> Archive:
    group = scene.world.election.group

    def edit(value: dict[str, Any]) -> None:
        choice = value["answers"][0]["choices"][0]
        choice["beta"] = str(group.multiply(int(choice["beta"]), group.g))

    return _edited_ballot(scene, edit, signed=True)


def _unlisted_credential(scene: Scene) -> Archive:
    world = scene.world
    stranger = replace(world, credentials=(Credential.generate(world.random.below),))
    return replace(scene.archive, ballots=[*scene.archive.ballots, stranger.cast(0, [[1, 0, 0]]).encode()])


def _not_canonical(scene: Scene) -> Archive:
    spaced = scene.archive.ballots[0].replace(b'":"', b'": "', 1)
    return replace(scene.archive, ballots=[spaced, *scene.archive.ballots[1:]])


def _ballot_twice(scene: Scene) -> Archive:
    return replace(scene.archive, ballots=[*scene.archive.ballots, scene.archive.ballots[-1]])


def _tally_wrong(scene: Scene) -> Archive:
    assert scene.archive.encrypted_tally is not None
    rows = json.loads(scene.archive.encrypted_tally)
    rows[0][0], rows[0][1] = rows[0][1], rows[0][0]
    return replace(scene.archive, encrypted_tally=dumps(rows).encode())


def _number_wrong(scene: Scene) -> Archive:
    return replace(scene.archive, num_tallied=scene.archive.num_tallied + 1)


def _total_wrong(scene: Scene) -> Archive:
    return replace(scene.archive, total_weight=scene.archive.total_weight + 1)


def _partial_wrong(scene: Scene) -> Archive:
    (owner, raw), *rest = scene.archive.partial_decryptions
    partial = parse_partial_decryption(scene.world.election, raw)
    group = scene.world.election.group
    first, *others = partial.decryption_factors[0]
    changed = replace(partial, decryption_factors=((group.multiply(first, group.g), *others),))
    return replace(scene.archive, partial_decryptions=[(owner, changed.to_json()), *rest])


def _owner_wrong(scene: Scene) -> Archive:
    (_, raw), *rest = scene.archive.partial_decryptions
    return replace(scene.archive, partial_decryptions=[(3, raw), *rest])


def _owner_unknown(scene: Scene) -> Archive:
    (_, raw), *rest = scene.archive.partial_decryptions
    return replace(scene.archive, partial_decryptions=[(4, raw), *rest])


def _one_decryption_missing(scene: Scene) -> Archive:
    return replace(scene.archive, partial_decryptions=scene.archive.partial_decryptions[:1])


def _result_wrong(scene: Scene) -> Archive:
    assert scene.archive.result is not None
    totals = json.loads(scene.archive.result)["result"]
    totals[0][0], totals[0][1] = totals[0][1], totals[0][0]
    return replace(scene.archive, result=result_json(totals))


#: change -> (our code, the tool's verdict); the tool's 2.0 column of the table
TABLE: dict[str, tuple[Callable[[Scene], Archive], str, bool]] = {
    "a weight altered after the tally": (_weight_altered, "wrong_encrypted_tally", REJECTED),
    "a counted ballot dropped": (_ballot_dropped, "wrong_encrypted_tally", REJECTED),
    "a ballot choice swapped": (_ballot_swapped, "wrong_encrypted_tally", REJECTED),
    "ballot signature wrong, tally consistent": (_signature_wrong, "bad_signature", REJECTED),
    "individual proof wrong, tally consistent": (_individual_proof_wrong, "bad_individual_proof", REJECTED),
    "overall proof wrong, tally consistent": (_overall_proof_wrong, "bad_overall_proof", REJECTED),
    "one mark counted twice, tally consistent": (_double_weight, "bad_individual_proof", REJECTED),
    "ballot by an unlisted credential": (_unlisted_credential, "unlisted_credential", REJECTED),
    "ballot JSON not canonical": (_not_canonical, "not_canonical", REJECTED),
    "the same ballot twice in the box": (_ballot_twice, "repeated_ciphertext", ACCEPTED),
    "published encrypted tally wrong": (_tally_wrong, "wrong_encrypted_tally", ACCEPTED),
    "num_tallied wrong": (_number_wrong, "wrong_num_tallied", ACCEPTED),
    "total_weight wrong": (_total_wrong, "wrong_total_weight", ACCEPTED),
    "partial decryption wrong": (_partial_wrong, "bad_partial_decryption", REJECTED),
    "partial decryption of the wrong owner": (_owner_wrong, "bad_partial_decryption", REJECTED),
    "partial decryption of an unknown owner": (_owner_unknown, "bad_trustees", REJECTED),
    "a partial decryption missing": (_one_decryption_missing, "not_enough_trustees", REJECTED),
    "result wrong": (_result_wrong, "wrong_result", REJECTED),
}


def test_the_untouched_record_is_accepted_by_both(scene: Scene, tmp_path: Path) -> None:
    raw = scene.write(scene.archive)
    verify_archive(raw)
    assert belenios.accepts(tmp_path, raw, scene.world.election.uuid)
    again = scene.write(scene.consistent(scene.archive.ballots))
    verify_archive(again)


@pytest.mark.parametrize("change", TABLE)
def test_change_is_named_by_ours(change: str, scene: Scene) -> None:
    edit, code, _ = TABLE[change]
    with pytest.raises(DomainError) as refusal:
        verify_archive(scene.write(edit(scene)))
    assert refusal.value.code == code


@pytest.mark.parametrize("change", TABLE)
def test_change_is_judged_by_the_tool_as_the_table_says(change: str, scene: Scene, tmp_path: Path) -> None:
    edit, _, rejected = TABLE[change]
    assert belenios.accepts(tmp_path, scene.write(edit(scene)), scene.world.election.uuid) is not rejected


def test_one_byte_changed_without_the_chain_is_refused_by_both(scene: Scene, tmp_path: Path) -> None:
    raw = bytearray(scene.write(scene.archive))
    at = raw.index(b'"alpha":"') + 9
    raw[at] = ord("1") if raw[at] != ord("1") else ord("2")
    with pytest.raises(DomainError):
        verify_archive(bytes(raw))
    assert not belenios.accepts(tmp_path, bytes(raw), scene.world.election.uuid)
