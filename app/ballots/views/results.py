"""Own the publication and the public result: preview, confirmation, the result page, the record package and its guide."""

from __future__ import annotations

from flask import Response, current_app, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as Answer

from app.access.permissions import Permission as P
from app.ballots.queries import get_contest
from app.ballots.result import open_result, parts_given, parts_needed
from app.ballots.result_page import matter_results
from app.ballots.services.build_record import kept_record_zip
from app.ballots.services.publish_result import publish_result
from app.ballots.turnout import public_turnout
from app.elections.queries import encrypted_tallies, get_public_election
from app.elections.types import ElectionState
from app.identity.login import signed_in_account
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.gate import actor


def preview_result(complex: ComplexRow, uuid: str) -> str | Answer:
    """Show the operator who has opened, and when enough have, what will be published."""
    contest = get_contest(uuid)
    if contest.row.state is ElectionState.PUBLISHED:
        return redirect(url_for("ballots.show_result", complex=complex.slug, uuid=uuid))
    given, needed = parts_given(contest), parts_needed(contest)
    ready = contest.row.state is ElectionState.CLOSED and len(given) >= needed
    results = matter_results(contest.row, open_result(contest)) if ready else []
    return render_template(
        "ballots/preview_result.html",
        election=contest.row,
        given=given,
        needed=needed,
        counted=bool(encrypted_tallies(contest.row.id)),
        results=results,
    )


def publish(complex: ComplexRow, uuid: str) -> Answer:
    """Publish the result once and show it."""
    publish_result(complex, uuid, at=now(), account=signed_in_account().account_id)
    return redirect(url_for("ballots.show_result", complex=complex.slug, uuid=uuid), 303)


def show_result(complex: ComplexRow, uuid: str) -> str:
    """Show the published result, or how far the count has come."""
    election = get_public_election(uuid)
    if election.state is not ElectionState.PUBLISHED:
        shown = public_turnout(election, at=now()) if election.opened_at else None
        return render_template("ballots/result_waiting.html", election=election, turnout=shown)
    contest = get_contest(uuid)
    results = matter_results(election, open_result(contest))
    reads_own = not actor().is_signed_in or actor().may(P.BALLOT_READ_OWN)
    return render_template("ballots/show_result.html", election=election, results=results, reads_own=reads_own)


def download_record(complex: ComplexRow, uuid: str) -> Response:
    """Send the record package as a zip file; every download has the same bytes."""
    path = kept_record_zip(complex.slug, uuid, current_app.instance_path)
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=f"yeyi-{uuid}.zip")


def show_check_guide(complex: ComplexRow, uuid: str) -> str:
    """Show how anyone checks the record, with commands to copy."""
    election = get_public_election(uuid)
    published = election.state is ElectionState.PUBLISHED
    return render_template("ballots/show_check_guide.html", election=election, published=published)
