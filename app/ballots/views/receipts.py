"""Own the look-up of a receipt by anyone: the ballot's place in the box and on the public record, and no person."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template, request

from app.ballots.errors import ReceiptNotFound
from app.ballots.inclusion import Inclusion, inclusion_of
from app.ballots.queries import ballot_by_receipt
from app.ballots.rules import normalise_code
from app.tenancy.types import ComplexRow
from app.values.clock import china_iso
from app.web.errors import sentence_of


def find_receipt(complex: ComplexRow) -> str | tuple[str, int]:
    """Show the form, and with a code what the box and the record say about it."""
    asked = request.args.get("code", "")[:80]
    code = normalise_code(asked)
    if not code:
        return render_template("ballots/find_receipt.html", asked="", found=None, problem=None)
    try:
        found = inclusion_of(ballot_by_receipt(code))
    except ReceiptNotFound as problem:
        page = render_template("ballots/find_receipt.html", asked=asked, found=None, problem=sentence_of(problem))
        return page, 404
    return render_template("ballots/find_receipt.html", asked=asked, found=found, problem=None)


def receipt_json(complex: ComplexRow) -> Response:
    """Send the same as data, with the proof of inclusion in hexadecimal."""
    code = normalise_code(request.args.get("code", "")[:80])
    return jsonify(_document(inclusion_of(ballot_by_receipt(code))))


def _document(found: Inclusion) -> dict[str, Any]:
    ballot, checkpoint = found.ballot, found.checkpoint
    signed = {}
    if checkpoint is not None:
        signed = {
            "tree_size": checkpoint.tree_size,
            "root": checkpoint.root_hash.hex(),
            "proof": [node.hex() for node in found.proof],
            "checkpoint": checkpoint.note,
        }
    return {
        "tracker": ballot.tracker,
        "receipt_code": ballot.receipt_code,
        "election": found.election.uuid,
        "box_number": ballot.box_number,
        "accepted_at": china_iso(ballot.accepted_at),
        "leaf": {"index": ballot.leaf_index, "body": found.leaf.decode(), "hash": found.leaf_hash.hex()},
        **signed,
    }
