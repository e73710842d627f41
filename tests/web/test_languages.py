"""Own the tests of the English texts: the catalog is whole, and pages asked for in English speak English."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from xml.etree.ElementTree import Element

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from tests.ballots_support import flats, open_world
from tests.conftest import SteerableClock
from tests.pages import Browser, Page, words

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None}
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
HAN = re.compile("[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")
#: The mark of a gap in the ready-made matter texts is shown as it stands in them; the switch names each language in itself;
#: lists are pasted in Chinese, so their examples and the words they are read by stay so.
SAID_AS_IT_STANDS = ("【】", "中文", "赵文娟 3栋 主任", "3-1-1202 王芳", "主任", "副主任", "候补")
#: Names and texts that the builders of a complex put in; owners wrote them, so no language changes them.
DATA = (
    "第三届业委会换届投票",
    "qinglan社区",
    "qinglan小区",
    "湖畔街道",
    "社区居委会",
    "青岚社区居委会",
    "江城社工服务中心",
    "换届小组",
    "周敏",
    "业*",
    "合同到期。",
    "选委员。",
    "愿意为大家做事。",
    *(f"候选人{number}" for number in range(1, 5)),
    *(f"受托人{number}" for number in range(1, 4)),
    *(f"{number}栋" for number in range(1, 5)),
)


def source_texts() -> set[str]:
    """Return every text that code and templates ask to have translated."""
    found: set[str] = set()
    for folder, method in (("app", "python"), ("templates", "jinja2")):
        suffix = "**.py" if method == "python" else "**.html"
        for _file, _line, text, _comments, _context in extract_from_dir(
            ROOT / folder, method_map=[(suffix, method)], keywords=KEYWORDS
        ):
            found.update([text] if isinstance(text, str) else text)
    return found


def english() -> Catalog:
    """Read the English catalog."""
    with CATALOG.open("rb") as source:
        return read_po(source, locale="en")


def gaps(text: str) -> tuple[list[str], list[str]]:
    """Return the percent placeholders and the brace fields of a text, each in alphabetical order."""
    fields = [name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None]
    return sorted(PLACEHOLDER.findall(text)), sorted(fields)


def without(text: str, known: tuple[str, ...]) -> str:
    """Return a text without the names that may stand in it, the longest first."""
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def spoken(element: Element) -> Iterator[str]:
    """Yield the texts and spoken attributes of a page outside what is marked as Chinese."""
    if element.get("lang", "en") != "en" or str(element.tag).endswith(("}script", "}style")):
        return
    yield element.text or ""
    for attribute in ("alt", "title", "aria-label", "placeholder", "value"):
        yield element.get(attribute) or ""
    for child in element:
        yield from spoken(child)
        yield child.tail or ""


def leaks(page: Page, known: tuple[str, ...] = ()) -> list[str]:
    """List the Chinese words that a page says of its own; the names in it are its data."""
    return [text.strip() for text in spoken(page.all("html")[0]) if HAN.search(without(text, (*SAID_AS_IT_STANDS, *known)))]


@pytest.fixture(autouse=True)
def compiled_catalog() -> None:
    """Compile the catalog where set-up has not, or where it is older than the texts."""
    compiled = CATALOG.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < CATALOG.stat().st_mtime:
        fresh = compiled.with_suffix(f".{os.getpid()}.mo")
        with fresh.open("wb") as target:
            write_mo(target, english())
        fresh.replace(compiled)


def test_every_source_text_has_an_english_text() -> None:
    catalog = english()
    texts = source_texts()
    assert len(texts) > 900
    assert sorted(text for text in texts if text not in catalog or not catalog[text].string) == []
    assert sorted(str(message.id) for message in catalog if message.id and message.id not in texts) == []


def test_no_english_text_is_a_guess_or_loses_a_placeholder() -> None:
    messages = [message for message in english() if message.id]
    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if gaps(message.id) != gaps(message.string)] == []


def test_no_english_text_is_left_in_chinese() -> None:
    texts = {message.id: message.string for message in english() if message.id}
    left = {source: text for source, text in texts.items() if CHINESE.search(without(text, SAID_AS_IT_STANDS))}
    assert left == {}


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls below a node, except inside a module's own shorthand named as the translating function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and child.name in KEYWORDS:
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from calls(child)


def test_only_literal_texts_are_asked_for() -> None:
    """A text that is no literal is never extracted, so nobody would translate it."""
    asked = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for call in calls(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS and not isinstance(call.args[0], ast.Constant)
    ]
    assert asked == []


@pytest.mark.parametrize("url", ["/", "/sign-in", "/sign-in/staff", "/roles"])
def test_pages_for_everyone_speak_english(client: FlaskClient, url: str) -> None:
    page = Browser(client).get(f"{url}?lang=en")
    assert page.all("html")[0].get("lang") == "en"
    assert leaks(page) == []


def test_pages_stay_chinese_unless_asked(client: FlaskClient) -> None:
    page = Browser(client).get("/sign-in")
    assert page.all("html")[0].get("lang") == "zh-CN"
    assert HAN.search(page.heading)


def test_the_choice_of_english_lasts_for_the_visit(client: FlaskClient) -> None:
    browser = Browser(client)
    browser.get("/?lang=en")
    assert browser.get("/sign-in").heading == words(browser.get("/sign-in?lang=en").all("h1")[0])
    assert not CHINESE.search(browser.get("/sign-in").heading)


#: Who opens a page: the first owner, the operator, or a visitor; and the page under the complex or under its election.
PLACE_PAGES = (
    ("visitor", "/"),
    ("visitor", "/elections"),
    ("visitor", "/record"),
    ("visitor", "/receipts"),
    ("owner", "/my"),
    ("owner", "/claim"),
    ("owner", "/claim/mine"),
    ("operator", "/desk"),
    ("operator", "/desk/elections"),
    ("operator", "/elections/new"),
    ("operator", "/roll"),
    ("operator", "/roll/units"),
    ("operator", "/roll/imports"),
    ("operator", "/roll/claims"),
)
VOTE_PAGES = (
    ("visitor", "/"),
    ("visitor", "/turnout"),
    ("visitor", "/check"),
    ("owner", "/booth"),
    ("operator", "/work"),
    ("operator", "/preview"),
    ("trustee", "/trustee"),
)


def test_pages_of_a_complex_speak_english(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, flats(4))
    known = (*DATA, *(text for question in world.definition.questions for text in (*question.answers, question.question)))
    visitors = {
        "visitor": app.test_client(),
        "owner": world.browser(world.accounts[1]),
        "operator": world.browser(world.operator),
        "trustee": world.browser(world.trustees[0]),
    }
    pages = [(who, f"/c/{world.place.slug}{path}") for who, path in PLACE_PAGES]
    pages += [(who, world.url + path) for who, path in VOTE_PAGES]
    said = {url: leaks(Browser(visitors[who]).get(f"{url}?lang=en"), known) for who, url in pages}
    assert {url: left for url, left in said.items() if left} == {}
