"""Own the contents page of the filing pack (N16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """Hold one entry of the check list; without a file it is named as missing."""

    title: str
    #: Name inside the pack; empty where the paper is missing.
    file_name: str = ""
    #: Pages; None where the paper is missing or its pages cannot be counted.
    pages: int | None = None
    #: First page in the pack counted through; None where it cannot be said.
    first_page: int | None = None
    #: SHA-256 in hexadecimal; empty where the paper is missing.
    digest: str = ""
    #: Why it is missing or what to do, in plain words.
    note: str = ""

    @property
    def is_missing(self) -> bool:
        """Say whether the paper is missing."""
        return not self.file_name


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingContents(Paper):
    """Be N16 备案材料包目录."""

    code: ClassVar[PaperCode] = PaperCode.FILING_CONTENTS
    name: ClassVar[str] = "备案材料目录"

    #: What is filed, 第三届业主委员会备案.
    subject: str
    #: Whom it is filed with.
    addressee: str
    lines: tuple[ContentsLine, ...]

    def derived(self) -> dict[str, object]:
        """Return the number of papers and pages and the names of the missing ones."""
        return {
            "missing_papers": [line.title for line in self.lines if line.is_missing],
            "papers": sum(not line.is_missing for line in self.lines),
            "all_pages": sum(line.pages or 0 for line in self.lines),
        }
