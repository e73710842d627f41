"""Own the way from a code to the printed paper: its builder fills the values, ``app.documents.printing`` typesets them.

The last papers typeset are kept, because a preview asks for the same paper once for every page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from app.documents.papers import Paper, PaperCode
from app.documents.preview import page_image
from app.documents.printing import render
from app.procedure.filing_list import printable_papers
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers import beginning
from app.procedure.papers.imprint import NO_WISH, Wish
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow

Builder = Callable[[ComplexRow, Dossier, Wish], Paper]

#: Code to what fills the paper.
BUILDERS: Mapping[PaperCode, Builder] = MappingProxyType(
    {
        PaperCode.TERM_REPORT: beginning.term_report,
        PaperCode.START_NOTICE: beginning.start_notice,
        PaperCode.GROUP_NOTICE: beginning.group_notice,
    }
)
#: Code to the sheet it is printed on, A4 or A3.
SHEETS: Mapping[str, str] = MappingProxyType({each.code.value: each.size.value.upper() for each in Paper.__subclasses__()})
_KEPT_PAPERS = 8
_KEPT_PICTURES = 48


def fill_paper(place: ComplexRow, dossier: Dossier, code: str, wish: Wish = NO_WISH) -> Paper:
    """Return the values of a paper.

    Raises: PaperNotPrintable.
    """
    builder = BUILDERS.get(PaperCode(code)) if code in printable_papers(dossier) else None
    if builder is None:
        raise PaperNotPrintable(paper=code)
    return builder(place, dossier, wish)


def make_paper(place: ComplexRow, dossier: Dossier, code: str, wish: Wish = NO_WISH) -> bytes:
    """Print a paper as PDF/A-2b from what is recorded; equal data makes equal bytes.

    Raises: PaperNotPrintable.
    """
    return _typeset(fill_paper(place, dossier, code, wish))


def parts_of(dossier: Dossier, code: str) -> tuple[str, ...]:
    """Name the parts a paper is printed in; empty for one that is printed whole."""
    return ()


@lru_cache(maxsize=_KEPT_PICTURES)
def page_picture(pdf: bytes, number: int) -> bytes:
    """Return one page of a printed paper as PNG.

    Raises: NotAPdf, also when there is no such page.
    """
    return page_image(pdf, number)


@lru_cache(maxsize=_KEPT_PAPERS)
def _typeset(paper: Paper) -> bytes:
    return render(paper)
