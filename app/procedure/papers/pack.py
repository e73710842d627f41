"""Own the pack of a filing: every line of the check-list with its paper, uploaded ones before printed ones."""

from __future__ import annotations

from datetime import date

from flask_babel import force_locale

from app.documents.filing import FilingPack, PackEntry, build_pack
from app.documents.papers import PaperCode
from app.documents.queries import private_file
from app.procedure.filing_list import FilingLine, filing_lines
from app.procedure.papers.imprint import committee_name, convener, imprint_of, last_change, street_office
from app.procedure.papers.making import make_paper
from app.procedure.papers.results import elected_term
from app.procedure.preparation_sentences import PAPER_NAMES
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow
from app.values.clock import china_day

_MISSING = "还没有，请补上"
_UPLOADED = "上传的原件"


def filing_pack(place: ComplexRow, dossier: Dossier) -> FilingPack:
    """Make the zip of the filing in the order of the check-list; what may be left out is named only where it is there."""
    lines = [line for line in filing_lines(dossier) if line.is_there or line.is_missing]
    return build_pack(
        [_entry(place, dossier, line) for line in lines],
        imprint=imprint_of(place, dossier, PaperCode.FILING_CONTENTS, _dated(dossier), _filer(place, dossier)),
        subject=f"{dossier.procedure.title}备案",
        addressee=street_office(place),
    )


def _entry(place: ComplexRow, dossier: Dossier, line: FilingLine) -> PackEntry:
    with force_locale("zh_CN"):
        title = str(PAPER_NAMES[line.item.code])
    if line.paper is not None:
        return PackEntry(title, private_file(line.paper.file_id).content, _UPLOADED)
    if line.is_printable:
        return PackEntry(title, make_paper(place, dossier, line.item.code))
    return PackEntry(title, None, _MISSING)


def _filer(place: ComplexRow, dossier: Dossier) -> str:
    """Name who files: the new committee where one was elected, else who convened the vote."""
    term = elected_term(dossier)
    return committee_name(place, term.number) if term is not None else convener(place, dossier)


def _dated(dossier: Dossier) -> date:
    """Return the day of the latest filing, else that of the last thing recorded."""
    return dossier.filings[-1].on if dossier.filings else china_day(last_change(dossier))
