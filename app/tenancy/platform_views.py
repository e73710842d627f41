"""Own the administrator's pages of places: the tree, and adding to it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access.roles import Scope
from app.db.session import rollback
from app.errors import NotFound
from app.tenancy.forms import KINDS, PARENTS, place_form
from app.tenancy.labels import SCOPE_NAMES
from app.tenancy.queries import all_places
from app.tenancy.services.add_place import (
    PlaceExists,
    SlugMalformed,
    add_community,
    add_complex,
    add_district,
    add_street,
)
from app.web.errors import sentence_of
from app.web.pagination import page_of


def list_places() -> str:
    """List district, street, community and complex, each under the one it belongs to."""
    wanted = request.args.get("q", "").strip()
    rows = [row for row in all_places() if any(wanted in name for name in (*row.above, row.name))]
    page = page_of(rows, request.args.get("page"))
    return render_template(
        "tenancy/list_places.html", page=page, wanted=wanted, kinds=KINDS, scope_names=SCOPE_NAMES, missing=_missing()
    )


def new_place(kind: str) -> str:
    """Ask for a new place."""
    scope = _kind(kind)
    return _page(scope, place_form(scope))


def add_place(kind: str) -> str | Response | tuple[str, int]:
    """Add a place; what was typed stays when it is refused."""
    scope = _kind(kind)
    form = place_form(scope)
    if not form.validate_on_submit():
        return _page(scope, form), 422
    try:
        _add(scope, form)
    except SlugMalformed as problem:
        form.slug.errors = [sentence_of(problem)]
    except PlaceExists as problem:
        rollback()
        (form.slug if scope is Scope.COMPLEX else form.name).errors = [sentence_of(problem)]
    else:
        flash(_("已添加「%(name)s」。", name=form.name.data.strip()), "done")
        return redirect(url_for(".list_places"))
    return _page(scope, form), 422


def _add(scope: Scope, form: Any) -> int:
    name = form.name.data.strip()
    if scope is Scope.DISTRICT:
        return add_district(name)
    if scope is Scope.STREET:
        return add_street(form.parent.data, name)
    if scope is Scope.COMMUNITY:
        return add_community(form.parent.data, name, form.help_phone.data.strip())
    return add_complex(form.parent.data, form.slug.data.strip(), name, (form.address.data or "").strip())


def _page(scope: Scope, form: Any) -> str:
    return render_template("tenancy/new_place.html", form=form, scope=scope, scope_names=SCOPE_NAMES)


def _kind(kind: str) -> Scope:
    if kind not in KINDS:
        raise NotFound("page_not_found")
    return Scope(kind)


def _missing() -> frozenset[Scope]:
    """Return the kinds that cannot be added yet, because nothing stands above them."""
    present = {row.scope for row in all_places()}
    return frozenset(kind for kind, parent in PARENTS.items() if parent not in present)
