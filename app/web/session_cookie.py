"""Own where the session cookie travels: with pages, never with the static files that any cache on the way may keep."""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class PageSessions(SecureCookieSessionInterface):
    """Keep the session out of static files: the cookie itself, and the remark that the file depends on it."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie with every answer but a static file."""
        if request.endpoint != "static":
            super().save_session(app, session, response)
