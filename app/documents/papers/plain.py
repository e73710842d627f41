"""Own the way of a paper's values into its template: every value as text, exactly, with nothing that could be markup.

The template receives strings, lists and dictionaries only. Characters that the fonts lack become 〓, which is how Chinese
printers have always marked a missing sort; which ones they were is told beside the text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from unicodedata import category

from markupsafe import Markup

from app.documents.papers.blocks import LegalMark, Photo
from app.documents.papers.words import mark_words
from app.values.area import Area
from app.web import filters
from app.web.charts import Reading

#: What is printed where the fonts have no glyph.
MISSING_SORT = "〓"
#: Control, format and surrogate characters say nothing on paper; private ones may be somebody's rare name and count as missing.
_SILENT = {"Cc", "Cf", "Cs"}


class Plain:
    """Turn values into what a template takes, and remember the characters that could not be printed."""

    def __init__(self, glyphs: Collection[int]) -> None:
        self._glyphs = glyphs
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the characters replaced so far, in the order they were met."""
        return tuple(self._missing)

    def value(self, value: object) -> object:
        """Return the value as strings, lists and dictionaries; raises TypeError for what must not be printed, as a float."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, Markup):
            return str(value)
        if isinstance(value, Enum):
            return self.text(str(value.value))
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int):
            return f"{value:,}".replace("-", "−")
        if isinstance(value, date):
            return _days(value)
        if isinstance(value, Area):
            return value.grouped()
        return self._compound(value)

    def text(self, text: str) -> str:
        """Return a text without silent characters, its missing glyphs replaced."""
        kept = []
        for letter in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "):
            if letter == "\n":
                kept.append(letter)
            elif is_silent(letter):
                continue
            elif ord(letter) in self._glyphs:
                kept.append(letter)
            else:
                self._missing[letter] = None
                kept.append(MISSING_SORT)
        return "".join(kept)

    def _compound(self, value: object) -> object:
        if isinstance(value, Reading):
            return _reading(value)
        if isinstance(value, LegalMark):
            return {"words": mark_words(value), "fraction": f"{value.share.numerator}/{value.share.denominator}"}
        if isinstance(value, Photo):
            return list(value.content)
        if isinstance(value, Mapping):
            return {str(key): self.value(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        if is_dataclass(value) and not isinstance(value, type):
            return {each.name: self.value(getattr(value, each.name)) for each in fields(value)}
        raise TypeError(f"a {type(value).__name__} is not printed")


def is_silent(letter: str) -> bool:
    """Say whether a character leaves no mark on paper: controls, joiners, selectors of a variant."""
    return category(letter) in _SILENT or "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _days(value: date) -> dict[str, str]:
    """Write a day, or a moment with its time, in each way a paper says it."""
    written = {
        "day": filters.day(value),
        "full": filters.day_year(value),
        "weekday": filters.weekday(value),
        "iso": value.isoformat()[:10],
    }
    if isinstance(value, datetime):
        written |= {
            "stamp": filters.stamp(value),
            "moment": filters.moment(value),
            "clock": filters.clock(value),
            "deadline": filters.deadline(value),
            "deadline_24": filters.deadline_24(value),
        }
    return written


def _reading(reading: Reading) -> dict[str, object]:
    """Write a reading both as heads and as area; the template knows which it is."""
    return {
        "heads": filters.count(reading.value),
        "area": filters.area_number(reading.value),
        "of_heads": filters.count(reading.total),
        "of_area": filters.area_number(reading.total),
        "percent": reading.percent,
        "reached": reading.reached,
        "mark": mark_words(LegalMark(reading.mark.share, not reading.mark.inclusive)),
        "gap_heads": filters.count(reading.gap),
        "gap_area": filters.area_number(reading.gap),
    }
