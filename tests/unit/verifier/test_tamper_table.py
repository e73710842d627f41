"""Own the tamper table of app/crypto/PROTOCOL.md 1, line by line: what each change is called by our verifier.

Every hash around the change is made right again, and where it can be, the count too.
"""

from __future__ import annotations

import json

from app.crypto.archive import ArchiveWriter
from app.crypto.ballots import create_ballot
from app.crypto.credentials import Credential
from app.crypto.encoding import dumps
from app.statute.weight import Measure
from app.verifier.package import archive_name, with_manifest
from app.verifier.simulated_people import COMPLEX
from tests.unit.verifier.forge import Forge, Json, verify_files


def test_good_record_is_consistent_after_taking_apart_and_building(forge: Forge) -> None:
    report = forge.verify()
    assert report.consistent, [check for check in report.checks if not check.passed]


def test_count_made_again_from_the_same_box_is_consistent(forge: Forge) -> None:
    forge.retally()
    assert forge.verify().consistent


def _reweigh(forge: Forge, measure: Measure) -> None:
    archive = forge.archives[measure]
    listed = json.loads(archive.credentials)
    voted = {leaf["credential"] for leaf in forge.of("ballot")} - {leaf["old"] for leaf in forge.of("replaced")}
    at = next(place for place, line in enumerate(listed) if line.split(",")[0] in voted)
    key, weight = listed[at].split(",")
    listed[at] = f"{key},{int(weight) + 1}"
    archive.credentials = dumps(listed).encode()


def test_weight_altered_after_tally_is_rejected(forge: Forge) -> None:
    for measure in Measure:
        twin = forge.copy()
        _reweigh(twin, measure)
        assert twin.verify().failed == ["VF07", "VF20"]


def test_weight_altered_and_counted_again_is_rejected(forge: Forge) -> None:
    _reweigh(forge, Measure.AREA)
    forge.retally()
    assert forge.verify().failed == ["VF07"]


def test_counted_ballot_dropped_is_rejected(forge: Forge) -> None:
    forge.drop_ballot(len(forge.box) - 1)
    assert {"VF20"} <= set(forge.verify().failed)


def test_counted_ballot_dropped_from_the_archives_only_is_rejected(forge: Forge) -> None:
    for archive in forge.archives.values():
        archive.ballots.pop()
    assert {"VF10", "VF20"} <= set(forge.verify().failed)


def _swap_choices(ballot: Json) -> None:
    choices = ballot["answers"][1]["choices"]
    choices[0], choices[1] = choices[1], choices[0]


def test_ballot_choice_swapped_is_rejected(forge: Forge) -> None:
    forge.change_ballot(0, _swap_choices, resign=False)
    assert "VF11" in forge.verify().failed


def test_ballot_choice_swapped_by_its_own_voter_is_rejected(forge: Forge) -> None:
    forge.change_ballot(0, _swap_choices)
    forge.retally()
    assert forge.verify().failed == ["VF14"]


def _spoil_signature(ballot: Json) -> None:
    proof = ballot["signature"]["proof"]
    proof["response"] = str(int(proof["response"]) ^ 1)


def test_ballot_signature_wrong_is_rejected_when_the_tally_fits(forge: Forge) -> None:
    forge.change_ballot(2, _spoil_signature, resign=False)
    forge.retally()
    assert forge.verify().failed == ["VF11"]


def _spoil_choice_proof(ballot: Json) -> None:
    proof = ballot["answers"][0]["individual_proofs"][0][0]
    proof["response"] = str(int(proof["response"]) ^ 1)


def test_ballot_proof_wrong_is_rejected_when_the_tally_fits(forge: Forge) -> None:
    forge.change_ballot(1, _spoil_choice_proof)
    forge.retally()
    assert forge.verify().failed == ["VF14"]
    assert forge.verify(use_hints=False).failed == ["VF14"]


def test_ballot_by_an_unlisted_credential_is_rejected(forge: Forge) -> None:
    stranger = Credential.generate(lambda n: n // 5)
    choices = [[0] * question.choice_count for question in forge.election.questions]
    forge.append_ballot(create_ballot(forge.election, stranger, choices, lambda n: n // 7).encode())
    forge.follow()
    assert "VF11" in forge.verify().failed


def test_ballot_not_canonical_is_rejected(forge: Forge) -> None:
    twin = forge.copy()
    forge.replace_ballot(0, forge.box[0] + b"\n")
    forge.follow()
    assert forge.verify().failed == ["VF01"]
    twin.replace_ballot(0, json.dumps(json.loads(twin.box[0]), ensure_ascii=False).encode())
    twin.follow()
    assert "VF01" in twin.verify().failed


def test_same_ballot_twice_is_rejected(forge: Forge) -> None:
    forge.append_ballot(forge.box[-1])
    forge.retally()
    assert "VF16" in forge.verify().failed


def test_published_encrypted_tally_wrong_is_rejected(forge: Forge) -> None:
    for measure, archive in forge.archives.items():
        twin = forge.copy()
        tally = json.loads(archive.encrypted_tally or b"")
        tally[0][0], tally[0][1] = tally[0][1], tally[0][0]
        twin.archives[measure].encrypted_tally = dumps(tally).encode()
        twin.follow()
        assert "VF20" in twin.verify().failed


def test_num_tallied_wrong_is_rejected(forge: Forge) -> None:
    for measure in Measure:
        twin = forge.copy()
        twin.archives[measure].num_tallied += 1
        assert twin.verify().failed == ["VF20"]


def test_total_weight_wrong_is_rejected(forge: Forge) -> None:
    for measure in Measure:
        twin = forge.copy()
        twin.archives[measure].total_weight += 1
        assert "VF20" in twin.verify().failed


def test_partial_decryption_wrong_is_rejected(forge: Forge) -> None:
    for measure in Measure:
        twin = forge.copy()
        partials = twin.archives[measure].partial_decryptions
        owner, raw = partials[0]
        value = json.loads(raw)
        factors = value["decryption_factors"][0]
        factors[0], factors[1] = factors[1], factors[0]
        partials[0] = (owner, dumps(value).encode())
        twin.follow()
        assert "VF21" in twin.verify().failed


def test_wrong_owner_is_rejected(forge: Forge) -> None:
    archive = forge.archives[Measure.AREA]
    (first, one), (second, two) = archive.partial_decryptions
    archive.partial_decryptions = [(second, one), (first, two)]
    forge.follow()
    assert "VF21" in forge.verify().failed


def test_result_wrong_is_rejected(forge: Forge) -> None:
    for measure in Measure:
        twin = forge.copy()
        value = json.loads(twin.archives[measure].result or b"")
        value["result"][0][0] -= 1
        value["result"][0][1] += 1
        twin.archives[measure].result = dumps(value).encode()
        twin.publish({each: json.loads(archive.result or b"")["result"] for each, archive in twin.archives.items()})
        assert twin.verify().failed == ["VF22"]


def test_archive_bytes_changed_are_rejected_even_when_the_manifest_follows(forge: Forge) -> None:
    files = forge.build()
    name = archive_name("area", forge.uuid)
    files[name] = files[name] + bytes(1024)
    assert "VF01" in verify_files(with_manifest(files, forge.uuid, COMPLEX)).failed


def test_unfinished_archive_is_rejected(forge: Forge) -> None:
    forge.archives[Measure.HEADS].result = None
    assert ArchiveWriter.resume(forge.archives[Measure.HEADS]).getvalue()
    assert "VF01" in forge.verify().failed
