"""Own the six characters printed on a paper: five name its procedure, the last one says which paper it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.db.session import current_tenant_id, db
from app.documents.papers.base import CODE_ALPHABET, PaperCode
from app.procedure.models import ShortLink
from app.procedure.paper_errors import ShortCodeUnknown

#: The papers in the order of the letters that stand for them; a new paper goes to the end, because codes hang on boards.
_PAPERS = (
    PaperCode.TERM_REPORT,
    PaperCode.START_NOTICE,
    PaperCode.GROUP_NOTICE,
    PaperCode.ROLL_NOTICE,
    PaperCode.ROLL_CHECK,
    PaperCode.CANDIDATE_NOTICE,
    PaperCode.MEETING_NOTICE,
    PaperCode.HOUSEHOLD_LETTERS,
    PaperCode.COUNT_RECORD,
    PaperCode.PRELIMINARY_RESULT,
    PaperCode.FINAL_RESULT,
    PaperCode.SUPERVISION_REPORT,
    PaperCode.FILING_CONTENTS,
    PaperCode.FIRST_MEETING,
    PaperCode.HANDOVER_LIST,
)


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """Hold what a code stands for."""

    complex_id: int
    procedure_code: str
    paper: PaperCode


def short_name_of(procedure_code: str) -> str:
    """Return the short name of a procedure of the present complex.

    Raises: ShortCodeUnknown for a procedure without one.
    """
    query = select(ShortLink.name).where(
        ShortLink.complex_id == current_tenant_id(), ShortLink.procedure_code == procedure_code
    )
    name = db.session.scalar(query)
    if name is None:
        raise ShortCodeUnknown()
    return name


def short_code_of(procedure_code: str, paper: PaperCode) -> str:
    """Return the six characters printed on a paper of a procedure of the present complex.

    Raises: ShortCodeUnknown.
    """
    return short_name_of(procedure_code) + CODE_ALPHABET[_PAPERS.index(paper)]


def find_printed_paper(typed: str) -> PrintedPaper:
    """Return what a typed code stands for; small letters, blanks and dashes do no harm.

    Raises: ShortCodeUnknown.
    """
    code = "".join(letter for letter in typed.upper() if letter not in " -")
    at = CODE_ALPHABET.find(code[-1:]) if code else -1
    row = db.session.scalar(select(ShortLink).where(ShortLink.name == code[:-1]))
    if row is None or not 0 <= at < len(_PAPERS):
        raise ShortCodeUnknown()
    return PrintedPaper(row.complex_id, row.procedure_code, _PAPERS[at])
