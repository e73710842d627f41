"""Own the pages of places: home and the role table."""

from __future__ import annotations

from flask import render_template, request

from app.access.permissions import Permission
from app.access.roles import BARRED_FOR_PROPERTY_COMPANY, ROLE_PERMISSIONS
from app.tenancy.labels import PERMISSION_NAMES, ROLE_NAMES
from app.tenancy.queries import all_complexes
from app.web.gate import actor
from app.web.pagination import page_of


def home() -> str:
    """Show the complexes of the platform, with a search by name."""
    wanted = request.args.get("q", "").strip()
    places = [place for place in all_complexes() if wanted in place.name or wanted in place.community_name]
    return render_template("tenancy/home.html", page=page_of(places, request.args.get("page")), wanted=wanted)


def roles() -> str:
    """Show the role table that every check uses."""
    return render_template(
        "tenancy/roles.html",
        table=ROLE_PERMISSIONS,
        permissions=list(Permission),
        role_names=ROLE_NAMES,
        permission_names=PERMISSION_NAMES,
        barred=sorted(BARRED_FOR_PROPERTY_COMPANY),
        mine=actor().roles,
    )
