"""Own the trustees' opening of the box: the page, its state, the box as text, and the taking of their parts."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from app.ballots.errors import BoxNotReady
from app.ballots.opening import opening_state
from app.ballots.queries import ballot_bodies, get_contest
from app.ballots.services.take_partial import take_partial, verify_partial
from app.db.session import begin_write
from app.elections.policies import trustee_of
from app.elections.rules import is_over
from app.identity.login import signed_in_account
from app.tenancy.types import ComplexRow
from app.web.assets import modules_of
from app.web.clock import now


def show_decrypt(complex: ComplexRow, uuid: str) -> str:
    """Show the shell of the trustee's page; counting and opening happen in the browser."""
    contest = get_contest(uuid)
    trustee_of(signed_in_account().account_id, contest.row)
    state_url = url_for("ballots.decrypt_json", complex=complex.slug, uuid=uuid)
    return render_template(
        "ballots/show_decrypt.html", election=contest.row, state_url=state_url, modules=modules_of("trustee/trustee.js")
    )


def decrypt_json(complex: ComplexRow, uuid: str) -> Response:
    """Send where the opening stands and what this trustee's page needs for its own count."""
    contest = get_contest(uuid)
    mine = trustee_of(signed_in_account().account_id, contest.row)
    address: dict[str, Any] = {"complex": complex.slug, "uuid": uuid}
    post, ballots = url_for("ballots.take_part", **address), url_for("ballots.box_text", **address)
    return jsonify(opening_state(contest, mine, post_url=post, ballots_url=ballots, csrf=generate_csrf()))


def box_text(complex: ComplexRow, uuid: str) -> Response:
    """Send the closed box: the exact bytes of one ballot per line, in the order of the box."""
    contest = get_contest(uuid)
    if not is_over(contest.row, now()):
        raise BoxNotReady(election=uuid)
    lines = b"".join(raw + b"\n" for raw in ballot_bodies(contest.row.id))
    return Response(lines, mimetype="text/plain")


def take_part(complex: ComplexRow, uuid: str) -> tuple[Response, int]:
    """Take one trustee's parts of the decryption; given twice, the first stays."""
    account, at = signed_in_account().account_id, now()
    verified = verify_partial(uuid, account, request.get_data(cache=False))
    begin_write()
    taken = take_partial(uuid, account, verified, at=at)
    answer: dict[str, Any] = {"index": verified.index, "taken": taken}
    return jsonify(answer), 201 if taken else 200
