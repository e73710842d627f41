"""Hold every answer to the security headers, every refusal to a page a person can read, and every link to our own address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.access.permissions import Permission as P
from app.access.registry import Route
from app.access.roles import Role, Scope
from app.db.session import db
from app.errors import Malformed, VerificationFailed
from app.settings import Settings
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.integration.platform.planted import planted_routes
from tests.pages import inspect
from tests.permissions.matrix import addresses
from tests.support import browser_of, grant, make_account, make_complexes

EVIL = "evil.example"
SWITCHES = ["?lang=zh", "?lang=en", "?lang=zh&l=1", "?lang=en&l=1"]


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


@pytest.fixture
def operator(app: Flask, place: ComplexRow) -> FlaskClient:
    account = make_account(app, NOON)
    grant(app, account, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, NOON)
    return browser_of(app, account, NOON)


def directives(answer: TestResponse) -> dict[str, str]:
    policy = answer.headers["Content-Security-Policy"]
    return {part.split()[0]: " ".join(part.split()[1:]) for part in policy.split(";")}


def hold_to_headers(answer: TestResponse, name: str) -> None:
    """Hold one answer to what all of them owe."""
    policy = directives(answer)
    assert policy["default-src"] == "'none'", name
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(" ".join(policy.values()).split()), name
    if "sandbox" not in policy:
        assert {key: policy[key] for key in ("base-uri", "frame-ancestors", "form-action", "script-src", "style-src")} == {
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
            "form-action": "'self'",
            "script-src": "'self'",
            "style-src": "'self'",
        }, name
    assert answer.headers["X-Content-Type-Options"] == "nosniff", name
    assert answer.headers["Referrer-Policy"] == "same-origin", name
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
    assert answer.headers["Cache-Control"] == "no-store", name


def test_every_answer_carries_the_headers(app: Flask, operator: FlaskClient, place: ComplexRow) -> None:
    for client in (app.test_client(), operator):
        for address in addresses(app):
            path = address.path(app, place.slug if address.in_complex else None)
            if address.endpoint != "identity.sign_out":
                hold_to_headers(client.open(path, method=address.method), f"{address.method} {path}")
    hold_to_headers(app.test_client().get("/nothing"), "404")


def test_https_is_kept_and_plain_http_promises_nothing(client: FlaskClient) -> None:
    assert "max-age=31536000" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_only_hashed_files_are_kept_for_long(client: FlaskClient) -> None:
    plain = client.get("/static/css/components.css")
    hashed = client.get("/static/css/components.css?v=0123456789ab")
    assert plain.headers["Cache-Control"] == "no-cache"
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for answer in (plain, hashed):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        answer.close()


@pytest.mark.parametrize(
    "path", ["/static/../settings.py", "/static/%2e%2e/settings.py", "/static/..%2fsettings.py", "/static//etc/passwd"]
)
def test_nothing_outside_the_static_folder_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (308, 404)
    assert b"session_secret" not in client.get(path, follow_redirects=True).data


def _fail(status: int) -> Any:
    if status == 500:
        raise RuntimeError("a fault of ours")
    if status == 400:
        raise Malformed()
    if status == 422:
        raise VerificationFailed()
    abort(status)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 429, 500, 503])
def test_every_refusal_is_a_page_in_both_languages_and_sizes(app: Flask, status: int) -> None:
    def fail() -> Any:
        _fail(status)

    with planted_routes(app, Route("GET", "/planted", fail, P.PUBLIC_READ)):
        for switch in SWITCHES:
            answer = app.test_client().get(f"/planted{switch}")
            hold_to_headers(answer, f"{status}")
            page = inspect(answer.get_data(as_text=True), answer.status_code, f"/planted{switch}")
            assert answer.status_code == status
            assert page.all("html")[0].get("lang") == ("en" if "lang=en" in switch else "zh-CN")
            assert "fault of ours" not in page.text
            assert "Traceback" not in page.text
        spoken = app.test_client().get("/planted", headers={"Accept": "application/json"})
        assert set(spoken.get_json()) >= {"error", "message"}
        assert spoken.status_code == status


@pytest.mark.parametrize("switch", SWITCHES)
def test_refusals_inside_a_complex_are_pages(app: Flask, operator: FlaskClient, place: ComplexRow, switch: str) -> None:
    for path, status in [(f"/c/{place.slug}/nothing", 404), ("/c/unknown/record", 404), (f"/c/{place.slug}/files/7", 404)]:
        answer = operator.get(path + switch)
        assert answer.status_code == status
        inspect(answer.get_data(as_text=True), status, path)


def test_a_wrong_method_is_no_page(client: FlaskClient) -> None:
    assert client.post("/roles").status_code == 404
    assert client.delete("/").status_code == 404


def test_a_file_over_the_limit_is_refused_in_words(app: Flask, operator: FlaskClient, place: ComplexRow) -> None:
    path = next(a.path(app, place.slug) for a in addresses(app) if a.endpoint == "roll.upload_roll")
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.xlsx"\r\n\r\n'
    body = head + bytes(50 * 1024 * 1024) + b"\r\n--x--\r\n"
    answer = operator.post(path, data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    page = inspect(answer.get_data(as_text=True), 413, path)
    assert "太大" in page.words()


def links(html: str) -> list[str]:
    page = inspect(html)
    found = [element.get(name) for element in page.tree.iter() for name in ("href", "src", "action", "formaction")]
    return [link for link in found if link]


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/%5Cevil.example/x", "/%09/evil.example/x", "/%2F/evil.example", "//evil.example"]
)
def test_no_address_makes_a_page_that_links_elsewhere(client: FlaskClient, path: str) -> None:
    """Browsers read //host and /\\host as another site: the language switch repeats the path of the page."""
    answer = client.get(f"http://localhost{path}")
    if answer.status_code == 308:
        assert answer.headers["Location"].startswith("http://localhost/")
        return
    for link in links(answer.get_data(as_text=True)):
        address = link.replace("\\", "/").replace("\t", "")
        assert not address.startswith("//"), link
        assert EVIL not in address.split("?")[0] or address.startswith("/"), link


def test_the_host_header_enters_no_link(app: Flask, operator: FlaskClient, place: ComplexRow) -> None:
    for client in (app.test_client(), operator):
        for path in ("/", "/roles", "/sign-in", f"/c/{place.slug}/record", "/nothing"):
            answer = client.get(path, headers={"Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https"})
            assert EVIL not in answer.get_data(as_text=True), path
            assert EVIL not in answer.headers.get("Location", ""), path


@pytest.mark.parametrize(
    "asked", ["//evil.example/account", "/\\evil.example", "https://evil.example/", "/account?next=//evil.example"]
)
def test_after_signing_in_a_person_stays_with_us(app: Flask, client: FlaskClient, asked: str) -> None:
    client.get(asked if asked.startswith("https:") else f"http://localhost{asked}")
    client.get("/account?next=//evil.example&after_sign_in=//evil.example")
    with client.session_transaction() as kept:
        after = kept.get("after_sign_in", "/")
    assert after.startswith("/account")
    assert not after.startswith(("//", "/\\"))


def test_a_place_named_at_sign_in_is_one_of_ours_or_none(client: FlaskClient) -> None:
    for place in ("//evil.example", "https://evil.example", "unknown"):
        answer = client.get("/sign-in", query_string={"place": place})
        assert answer.status_code == 200
        assert all(not link.startswith(("//", "http")) for link in links(answer.get_data(as_text=True)))


@pytest.fixture
def built() -> Iterator[Callable[[Settings], Flask]]:
    """Build applications beside the test's own and give their connections back."""
    made: list[Flask] = []

    def build(settings: Settings) -> Flask:
        made.append(create_app(settings))
        return made[-1]

    yield build
    for application in made:
        with application.app_context():
            db.engine.dispose()


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(
    settings: Settings, built: Callable[[Settings], Flask]
) -> None:
    production = built(replace(settings, demo_mode=False, secure_cookies=True))
    cookie = production.test_client().get("/sign-in?lang=en", base_url="https://localhost").headers["Set-Cookie"]
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
    assert cookie.startswith("__Host-")


def test_signing_in_begins_a_fresh_session(app: Flask) -> None:
    client = browser_of(app, make_account(app, NOON, staff=False), NOON)
    with client.session_transaction() as kept:
        assert "_user_id" in kept
    client.post("/sign-out")
    with client.session_transaction() as kept:
        assert "_user_id" not in kept
    assert client.get("/account").status_code == 302


@pytest.fixture
def guarded(settings: Settings, built: Callable[[Settings], Flask]) -> Flask:
    """Build the application with the guard against forged requests switched on, as it is in service."""
    return built(settings)


def test_a_post_without_its_token_is_refused_in_words(guarded: Flask) -> None:
    for address in addresses(guarded):
        if address.method == "GET":
            continue
        path = address.path(guarded, "qinglan" if address.in_complex else None)
        answer = guarded.test_client().open(path, method=address.method)
        assert answer.status_code == 400, path
        page = inspect(answer.get_data(as_text=True), 400, path)
        assert "这一页打开太久了" in page.words(), path
        spoken = guarded.test_client().open(path, method=address.method, json={"a": 1})
        assert (spoken.status_code, spoken.get_json()["error"]) == (400, "csrf_missing"), path


def test_the_token_of_another_session_is_refused(guarded: Flask) -> None:
    def token(client: FlaskClient) -> str:
        page = inspect(client.get("/sign-in").get_data(as_text=True))
        return next(element.get("value") or "" for element in page.all("input") if element.get("name") == "csrf_token")

    first, second = guarded.test_client(), guarded.test_client()
    own, foreign = token(first), token(second)
    assert first.post("/sign-in", data={"phone": "138", "csrf_token": foreign}).status_code == 400
    assert first.post("/sign-in", data={"phone": "138", "csrf_token": own}).status_code == 422
