"""Measure ``yeyi verify`` against ``belenios-tool`` on the same package, interleaved in one run; print ratios, not only times.

Usage: ``python tests/bench/verify_bench.py [BALLOTS] [ROUNDS]``. Our side verifies both archives, the roll, the record and
the result; the outside tool verifies one archive. Needs ``belenios-tool`` on the path.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from statistics import median

from app.verifier.package import write_package
from app.verifier.simulate import simulate_election
from app.verifier.simulated_people import Plan

#: Turnout of the simulation and ballots per voting voter, to reach about the wanted number of ballots.
_TURNOUT = Fraction(9, 10)


def measure(command: list[str]) -> tuple[float, float]:
    """Return wall and processor seconds of one run; stop when it does not succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    wall = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(ballots: int, rounds: int) -> None:
    """Simulate one election of 12 candidates, then verify it in turn by every way."""
    tool = shutil.which("belenios-tool")
    if tool is None:
        print("belenios-tool is not installed: nothing to compare with")
        return
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        plan = Plan(
            units=ballots * 12 // 10, turnout=_TURNOUT, matters=0, candidates=12, seats=7, trustees=3, threshold=2, seed="b"
        )
        simulation = simulate_election(plan)
        write_package(record, simulation.parts)
        cast = int(str(simulation.known["ballots"]))
        ours = [str(Path(sys.executable).with_name("yeyi")), "verify", str(record), "--json"]
        ways = {
            "belenios-tool, one archive": [tool, "election", "verify", "--dir", str(record / "area")],
            "yeyi verify, hints, all cores": ours,
            "yeyi verify, hints, one core": [*ours, "--jobs", "1"],
            "yeyi verify, no hints, all cores": [*ours, "--no-hints"],
        }
        taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, command in ways.items():
                taken[way].append(measure(command))
    _print(cast, taken)


def _print(cast: int, taken: dict[str, list[tuple[float, float]]]) -> None:
    walls = {way: median(wall for wall, _ in runs) for way, runs in taken.items()}
    processor = {way: median(cpu for _, cpu in runs) for way, runs in taken.items()}
    base = next(iter(walls))
    load = os.getloadavg()[0]
    print(f"{cast} ballots x 12 candidates, {len(os.sched_getaffinity(0))} cores, load {load:.1f}")
    for way, wall in walls.items():
        print(
            f"{way:36} {wall:7.2f} s wall {processor[way]:7.2f} s processor"
            f"   {walls[base] / wall:5.1f}x wall {processor[base] / processor[way]:5.1f}x processor"
        )


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*[*arguments, *(1000, 1)[len(arguments) :]])
