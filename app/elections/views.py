"""Own the pages everybody may see: the complex, its votes, one vote with everything that was announced."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, current_app, render_template, url_for
from flask_babel import gettext as _

from app.access.permissions import Permission as P
from app.board.services.keys import log_signing_key
from app.crypto.encoding import sha256_hex
from app.elections.errors import ElectionNotFound
from app.elections.policies import require_visible
from app.elections.progress import steps_of
from app.elections.queries import get_election, get_public_election, list_elections, owner_order
from app.elections.rules import is_open, is_over
from app.elections.sentences import KIND_NAMES, PARTY_NAMES, STATE_NAMES, step_rows
from app.elections.types import ElectionRow, ElectionState
from app.statute.matters import threshold_sentence
from app.statute.policies import policy_registry
from app.statute.rule_list import listed_change, pack_title
from app.statute.rule_words import unchecked_words
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.filters import current_lang
from app.web.gate import actor


def show_complex(complex: ComplexRow) -> str:
    """Show a complex to its owners and visitors: what can be voted on now comes first."""
    elections = list_elections()
    current = [row for row in elections if row.state in (ElectionState.OPEN, ElectionState.ANNOUNCED)]
    running = [row for row in current if not is_over(row, now())]
    return render_template(
        "elections/show_complex.html",
        running=[(row, is_open(row, now()), _vote_url(complex, row)) for row in running],
        earlier=[row for row in elections if row not in running],
        **_names(),
    )


def list_votes(complex: ComplexRow) -> str:
    """List every vote of the complex that was announced."""
    rows = [(row, is_open(row, now())) for row in list_elections()]
    return render_template("elections/list_votes.html", rows=rows, **_names())


def show_election(complex: ComplexRow, uuid: str) -> str:
    """Show one vote: matters, candidates, window, trustees, and every hash in one place."""
    election = require_visible(actor(), get_election(uuid))
    viewer = f"account|{actor().account_id}" if actor().is_signed_in else "visitor"
    return render_template(
        "elections/show_election.html",
        election=election,
        announced=json.loads(election.announcement or b"{}"),
        definition_sha256=sha256_hex(election.definition) if election.definition else None,
        orders={matter.id: owner_order(election, matter, viewer) for matter in election.matters},
        thresholds={matter.id: threshold_sentence(matter.type.threshold, current_lang()) for matter in election.matters},
        rule_rows=_rule_rows(election),
        pack_title=pack_title(election.rule_pack).say(current_lang()),
        clauses=[(change, listed_change(change)) for change in election.own_rules.kept_by(election.policies)],
        open_now=is_open(election, now()),
        over=is_over(election, now()),
        vote_url=_vote_url(complex, election),
        links=_links(complex, election),
        step_rows=step_rows(steps_of(election, now())),
        vkey=str(log_signing_key(complex.slug).verifier),
        party_names=PARTY_NAMES,
        **_names(),
    )


def announcement_json(complex: ComplexRow, uuid: str) -> Response:
    """Send the exact bytes of the announcement, whose SHA-256 is on the public record."""
    return _exact(get_public_election(uuid).announcement, "application/json")


def definition_json(complex: ComplexRow, uuid: str) -> Response:
    """Send the exact bytes of election.json."""
    return _exact(get_public_election(uuid).definition, "application/json")


def trustees_json(complex: ComplexRow, uuid: str) -> Response:
    """Send the exact bytes of trustees.json."""
    return _exact(get_public_election(uuid).trustees_body, "application/json")


def _exact(raw: bytes | None, kind: str) -> Response:
    if raw is None:
        raise ElectionNotFound()
    return Response(raw, mimetype=kind)


def _rule_rows(election: ElectionRow) -> list[list[str]]:
    """List question, chosen value and basis of every policy that the count reads; a basis nobody checked is marked 待核."""
    lang, clauses = current_lang(), election.own_rules.kept_by(election.policies)
    rows = []
    for policy in policy_registry().values():
        if policy.counted:
            clause = clauses.change_of(policy.key)
            provision = policy.provision if clause is None else clause.provision
            article, mark = provision.article_en if lang == "en" else provision.article_zh, unchecked_words(provision, lang)
            value = policy.wording(election.policies[policy.key])
            rows.append(
                [policy.question.say(lang), value.say(lang), _("%(a)s（%(b)s）", a=article, b=mark) if mark else article]
            )
    return rows


def _names() -> dict[str, object]:
    return {"kind_names": KIND_NAMES, "state_names": STATE_NAMES}


def _vote_url(complex: ComplexRow, election: ElectionRow) -> str | None:
    """Return where a person goes to vote: the booth, or first the page that finds the person's flat; staff do not vote."""
    wanted = "ballots.show_booth" if actor().may(P.BALLOT_CAST) else "roll.start_claim"
    if actor().is_staff or not is_open(election, now()) or wanted not in current_app.view_functions:
        return None
    more: dict[str, Any] = {"uuid": election.uuid} if wanted == "ballots.show_booth" else {}
    return url_for(wanted, complex=complex.slug, **more)


def _links(complex: ComplexRow, election: ElectionRow) -> list[tuple[str, str]]:
    """List the pages of higher slices about this election that exist and that the actor may open."""
    who = actor()
    places: dict[str, Any] = {"complex": complex.slug, "uuid": election.uuid}
    shown = [
        ("ballots.show_turnout", _("看参与情况"), election.opened_at is not None and who.may(P.TURNOUT_READ), places),
        ("ballots.find_receipt", _("查回执"), election.opened_at is not None, {"complex": complex.slug}),
        ("ballots.show_result", _("看结果"), election.state is ElectionState.PUBLISHED, places),
        ("ballots.show_check_guide", _("怎样核对这次投票"), election.state is ElectionState.PUBLISHED, places),
        ("elections.show_work", _("工作台"), who.may(P.ELECTION_READ), places),
    ]
    return [
        (label, url_for(endpoint, **arguments))
        for endpoint, label, wanted, arguments in shown
        if wanted and endpoint in current_app.view_functions
    ]
