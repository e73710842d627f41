"""Walk every page that a link leads to, as everybody who works or votes there: axe, no sideways scrolling, a quiet console."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, StorageState, expect

from app import create_app
from app.db.session import db
from app.settings import read_settings
from tests.journeys.crawl import Crawl, Kind, crawl
from tests.journeys.demo_site import DemoSite, environment
from tests.journeys.people import DESK, PHONE, Person, claim_door, person, sign_in_owner, sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

#: Tall windows, so that nothing lies under a bar that sticks to the lower edge.
_TALL_PHONE: dict[str, Any] = {**PHONE, "viewport": {"width": 390, "height": 2600}}
_TALL_DESK: dict[str, Any] = {**DESK, "viewport": {"width": 1280, "height": 2600}}
_NARROWEST = 320
#: What is a matter of the person and not only of the page: looked at again for everybody.
_PERSONAL = {"identity.desk", "procedure.show_desk", "elections.show_work", "elections.show_complex", "ballots.show_turnout"}
#: Pages that a script fills; they are looked at when it has.
_FILLED_BY_SCRIPT = {
    "ballots.show_booth": "#booth[data-screen]:not([data-screen=opening])",
    "ballots.show_decrypt": "#trustee h2",
    "elections.show_trustee": "#trustee h2",
}
_STAFF = ("zhoumin", "linfang", "zhengweidong", "wutao", "heli", "songping", "maqiang", "admin")
#: Addresses that are data or pictures inside a page.
_NO_PAGES = (".json", ".txt", ".zip", ".png")
#: Where no link of the demonstration leads: steps inside a form, the steps of a key ceremony, a counted but unpublished box
#: (other journeys go there), papers of matters, pictures inside a page, a code read from paper, a paper uploaded later, and
#: the answer of a script.
_NO_LINK_LEADS_TO = {
    "demo.hand_over_key",
    "documents.show_file",
    "documents.show_thumbnail",
    "procedure.show_candidate_photo",
    "elections.show_trustee",
    "elections.confirm_opening",
    "ballots.preview_result",
    "identity.enter",
    "identity.enter_code",
    "identity.enter_second_factor",
    "procedure.open_code",
    "procedure.show_kept_paper",
    "roll.confirm_claim",
}
#: Pages of states that nothing in the demonstration is in: nominating and objecting are over, nobody hands over or moves
#: up. They are opened by the tests of their own views.
_OF_OTHER_STATES = {
    "committee.confirm_handover",
    "committee.confirm_move_up",
    "committee.show_evidence",
    "procedure.list_objections",
    "procedure.propose_neighbour",
    "procedure.show_draft",
    "procedure.show_nominating",
    "procedure.show_proof",
    "procedure.stand_oneself",
    "procedure.write_objection",
}


@dataclass(frozen=True)
class Look:
    """Hold one way of looking at a page."""

    options: dict[str, Any]
    query: str


#: Every pair of width, type size and language occurs.
LOOKS = {
    "phone-normal-zh": Look(_TALL_PHONE, "lang=zh&l=0"),
    "phone-large-en": Look(_TALL_PHONE, "lang=en&l=1"),
    "desk-normal-en": Look(_TALL_DESK, "lang=en&l=0"),
    "desk-large-zh": Look(_TALL_DESK, "lang=zh&l=1"),
}
_PICTURED = (LOOKS["phone-normal-zh"], LOOKS["desk-large-zh"])


@dataclass
class Found:
    """Hold who sees which pages, with the browser state of each person."""

    walks: dict[str, tuple[StorageState | None, dict[Kind, str]]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def app(site: DemoSite) -> Iterator[Flask]:
    """Give the application with its map of addresses."""
    application = create_app(read_settings(environment(site.instance), Path(__file__).parents[2]))
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def found(browser: Browser, site: DemoSite, app: Flask) -> Found:
    """Let everybody follow the links; one owner has voted and the box is closed, one has not and may."""
    slugs = ("qinglan", "jixiechang", "yunshang", "xiaoshiqiao")
    states = {row["id"]: row["state"] for slug in slugs for row in site.elections(slug)}
    found, known = Found(), set[Kind]()
    for name, begin in (("visitor", _home), ("voted", _vote_in_the_lofts), ("owner", _register_in_the_renewal)):
        with person(browser, site, name, PHONE) as who:
            start = begin(who)
            _keep(found, name, who, crawl(app, who.context.request, site.url, start, states), known)
    for name in _STAFF:
        with person(browser, site, name, DESK) as who:
            sign_in_staff(who, name)
            _keep(found, name, who, crawl(app, who.context.request, site.url, "/desk", states), known)
    return found


def _keep(found: Found, name: str, who: Person, walked: Crawl, known: set[Kind]) -> None:
    """Keep the pages of a person that nobody before has shown, and those that are personal."""
    fresh = {kind: path for kind, path in walked.pages.items() if kind not in known or kind[0] in _PERSONAL}
    known.update(walked.pages)
    found.walks[name] = (who.context.storage_state(), fresh)
    found.broken.extend(f"{name}: {line}" for line in walked.broken)
    found.reached.update(walked.endpoints)


def _home(_who: Person) -> str:
    return "/"


def _vote_in_the_lofts(who: Person) -> str:
    """Vote, and let the box be closed; return where the voter begins."""
    owner = who.site.owners("云尚公馆")[0]
    who.go("/c/yunshang/claim")
    sign_in_owner(who, owner)
    claim_door(who, owner)
    who.press("去投票", "link")
    who.press("去投票", "link")
    who.page.locator("label.y-opt", has_text="弃权").click()
    who.press("去核对")
    who.press("确认投票")
    who.heading("投票成功")
    receipt = who.page.url.removeprefix(who.site.url)
    who.go("/dev")
    who.tap(who.page.get_by_role("row", name="续聘物业公司表决").get_by_role("button", name="拨到截止"))
    expect(who.page.get_by_text("时钟拨到了")).to_be_visible()
    return receipt


def _register_in_the_renewal(who: Person) -> str:
    """Register for a flat of the renewal; return where the owner begins."""
    owner = who.site.owners("青岚花园")[0]
    who.go("/c/qinglan/claim")
    sign_in_owner(who, owner)
    claim_door(who, owner)
    return "/c/qinglan/"


def serious(page: Page) -> list[str]:
    """Return the serious and critical findings of axe on the present page."""
    findings = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])} in all)"
        for rule in findings
        if rule["impact"] in ("serious", "critical")
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def faults(who: Person, kind: Kind, path: str, look: Look) -> Iterator[str]:
    """Open a page in one way and say what is wrong with it."""
    who.go(f"{path}{'&' if '?' in path else '?'}{look.query}")
    who.page.locator(_FILLED_BY_SCRIPT.get(kind[0], "h1")).first.wait_for()
    yield from serious(who.page)
    if overflow(who.page) > 0:
        yield f"{overflow(who.page)} px wider than the window"
    if look.options is _TALL_PHONE:
        who.page.set_viewport_size({"width": _NARROWEST, "height": 2600})
        if overflow(who.page) > 0:
            yield f"{overflow(who.page)} px wider than {_NARROWEST}"
        who.page.set_viewport_size(_TALL_PHONE["viewport"])
    if look in _PICTURED:
        who.shot(re.sub(r"\W+", "-", ".".join(kind)).strip("-"))


def test_every_link_leads_to_a_page(found: Found) -> None:
    assert not found.broken, "\n".join(found.broken)


def test_every_page_of_the_application_is_reached_by_a_link(app: Flask, found: Found) -> None:
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.endswith(_NO_PAGES) and rule.endpoint != "static"
    }
    excused = _NO_LINK_LEADS_TO | _OF_OTHER_STATES
    lonely = sorted(pages - found.reached - excused)
    assert not lonely, "\n".join(lonely)
    # What is reached by now, or is gone, needs no excuse.
    assert not _OF_OTHER_STATES & found.reached, sorted(_OF_OTHER_STATES & found.reached)
    assert excused <= pages, excused - pages


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_everybody_finds_every_page_usable(browser: Browser, site: DemoSite, found: Found, look: Look) -> None:
    wrong = []
    for name, (state, pages) in found.walks.items():
        with person(browser, site, f"pages-{name}", {**look.options, "storage_state": state}) as who:
            for kind, path in pages.items():
                wrong += [f"{name} {path}: {fault}" for fault in faults(who, kind, path, look)]
    assert not wrong, "\n".join(wrong)


def test_a_planted_fault_is_found(browser: Browser, site: DemoSite) -> None:
    with person(browser, site, "planted", _TALL_PHONE) as who:
        who.go("/")
        assert (serious(who.page), overflow(who.page)) == ([], 0)
        who.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        who.page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
        who.page.evaluate("document.querySelector('main textarea').cols = 200")
        assert any("image-alt" in finding for finding in serious(who.page))
        assert overflow(who.page) > 0
