"""Own a damaged twin for each of VF08 to VF10: the public record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.tlog.checkpoints import Checkpoint, sign_checkpoint
from app.tlog.merkle import frontier_of, leaf_hash
from app.tlog.notes import SigningKey
from app.verifier.package import CHECKPOINT, KEY, LEAVES
from tests.unit.verifier.forge import Forge, Json

OTHER = SigningKey("yeyi.simulated/moni-huayuan", b"\x01" * 32)


#: The end of voting that the simulated election announced.
CLOSES = "2027-06-05T18:00:00+08:00"


def _unsigned(forge: Forge) -> None:
    """Leave the checkpoint as it was, whatever happens to the leaves."""
    forge.files = forge.build()
    forge.resign = False


# --- VF08 -----------------------------------------------------------------------------------------------------------


def test_leaf_removed_fails_vf08(forge: Forge) -> None:
    _unsigned(forge)
    forge.files[LEAVES] = forge.files[LEAVES].split(b"\n", 1)[1]
    assert "VF08" in forge.verify().failed


def test_leaf_altered_fails_vf08(forge: Forge) -> None:
    _unsigned(forge)
    forge.files[LEAVES] = forge.files[LEAVES].replace(b"T09:00:01+", b"T09:00:02+", 1)
    assert forge.verify().failed == ["VF08"]


def test_checkpoint_of_an_older_record_fails_vf08(forge: Forge) -> None:
    _unsigned(forge)
    older = frontier_of(map(leaf_hash, forge.files[LEAVES].splitlines()[:-1]))
    forge.files[CHECKPOINT] = sign_checkpoint(Checkpoint.of(forge.secrets.log.name, older), forge.secrets.log)
    assert forge.verify().failed == ["VF08"]


# --- VF09 -----------------------------------------------------------------------------------------------------------


def test_checkpoint_signed_by_another_key_fails_vf09(forge: Forge) -> None:
    _unsigned(forge)
    leaves = frontier_of(map(leaf_hash, forge.files[LEAVES].splitlines()))
    forge.files[CHECKPOINT] = sign_checkpoint(Checkpoint.of(OTHER.name, leaves), OTHER)
    assert forge.verify().failed == ["VF09"]


def test_key_of_another_log_fails_vf09(forge: Forge) -> None:
    forge.files[KEY] = f"{OTHER.verifier}\n".encode()
    assert forge.verify().failed == ["VF09"]


def test_unreadable_key_or_checkpoint_fails(forge: Forge) -> None:
    _unsigned(forge)
    forge.files[KEY] = b"\xff\n"
    assert "VF09" in forge.verify().failed
    forge.files[CHECKPOINT] = b"nothing"
    assert "VF01" in forge.verify().failed


# --- VF10 -----------------------------------------------------------------------------------------------------------


def _at(forge: Forge, kind: str, number: int = 0) -> int:
    return forge.leaves.index(forge.of(kind)[number])


def _move(kind: str, before: str, number: int = 0) -> Callable[[Forge], None]:
    def damage(forge: Forge) -> None:
        leaf = forge.leaves.pop(_at(forge, kind, number))
        forge.leaves.insert(_at(forge, before), leaf)

    return damage


def _move_behind(kind: str, behind: str) -> Callable[[Forge], None]:
    def damage(forge: Forge) -> None:
        leaf = forge.leaves.pop(_at(forge, kind, -1))
        forge.leaves.insert(_at(forge, behind, -1) + 1, leaf)

    return damage


def _twice(kind: str) -> Callable[[Forge], None]:
    return lambda forge: forge.leaves.insert(_at(forge, kind) + 1, dict(forge.of(kind)[0]))


def _without(kind: str) -> Callable[[Forge], object]:
    return lambda forge: forge.leaves.pop(_at(forge, kind))


def _set(kind: str, **values: object) -> Callable[[Forge], object]:
    return lambda forge: forge.of(kind)[0].update(values)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_move("ballot", "opened"), id="ballot before opening"),
        pytest.param(_move_behind("ballot", "closed"), id="ballot after closing"),
        pytest.param(_move_behind("enrolled", "closed"), id="enrolment after closing"),
        pytest.param(_move("enrolled", "election_defined"), id="enrolment before the definition"),
        pytest.param(_move("partial_decryption", "closed"), id="decryption before closing"),
        pytest.param(_move("tally", "closed"), id="tally before closing"),
        pytest.param(_move("result", "partial_decryption", 0), id="result before decryption"),
        pytest.param(_move_behind("rehearsal", "opened"), id="rehearsal after opening"),
        pytest.param(_move_behind("roll_frozen", "election_defined"), id="roll frozen after the definition"),
        pytest.param(_move_behind("election_announced", "opened"), id="announced after opening"),
        pytest.param(_move("trustee_round", "roll_frozen", 4), id="second message before all first ones"),
        pytest.param(_move_behind("trustee_round", "election_defined"), id="third message after the definition"),
        pytest.param(_twice("trustee_round"), id="a trustee's message twice"),
        pytest.param(_twice("opened"), id="opened twice"),
        pytest.param(_twice("closed"), id="closed twice"),
        pytest.param(_twice("tally"), id="tally twice"),
        pytest.param(_twice("result"), id="result twice"),
        pytest.param(_without("closed"), id="never closed"),
        pytest.param(_without("opened"), id="never opened"),
        pytest.param(_without("result"), id="no result"),
        pytest.param(_without("ballot"), id="a ballot's leaf left out"),
        pytest.param(_without("partial_decryption"), id="a decryption's leaf left out"),
        pytest.param(_set("ballot", n=7), id="wrong box number"),
        pytest.param(_set("ballot", tracker="A" * 43), id="wrong tracker"),
        pytest.param(_set("closed", ballots=3), id="wrong number at closing"),
        pytest.param(_set("closed", effective=3), id="wrong number of effective ballots"),
        pytest.param(_set("result", sha256="0" * 64), id="another result"),
    ],
)
def test_record_out_of_order_or_incomplete_fails_vf10(forge: Forge, damage: Callable[[Forge], object]) -> None:
    damage(forge)
    assert "VF10" in forge.verify().failed


def test_ballots_in_another_order_than_the_box_fail_vf10(forge: Forge) -> None:
    for archive in forge.archives.values():
        archive.ballots[0], archive.ballots[1] = archive.ballots[1], archive.ballots[0]
    assert "VF10" in forge.verify().failed


def test_unknown_kind_of_leaf_in_the_election_fails_vf10(forge: Forge) -> None:
    leaf: Json = {"type": "amnesty", "at": forge.leaves[0]["at"], "election": forge.uuid}
    forge.leaves.insert(len(forge.leaves) - 3, leaf)
    assert forge.verify().failed == ["VF10"]


def test_leaves_of_other_business_of_the_complex_do_not_disturb(forge: Forge) -> None:
    at = forge.leaves[0]["at"]
    meeting: Json = {"type": "meeting_signed", "at": at, "meeting": "m1"}
    other = {**forge.of("opened")[0], "election": "11111111111111"}
    forge.leaves[3:3] = [meeting, other]
    assert forge.verify().consistent


def _insert(forge: Forge, behind: str, kind: str, **values: object) -> None:
    """Add a leaf of a procedure's vote behind another one."""
    leaf: Json = {"type": kind, "at": forge.leaves[0]["at"], "election": forge.uuid, **values}
    forge.leaves.insert(_at(forge, behind, -1) + 1, leaf)


def _extended(forge: Forge, behind: str = "opened", **values: object) -> None:
    body = {"closes_at": "2027-06-12T18:00:00+08:00", "extended_from": CLOSES, "reason": "参与不足"}
    _insert(forge, behind, "voting_extended", **{**body, **values})


def _certified(forge: Forge, behind: str = "result", **values: object) -> None:
    _insert(forge, behind, "certified", **{"result": forge.of("result")[0]["sha256"], **values})


def test_vote_of_a_procedure_tells_notice_extension_certification_and_lot(forge: Forge) -> None:
    _insert(forge, "election_announced", "notice_given", procedure="K7QM4R2P", residents_committee="told")
    _extended(forge)
    _certified(forge)
    _insert(forge, "certified", "lot_drawn", procedure="K7QM4R2P", seats=["王芳（3栋）"])
    assert forge.verify().consistent


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda forge: _extended(forge, "closed"), id="extended after the close"),
        pytest.param(lambda forge: (_extended(forge), _extended(forge)), id="extended twice"),
        pytest.param(lambda forge: _extended(forge, extended_from="2020-01-01T00:00:00+08:00"), id="from another end"),
        pytest.param(lambda forge: _extended(forge, closes_at=CLOSES), id="extended by nothing"),
        pytest.param(lambda forge: _certified(forge, "closed"), id="certified before the result"),
        pytest.param(lambda forge: _certified(forge, result="0" * 64), id="another result certified"),
        pytest.param(
            lambda forge: _insert(forge, "opened", "notice_given", procedure="K7QM4R2P", residents_committee="told"),
            id="notice after the opening",
        ),
        pytest.param(
            lambda forge: _insert(forge, "result", "lot_drawn", procedure="K7QM4R2P", seats=["王芳"]),
            id="lot without certification",
        ),
    ],
)
def test_leaves_of_a_procedure_out_of_place_fail_vf10(forge: Forge, damage: Callable[[Forge], object]) -> None:
    damage(forge)
    assert forge.verify().failed == ["VF10"]
