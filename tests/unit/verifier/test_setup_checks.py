"""Own a damaged twin for each of VF01 to VF07: what stood before opening."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.crypto.encoding import dumps
from app.statute.weight import Measure
from app.verifier.canonical import canonical_json
from app.verifier.package import KEY, LEAVES, MANIFEST, README, RESULT, ROLL, with_manifest
from app.verifier.simulated_people import COMPLEX
from tests.unit.verifier.forge import Forge, Json, verify_files


def _redefine(forge: Forge, change: Callable[[Json], None]) -> None:
    """Change the description in both archives; ballots and leaves stay as they were."""
    for archive in forge.archives.values():
        value = json.loads(archive.election)
        description = json.loads(value["description"])
        change(description)
        archive.election = dumps({**value, "description": dumps(description)}).encode()


# --- VF01 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [README, ROLL, RESULT, LEAVES, KEY])
def test_file_that_differs_from_the_manifest_fails_vf01(forge: Forge, name: str) -> None:
    files = forge.build()
    files[name] = files[name] + b" "
    assert "VF01" in verify_files(files).failed


def test_file_missing_or_added_fails_vf01(forge: Forge) -> None:
    files = forge.build()
    assert "VF01" in verify_files({name: content for name, content in files.items() if name != README}).failed
    assert "VF01" in verify_files({**files, "second-result.json": b"{}"}).failed


def test_other_format_version_fails_vf01(forge: Forge) -> None:
    files = forge.build()
    manifest = {**json.loads(files[MANIFEST]), "format": "yeyi-record/2"}
    assert verify_files({**files, MANIFEST: canonical_json(manifest)}).failed == ["VF01"]


@pytest.mark.parametrize("name", [ROLL, RESULT, LEAVES])
def test_json_that_is_not_canonical_fails_vf01(forge: Forge, name: str) -> None:
    files = forge.build()
    files[name] = files[name].replace(b'":', b'": ', 1)
    assert "VF01" in verify_files(with_manifest(files, forge.uuid, COMPLEX)).failed


def test_hints_are_not_trusted_and_not_needed(forge: Forge) -> None:
    forge.hints = [bytes(len(each)) for each in forge.hints]
    assert forge.verify().consistent
    forge.hints = forge.hints[1:]
    assert forge.verify().consistent


# --- VF02 -----------------------------------------------------------------------------------------------------------


def test_trustee_of_another_group_fails_vf02(forge: Forge) -> None:
    def change(pedersen: Json) -> None:
        message = pedersen["certs"][0]["message"]
        pedersen["certs"][0]["message"] = message.replace("BELENIOS-2048", "RFC-3526-2048")

    _change_trustees(forge, change)
    assert "VF02" in forge.verify().failed


def test_unknown_group_is_never_read_from_the_record(forge: Forge) -> None:
    for archive in forge.archives.values():
        archive.election = archive.election.replace(b"BELENIOS-2048", b"BELENIOS-2049")
    report = forge.verify()
    assert not report.consistent
    assert "VF01" in report.failed


def _change_trustees(forge: Forge, change: Callable[[Json], None]) -> None:
    for archive in forge.archives.values():
        value = json.loads(archive.trustees)
        change(value[0][1])
        archive.trustees = dumps(value).encode()


# --- VF03 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("election_defined", "sha256"),
        ("election_defined", "fingerprint"),
        ("opened", "fingerprint"),
        ("election_announced", "announcement"),
    ],
)
def test_record_that_names_another_definition_fails_vf03(forge: Forge, kind: str, field: str) -> None:
    (leaf,) = forge.of(kind)
    leaf[field] = "0" * len(leaf[field])
    assert forge.verify().failed == ["VF03"]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["policies"].update({"P-CHANGE": "none"}),
        lambda d: d["policies"].update({"P-UNKNOWN": "yes"}),
        lambda d: d.update(rule_pack="civil_code_1999"),
        lambda d: d.update(closes_at="2027-06-06T18:00:00+08:00"),
        lambda d: d.update(threshold_policy="1/3"),
        lambda d: d.update(complex="another"),
    ],
)
def test_definition_changed_after_it_was_put_on_record_fails_vf03(forge: Forge, change: Callable[[Json], None]) -> None:
    _redefine(forge, change)
    assert "VF03" in forge.verify().failed


def test_definition_that_names_another_roll_fails_vf03(forge: Forge) -> None:
    _redefine(forge, lambda description: description.update(roll="0" * 64))
    assert "VF03" in forge.verify().failed


# --- VF04 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.update(threshold=1),
        lambda p: p["certs"].reverse(),
        lambda p: p["coefexps"].reverse(),
        lambda p: p["signatures"].reverse(),
        lambda p: p["verification_keys"].reverse(),
        lambda p: p["verification_keys"][0]["pok"].update(response="5"),
        lambda p: p["verification_keys"][0]["signature"].update(response="5"),
        lambda p: p["certs"][0]["signature"].update(response="5"),
    ],
)
def test_key_ceremony_changed_fails_vf04(forge: Forge, change: Callable[[Json], None]) -> None:
    _change_trustees(forge, change)
    assert "VF04" in forge.verify().failed


def test_different_trustees_in_the_two_archives_fail_vf04(forge: Forge) -> None:
    other = forge.copy()
    _change_trustees(other, lambda pedersen: pedersen["verification_keys"].reverse())
    forge.archives[Measure.HEADS] = other.archives[Measure.HEADS]
    assert "VF04" in forge.verify().failed


@pytest.mark.parametrize("number", [1, 2, 3])
def test_message_of_a_round_that_is_not_on_the_record_fails_vf04(forge: Forge, number: int) -> None:
    leaf = next(leaf for leaf in forge.of("trustee_round") if leaf["round"] == number and leaf["index"] == 2)
    leaf["sha256"] = "0" * 64
    assert forge.verify().failed == ["VF04"]


# --- VF05 -----------------------------------------------------------------------------------------------------------


def _rehearsal(change: Callable[[Json], Any]) -> Callable[[Forge], None]:
    return lambda forge: change(forge.of("rehearsal")[0])


@pytest.mark.parametrize(
    "damage",
    [
        _rehearsal(lambda leaf: leaf.update(value=279)),
        _rehearsal(lambda leaf: leaf["partials"].pop()),
        _rehearsal(lambda leaf: leaf["partials"][1].update(index=1)),
        _rehearsal(lambda leaf: leaf["partials"][0].update(factor=leaf["partials"][1]["factor"])),
        _rehearsal(lambda leaf: leaf["partials"][2]["proof"].update(response="1")),
        _rehearsal(lambda leaf: leaf.update(alpha=leaf["beta"])),
    ],
)
def test_rehearsal_that_does_not_hold_fails_vf05(forge: Forge, damage: Callable[[Forge], None]) -> None:
    damage(forge)
    assert forge.verify().failed == ["VF05"]


def test_missing_rehearsal_fails_vf05(forge: Forge) -> None:
    forge.leaves = [leaf for leaf in forge.leaves if leaf["type"] != "rehearsal"]
    assert {"VF05", "VF10"} <= set(forge.verify().failed)


# --- VF06 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda roll: roll["totals"].update(heads=roll["totals"]["heads"] + 1),
        lambda roll: roll["totals"].update(units=1),
        lambda roll: roll["totals"].update(area="1.00"),
        lambda roll: roll["units"].reverse(),
        lambda roll: roll["units"].append(roll["units"][-1]),
        lambda roll: roll["units"][0].update(voter=9999),
        lambda roll: roll["units"][0].update(area="1.00"),
        lambda roll: roll["voters"][0].update(area="1.00"),
        lambda roll: roll["voters"][0].update(heads=2),
        lambda roll: roll["voters"].pop(0),
    ],
)
def test_roll_that_does_not_add_up_fails_vf06(forge: Forge, change: Callable[[Json], None]) -> None:
    forge.set_roll(change)
    failed = forge.verify().failed
    assert {"VF03", "VF06"} <= set(failed)


@pytest.mark.parametrize(("field", "value"), [("units", 3), ("heads", 3), ("area", "3.00")])
def test_roll_frozen_with_other_totals_fails_vf06(forge: Forge, field: str, value: object) -> None:
    forge.of("roll_frozen")[0][field] = value
    assert forge.verify().failed == ["VF06"]


def test_roll_never_frozen_on_the_record_fails_vf06(forge: Forge) -> None:
    forge.of("roll_frozen")[0]["roll"] = "0" * 64
    assert {"VF06", "VF10"} <= set(forge.verify().failed)


# --- VF07 -----------------------------------------------------------------------------------------------------------


def _listed(forge: Forge, measure: Measure, change: Callable[[list[str]], Any]) -> None:
    listed = json.loads(forge.archives[measure].credentials)
    change(listed)
    forge.archives[measure].credentials = dumps(listed).encode()


@pytest.mark.parametrize("measure", list(Measure))
def test_credential_left_out_fails_vf07(forge: Forge, measure: Measure) -> None:
    voted = {leaf["credential"] for leaf in forge.of("ballot")}
    _listed(forge, measure, lambda rows: rows.remove(next(row for row in rows if row.split(",")[0] not in voted)))
    assert forge.verify().failed == ["VF07"]


def test_credential_nobody_enrolled_fails_vf07(forge: Forge) -> None:
    # g^2 is a member of the group that no leaf binds to a voter.
    group = forge.election.group
    for measure in Measure:
        _listed(forge, measure, lambda rows: rows.append(f"{group.pow(group.g, 2)},1"))
    assert forge.verify().failed == ["VF07"]


def test_replaced_credential_with_weight_fails_vf07(forge: Forge) -> None:
    old = {leaf["old"] for leaf in forge.of("replaced")} - {leaf["credential"] for leaf in forge.of("ballot")}
    (public, *_) = sorted(old)
    _listed(forge, Measure.HEADS, lambda rows: rows.__setitem__(rows.index(f"{public},0"), f"{public},1"))
    assert "VF07" in forge.verify().failed


@pytest.mark.parametrize("kind", ["enrolled", "replaced"])
def test_enrolment_without_possession_fails_vf07(forge: Forge, kind: str) -> None:
    forge.of(kind)[0]["proof"]["response"] = "12345"
    assert forge.verify().failed == ["VF07"]


def test_enrolment_carried_to_another_voter_fails_vf07(forge: Forge) -> None:
    replaced = {leaf["voter"] for leaf in forge.of("replaced")}
    first, second = [leaf for leaf in forge.of("enrolled") if leaf["voter"] not in replaced][:2]
    first["voter"], second["voter"] = second["voter"], first["voter"]
    assert "VF07" in forge.verify().failed


def test_voter_enrolled_twice_fails_vf07(forge: Forge) -> None:
    first, second = forge.of("enrolled")[:2]
    second["voter"] = first["voter"]
    assert "VF07" in forge.verify().failed


def test_credential_enrolled_twice_fails_vf07(forge: Forge) -> None:
    first, second = forge.of("enrolled")[:2]
    second["credential"] = first["credential"]
    assert "VF07" in forge.verify().failed


def test_enrolment_of_a_voter_not_on_the_roll_fails_vf07(forge: Forge) -> None:
    replaced = {leaf["voter"] for leaf in forge.of("replaced")}
    next(leaf for leaf in forge.of("enrolled") if leaf["voter"] not in replaced)["voter"] = 9999
    assert "VF07" in forge.verify().failed


def test_replacement_of_a_credential_that_is_not_current_fails_vf07(forge: Forge) -> None:
    forge.of("replaced")[0]["old"] = "2"
    assert "VF07" in forge.verify().failed
