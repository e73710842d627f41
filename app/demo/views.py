"""Own the pages of the demonstration: its clock, its accounts, its keys. They exist in demo mode only."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app.ballots.tasks import run_tick
from app.db.session import on_commit, read_in_tenant
from app.demo.cast import PASSPHRASE
from app.demo.keys import has_keys, read_key
from app.elections.queries import list_elections
from app.elections.types import ElectionRow, ElectionState
from app.errors import NotFound
from app.identity.demo_accounts import demo_accounts
from app.settings import Settings
from app.tenancy.queries import all_complexes
from app.tenancy.types import ComplexRow
from app.web.clock import advance_demo_clock, now

_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def show_tools() -> str:
    """Show the clock, the accounts and the elections with their keys."""
    _require_demo()
    return render_template(
        "demo/show_tools.html",
        owners=demo_accounts("owner"),
        staff=demo_accounts("staff"),
        elections=_elections(),
        passphrase=PASSPHRASE,
    )


def move_clock() -> BaseResponse:
    """Move the clock forward by a step, or to the close of an election, and carry out what became due."""
    _require_demo()
    step = request.form.get("step", "")
    span = _STEPS[step] if step in _STEPS else _until_close(request.form.get("election", ""))
    at = advance_demo_clock(span)
    on_commit(lambda: _tick_later())
    flash(_("时钟拨到了 %(at)s。", at=at.strftime("%Y-%m-%d %H:%M")), "done")
    return redirect(url_for(".show_tools"))


def download_key(uuid: str, index: int) -> Response:
    """Send the key file of a trustee of a demonstration election."""
    settings = _require_demo()
    response = Response(read_key(settings.instance_path, uuid, index), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="demo-key-{uuid}-{index}.json"'
    return response


def hand_over_key(uuid: str, index: int) -> dict[str, str]:
    """Give a trustee's page of a demonstration election its key file together with the passphrase."""
    settings = _require_demo()
    return {"file": read_key(settings.instance_path, uuid, index).decode(), "passphrase": PASSPHRASE}


def _elections() -> list[tuple[ComplexRow, ElectionRow, bool]]:
    instance = _settings().instance_path
    shown = {ElectionState.DRAFT, ElectionState.ANNOUNCED, ElectionState.OPEN, ElectionState.CLOSED, ElectionState.PUBLISHED}
    return [
        (place, row, has_keys(instance, row.uuid))
        for place in all_complexes()
        for row in read_in_tenant(place.id, _with_drafts)
        if row.state in shown
    ]


def _with_drafts() -> list[ElectionRow]:
    return list(list_elections(drafts=True))


def _until_close(uuid: str) -> timedelta:
    for _place, row, _keys in _elections():
        if row.uuid == uuid:
            return max(timedelta(), row.closes_at - now() + timedelta(seconds=1))
    raise NotFound("election_not_found")


def _tick_later() -> None:
    """Run the tick in sessions of its own, after the clock's new time is committed."""
    run_tick(now())


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["yeyi_settings"])


def _require_demo() -> Settings:
    settings = _settings()
    if not settings.demo_mode:
        raise NotFound("page_not_found")
    return settings
