"""Own what the community decides by hand: claims that wait for a check, claims to be ended, disputed units."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.errors import PermissionRefused
from app.roll.claim_queries import newest_bindings, waiting_bindings
from app.roll.services.decide_claim import accept_claim, end_claim
from app.roll.services.mark_dispute import mark_dispute
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.gate import actor

_NEWEST = 50


def list_claims(complex: ComplexRow) -> str:
    """List the claims that wait for a person, then the newest ones."""
    return render_template("roll/list_claims.html", waiting=waiting_bindings(), newest=newest_bindings(_NEWEST))


def accept_binding(complex: ComplexRow, binding_id: int) -> Response:
    """Let a waiting claim hold."""
    accept_claim(complex, binding_id, account=_account(), at=now())
    flash(_("已登记，短信已经发给业主。"), "done")
    return redirect(url_for(".list_claims", complex=complex.slug))


def end_binding(complex: ComplexRow, binding_id: int) -> Response:
    """End a claim."""
    end_claim(complex, binding_id, account=_account(), at=now())
    flash(_("这条登记已经停用，短信已经发给对方。"), "done")
    return redirect(url_for(".list_claims", complex=complex.slug))


def mark_unit(complex: ComplexRow, code: str) -> Response:
    """Mark a unit as disputed, or take the mark away."""
    is_disputed = request.form.get("disputed") == "1"
    mark_dispute(code, is_disputed=is_disputed, account=_account(), at=now())
    words = _("已标为有争议，新的登记要由社区核对。") if is_disputed else _("已去掉有争议的标记。")
    flash(words, "done")
    return redirect(url_for(".show_unit", complex=complex.slug, code=code))


def _account() -> int:
    account = actor().account_id
    if account is None:
        raise PermissionRefused("sign_in_required")
    return account
