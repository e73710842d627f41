"""Test that the outside tool accepts every kind of record we write, and sees it grow."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.crypto.archive import ArchiveWriter, read_archive
from app.crypto.election import Question
from app.crypto.tally import effective_ballots
from tests.interop import belenios
from tests.reference.crypto.elections import MATTER, World, clear_totals, make_world, write_record
from tests.reference.crypto.whole import verify_archive

pytestmark = pytest.mark.interop

COMMITTEE = Question(tuple(f"候选人{i}（{i}栋）" for i in range(1, 13)), 0, 7, "选举业主委员会委员“7 人”")
BLANK = Question(('甲 "x"', "乙\\"), 1, 2, "换行\n与制表\t", blank=True)
#: areas in 0.01 m2; the last voter's credential was replaced and has weight 0
AREAS = (12746, 8932, 1_500_000, 24_107, 0)

CASES = {
    "one matter, 2 of 3": ((MATTER,), 3, 2, (1, 3)),
    "one matter, all three": ((MATTER,), 3, 2, (1, 2, 3)),
    "five matters, 3 of 5": ((MATTER,) * 5, 5, 3, (5, 2, 4)),
    "twelve candidates, 2 of 3": ((COMMITTEE,), 3, 2, (3, 2)),
    "election and matter, 3 of 5": ((COMMITTEE, MATTER), 5, 3, (1, 2, 3)),
    "blank allowed": ((BLANK,), 3, 2, (1, 2)),
}


def _votes(questions: tuple[Question, ...]) -> list[tuple[int, list[list[int]]]]:
    # Every voter votes, the second twice; the marks walk through the answers.
    voters = [0, 1, 2, 1, 4, 3]
    votes = []
    for turn, voter in enumerate(voters):
        choices = []
        for question in questions:
            marks = [0] * question.choice_count
            marks[turn % question.choice_count] = 1
            if question.maximum > 1 and not question.blank:
                marks[(turn + 3) % question.choice_count] = 1
            choices.append(marks)
        votes.append((voter, choices))
    return votes


@pytest.mark.parametrize("name", CASES)
def test_tool_accepts_our_record_for_areas_and_for_heads(name: str, tmp_path: Path) -> None:
    questions, size, threshold, deciders = CASES[name]
    world = make_world(questions, voters=5, size=size, threshold=threshold)
    votes = _votes(questions)
    texts = [world.cast(voter, choices) for voter, choices in votes]
    for kind, weights in (("area", _weights(world, AREAS)), ("heads", _weights(world, (1, 1, 1, 1, 0)))):
        raw, totals = write_record(world, texts, weights, deciders)
        assert totals == clear_totals(world, votes, weights)
        assert verify_archive(raw).totals == totals
        assert belenios.accepts(tmp_path / kind, raw, world.election.uuid)


def _weights(world: World, weights: tuple[int, ...]) -> dict[int, int]:
    return {credential.public: weight for credential, weight in zip(world.credentials, weights, strict=True)}


def test_tool_finds_the_same_encrypted_tally_as_we_do(tmp_path: Path) -> None:
    world = make_world((COMMITTEE,), voters=5)
    texts = [world.cast(voter, choices) for voter, choices in _votes((COMMITTEE,))]
    raw, _ = write_record(world, texts, _weights(world, AREAS), (1, 2))
    archive = read_archive(raw)
    writer = ArchiveWriter(archive.timestamp)
    writer.setup(archive.election, archive.trustees, archive.credentials)
    for ballot in archive.ballots:
        writer.ballot(ballot)
    writer.end_ballots()
    (tmp_path / f"{world.election.uuid}.bel").write_bytes(writer.getvalue())
    tally, sized = belenios.run(tmp_path, "election", "compute-encrypted-tally").splitlines()
    assert tally == archive.encrypted_tally
    assert sized in raw
    assert len(effective_ballots(map(world.parse, texts))) == archive.num_tallied == 5


def test_tool_accepts_every_stage_of_a_growing_record(tmp_path: Path) -> None:
    world = make_world(voters=5)
    weights = _weights(world, AREAS)
    raw, _ = write_record(world, [world.cast(0, [[1, 0, 0]]), world.cast(1, [[0, 1, 0]])], weights, (1, 2))
    final = read_archive(raw)
    writer = ArchiveWriter(final.timestamp)
    writer.setup(final.election, final.trustees, final.credentials)
    stages = [writer.getvalue()]
    for ballot in final.ballots:
        writer.ballot(ballot)
        stages.append(writer.getvalue())
    writer.end_ballots()
    stages += [writer.getvalue(), raw]
    for number, stage in enumerate(stages):
        assert belenios.accepts(tmp_path / str(number), stage, world.election.uuid)
    for older in range(len(stages) - 1):
        belenios.run(tmp_path, "election", "verify-diff", "--dir1", str(older), "--dir2", str(older + 1))
