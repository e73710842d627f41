"""Hold compression to what may be compressed: static text, and pages that no other site has asked for."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from app.web.assets import STATIC_ROOT
from app.web.compression import compress

CSS = "/static/css/components.css"
TAKES = {"Accept-Encoding": "gzip, deflate, br"}
OWN = {**TAKES, "Sec-Fetch-Site": "same-origin"}
PAGE = "/sign-in?lang=zh"


def test_static_text_travels_compressed_and_arrives_whole(client: FlaskClient) -> None:
    kept = (STATIC_ROOT / "css/components.css").read_bytes()
    answer = client.get(CSS, headers=TAKES, buffered=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "accept-encoding" in answer.vary
    assert gzip.decompress(answer.data) == kept
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(kept) / 3


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}])
def test_a_browser_that_does_not_take_gzip_gets_the_file_itself(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.get(CSS, headers=headers, buffered=True)
    assert "Content-Encoding" not in answer.headers
    assert "accept-encoding" in answer.vary
    assert answer.data == (STATIC_ROOT / "css/components.css").read_bytes()


def test_a_compressed_file_is_recognised_when_it_is_asked_for_again(client: FlaskClient) -> None:
    tag = client.get(CSS, headers=TAKES, buffered=True).headers["ETag"]
    assert tag.startswith("W/")
    again = client.get(CSS, headers={**TAKES, "If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert "accept-encoding" in again.vary


def test_a_part_of_a_file_is_a_part_of_the_file(client: FlaskClient) -> None:
    answer = client.get(CSS, headers={**TAKES, "Range": "bytes=0-9"}, buffered=True)
    assert (answer.status_code, len(answer.data)) == (206, 10)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("began", ["same-origin", "none"])
def test_a_page_of_our_own_asking_travels_compressed(client: FlaskClient, began: str) -> None:
    plain = client.get(PAGE)
    answer = client.get(PAGE, headers={**TAKES, "Sec-Fetch-Site": began})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).startswith(plain.data[:200])
    assert "accept-encoding" in answer.vary
    assert "sec-fetch-site" in answer.vary


@pytest.mark.parametrize("began", ["cross-site", "same-site", ""])
def test_the_length_of_a_page_tells_another_site_nothing_of_what_it_holds(client: FlaskClient, began: str) -> None:
    headers = {**TAKES, "Sec-Fetch-Site": began} if began else TAKES
    lengths = set()
    for guess in ("aaaaaaaaaaaaaaaaaaaa", "qzxjvkwpyfgubmdlhorn"):
        answer = client.get(f"{PAGE}&guess={guess}", headers=headers)
        assert "Content-Encoding" not in answer.headers
        assert guess.encode() in answer.data
        lengths.add(len(answer.data))
    assert len(lengths) == 1


def test_a_refusal_is_left_alone(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/nowhere", headers=OWN).headers


@pytest.mark.parametrize(
    ("answer", "is_compressed"),
    [
        (Response("0" * 500, mimetype="text/html"), True),
        (Response("0" * 499, mimetype="text/html"), False),
        (Response("0" * 5_000, mimetype="image/png"), False),
        (Response(("0" * 5_000 for _part in range(2)), mimetype="text/html"), False),
    ],
    ids=["page", "too small to gain", "picture", "stream"],
)
def test_what_would_not_gain_is_left_alone(app: Flask, answer: Response, is_compressed: bool) -> None:
    with app.test_request_context(headers=OWN):
        assert (compress(answer).content_encoding == "gzip") is is_compressed
