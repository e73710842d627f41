"""Own the pictures of printed pages: what the browser shows before a PDF is printed or kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import typst

from app.documents.errors import NotAPdf
from app.documents.fonts import fonts
from app.documents.printing import TEMPLATES, count_pages

#: A preview shows this many pages; the whole paper is in the file.
PREVIEW_PAGES = 12
#: Width of a picture in pixels, sharp at the width of a page on the desk.
PICTURE_WIDTH = 1_000


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """Hold one page of a preview: its number from 1 and the address of its picture."""

    number: int
    image_url: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold the pages shown of a paper and how many it has in all."""

    pages: tuple[PreviewPage, ...]
    total: int

    @property
    def rest(self) -> int:
        """Return how many pages are only in the file."""
        return self.total - len(self.pages)


def preview_pages(pdf: bytes, image_url: Callable[[int], str], limit: int = PREVIEW_PAGES) -> Preview:
    """Return the preview of a PDF; ``image_url`` gives the address under which a page's picture is served.

    Raises: NotAPdf.
    """
    total = count_pages(pdf)
    return Preview(tuple(PreviewPage(number, image_url(number)) for number in range(1, min(total, limit) + 1)), total)


def page_image(pdf: bytes, number: int, width: int = PICTURE_WIDTH) -> bytes:
    """Return one page of a PDF, numbered from 1, as a PNG of the given width in pixels.

    Raises: NotAPdf, also when there is no such page.
    """
    return page_images(pdf, [number], width)[0]


def page_images(pdf: bytes, numbers: Sequence[int], width: int = PICTURE_WIDTH) -> list[bytes]:
    """Return some pages of a PDF, numbered from 1, as PNG pictures of the given width in pixels.

    Raises: NotAPdf, also when there is no such page.
    """
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts(), ignore_system_fonts=True)
    values = {"pdf": list(pdf), "pages": list(numbers)}
    try:
        # One typographic point is one pixel at 72 pixels an inch.
        made = compiler.compile(
            input=str(TEMPLATES / "preview.typ"),
            format="png",
            ppi=72,
            sys_inputs={"data": json.dumps(values), "width": str(width)},
        )
    except typst.TypstError as problem:
        raise NotAPdf() from problem
    return [made] if isinstance(made, bytes) else list(made or [])
