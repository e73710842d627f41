"""Hold the session cookie to pages: what every cache may keep carries nobody's session."""

from __future__ import annotations

from flask import Flask

from app.access.roles import Role, Scope
from tests.conftest import NOON
from tests.support import browser_of, grant, make_account, make_complexes


def test_a_static_file_carries_no_session_and_does_not_vary_with_it(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    account = make_account(app, NOON)
    grant(app, account, Role.OWNER, Scope.COMPLEX, place.id, NOON)
    browser = browser_of(app, account, NOON)
    with browser.session_transaction() as session:
        session.permanent = True
    page = browser.get("/c/qinglan/")
    assert "Set-Cookie" in page.headers
    assert "cookie" in page.vary
    for path in ("/static/css/components.css", "/static/css/components.css?lang=en"):
        file = browser.get(path, buffered=True)
        assert file.status_code == 200
        assert "Set-Cookie" not in file.headers
        assert "cookie" not in file.vary
