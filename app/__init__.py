"""Own the assembly: create_app() is the only function that knows every package; nothing imports from this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from its settings, by default those of the environment."""
    import os
    from pathlib import Path

    from flask import Flask
    from flask_wtf import CSRFProtect
    from werkzeug.middleware.proxy_fix import ProxyFix

    from app.db.session import init_database
    from app.settings import read_settings
    from app.web import clock
    from app.web.session_cookie import PageSessions

    root = Path(__file__).parents[1]
    settings = settings or read_settings(os.environ, root)
    app = Flask(
        "app", root_path=str(root / "app"), template_folder=str(root / "templates"), instance_path=str(settings.instance_path)
    )
    app.config.update(
        SECRET_KEY=settings.session_secret,
        SESSION_COOKIE_NAME="__Host-yeyi" if settings.secure_cookies else "yeyi",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=30 * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=24 * 1024 * 1024,
    )
    app.session_interface = PageSessions()
    app.extensions["yeyi_settings"] = settings
    app.extensions["yeyi_clock"] = clock.clock_for(settings)
    if settings.trusted_proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1, x_host=1)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    init_database(app, settings.database_url)
    CSRFProtect(app)
    _assemble(app)
    return app


def _assemble(app: Flask) -> None:
    """Put the platform around the slices, then every slice's URL table and sentences into the application."""
    from app.identity.login import identify, init_login
    from app.tenancy.queries import complex_by_slug
    from app.web import compression, context, errors, filters, gate, headers, languages

    languages.init_languages(app)
    init_login(app)
    gate.init_gate(app, complex_by_slug, identify)  # type: ignore[arg-type]
    errors.init_errors(app)
    headers.init_headers(app)
    compression.init_compression(app)
    context.init_context(app)
    filters.register(app.jinja_env)

    from app.outbox.gateways import gateway_for

    app.extensions["yeyi_sms_gateway"] = gateway_for(app.extensions["yeyi_settings"].demo_mode)
    _add_slices(app)


def _add_slices(app: Flask) -> None:
    """Register every slice's URL table and sentences, lowest slice first."""
    from app.ballots.blueprint import blueprint as ballots
    from app.ballots.sentences import SENTENCES as BALLOTS
    from app.board.blueprint import blueprint as board
    from app.committee.blueprint import blueprint as committee
    from app.committee.sentences import SENTENCES as COMMITTEE
    from app.demo.blueprint import blueprint as demo
    from app.documents.blueprint import blueprint as documents
    from app.documents.sentences import SENTENCES as DOCUMENTS
    from app.elections.blueprint import blueprint as elections
    from app.elections.sentences import SENTENCES as ELECTIONS
    from app.identity.blueprint import blueprint as identity
    from app.identity.sentences import SENTENCES as IDENTITY
    from app.outbox.blueprint import blueprint as outbox
    from app.procedure.blueprint import blueprint as procedure
    from app.procedure.sentences import SENTENCES as PROCEDURE
    from app.roll.blueprint import blueprint as roll
    from app.roll.sentences import SENTENCES as ROLL
    from app.rulebook.blueprint import blueprint as rulebook
    from app.rulebook.sentences import SENTENCES as RULEBOOK
    from app.tenancy.blueprint import blueprint as tenancy
    from app.tenancy.sentences import SENTENCES as TENANCY
    from app.web.errors import register_sentences

    for blueprint in (
        tenancy,
        identity,
        outbox,
        documents,
        board,
        roll,
        committee,
        rulebook,
        elections,
        ballots,
        procedure,
        demo,
    ):
        app.register_blueprint(blueprint)
    for sentences in (TENANCY, IDENTITY, DOCUMENTS, ROLL, COMMITTEE, RULEBOOK, ELECTIONS, BALLOTS, PROCEDURE):
        register_sentences(sentences)
