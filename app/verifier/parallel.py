"""Own the spreading of work over processes; order does not matter, results come as they are ready."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def spread(function: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    """Yield ``function(item)`` for every item, in any order; ``function`` must be importable.

    Processes are forked, so that large constants and tables built before are shared and nothing is imported again.
    """
    workers = min(processes, len(items))
    if workers <= 1:
        yield from map(function, items)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        futures: list[Future[Result]] = [pool.submit(function, item) for item in items]
        for future in as_completed(futures):
            yield future.result()
