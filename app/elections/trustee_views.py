"""Own the trustees' page and its two JSON endpoints; the mathematics happens in the trustee's browser and in ``ceremony``."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, current_app, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from app.crypto.encoding import dumps, loads
from app.crypto.errors import WrongShape
from app.elections.policies import trustee_of
from app.elections.queries import get_public_election
from app.elections.services.take_trustee_message import take_trustee_message
from app.elections.trustee_state import trustee_state
from app.elections.types import ElectionRow, ElectionState
from app.identity.login import signed_in_account
from app.settings import Settings
from app.tenancy.types import ComplexRow
from app.web.assets import modules_of
from app.web.clock import now

#: No honest message of the ceremony is longer: four elements of 617 digits, three shares, some scalars.
MAXIMUM_MESSAGE_BYTES = 40_000


def show_trustee(complex: ComplexRow, uuid: str) -> str:
    """Show the page of a trustee; the browser does the rest."""
    election = get_public_election(uuid)
    trustee = trustee_of(signed_in_account().account_id, election)
    modules = modules_of("trustee/trustee.js")
    return render_template("elections/show_trustee.html", election=election, trustee=trustee, modules=modules)


def trustee_state_json(complex: ComplexRow, uuid: str) -> Response:
    """Tell the trustee's page where the ceremony stands."""
    return _state(complex, get_public_election(uuid))


def give_message(complex: ComplexRow, uuid: str) -> Response:
    """Take one message of a trustee and tell where the ceremony stands then."""
    message = loads(request.get_data(cache=False), MAXIMUM_MESSAGE_BYTES)
    if not isinstance(message, dict):
        raise WrongShape(field="message", expected="object")
    account = signed_in_account().account_id
    return _state(complex, take_trustee_message(uuid, complex, message, at=now(), account=account))


def _state(complex: ComplexRow, election: ElectionRow) -> Response:
    mine = trustee_of(signed_in_account().account_id, election)
    places: dict[str, Any] = {"complex": complex.slug, "uuid": election.uuid}
    settings = cast(Settings, current_app.extensions["yeyi_settings"])
    urls = {"post": url_for(".give_message", **places)}
    # Pages of higher slices, where they exist: the opening after closing, and the demonstration's key files.
    if election.state in (ElectionState.CLOSED, ElectionState.PUBLISHED) and _exists("ballots.show_decrypt"):
        urls["decrypt"] = url_for("ballots.show_decrypt", **places)
    if settings.demo_mode and _exists("demo.hand_over_key"):
        urls["demo_key"] = url_for("demo.hand_over_key", uuid=election.uuid, index=mine.index)
    # The field order of messages is part of what is signed, so the answer must not be sorted.
    return Response(dumps(trustee_state(election, mine, urls, generate_csrf())), mimetype="application/json")


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions
