"""Walk the demonstration's main pages as everybody who works or votes there: axe, no sideways scrolling, a quiet console."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.demo_site import DemoSite
from tests.journeys.people import DESK, PHONE, Person, claim_door, person, sign_in_owner, sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

#: Tall windows, so that nothing lies under a bar that sticks to the lower edge; axe itself must be let in.
TALL_PHONE: dict[str, Any] = {**PHONE, "viewport": {"width": 390, "height": 2600}, "bypass_csp": True}
TALL_DESK: dict[str, Any] = {**DESK, "viewport": {"width": 1280, "height": 2600}, "bypass_csp": True}
NARROW = {"width": 320, "height": 2600}
VISITOR = [
    *("/", "/sign-in", "/sign-in/staff", "/roles", "/dev", "/dev/outbox", "/nowhere"),
    *("/c/qinglan/", "/c/qinglan/elections", "/c/qinglan/record", "/c/qinglan/receipts"),
    *("{open}/", "{finished}/", "{finished}/result", "{finished}/check"),
]
OWNER = ["/c/yunshang/", "/c/yunshang/my", "/c/yunshang/elections", "/account"]
OPERATOR = [
    *("/desk", "/c/qinglan/desk", "/c/qinglan/desk/elections", "/c/qinglan/roll", "/c/qinglan/roll/units"),
    *("{open}/turnout", "{open}/work", "{draft}/edit", "{draft}/preview", "{open}/trustee"),
]
STAFF = [("zhoumin", OPERATOR), ("admin", ["/platform/accounts", "/platform/places"]), ("heli", ["/district"])]


@dataclass(frozen=True)
class Look:
    """Hold one way of looking at a page."""

    options: dict[str, Any]
    query: str


LOOKS = {
    "phone": Look(TALL_PHONE, "lang=zh&l=0"),
    "phone-large": Look(TALL_PHONE, "lang=zh&l=1"),
    "phone-english": Look(TALL_PHONE, "lang=en&l=0"),
    "desk": Look(TALL_DESK, "lang=zh&l=0"),
    "desk-large-english": Look(TALL_DESK, "lang=en&l=1"),
}


@pytest.fixture(scope="module")
def addresses(site: DemoSite) -> dict[str, str]:
    """Name the elections of the demonstration by what is shown with them."""
    names = {"open": "qinglan", "finished": "jixiechang", "draft": "xiaoshiqiao"}
    return {name: f"/c/{slug}/elections/{site.elections(slug)[0]['id']}" for name, slug in names.items()}


def serious(page: Page) -> list[str]:
    """Return the serious and critical findings of axe on the present page."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found if rule["impact"] in ("serious", "critical")]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def faults(who: Person, paths: list[str], look: Look, addresses: dict[str, str]) -> Iterator[str]:
    """Open each page and say what is wrong with it."""
    for template in paths:
        path = template.format(**addresses)
        who.go(f"{path}?{look.query}")
        who.page.locator("h1").first.wait_for()
        yield from (f"{path} at {look.query}: {finding}" for finding in serious(who.page))
        if overflow(who.page) > 0:
            yield f"{path} at {look.query}: {overflow(who.page)} px wider than its window"
        if look is LOOKS["phone"]:
            who.page.set_viewport_size(NARROW)
            if overflow(who.page) > 0:
                yield f"{path}: {overflow(who.page)} px wider than 320"
            who.page.set_viewport_size(look.options["viewport"])


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_a_visitor_finds_every_page_usable(browser: Browser, site: DemoSite, addresses: dict[str, str], look: Look) -> None:
    with person(browser, site, "visitor", look.options) as who:
        assert list(faults(who, VISITOR, look, addresses)) == []


@pytest.mark.parametrize(("login_name", "paths"), STAFF)
def test_staff_find_every_page_usable(
    browser: Browser, site: DemoSite, addresses: dict[str, str], login_name: str, paths: list[str]
) -> None:
    with person(browser, site, login_name, DESK) as who:
        sign_in_staff(who, login_name)
        state = who.context.storage_state()
    for look in LOOKS.values():
        with person(browser, site, login_name, {**look.options, "storage_state": state}) as who:
            assert list(faults(who, paths, look, addresses)) == []


def test_an_owner_finds_every_page_usable(browser: Browser, site: DemoSite, addresses: dict[str, str]) -> None:
    with person(browser, site, "owner", TALL_PHONE) as who:
        owner = site.owners("云尚公馆")[0]
        who.go("/sign-in?place=yunshang")
        sign_in_owner(who, owner)
        claim_door(who, owner)
        state = who.context.storage_state()
    for look in LOOKS.values():
        with person(browser, site, "owner", {**look.options, "storage_state": state}) as who:
            assert list(faults(who, OWNER, look, addresses)) == []


def test_a_planted_fault_is_found(browser: Browser, site: DemoSite) -> None:
    with person(browser, site, "planted", TALL_PHONE) as who:
        who.go("/")
        who.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        who.page.evaluate(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<div style=\"width:900px\">x</div>')"
        )
        assert any("image-alt" in finding for finding in serious(who.page))
        assert overflow(who.page) > 0
