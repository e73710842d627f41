"""Own the pages of the public record."""

from __future__ import annotations

from flask import Response, render_template, request

from app.board.labels import KIND_SENTENCES, read_entry
from app.board.queries import count_leaves, latest_checkpoint, leaves_page
from app.board.services.keys import log_signing_key
from app.errors import NotFound
from app.tenancy.types import ComplexRow
from app.web.pagination import PAGE_SIZE, Page


def show_record(complex: ComplexRow) -> str:
    """Show the record in plain words, newest first; ballots and enrolments are folded away unless asked for."""
    everything = request.args.get("all") == "1"
    election = request.args.get("election", "")
    total = count_leaves(everything=everything, election_uuid=election)
    asked = request.args.get("page", "1")
    last = max(1, -(-total // PAGE_SIZE))
    number = min(last, max(1, int(asked) if asked.isdecimal() and len(asked) < 8 else 1))
    leaves = leaves_page(everything=everything, election_uuid=election, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "board/show_record.html",
        page=Page([read_entry(leaf) for leaf in leaves], number, total),
        everything=everything,
        election=election,
        checkpoint=_checkpoint(),
        kinds=KIND_SENTENCES,
    )


def show_checkpoint(complex: ComplexRow) -> Response:
    """Send the newest signed checkpoint as C2SP text."""
    return Response(latest_checkpoint().note, mimetype="text/plain")


def show_log_key(complex: ComplexRow) -> Response:
    """Send the key by which the record's checkpoints are verified."""
    return Response(f"{log_signing_key(complex.slug).verifier}\n", mimetype="text/plain")


def _checkpoint() -> object:
    try:
        return latest_checkpoint()
    except NotFound:
        return None
