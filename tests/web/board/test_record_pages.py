"""Read the public record as a visitor: in plain words, folded and unfolded, in pages, in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.board.labels import KIND_SENTENCES
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import tenant_work
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.pages import Browser
from tests.support import make_complexes


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    place = make_complexes(app, "qinglan")[0]
    with app.app_context(), tenant_work(place.id, write=True):
        append_entry("roll_frozen", {"roll": "ab", "units": 25, "heads": 22, "area": "2500.00"}, at=NOON)
        for number in range(60):
            append_entry("ballot", {"election": "E1", "tracker": "t", "n": number + 1}, at=NOON, election_uuid="E1")
        append_entry("closed", {"election": "E1", "ballots": 60, "effective": 58}, at=NOON, election_uuid="E1")
    return place


def test_an_empty_record_says_so(app: Flask, client: FlaskClient) -> None:
    place = make_complexes(app, "cuiping")[0]
    assert "还没有记录" in Browser(client).get(f"/c/{place.slug}/record").words()
    assert client.get(f"/c/{place.slug}/record/checkpoint").status_code == 404


def test_entries_are_said_in_words_and_ballots_folded_away(client: FlaskClient, place: ComplexRow) -> None:
    words = Browser(client).get(f"/c/{place.slug}/record").words()
    assert "25 个房屋、22 人、2500.00 ㎡" in words
    assert "共 60 张，计入 58 张" in words
    assert "张票进入票箱" not in words


def test_the_whole_record_is_paged(client: FlaskClient, place: ComplexRow) -> None:
    browser = Browser(client)
    first = browser.get(f"/c/{place.slug}/record?all=1")
    second = browser.get(f"/c/{place.slug}/record?all=1&page=2")
    assert "第 60 张票进入票箱" in first.words()
    assert "第 1 张票进入票箱" in second.words()
    assert "名册封存" in second.words()
    for asked in ("0", "-1", "99", "x", "9999999999"):
        browser.get(f"/c/{place.slug}/record?all=1&page={asked}")


def test_one_election_can_be_read_alone(client: FlaskClient, place: ComplexRow) -> None:
    browser = Browser(client)
    assert "名册封存" not in browser.get(f"/c/{place.slug}/record?election=E1").words()
    assert "还没有记录" in browser.get(f"/c/{place.slug}/record?election=nothing").words()


@pytest.mark.parametrize("switch", ["lang=en", "l=1", "lang=en&l=1"])
def test_the_record_is_a_page_in_both_languages_and_sizes(
    app: Flask, client: FlaskClient, place: ComplexRow, switch: str
) -> None:
    with app.app_context(), tenant_work(place.id, write=True):
        sign_checkpoint(place.slug, at=NOON)
    page = Browser(client).get(f"/c/{place.slug}/record?{switch}")
    assert "62" in page.words()
    assert page.all("html")[0].get("lang") == ("en" if "en" in switch else "zh-CN")


def test_the_checkpoint_and_the_key_are_plain_text(app: Flask, client: FlaskClient, place: ComplexRow) -> None:
    with app.app_context(), tenant_work(place.id, write=True):
        note = sign_checkpoint(place.slug, at=NOON).note
    answer = client.get(f"/c/{place.slug}/record/checkpoint")
    assert (answer.mimetype, answer.get_data(as_text=True)) == ("text/plain", note)
    assert client.get(f"/c/{place.slug}/record/key").get_data(as_text=True).startswith("yeyi/qinglan+")


def test_an_entry_that_looks_like_markup_is_shown_as_text(app: Flask, client: FlaskClient, place: ComplexRow) -> None:
    with app.app_context(), tenant_work(place.id, write=True):
        append_entry("<b>kind</b>", {"note": "<script>alert(1)</script>"}, at=NOON)
        append_entry("closed", {"ballots": "<i>1</i>", "effective": "%(n)s %s"}, at=NOON)
    page = Browser(client).get(f"/c/{place.slug}/record")
    assert "<script>alert(1)</script>" not in page.text
    assert page.all("i") == []
    assert "共 <i>1</i> 张，计入 %(n)s %s 张" in page.words()


def test_every_kind_has_its_sentence() -> None:
    assert len(KIND_SENTENCES) >= 14
