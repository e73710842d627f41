"""Own the spreading of work over processes: begun early, collected when it is needed, in any order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Workers:
    """Hold some processes; with one process everything is done here, when it is collected.

    Processes are forked, so that large constants built before are shared and nothing is imported again.
    """

    def __init__(self, processes: int) -> None:
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("fork")) if processes > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Callable[[], Iterator[Result]]:
        """Begin ``function(item)`` for every item; the returned call yields the results in any order."""
        pool = self._pool
        if pool is None or len(items) <= 1:
            return lambda: map(function, items)
        futures: list[Future[Result]] = [pool.submit(function, item) for item in items]
        return lambda: (future.result() for future in as_completed(futures))
