"""Own paging: which slice of a long list a page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

Row = TypeVar("Row")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Hold one page of a list; pages are counted from 1."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """Return the number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """Return the position of the first row shown, from 1; 0 for an empty list."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        """Return the position of the last row shown."""
        return min(self.number * self.size, self.total)


def page_of(rows: Sequence[Row], asked: str | None, size: int = PAGE_SIZE) -> Page[Row]:
    """Cut the asked page out of a list; an unreadable or too large number becomes the nearest page."""
    last = max(1, -(-len(rows) // size))
    number = min(last, max(1, int(asked) if asked and asked.isdecimal() and len(asked) < 8 else 1))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)


def page_links(page: Page[Any]) -> list[tuple[int, str]]:
    """Return (number, address) of every page of a list, keeping the search and filters of the present address."""
    endpoint = request.endpoint or "tenancy.home"
    arguments = {key: getattr(value, "slug", value) for key, value in (request.view_args or {}).items()}
    kept = {**request.args.to_dict(), **arguments}
    return [(number, url_for(endpoint, **{**kept, "page": number})) for number in range(1, page.last + 1)]
