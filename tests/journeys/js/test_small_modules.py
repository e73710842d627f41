"""The small modules: words in both languages, the receipt code, the question before an act, the entrance for old browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .modules import run
from .served import STATIC, Answer, Site, serve

pytestmark = pytest.mark.browser

FORM = """<!doctype html><html lang="zh-CN"><title>t</title><h1>t</h1>
<form method="post" action="/act" data-confirm="现在就公布吗？公布后不能改。"><button name="go" value="1">公布</button></form>
<form action="/found"><label>收据号 <input name="code" data-receipt-code></label><button>查</button></form>
<script type="module" src="/static/js/confirm.js"></script>
<script type="module" src="/static/js/receipt_lookup.js"></script></html>"""


@pytest.fixture
def form_page(browser: Browser) -> Iterator[tuple[Page, Site]]:
    """Give a page with a form that asks first and a receipt field."""
    site = Site()
    done = Answer(200, b"<!doctype html><title>d</title><h1>done</h1>", "text/html")
    site.add("GET", "/", lambda _: Answer(200, FORM.encode(), "text/html; charset=utf-8"))
    site.add("POST", "/act", lambda _: done)
    site.add("GET", "/found", lambda _: done)
    with serve(site):
        page = browser.new_page(base_url=site.url)
        page.goto("/")
        yield page, site
        page.close()


def test_form_is_sent_after_yes_with_its_button(form_page: tuple[Page, Site]) -> None:
    page, site = form_page
    page.get_by_role("button", name="公布").click()
    expect(page.get_by_role("dialog")).to_contain_text("公布后不能改")
    assert site.bodies("POST", "/act") == []
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("heading", name="done")).to_be_visible()
    assert site.bodies("POST", "/act") == [b"go=1"]


@pytest.mark.parametrize("how", ["button", "escape"])
def test_form_is_not_sent_after_no(form_page: tuple[Page, Site], how: str) -> None:
    page, site = form_page
    page.get_by_role("button", name="公布").click()
    if how == "button":
        page.get_by_role("button", name="先不").click()
    else:
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert site.bodies("POST", "/act") == []


@pytest.mark.parametrize("typed", ["k7qm4r2p", "Ｋ７ＱＭ－４Ｒ２Ｐ", " K7QM 4R2P ", "K7QM-4R2P", "k7qm—4r2p"])
def test_receipt_code_is_put_right(form_page: tuple[Page, Site], typed: str) -> None:
    page, _ = form_page
    page.get_by_label("收据号").fill(typed)
    page.get_by_label("收据号").press("Enter")
    expect(page.get_by_role("heading", name="done")).to_be_visible()
    assert page.url.endswith("/found?code=K7QM-4R2P")


@pytest.mark.parametrize("typed", ["2T2+6z4r5ifbvwRmzgDoST3JUrnoRAk4WbWCbeU+3AA", "K7QM", "k7qm/4r2p"])
def test_what_is_no_receipt_code_is_left_alone(blank: Page, typed: str) -> None:
    tidied = run(blank, 'return (await import("/static/js/receipt_lookup.js")).tidyCode(given)', f" {typed} ")
    assert tidied == typed


@pytest.mark.parametrize("module", ["booth", "trustee"])
def test_every_word_stands_in_both_languages(blank: Page, module: str) -> None:
    tables = run(blank, f'return (await import("/static/{module}/words.js")).tables')
    assert sorted(tables["zh"]) == sorted(tables["en"])
    for key, sentence in tables["zh"].items():
        holes = set(re.findall(r"\{\w+\}", sentence))
        assert holes == set(re.findall(r"\{\w+\}", tables["en"][key])), key


@pytest.mark.parametrize("module", ["booth", "trustee"])
def test_every_word_that_is_asked_for_exists(blank: Page, module: str) -> None:
    known = set(run(blank, f'return Object.keys((await import("/static/{module}/words.js")).tables.zh)'))
    asked = set()
    for file in sorted((STATIC / module).glob("*.js")):
        asked |= set(re.findall(r'\bsay\(\s*"(\w+)"', file.read_text()))
    assert len(asked) > 30
    assert asked - known == set()


def test_booth_words_praise_and_push_nobody(blank: Page) -> None:
    tables = run(blank, 'return (await import("/static/booth/words.js")).tables')
    text = "".join(tables["zh"].values())
    assert [word for word in ("请支持", "请投", "务必", "有礼", "抽奖", "感谢", "谢谢") if word in text] == []


def test_old_engine_is_told_in_words_when_the_booth_cannot_be_parsed(phone: Page) -> None:
    def break_syntax(route: Route) -> None:
        route.fulfill(status=200, content_type="text/javascript", body="export class Visit { #x = ; }")

    phone.route("**/static/booth/visit.js", break_syntax)
    phone.goto("/booth")
    expect(phone.get_by_role("heading", name="这个浏览器不能投票")).to_be_visible()
    expect(phone.locator("#booth")).to_contain_text("新版网页语言")


def test_engine_without_modules_is_told_in_words(browser: Browser) -> None:
    site = Site()
    body = (
        '<!doctype html><title>t</title><div id="booth" data-lang="zh">…</div><script src="/static/booth/too_old.js"></script>'
    )
    site.add("GET", "/", lambda _: Answer(200, body.encode(), "text/html; charset=utf-8"))
    with serve(site):
        page = browser.new_page(base_url=site.url)
        page.goto("/")
        expect(page.get_by_role("heading", name="这个浏览器不能投票")).to_be_visible()
        page.close()


def _sources() -> list[Path]:
    return sorted(path for folder in ("booth", "trustee", "js") for path in (STATIC / folder).glob("*.js"))


@pytest.mark.parametrize("path", _sources(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_module_uses_no_markup_strings_and_no_evaluation(path: Path) -> None:
    text = path.read_text()
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|Math\.random|\.style\b|https?://(?!www\.w3\.org/2000/svg)"
    assert re.findall(banned, text) == []
    assert len(text.splitlines()) < 400
