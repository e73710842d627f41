"""Own the trustees' opening of the box: the page, its state, the box as text, and the taking of their parts."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from app.ballots.errors import BoxNotReady
from app.ballots.opening import opening_state
from app.ballots.policies import require_trustee
from app.ballots.queries import ballot_bodies, get_contest
from app.ballots.services.take_partial import take_partial, verify_partial
from app.crypto.encoding import dumps
from app.db.session import begin_write
from app.elections.rules import is_over
from app.identity.login import signed_in_account
from app.settings import Settings
from app.tenancy.types import ComplexRow
from app.web.assets import modules_of
from app.web.clock import now

_DEMO_KEY = "demo.hand_over_key"


def show_decrypt(complex: ComplexRow, uuid: str) -> str:
    """Show the shell of the trustee's page; counting and opening happen in the browser."""
    contest = get_contest(uuid)
    require_trustee(signed_in_account().account_id, contest.row.trustees)
    state_url = url_for("ballots.decrypt_json", complex=complex.slug, uuid=uuid)
    return render_template(
        "ballots/show_decrypt.html", election=contest.row, state_url=state_url, modules=modules_of("trustee/trustee.js")
    )


def decrypt_json(complex: ComplexRow, uuid: str) -> Response:
    """Send where the opening stands and what this trustee's page needs for its own count."""
    contest = get_contest(uuid)
    mine = require_trustee(signed_in_account().account_id, contest.row.trustees)
    state = opening_state(contest, mine, urls=_urls(complex, uuid, mine.index), csrf=generate_csrf())
    # The order of a message's fields is part of what its trustee signed, so the answer must not be sorted.
    return Response(dumps(state), mimetype="application/json")


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


def _urls(place: ComplexRow, uuid: str, index: int) -> dict[str, str]:
    address: dict[str, Any] = {"complex": place.slug, "uuid": uuid}
    urls = {"post": url_for("ballots.take_part", **address), "ballots": url_for("ballots.box_text", **address)}
    # A page of a higher slice: the demonstration's key files, so that one person can play all parts.
    if cast(Settings, current_app.extensions["yeyi_settings"]).demo_mode and _DEMO_KEY in current_app.view_functions:
        urls["demo_key"] = url_for(_DEMO_KEY, uuid=uuid, index=index)
    return urls
