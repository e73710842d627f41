"""Time verification and creation of ballots against ``belenios-tool`` on the same record in the same run.

Run ``python -m tests.bench.crypto_bench [--ballots N] [--rounds R]``. The record has one question of 12 candidates,
choose 0 to 7. Times are processor time of one process each; the rounds are interleaved and each figure is the best of its
rounds. Quote the ratios: times depend on the machine.
"""

from __future__ import annotations

import argparse
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.crypto.archive import ArchiveWriter, read_archive
from app.crypto.ballots import Ballot, Commitments, create_ballot, parse_ballot, verify_ballot
from app.crypto.batch import batch_holds
from app.crypto.credentials import Credential, serialise_public_credentials
from app.crypto.discrete_log import DiscreteLog
from app.crypto.election import Election, Question
from app.crypto.hints import decode_commitments, encode_commitments
from app.crypto.tally import encrypted_tally
from tests.interop.belenios import require_tool
from tests.reference.crypto.elections import World, make_world

CANDIDATES, SEATS = 12, 7


def main() -> None:
    """Print one line per figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ballots", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    question = Question(tuple(f"候选人{i}" for i in range(1, CANDIDATES + 1)), 0, SEATS, "选举业主委员会委员")
    world = make_world((question,), voters=1, seed="bench")
    texts, creation = _make_box(world, given.ballots)
    with tempfile.TemporaryDirectory() as folder:
        figures = _race(world.election, _write(world, texts, Path(folder)), Path(folder), given.rounds)
    _report(figures, creation, given.ballots)
    _report_tally(world, texts)


def _make_box(world: World, count: int) -> tuple[dict[Credential, str], float]:
    credentials = [Credential.generate(secrets.randbelow) for _ in range(count)]
    marks = [1] * SEATS + [0] * (CANDIDATES - SEATS)
    world.election.group.fixed_base(world.election.public_key)
    begun = _processor_time()
    texts = {c: create_ballot(world.election, c, [marks], secrets.randbelow) for c in credentials}
    return texts, (_processor_time() - begun) / count


def _write(world: World, texts: dict[Credential, str], folder: Path) -> tuple[bytes, bytes]:
    """Write the record with the whole box, and one with an empty box to subtract the fixed cost of the tool."""
    records = []
    for name, box in (("full", list(texts.values())), ("empty", [])):
        writer = ArchiveWriter(1_811_808_000)
        listed = serialise_public_credentials({credential.public: 1 for credential in texts})
        writer.setup(world.election.raw, world.trusted.raw, listed)
        for text in box:
            writer.ballot(text.encode())
        (folder / name).mkdir()
        (folder / name / f"{world.election.uuid}.bel").write_bytes(writer.getvalue())
        records.append(writer.getvalue())
    return records[0], records[1]


def _race(election: Election, records: tuple[bytes, bytes], folder: Path, rounds: int) -> dict[str, float]:
    best: dict[str, float] = {}
    hints: list[bytes] = []
    for _ in range(rounds):
        timings = {
            "tool": lambda: _tool(folder / "full"),
            "tool, empty box": lambda: _tool(folder / "empty"),
            "direct": lambda: _direct(election, records[0], hints),
            "batch": lambda: _batch(election, records[0], hints),
        }
        for name, action in timings.items():
            best[name] = min(best.get(name, float("inf")), _seconds(action))
    return best


def _seconds(action: Callable[[], None]) -> float:
    """Return the processor time of the action, its child processes included."""
    begun = _processor_time()
    action()
    return _processor_time() - begun


def _processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _tool(folder: Path) -> None:
    subprocess.run([require_tool(), "election", "verify"], cwd=folder, check=True, capture_output=True)


def _direct(election: Election, record: bytes, hints: list[bytes]) -> None:
    commitments = [verify_ballot(election, parse_ballot(election, raw)) for raw in read_archive(record).ballots]
    hints[:] = [encode_commitments(item) for item in commitments]


def _batch(election: Election, record: bytes, hints: list[bytes]) -> None:
    box: list[tuple[Ballot, Commitments]] = [
        (parse_ballot(election, raw), decode_commitments(election, kept))
        for raw, kept in zip(read_archive(record).ballots, hints, strict=True)
    ]
    if not batch_holds(election, box, secrets.randbits):
        sys.exit("the batch does not hold")


def _report(best: dict[str, float], creation: float, count: int) -> None:
    tool = (best["tool"] - best["tool, empty box"]) / count
    print(f"{count} ballots, {CANDIDATES} candidates, choose 0..{SEATS}; processor time, best of the interleaved rounds")
    for name, seconds in (
        ("belenios-tool election verify, whole process", best["tool"] / count),
        ("belenios-tool election verify, per ballot alone", tool),
        ("ours direct, archive reading included", best["direct"] / count),
        ("ours batch, archive reading included", best["batch"] / count),
    ):
        print(f"  {name:<50} {1000 * seconds:8.2f} ms a ballot   {tool / seconds:6.2f} x")
    print(f"  {'ours creation':<50} {1000 * creation:8.2f} ms a ballot")


def _report_tally(world: World, texts: dict[Credential, str]) -> None:
    ballots = [world.parse(text) for text in texts.values()]
    weights = {credential.public: 5_000 + 7 * place for place, credential in enumerate(texts)}
    seconds = _seconds(lambda: _discard(encrypted_tally(world.election, ballots, weights)))
    print(f"  {'weighted tally of the box':<50} {seconds:8.3f} s")
    group = world.election.group
    total = group.pow(group.g, 99_999_999)
    seconds = _seconds(lambda: _discard(DiscreteLog(group, 100_000_000, CANDIDATES).find(total)))
    print(f"  {'discrete logarithm at a total of 10^8':<50} {seconds:8.3f} s")


def _discard(_: object) -> None:
    """Forget a result that only its time matters of."""


if __name__ == "__main__":
    main()
