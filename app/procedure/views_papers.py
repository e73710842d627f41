"""Own the delivery of printed papers: preview, file, filing pack, what hangs on the board, and the codes printed on them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Redirect

from app.access.permissions import Permission as P
from app.db.session import read_in_tenant
from app.documents.errors import NotAPdf
from app.documents.preview import Preview, preview_pages
from app.documents.queries import private_file
from app.elections.types import ElectionRow, ElectionState
from app.errors import NotFound
from app.procedure.filing_list import printable_papers
from app.procedure.paper_errors import PaperNotPrintable, ShortCodeUnknown
from app.procedure.papers.imprint import POSTED_PAPERS, PUBLIC_PAPERS, Wish, posted_day
from app.procedure.papers.making import SHEETS, make_paper, page_picture, parts_of
from app.procedure.papers.pack import filing_pack
from app.procedure.preparation_sentences import PAPER_NAMES
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.short_links import PrintedPaper, find_printed_paper
from app.procedure.types import Dossier
from app.tenancy.queries import complex_by_id
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now
from app.web.gate import actor

#: Papers that go to single doors; only those who prepare the procedure print them.
_OPERATORS_ONLY = frozenset({"N6"})
#: Letters differ by the door alone, so that a few show enough.
_LETTERS_SHOWN = 3


# --- for those who work on the procedure ------------------------------------------------------------------------------


def show_paper(complex: ComplexRow, code: str, paper: str) -> str | Response:
    """Show the pages of a paper before it is printed; a paper that only exists as an upload is sent itself."""
    dossier = get_dossier(code)
    kept = dossier.latest_paper(paper)
    if paper not in printable_papers(dossier) and kept is not None:
        return _upload(kept.file_id)
    wish, parts = _wish(dossier, paper), parts_of(dossier, paper)
    arguments: dict[str, Any] = {"complex": complex.slug, "code": code, "paper": paper, **_asked(wish)}
    preview = _preview(_sample(complex, dossier, paper, wish), "procedure.show_paper_page", arguments)
    if parts:
        preview = replace(preview, total=parts[wish.part])
    return render_template(
        "procedure/show_paper.html",
        procedure=dossier.procedure,
        paper=paper,
        name=PAPER_NAMES[paper],
        preview=preview,
        download_url=url_for("procedure.download_paper", **arguments),
        wish=wish,
        asks_day=paper in POSTED_PAPERS and posted_day(dossier, POSTED_PAPERS[paper]) is None,
        kept=kept,
        size=SHEETS[paper],
        parts=parts,
    )


def download_paper(complex: ComplexRow, code: str, paper: str) -> Response:
    """Send a paper as PDF."""
    dossier = get_dossier(code)
    return _pdf(_printed(complex, dossier, paper, _wish(dossier, paper)), complex, paper)


def show_paper_page(complex: ComplexRow, code: str, paper: str, number: int) -> Response:
    """Send one page of a paper as a picture."""
    dossier = get_dossier(code)
    return _picture(_sample(complex, dossier, paper, _wish(dossier, paper)), number)


def show_kept_paper(complex: ComplexRow, code: str, paper: str) -> Response:
    """Send the paper that was uploaded for a place in the check-list, as it came."""
    kept = get_dossier(code).latest_paper(paper)
    if kept is None:
        raise PaperNotPrintable(paper=paper)
    return _upload(kept.file_id)


def download_filing(complex: ComplexRow, code: str) -> Response:
    """Send the pack of the filing: every paper in the order of the check-list, what is missing named in its contents."""
    pack = filing_pack(complex, get_dossier(code))
    return send_file(
        io.BytesIO(pack.content), mimetype="application/zip", as_attachment=True, download_name=f"{complex.slug}-filing.zip"
    )


# --- for everybody ----------------------------------------------------------------------------------------------------


def show_posted_paper(complex: ComplexRow, code: str, paper: str) -> str:
    """Show a paper that hangs on the board."""
    dossier, pdf = _posted(complex, code, paper)
    arguments: dict[str, Any] = {"complex": complex.slug, "code": code, "paper": paper}
    return render_template(
        "procedure/show_posted_paper.html",
        procedure=dossier.procedure,
        name=PAPER_NAMES[paper],
        preview=_preview(pdf, "procedure.show_posted_page", arguments),
        download_url=url_for("procedure.download_posted_paper", **arguments),
        posted_on=posted_day(dossier, PUBLIC_PAPERS[paper]),
        size=SHEETS[paper],
    )


def download_posted_paper(complex: ComplexRow, code: str, paper: str) -> Response:
    """Send a paper that hangs on the board as PDF."""
    return _pdf(_posted(complex, code, paper)[1], complex, paper)


def show_posted_page(complex: ComplexRow, code: str, paper: str, number: int) -> Response:
    """Send one page of a paper that hangs on the board as a picture."""
    return _picture(_posted(complex, code, paper)[1], number)


def enter_code() -> str | Redirect:
    """Ask for the six characters printed on a paper, and open what they stand for."""
    typed = request.args.get("code", "")
    if not typed:
        return render_template("procedure/enter_code.html", typed="", is_unknown=False)
    try:
        return redirect(_public_page(find_printed_paper(typed)))
    except ShortCodeUnknown:
        return render_template("procedure/enter_code.html", typed=typed, is_unknown=True)


def open_code(typed: str) -> Redirect:
    """Open the public page that a printed code stands for."""
    return redirect(_public_page(find_printed_paper(typed)))


# --- inside -----------------------------------------------------------------------------------------------------------


def _printed(place: ComplexRow, dossier: Dossier, paper: str, wish: Wish) -> bytes:
    if paper in _OPERATORS_ONLY and not actor().may(P.PROCEDURE_MANAGE):
        raise PaperNotPrintable(paper=paper)
    return make_paper(place, dossier, paper, wish)


def _sample(place: ComplexRow, dossier: Dossier, paper: str, wish: Wish) -> bytes:
    """Print what a preview shows: the paper, of letters the first few."""
    return _printed(place, dossier, paper, replace(wish, letters=_LETTERS_SHOWN) if wish.part else wish)


def _posted(place: ComplexRow, code: str, paper: str) -> tuple[Dossier, bytes]:
    dossier = get_dossier(code)
    if paper not in PUBLIC_PAPERS or posted_day(dossier, PUBLIC_PAPERS[paper]) is None:
        raise PaperNotPrintable(paper=paper)
    return dossier, make_paper(place, dossier, paper)


def _wish(dossier: Dossier, paper: str) -> Wish:
    """Read what the address asks for; a paper that does not hang yet is dated for today unless another day is asked."""
    parts = parts_of(dossier, paper)
    part = request.args.get("part") or next(iter(parts), "")
    if parts and part not in parts:
        raise PaperNotPrintable(part=part)
    if paper in POSTED_PAPERS and posted_day(dossier, POSTED_PAPERS[paper]) is not None:
        return Wish()
    try:
        on = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        on = china_day(now())
    return Wish(on, part if parts else "")


def _asked(wish: Wish) -> dict[str, str]:
    asked = {"on": wish.on.isoformat() if wish.on else "", "part": wish.part}
    return {key: value for key, value in asked.items() if value}


def _preview(pdf: bytes, endpoint: str, arguments: dict[str, Any]) -> Preview:
    return preview_pages(pdf, lambda number: url_for(endpoint, number=number, **arguments))


def _pdf(pdf: bytes, place: ComplexRow, paper: str) -> Response:
    name = f"{place.slug}-{paper}.pdf"
    return send_file(io.BytesIO(pdf), mimetype="application/pdf", as_attachment=True, download_name=name)


def _picture(pdf: bytes, number: int) -> Response:
    try:
        return Response(page_picture(pdf, number), mimetype="image/png")
    except NotAPdf as problem:
        raise PaperNotPrintable(page=number) from problem


def _upload(file_id: int) -> Response:
    """Send somebody else's file; only pictures we wrote ourselves are shown in place."""
    found = private_file(file_id)
    response = Response(found.content, mimetype=found.row.media_type)
    is_picture = found.row.media_type == "image/jpeg"
    kind = "jpg" if is_picture else "pdf"
    where = "inline" if is_picture else "attachment"
    response.headers.set("Content-Disposition", where, filename=f"{found.row.sha256[:12]}.{kind}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _public_page(printed: PrintedPaper) -> str:
    """Return the address of the page that everybody may see for a paper."""
    place = complex_by_id(printed.complex_id)
    vote = read_in_tenant(place.id, lambda: _public_vote(printed.procedure_code))
    one: dict[str, Any] = {"complex": place.slug, "uuid": vote.uuid if vote is not None else ""}
    if printed.paper in ("N12", "N13", "N14", "N15") and vote is not None and vote.state is ElectionState.PUBLISHED:
        return url_for("ballots.show_result", **one)
    if printed.paper in ("N5", "N6", "N12", "N13", "N14", "N15") and vote is not None:
        return url_for("elections.show_election", **one)
    endpoint = "procedure.show_candidates" if printed.paper == "N4" else "procedure.show_timeline"
    if printed.paper in ("MINUTES", "HANDOVER"):
        return url_for("committee.show_committee", complex=place.slug)
    return url_for(endpoint, complex=place.slug, code=printed.procedure_code)


def _public_vote(code: str) -> ElectionRow | None:
    try:
        vote = standing_vote(get_dossier(code))
    except NotFound:
        return None
    return vote if vote is not None and vote.is_public else None
