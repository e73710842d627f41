"""Measure accepted casts per second through HTTP: gunicorn with two workers, durable, one matter with 12 candidates.

Run with ``python -m tests.bench.casting_bench [sqlite|postgres] [ballots]``; the ballots are made before the clock starts.
What limits the rate is found by timing the same ballots' verification alone in one process.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from app.crypto.ballots import parse_ballot, verify_ballot
from app.db.migrate import upgrade
from app.db.session import db
from app.settings import Settings, sqlite_url, testing_settings
from app.values.clock import CHINA
from tests.ballots_support import World, flats, open_world
from tests.conftest import SteerableClock
from tests.postgres import APPLICATION_ROLE, start_postgres
from tests.served_app import HttpOwner, ServedApp

CLIENTS = 6
WARM_UP = 6


@dataclass(frozen=True)
class Figures:
    """Hold what was measured."""

    engine: str
    ballots: int
    seconds: float
    slowest_ms: float
    median_ms: float
    verify_ms: float
    bytes_per_ballot: int

    @property
    def per_second(self) -> float:
        """Return accepted casts per second."""
        return self.ballots / self.seconds

    def report(self) -> str:
        """Say the figures and what limits them."""
        cores = os.cpu_count() or 1
        ceiling = cores * 1000 / self.verify_ms
        share = 100 * self.per_second / ceiling
        return (
            f"{self.engine}: {self.per_second:.1f} casts/s ({self.ballots} ballots of {self.bytes_per_ballot} bytes in "
            f"{self.seconds:.1f} s; answer median {self.median_ms:.0f} ms, slowest {self.slowest_ms:.0f} ms; 2 workers, "
            f"{CLIENTS} clients, {cores} cores, durable)\n"
            f"  verification alone: {self.verify_ms:.1f} ms a ballot on one core, so {cores} cores could do {ceiling:.0f}/s; "
            f"casting reaches {share:.0f} % of that. The rest is the clients on the same cores, SQL, and one fsync a commit."
        )


def measure(engine: str, ballots: int) -> Figures:
    """Cast prepared ballots as fast as the server takes them."""
    with _settings(engine) as settings:
        world = _world(settings, ballots + WARM_UP)
        raws = [(device, device.ballot()) for device in (world.device(voter) for voter in sorted(world.accounts))]
        verify_ms = _verify_alone(world, [raw for _, raw in raws[:20]])
        with world.app.app_context():
            db.engine.dispose()
        served = ServedApp(settings)
        served.start()
        try:
            waiting = [(HttpOwner(served, device), raw) for device, raw in raws]
            for owner, _ in waiting:
                owner.open_booth()
                owner.close()
            _cast_all(waiting[:WARM_UP])
            started = time.perf_counter()
            times = _cast_all(waiting[WARM_UP:])
            seconds = time.perf_counter() - started
        finally:
            served.stop()
    times.sort()
    size = sum(len(raw) for _, raw in raws) // len(raws)
    return Figures(engine, len(times), seconds, 1000 * times[-1], 1000 * times[len(times) // 2], verify_ms, size)


def _cast_all(waiting: list[tuple[HttpOwner, bytes]]) -> list[float]:
    """Let some clients at once send every ballot; return the seconds each answer took."""
    queue, times, problems = list(reversed(waiting)), [], []
    lock = threading.Lock()

    def run() -> None:
        while True:
            with lock:
                if not queue or problems:
                    return
                owner, raw = queue.pop()
            started = time.perf_counter()
            try:
                status, body = owner.cast(raw)
            except OSError as problem:
                problems.append(problem)
                return
            finally:
                owner.close()
            times.append(time.perf_counter() - started)
            if status != 201:
                problems.append(body)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(f"a cast was not accepted: {problems[0]}")
    return times


def _verify_alone(world: World, raws: list[bytes]) -> float:
    verify_ballot(world.definition, parse_ballot(world.definition, raws[0]))
    started = time.perf_counter()
    for raw in raws:
        verify_ballot(world.definition, parse_ballot(world.definition, raw))
    return 1000 * (time.perf_counter() - started) / len(raws)


def _world(settings: Settings, voters: int) -> World:
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    clock = SteerableClock(datetime.now(UTC).astimezone(CHINA))
    app.extensions["yeyi_clock"] = clock
    return open_world(app, clock, flats(voters), candidates=12, seats=7, hire=False)


@contextmanager
def _settings(engine: str) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="yeyi-bench-") as folder:
        if engine == "sqlite":
            settings = testing_settings(Path(folder), sqlite_url(Path(folder)))
            upgrade(settings.migration_database_url)
            yield settings
            return
        server = start_postgres(durable=True)
        try:
            name = server.create_database()
            upgrade(server.url(name))
            made = testing_settings(Path(folder), server.url(name, APPLICATION_ROLE))
            yield replace(made, migration_database_url=server.url(name))
        finally:
            server.stop()


def main() -> None:
    """Measure the engines named on the command line, by default both."""
    named = [argument for argument in sys.argv[1:] if not argument.isdecimal()]
    ballots = next((int(argument) for argument in sys.argv[1:] if argument.isdecimal()), 150)
    for engine in named or ["sqlite", "postgres"]:
        print(measure(engine, ballots).report(), flush=True)


if __name__ == "__main__":
    main()
