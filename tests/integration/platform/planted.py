"""Own planted routes: views that a test adds to a fresh application and that leave with the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Flask

from app.access.registry import DECLARATIONS, Route, add_routes


@contextmanager
def planted_routes(app: Flask, *routes: Route) -> Iterator[None]:
    """Add routes under /planted with the real unit of work around them."""
    before = set(DECLARATIONS)
    blueprint = Blueprint("planted", __name__)
    add_routes(blueprint, routes)
    app.register_blueprint(blueprint)
    try:
        yield
    finally:
        for endpoint in set(DECLARATIONS) - before:
            del DECLARATIONS[endpoint]
