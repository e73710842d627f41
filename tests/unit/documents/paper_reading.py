"""Read printed papers back: their words without layout, their sheets, their marks in black and white."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops
from pypdf import PageObject, PdfReader

from app.documents.papers import Paper
from app.documents.preview import page_images
from app.documents.printing import render

#: Points of a millimetre.
POINTS = 72 / 25.4


@dataclass(frozen=True)
class Printed:
    """Hold a rendered paper with what can be read from it."""

    pdf: bytes
    #: Words of each page without any space, because a line's end or stretch is none of the text's.
    pages: tuple[str, ...]
    #: Width and height of each page in millimetres.
    sheets: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """Return the words of the whole paper."""
        return "".join(self.pages)


def squeezed(text: str) -> str:
    """Return a text without spaces."""
    return re.sub(r"\s+", "", text)


@cache
def printed(paper: Paper) -> Printed:
    """Typeset a paper and read it; the same paper only once."""
    return read(render(paper))


def read(pdf: bytes) -> Printed:
    """Read a PDF."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    words = tuple(squeezed(page.extract_text()) for page in pages)
    return Printed(pdf, words, tuple(_sheet(page) for page in pages))


def _sheet(page: PageObject) -> tuple[int, int]:
    return round(float(page.mediabox.width) / POINTS), round(float(page.mediabox.height) / POINTS)


def picture(pdf: bytes, number: int, width: int = 1_000) -> Image.Image:
    """Return a page as a picture in colour."""
    return Image.open(io.BytesIO(page_images(pdf, [number], width)[0])).convert("RGB")


def colourfulness(page: Image.Image) -> int:
    """Return the largest difference between the channels of any pixel; 0 where everything is black, white or grey."""
    red, green, blue = page.split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return max(int(difference.getextrema()[1]) for difference in differences)
