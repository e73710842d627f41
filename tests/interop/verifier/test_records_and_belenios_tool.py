"""Own the agreement of our records and our verifier with ``belenios-tool`` 2.0 of Debian 12, in both directions."""

from __future__ import annotations

import gzip
import json
from fractions import Fraction
from pathlib import Path

import pytest

from app.crypto.archive import ArchiveWriter, read_archive
from app.verifier.package import write_package
from app.verifier.simulate import Simulation, simulate_election
from app.verifier.simulated_people import Plan
from app.verifier.verify import verify_archive, verify_path
from tests.interop import belenios

pytestmark = pytest.mark.interop

DATA = Path(__file__).parents[1] / "data"

PLANS = {
    "one matter, 2 of 3": Plan(14, Fraction(1), 1, 0, 5, 3, 2, "one"),
    "five matters, 3 of 5": Plan(12, Fraction(9, 10), 5, 0, 5, 5, 3, "five"),
    "twelve candidates, 2 of 3": Plan(12, Fraction(9, 10), 0, 12, 7, 3, 2, "twelve"),
    "matter and candidates, 3 of 5": Plan(10, Fraction(1), 1, 5, 3, 5, 3, "both"),
    "nobody voted": Plan(5, Fraction(0), 1, 0, 5, 3, 2, "nobody"),
}


@pytest.fixture(scope="module", params=PLANS)
def simulated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Simulation, Path]:
    simulation = simulate_election(PLANS[request.param], jobs=1)
    return simulation, write_package(tmp_path_factory.mktemp("record"), simulation.parts)


def test_simulated_package_is_accepted_by_both_verifiers(simulated: tuple[Simulation, Path]) -> None:
    simulation, folder = simulated
    for measure in ("area", "heads"):
        belenios.run(folder, "election", "verify", "--dir", measure)
    assert verify_path(folder).consistent
    known = simulation.known
    assert known["election"] in (folder / "README.txt").read_text()


def test_simulated_packages_have_changes_and_replaced_credentials(simulated: tuple[Simulation, Path]) -> None:
    simulation, folder = simulated
    if simulation.known["ballots"] == 0:
        assert simulation.known["participating"] == {"area": "0.00", "heads": 0}
        return
    archive = read_archive(next((folder / "area").iterdir()).read_bytes())
    signers = [json.loads(raw)["credential"] for raw in archive.ballots]
    assert len(set(signers)) < len(signers)
    assert any(line.endswith(",0") for line in json.loads(archive.credentials))
    assert "同意" in archive.election.decode() or "栋" in archive.election.decode()


def test_both_verifiers_refuse_a_result_that_was_not_decrypted(simulated: tuple[Simulation, Path], tmp_path: Path) -> None:
    simulation, _ = simulated
    archive = read_archive(simulation.parts.area)
    value = json.loads(archive.result or b"")
    value["result"][0][0] += 1
    archive.result = json.dumps(value, separators=(",", ":")).encode()
    damaged = ArchiveWriter.resume(archive).getvalue()
    assert not belenios.accepts(tmp_path, damaged, simulation.parts.uuid)
    assert "VF22" in verify_archive(damaged).failed


def test_election_made_by_the_tool_alone_is_verified_by_ours(tmp_path: Path) -> None:
    question = {"answers": ["同意", "反对", "弃权"], "min": 0, "max": 1, "question": "是否续聘物业？"}
    weights = (12746, 8932, 1)
    election = belenios.make_election(tmp_path, [question], weights, 3, 2)
    for voter, choice in ((0, [0, 1, 0]), (1, [1, 0, 0]), (0, [1, 0, 0]), (2, [0, 0, 1])):
        election.vote(voter, [choice])
    election.tally((1, 3))
    (tmp_path / "box.bel").write_bytes(election.archive)
    report = verify_path(tmp_path / "box.bel")
    assert report.consistent, report.failed
    assert report.result["tally"] == [[12746 + 8932, 0, 1]]
    (changes,) = [check for check in report.checks if check.id == "VF17"]
    assert changes.checked == len(weights)


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("el-BELENIOS-2048/area/yEsPsGMhhW92n1", 148_075),
        ("el-BELENIOS-2048/heads/yEsPsGMhhW92n1", 20),
        ("cli-debian20-100voters/MAiwsdbNawoZik", 834_141),
    ],
)
def test_sample_election_is_verified_and_its_totals_reproduced(name: str, weight: int) -> None:
    raw = gzip.decompress((DATA / f"{name}.bel.gz").read_bytes())
    report = verify_archive(raw)
    assert report.consistent, report.failed
    archive = read_archive(raw)
    assert archive.total_weight == weight
    assert report.result["tally"] == json.loads(archive.result or b"")["result"]
