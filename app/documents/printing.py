"""Own the typesetting of papers: frozen values in, PDF/A-2b out, the same bytes for the same values on every machine.

Templates are ours and lie in ``templates/documents``; values reach them as JSON text only, so that nothing anybody typed
is ever read as markup. The date in the file is the paper's own.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import typst
from pypdf import PdfReader

from app.documents.errors import NotAPdf
from app.documents.fonts import fonts, printable_characters
from app.documents.papers.base import Paper
from app.documents.papers.plain import Plain, is_silent
from app.documents.qr import qr_svg

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"


def render(paper: Paper) -> bytes:
    """Typeset a paper as PDF/A-2b."""
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        input=str(TEMPLATES / f"{paper.code.lower()}.typ"),
        format="pdf",
        pdf_standards=["a-2b"],
        sys_inputs={"data": json.dumps(template_values(paper), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter returned no single file")
    return made


def template_values(paper: Paper) -> dict[str, object]:
    """Return what the template receives: the paper's values as text, its QR codes as drawings, and what is missing."""
    plain = Plain(printable_characters())
    values = plain.value(paper)
    if not isinstance(values, dict):
        raise TypeError("a paper is a dataclass")
    values |= {key: plain.value(value) for key, value in paper.derived().items()}
    dated = paper.imprint.dated
    values |= {
        "document": plain.text(paper.document_name),
        "sheet": paper.size.value,
        "date": [dated.year, dated.month, dated.day],
        "shown": plain.text(paper.imprint.link.shown),
        "qr": str(qr_svg(paper.imprint.link.url)),
        "missing": [f"U+{ord(letter):04X}" for letter in plain.missing],
    }
    return values


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters of a text that cannot be printed, each once, in the order they stand."""
    known = printable_characters()
    return tuple(dict.fromkeys(letter for letter in text if not is_silent(letter) and ord(letter) not in known))


def count_pages(pdf: bytes) -> int:
    """Return the pages of a PDF; raises NotAPdf when it cannot be read, also when it asks for a password."""
    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except Exception as problem:
        # The reader raises many kinds of errors on damaged bytes; each of them means the same to the sender.
        raise NotAPdf() from problem
