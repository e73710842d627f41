"""Own the collecting of problems while a file is read, so that no row is ever dropped without being listed."""

from __future__ import annotations

from collections.abc import Iterable

from app.roll.types import Handling, Problem, ProblemKind


class Findings:
    """Collect the problems of one file in the order they are met."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def fixed(self, sheet: str, row: int | None, kind: ProblemKind, before: str, after: str, zh: str, en: str) -> None:
        """Note a value that was put right without loss (class A)."""
        self._problems.append(Problem(sheet, row, kind, Handling.FIXED, zh, en, before=before, after=after))

    def listed(self, sheet: str, rows: Iterable[int], kind: ProblemKind, zh: str, en: str) -> None:
        """Note rows that were set aside or joined without loss (class A)."""
        self._add(sheet, rows, kind, Handling.FIXED, zh, en)

    def confirm(self, sheet: str, rows: Iterable[int], kind: ProblemKind, zh: str, en: str) -> None:
        """Note something a person accepts with one click (class C)."""
        self._add(sheet, rows, kind, Handling.CONFIRM, zh, en)

    def resolve(self, sheet: str, rows: Iterable[int], kind: ProblemKind, zh: str, en: str) -> None:
        """Note something only a person can decide (class H)."""
        self._add(sheet, rows, kind, Handling.MUST_RESOLVE, zh, en)

    def in_file_order(self) -> tuple[Problem, ...]:
        """Return everything collected, sheet by sheet as first met, then by row."""
        order = {name: place for place, name in enumerate(dict.fromkeys(item.sheet for item in self._problems))}
        return tuple(sorted(self._problems, key=lambda item: (order[item.sheet], item.row or 0)))

    def _add(self, sheet: str, rows: Iterable[int], kind: ProblemKind, handling: Handling, zh: str, en: str) -> None:
        places = tuple(rows)
        first = places[0] if places else None
        self._problems.append(Problem(sheet, first, kind, handling, zh, en, rows=places if len(places) > 1 else ()))
