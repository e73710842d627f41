"""Own the choice of language and type size: by link for this visit and by cookie for the next ones."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, has_request_context, request, session
from flask_babel import Babel

LANGUAGES = {"zh": "zh_CN", "en": "en"}


def init_languages(app: Flask) -> None:
    """Bind Flask-Babel to the application; Chinese is the language of the source."""
    app.config["BABEL_DEFAULT_LOCALE"] = "zh_CN"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, locale_selector=locale)
    app.before_request(_remember_choice)


def language() -> str:
    """Return ``zh`` or ``en`` for the present request; jobs and commands speak Chinese."""
    if not has_request_context():
        return "zh"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    kept = session.get("lang")
    return kept if kept in LANGUAGES else "zh"


def locale() -> str:
    """Return the locale of the present request for Flask-Babel."""
    return LANGUAGES[language()]


def large_type() -> bool:
    """Say whether the present request wants 大字版."""
    asked = request.args.get("l")
    return asked == "1" if asked in ("0", "1") else bool(session.get("large"))


def switch_url(**parameters: str) -> str:
    """Return the present address with other language or size parameters.

    A page that answered a POST is switched at the same path by GET, where its form stands. The path is written anew: browsers
    read ``//host`` and ``/\\host`` as another site.
    """
    path = quote("/" + request.path.lstrip("/"))
    return f"{path}?{urlencode({**request.args.to_dict(), **parameters})}"


def _remember_choice() -> None:
    if request.args.get("lang") in LANGUAGES:
        session["lang"] = request.args["lang"]
    if request.args.get("l") in ("0", "1"):
        session["large"] = request.args["l"] == "1"
