"""Own what every printed paper has: its kind, sheet, imprint and short link; papers are plain values and know no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

#: No 0/O, 1/I/L: the code is read from paper and typed by hand.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class PaperCode(StrEnum):
    """Name every printed paper; the value is also the name of its template."""

    START_NOTICE = "N1"
    ROLL_NOTICE = "N2"
    ROLL_CHECK = "N3"
    CANDIDATE_NOTICE = "N4"
    MEETING_NOTICE = "N5"
    HOUSEHOLD_LETTERS = "N6"
    COUNT_RECORD = "N12"
    PRELIMINARY_RESULT = "N13"
    FINAL_RESULT = "N14"
    SUPERVISION_REPORT = "N15"
    FILING_CONTENTS = "N16"
    GROUP_NOTICE = "GROUP"
    TERM_REPORT = "REPORT"
    FIRST_MEETING = "MINUTES"
    HANDOVER_LIST = "HANDOVER"


class PaperSize(StrEnum):
    """Name the sheets a paper is printed on."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class ShortLink:
    """Hold what the QR code of a paper opens: the whole address, and the six characters to type by hand."""

    #: Whole address, as ``https://yeyi.example/v/K7QM4R``.
    url: str
    #: Six characters printed under the QR code.
    code: str

    @property
    def shown(self) -> str:
        """Return the address as it is printed, without its scheme: ``yeyi.example/v``."""
        host_and_path = self.url.split("://", 1)[-1]
        return host_and_path.removesuffix(self.code).rstrip("/")


@dataclass(frozen=True, slots=True)
class Imprint:
    """Hold what stands on every page of a paper: where it belongs, who issues it, its number and its link."""

    #: Name of the complex, 青岚花园.
    complex_name: str
    #: Number of the record, printed on every page, as ``QL-2027-HJ-N5-1``.
    number: str
    #: Day the paper bears; also the date in the file, so that the same data makes the same bytes.
    dated: date
    #: Who signs the paper, 青岚花园第三届业主委员会换届小组.
    issuer: str
    link: ShortLink
    #: Telephone number for questions.
    hotline: str
    #: Where and when questions are answered in person; empty where nowhere.
    office: str = ""
    #: Marks every page as a demonstration without effect.
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Be one printed paper: its imprint and the plain values of its kind."""

    code: ClassVar[PaperCode]
    #: Name of the document, printed on every page.
    name: ClassVar[str]
    size: ClassVar[PaperSize] = PaperSize.A4

    imprint: Imprint

    def derived(self) -> dict[str, object]:
        """Return further values for the template that follow from the fields."""
        return {}

    @property
    def document_name(self) -> str:
        """Return the name of this document; kinds with variants say which."""
        return self.name
