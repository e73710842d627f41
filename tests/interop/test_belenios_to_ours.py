"""Test that our code verifies elections made by the outside tool, and the samples made by others, with the same totals."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from app.crypto.batch import batch_holds
from tests.interop import belenios
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import Seeded
from tests.reference.crypto.whole import verify_archive

pytestmark = pytest.mark.interop

DATA = Path(__file__).parent / "data"
SAMPLES = {
    "el-BELENIOS-2048/area/yEsPsGMhhW92n1": (
        20,
        148_075,
        [
            [41531, 65213, 71606, 30675, 47308, 54572, 48372, 61248, 57519, 64761, 54040, 60816],
            [37731, 66643, 43701],
        ],
    ),
    "el-BELENIOS-2048/heads/yEsPsGMhhW92n1": (20, 20, [[6, 9, 8, 5, 6, 7, 7, 8, 6, 9, 7, 9], [5, 8, 7]]),
    "cli-debian20-100voters/MAiwsdbNawoZik": (
        100,
        834_141,
        [
            [224504, 273646, 226802, 261802, 273355, 270559, 289390, 229201, 396492, 252732, 271178, 199713],
            [333880, 204625, 295636],
        ],
    ),
}
QUESTIONS = [
    {"answers": [f"候选人{i}" for i in range(12)], "min": 0, "max": 7, "question": "选举业主委员会委员"},
    {"answers": ["同意", "反对", "弃权"], "min": 0, "max": 1, "question": "是否续聘？"},
    {"answers": ["甲", "乙"], "blank": True, "min": 1, "max": 1, "question": "允许空白"},
]


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_verifies_and_its_totals_are_reproduced(name: str, tmp_path: Path) -> None:
    raw = gzip.decompress((DATA / f"{name}.bel.gz").read_bytes())
    ballots, weight, totals = SAMPLES[name]
    verified = verify_archive(raw)
    assert (len(verified.ballots), verified.archive.total_weight, verified.totals) == (ballots, weight, totals)
    assert batch_holds(verified.election, list(zip(verified.ballots, verified.commitments, strict=True)), Seeded(name).bits)
    for ballot in verified.archive.ballots[:2]:
        protocol.check_ballot(verified.archive.election, ballot)
    assert belenios.accepts(tmp_path, raw, name.split("/")[-1])


def test_sample_weights_are_those_of_its_voters_file() -> None:
    raw = gzip.decompress((DATA / "cli-debian20-100voters/MAiwsdbNawoZik.bel.gz").read_bytes())
    lines = (DATA / "cli-debian20-100voters/voters.txt").read_text().split()
    assert sorted(verify_archive(raw).weights.values()) == sorted(int(line.split(",")[2]) for line in lines)


@pytest.mark.parametrize(("size", "threshold", "deciders"), [(3, 2, (3, 1)), (5, 3, (2, 4, 5))])
def test_election_made_by_the_tool_alone_verifies(size: int, threshold: int, deciders: tuple[int, ...], tmp_path: Path) -> None:
    weights = (12746, 8932, 0)
    election = belenios.make_election(tmp_path, QUESTIONS, weights, size, threshold)
    first = [1, 0, 1] + [0] * 9
    election.vote(0, [first, [1, 0, 0], [1, 0, 0]])
    election.vote(1, [[0] * 12, [0, 1, 0], [0, 1, 0]])
    election.vote(2, [[1] * 7 + [0] * 5, [0, 0, 0], [0, 0, 1]])
    election.vote(0, [first, [0, 0, 1], [0, 0, 1]])
    election.tally(deciders)
    belenios.run(tmp_path, "election", "verify")
    verified = verify_archive(election.archive)
    assert verified.totals == [[12746, 0, 12746] + [0] * 9, [0, 8932, 12746], [0, 8932, 12746]]
    assert verified.archive.num_tallied == 3
    box = list(zip(verified.ballots, verified.commitments, strict=True))
    assert batch_holds(verified.election, box, Seeded("tool").bits)
    for ballot in verified.archive.ballots:
        protocol.check_ballot(verified.archive.election, ballot)
