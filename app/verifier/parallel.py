"""Own the spreading of work over processes: begun early, collected when it is needed, in any order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

#: What a worker process works on; set once, when the process is forked.
_inherited: Any = None


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Workers(Generic[Shared]):
    """Hold some processes that share one large value; with one process everything is done here, when it is collected.

    Processes are forked, so that the shared value is not copied and nothing is imported again.
    """

    def __init__(self, processes: int, shared: Shared) -> None:
        self._shared = shared
        self._pool = None
        if processes > 1:
            context = get_context("fork")
            self._pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_inherit, initargs=(shared,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, function: Callable[[Shared, Item], Result], items: Sequence[Item]) -> Callable[[], Iterator[Result]]:
        """Begin ``function(shared, item)`` for every item; the returned call yields the results in any order."""
        pool, shared = self._pool, self._shared
        if pool is None:
            return lambda: (function(shared, item) for item in items)
        futures: list[Future[Result]] = [pool.submit(_work, function, item) for item in items]
        return lambda: (future.result() for future in as_completed(futures))


def _inherit(shared: Any) -> None:
    global _inherited
    _inherited = shared


def _work(function: Callable[[Any, Item], Result], item: Item) -> Result:
    return function(_inherited, item)
