"""Own the values every template may use."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, current_app

from app.settings import Settings
from app.web.assets import asset, integrity, module_chain
from app.web.clock import now
from app.web.gate import actor, current_place, opens
from app.web.languages import language, large_type, switch_url
from app.web.menus import menus
from app.web.pagination import page_links


def init_context(app: Flask) -> None:
    """Give the values to every template of the application."""
    app.context_processor(page_values)


def page_values() -> dict[str, Any]:
    """Return the values of the present request; a complex's own help line goes before the platform's."""
    settings = cast(Settings, current_app.extensions["yeyi_settings"])
    place = current_place()
    return {
        "complex": place,
        "actor": actor(),
        "lang": language(),
        "large": large_type(),
        "help_phone": getattr(place, "help_phone", "") or settings.help_phone,
        "demo_mode": settings.demo_mode,
        "asset": asset,
        "integrity": integrity,
        "module_chain": module_chain,
        "opens": opens,
        "switch_url": switch_url,
        "now": now(),
        "pages_of": page_links,
        **menus(actor(), place),
    }
