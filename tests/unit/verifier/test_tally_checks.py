"""Own a damaged twin for each of VF18 and VF20 to VF24: count and result."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from app.crypto.encoding import dumps, sha256_hex
from app.statute.weight import Measure
from app.verifier.canonical import canonical_json
from app.verifier.package import PAPER, RESULT
from app.verifier.verify import CHECKS
from tests.unit.verifier.forge import Forge, Json


def test_every_check_of_the_list_is_run_and_says_what_it_saw(forge: Forge) -> None:
    report = forge.verify()
    assert [check.id for check in report.checks] == [f"VF{number:02d}" for number in range(1, 31)]
    idle = {check.id for check in report.checks if not check.checked}
    assert idle == {"VF18", "VF19", "VF25", "VF26", "VF27", "VF28", "VF29", "VF30"}
    assert all(check.detail.zh and check.detail.en and check.title.zh for check in report.checks)
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_paper_that_cannot_be_checked_fails_vf18(forge: Forge) -> None:
    forge.files[PAPER] = b"{}"
    assert forge.verify().failed == ["VF18"]


def test_tally_leaf_of_another_tally_fails_vf20(forge: Forge) -> None:
    forge.of("tally")[0]["area"] = "0" * 64
    assert forge.verify().failed == ["VF20"]


def test_tally_over_the_wrong_subset_fails_vf20(forge: Forge) -> None:
    """Leave one ballot out of the sum and decrypt that honestly: totals and result follow, the sum does not."""
    kept = list(forge.box)
    for archive in forge.archives.values():
        archive.ballots = kept[:-1]
    forge.retally()
    for archive in forge.archives.values():
        archive.ballots = kept
    forge.follow()
    assert forge.verify().failed == ["VF20"]


def test_too_few_decryptions_fail_vf21(forge: Forge) -> None:
    for archive in forge.archives.values():
        archive.partial_decryptions.pop()
    assert "VF21" in forge.verify().failed


def test_same_trustee_twice_fails_vf21(forge: Forge) -> None:
    for archive in forge.archives.values():
        archive.partial_decryptions[1] = archive.partial_decryptions[0]
    assert "VF21" in forge.verify().failed


def test_decryption_of_a_trustee_who_does_not_exist_fails_vf21(forge: Forge) -> None:
    archive = forge.archives[Measure.AREA]
    archive.partial_decryptions[0] = (9, archive.partial_decryptions[0][1])
    assert "VF21" in forge.verify().failed


def test_decryption_leaf_of_something_else_fails_vf21(forge: Forge) -> None:
    forge.of("partial_decryption")[1]["heads"] = "0" * 64
    assert forge.verify().failed == ["VF21"]


def test_decryption_of_the_other_tally_fails_vf21(forge: Forge) -> None:
    area, heads = forge.archives[Measure.AREA], forge.archives[Measure.HEADS]
    area.partial_decryptions, heads.partial_decryptions = heads.partial_decryptions, area.partial_decryptions
    forge.follow()
    assert "VF21" in forge.verify().failed


def test_total_beyond_the_weight_that_voted_fails_vf22(forge: Forge) -> None:
    archive = forge.archives[Measure.HEADS]
    value = json.loads(archive.result or b"")
    value["result"][0][0] += int(forge.election.group.q)
    archive.result = dumps(value).encode()
    assert "VF22" in forge.verify().failed


def _result(change: Callable[[Json], None]) -> Callable[[Forge], None]:
    def damage(forge: Forge) -> None:
        value = json.loads(forge.files[RESULT])
        change(value)
        forge.files[RESULT] = canonical_json(value)
        forge.of("result")[0]["sha256"] = sha256_hex(forge.files[RESULT])

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        _result(lambda r: r["matters"][0].update(question="另一件事")),
        _result(lambda r: r["matters"][0].update(labels=["反对", "同意", "弃权"])),
        _result(lambda r: r["matters"].pop()),
    ],
)
def test_result_with_other_labels_fails_vf23(forge: Forge, damage: Callable[[Forge], None]) -> None:
    damage(forge)
    assert forge.verify().failed == ["VF23", "VF24"]


@pytest.mark.parametrize(
    "change",
    [
        lambda q: q[0].update(answers=["反对", "同意", "弃权"]),
        lambda q: q[0].update(max=2),
        lambda q: q[1].update(max=1),
        lambda q: q[1].update(min=1),
        lambda q: q[1].update(answers=[q[1]["answers"][0]] * 3),
    ],
)
def test_question_not_of_its_kind_fails_vf23(forge: Forge, change: Callable[[list[Json]], None]) -> None:
    for archive in forge.archives.values():
        value = json.loads(archive.election)
        change(value["questions"])
        archive.election = dumps(value).encode()
    assert "VF23" in forge.verify().failed


@pytest.mark.parametrize(
    "damage",
    [
        _result(lambda r: r["matters"][0].update(verdict="passed" if r["matters"][0]["verdict"] != "passed" else "failed")),
        _result(lambda r: r["matters"][0]["totals"].update(heads=3)),
        _result(lambda r: r["matters"][0]["options"]["agree"].update(area="0.01")),
        _result(lambda r: r["matters"][1].update(elected=["某人（1栋）"])),
        _result(lambda r: r["matters"][0]["explanation"].append("另有说明。")),
    ],
)
def test_result_the_rules_do_not_give_fails_vf24(forge: Forge, damage: Callable[[Forge], None]) -> None:
    damage(forge)
    assert forge.verify().failed == ["VF24"]
