"""Own the outbox page of the demonstration."""

from __future__ import annotations

from typing import cast

from flask import current_app, render_template

from app.errors import NotFound
from app.outbox.queries import newest_messages
from app.settings import Settings

_SHOWN = 50


def show_outbox() -> str:
    """Show the newest text messages; the page exists in demo mode only."""
    if not cast(Settings, current_app.extensions["yeyi_settings"]).demo_mode:
        raise NotFound("page_not_found")
    return render_template("outbox/show_outbox.html", messages=newest_messages(_SHOWN))
