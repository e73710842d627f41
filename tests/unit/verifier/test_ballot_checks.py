"""Own a damaged twin for each of VF11 to VF17: the box. Voters may be hostile: they sign their own damage correctly."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

import pytest

from app.crypto.ballots import create_ballot
from app.crypto.encoding import dumps
from app.statute.weight import Measure
from app.verifier.box import BoxOptions
from app.verifier.package import MANIFEST, Manifest, RecordPackage
from app.verifier.verify import verify_package
from tests.unit.verifier.forge import Forge, Json


def _counted_again(forge: Forge) -> list[str]:
    forge.retally()
    return forge.verify().failed


def _ballot(forge: Forge, credential: str) -> bytes:
    choices = [[0] * question.choice_count for question in forge.election.questions]
    return create_ballot(forge.election, forge.secrets.credentials[credential], choices, secrets.randbelow).encode()


# --- VF11 -----------------------------------------------------------------------------------------------------------


def test_signature_of_another_credential_fails_vf11(forge: Forge) -> None:
    signature = json.loads(forge.box[1])["signature"]
    forge.change_ballot(0, lambda ballot: ballot["signature"].update(proof=signature["proof"]), resign=False)
    assert _counted_again(forge) == ["VF11"]


def test_signed_hash_of_other_content_fails_vf11(forge: Forge) -> None:
    forge.change_ballot(0, lambda ballot: ballot["signature"].update(hash="A" * 43), resign=False)
    assert _counted_again(forge) == ["VF11"]


def test_ballot_by_a_credential_already_replaced_fails_vf11(forge: Forge) -> None:
    forge.append_ballot(_ballot(forge, forge.of("replaced")[0]["old"]))
    forge.retally()
    assert "VF11" in forge.verify().failed


def test_ballot_before_its_enrolment_fails_vf11(forge: Forge) -> None:
    first = forge.of("ballot")[0]
    enrolled = next(leaf for leaf in forge.leaves if first["credential"] in (leaf.get("new"), leaf.get("credential")))
    forge.leaves.remove(enrolled)
    forge.leaves.insert(forge.leaves.index(first) + 1, enrolled)
    assert forge.verify().failed == ["VF11"]


# --- VF12 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda b: b.update(election_uuid="1" * 14), id="another election"),
        pytest.param(lambda b: b.update(election_hash="A" * 43), id="another definition"),
        pytest.param(lambda b: b["answers"].pop(), id="a question left out"),
        pytest.param(lambda b: b["answers"].append({}), id="a question too many"),
        pytest.param(lambda b: b["answers"][0]["choices"].pop(), id="an option left out"),
        pytest.param(lambda b: b["answers"][0]["individual_proofs"].pop(), id="a proof left out"),
        pytest.param(lambda b: b["answers"][1]["overall_proof"].pop(), id="a branch left out"),
        pytest.param(lambda b: b.update(note="hello"), id="a field too many"),
    ],
)
def test_ballot_for_something_else_fails_vf12(forge: Forge, change: Callable[[Json], None]) -> None:
    forge.change_ballot(0, change)
    forge.follow()
    assert forge.verify().failed == ["VF12"]


# --- VF13 -----------------------------------------------------------------------------------------------------------


def _first_choice(ballot: Json) -> Json:
    choice: Json = ballot["answers"][0]["choices"][0]
    return choice


@pytest.mark.parametrize("value", ["0", "2"], ids=["zero", "outside the subgroup"])
def test_element_outside_the_group_fails_vf13(forge: Forge, value: str) -> None:
    forge.change_ballot(0, lambda ballot: _first_choice(ballot).update(alpha=value))
    forge.follow()
    assert "VF13" in forge.verify().failed


def test_element_of_order_two_fails_vf13(forge: Forge) -> None:
    p = int(forge.election.group.p)
    forge.change_ballot(0, lambda b: _first_choice(b).update(alpha=str(p - int(_first_choice(b)["alpha"]))))
    forge.follow()
    assert "VF13" in forge.verify().failed


def test_identity_as_alpha_fails_vf13(forge: Forge) -> None:
    forge.change_ballot(0, lambda ballot: _first_choice(ballot).update(alpha="1"))
    forge.follow()
    assert "VF13" in forge.verify().failed


def test_scalar_beyond_q_fails_vf13(forge: Forge) -> None:
    q = int(forge.election.group.q)

    def change(ballot: Json) -> None:
        proof = ballot["answers"][0]["overall_proof"][0]
        proof["response"] = str(int(proof["response"]) + q)

    forge.change_ballot(0, change)
    forge.follow()
    assert "VF13" in forge.verify().failed


# --- VF14, VF15 -----------------------------------------------------------------------------------------------------


def _spoil(path: Callable[[Json], Json], field: str) -> Callable[[Json], None]:
    def change(ballot: Json) -> None:
        proof = path(ballot)
        proof[field] = str(int(proof[field]) ^ 1)

    return change


@pytest.mark.parametrize("use_hints", [True, False])
@pytest.mark.parametrize("field", ["challenge", "response"])
@pytest.mark.parametrize(
    ("check", "path"),
    [
        ("VF14", lambda b: b["answers"][0]["individual_proofs"][2][1]),
        ("VF14", lambda b: b["answers"][1]["individual_proofs"][0][0]),
        ("VF15", lambda b: b["answers"][0]["overall_proof"][1]),
        ("VF15", lambda b: b["answers"][1]["overall_proof"][2]),
    ],
)
def test_proof_spoilt_and_signed_again_is_named(
    forge: Forge, check: str, path: Callable[[Json], Json], field: str, use_hints: bool
) -> None:
    forge.change_ballot(3, _spoil(path, field))
    forge.retally()
    report = forge.verify(use_hints=use_hints)
    assert report.failed == [check]
    (result,) = [each for each in report.checks if each.id == check]
    assert "第4张" in result.detail.zh


def test_ballot_with_two_marks_on_one_matter_fails(forge: Forge) -> None:
    """A voter who encrypts 同意 twice cannot prove the sum, whatever branch the proof is copied from."""
    forge.change_ballot(0, lambda b: b["answers"][0]["choices"].__setitem__(1, dict(b["answers"][0]["choices"][0])))
    forge.follow()
    assert {"VF14"} & set(forge.verify().failed)


# --- VF16 -----------------------------------------------------------------------------------------------------------


def test_ciphertext_copied_from_a_neighbour_fails_vf16(forge: Forge) -> None:
    theirs = json.loads(forge.box[0])["answers"][0]["choices"]
    forge.change_ballot(1, lambda ballot: ballot["answers"][0].update(choices=theirs))
    forge.follow()
    assert "VF16" in forge.verify().failed


def test_archives_with_different_ballots_fail_vf16(forge: Forge) -> None:
    ballots = forge.archives[Measure.HEADS].ballots
    ballots[0], ballots[1] = ballots[1], ballots[0]
    assert forge.verify().failed == ["VF16"]


def test_archives_with_different_elections_fail_vf16(forge: Forge) -> None:
    heads = forge.archives[Measure.HEADS]
    heads.election = dumps({**json.loads(heads.election), "name": "另一次表决"}).encode()
    assert forge.verify().failed == ["VF16"]


# --- VF17 -----------------------------------------------------------------------------------------------------------


def test_change_more_than_once_fails_vf17(forge: Forge) -> None:
    current = {leaf["credential"] for leaf in forge.of("ballot")} - {leaf["old"] for leaf in forge.of("replaced")}
    changed = next(c for c in sorted(current) if sum(leaf["credential"] == c for leaf in forge.of("ballot")) == 2)
    forge.append_ballot(_ballot(forge, changed))
    assert _counted_again(forge) == ["VF17"]


def test_one_change_is_allowed(forge: Forge) -> None:
    current = {leaf["credential"] for leaf in forge.of("ballot")} - {leaf["old"] for leaf in forge.of("replaced")}
    once = next(c for c in sorted(current) if sum(leaf["credential"] == c for leaf in forge.of("ballot")) == 1)
    forge.append_ballot(_ballot(forge, once))
    assert _counted_again(forge) == []


# --- how ---------------------------------------------------------------------------------------------------------------


def test_hints_that_lie_do_not_change_the_verdict(forge: Forge) -> None:
    good = forge.verify()
    assert "成批" in next(each.detail.zh for each in good.checks if each.id == "VF14")
    forge.hints[2] = forge.hints[3]
    report = forge.verify()
    assert report.consistent
    assert "成批" not in next(each.detail.zh for each in report.checks if each.id == "VF14")


def test_progress_reaches_the_end(forge: Forge) -> None:
    told: list[tuple[int, int]] = []
    files = forge.build()
    package = RecordPackage(Manifest.parse(files[MANIFEST]), files)
    options = BoxOptions(jobs=2, progress=lambda done, total: told.append((done, total)))
    assert verify_package(package, options).consistent
    assert told[-1] == (len(forge.box), len(forge.box))
