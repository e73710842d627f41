"""Own the way in after signing in, and the desk's list of complexes."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.roles import Role
from app.identity.login import signed_in_account
from app.identity.queries import grants_of, roles_here
from app.tenancy.labels import ROLE_NAMES
from app.tenancy.queries import all_complexes, complex_by_slug
from app.tenancy.types import ComplexRow
from app.web.pagination import page_of


def enter() -> Response:
    """Send a person who has just signed in to where the work is."""
    account = signed_in_account()
    slug = request.args.get("place")
    if account.is_staff:
        return redirect(url_for("identity.desk"))
    if slug:
        return redirect(url_for("roll.start_claim", complex=complex_by_slug(slug).slug))
    own = _places_of(account.account_id)
    return redirect(url_for("elections.show_complex", complex=own[0][0].slug) if len(own) == 1 else url_for("tenancy.home"))


def desk() -> str:
    """List the complexes in which the person works, with the roles held there."""
    wanted = request.args.get("q", "").strip()
    rows = [(place, roles) for place, roles in _places_of(signed_in_account().account_id) if wanted in place.name]
    return render_template(
        "identity/desk.html", page=page_of(rows, request.args.get("page")), wanted=wanted, role_names=ROLE_NAMES
    )


def _places_of(account_id: int) -> list[tuple[ComplexRow, list[Role]]]:
    grants = grants_of(account_id)
    held = ((place, sorted(roles_here(grants, place) - {Role.PUBLIC})) for place in all_complexes())
    return [(place, roles) for place, roles in held if roles]
