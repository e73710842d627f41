"""Own the pages of places."""

from __future__ import annotations

from flask import render_template

from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS
from app.tenancy.queries import all_complexes


def home() -> str:
    """Show the complexes of the platform."""
    return render_template("tenancy/home.html", complexes=all_complexes())


def roles() -> str:
    """Show the role table that every check uses."""
    return render_template("tenancy/roles.html", table=ROLE_PERMISSIONS, permissions=list(Permission))
