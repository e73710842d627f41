"""Own the way from a code to the printed paper: its builder fills the values, ``app.documents.printing`` typesets them.

Papers speak Chinese whatever the language of the page. The last ones typeset are kept, because a preview asks for the same
paper once for every page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from flask_babel import force_locale

from app.documents.papers import Paper, PaperCode
from app.documents.preview import page_image
from app.documents.printing import render
from app.procedure.filing_list import printable_papers
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers import after, beginning, candidates, notice, results, roll
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
        PaperCode.ROLL_NOTICE: roll.roll_notice,
        PaperCode.ROLL_CHECK: roll.roll_check,
        PaperCode.CANDIDATE_NOTICE: candidates.candidate_notice,
        PaperCode.MEETING_NOTICE: notice.meeting_notice,
        PaperCode.HOUSEHOLD_LETTERS: notice.household_letters,
        PaperCode.COUNT_RECORD: results.count_record,
        PaperCode.PRELIMINARY_RESULT: results.preliminary_result,
        PaperCode.FINAL_RESULT: results.final_result,
        PaperCode.SUPERVISION_REPORT: results.supervision_report,
        PaperCode.FIRST_MEETING: after.first_meeting,
        PaperCode.HANDOVER_LIST: after.handover_list,
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
    if code not in printable_papers(dossier):
        raise PaperNotPrintable(paper=code)
    with force_locale("zh_CN"):
        return BUILDERS[PaperCode(code)](place, dossier, wish)


def make_paper(place: ComplexRow, dossier: Dossier, code: str, wish: Wish = NO_WISH) -> bytes:
    """Print a paper as PDF/A-2b from what is recorded; equal data makes equal bytes.

    Raises: PaperNotPrintable.
    """
    return _typeset(fill_paper(place, dossier, code, wish))


def parts_of(dossier: Dossier, code: str) -> dict[str, int]:
    """Name the parts a paper is printed in with their pages; empty for one that is printed whole."""
    if code != PaperCode.HOUSEHOLD_LETTERS:
        return {}
    return {part: len(doors) for part, doors in notice.letter_parts(dossier).items()}


@lru_cache(maxsize=_KEPT_PICTURES)
def page_picture(pdf: bytes, number: int) -> bytes:
    """Return one page of a printed paper as PNG.

    Raises: NotAPdf, also when there is no such page.
    """
    return page_image(pdf, number)


@lru_cache(maxsize=_KEPT_PAPERS)
def _typeset(paper: Paper) -> bytes:
    return render(paper)
