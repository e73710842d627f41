"""The booth can be used by everybody: axe, 320 px, target sizes, keyboard, screen reader names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .served import Site
from .test_booth import choose, open_ballot, to_review

pytestmark = pytest.mark.browser

SIZES = ((390, ""), (390, "?l=1"), (320, ""), (320, "?l=1"), (1280, ""))


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}{'L' if size[1] else ''}")
def sized(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """Give the booth at its ballot in each width and type size; axe itself must be allowed in."""
    width, query = request.param
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 844}, bypass_csp=True)
    page = context.new_page()
    open_ballot(page, query)
    yield page
    context.close()


def serious(page: Page) -> list[str]:
    """Return the serious and critical findings of axe."""
    results = Axe().run(page)
    return [
        f"{finding['id']}: {finding['nodes'][0]['html'][:160]}"
        for finding in results.response["violations"]
        if finding["impact"] in {"serious", "critical"}
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[str]:
    """Return the controls of the booth whose target is under 44 px in either direction."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('#booth :is(button, a, summary, label), .y-act button')]
              .filter((e) => !e.closest('.visually-hidden') && e.getClientRects().length > 0)
              .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 43.5 || r.height < 43.5 })
              .map((e) => e.outerHTML.slice(0, 120))"""
        )
    )


def test_ballot_and_review_have_no_serious_finding(sized: Page) -> None:
    large = sized.locator("html.large").count() == 1
    found = serious(sized) + small_targets(sized)
    assert (found, overflow(sized)) == ([], 0)
    if large:
        sized.locator("input").first.check()
        for _ in range(2):
            sized.get_by_role("button", name="下一题").click()
            assert (serious(sized) + small_targets(sized), overflow(sized)) == ([], 0)
    else:
        choose(sized)
    to_review(sized)
    assert (serious(sized) + small_targets(sized), overflow(sized)) == ([], 0)


def test_axe_finds_a_planted_fault(sized: Page) -> None:
    sized.evaluate("() => document.querySelector('#booth').append(document.createElement('button'))")
    assert any(finding.startswith("button-name") for finding in serious(sized))


def test_options_have_names_roles_and_groups(phone: Page) -> None:
    open_ballot(phone)
    group = phone.get_by_role("group", name="续聘现物业公司")
    expect(group.get_by_role("radio")).to_have_count(3)
    assert [group.get_by_role("radio").nth(n).evaluate("(e) => e.labels[0].innerText.trim()") for n in range(3)] == [
        "同意",
        "反对",
        "弃权",
    ]
    expect(phone.get_by_role("group", name="选举第三届").get_by_role("checkbox")).to_have_count(9)
    assert phone.locator("h1").count() == 1


def test_vote_needs_no_pointer(phone: Page) -> None:
    open_ballot(phone)
    phone.locator("#matter-0 input").first.focus()
    phone.keyboard.press("ArrowDown")
    expect(phone.locator("#matter-0 input").nth(1)).to_be_checked()
    phone.get_by_role("button", name="去核对").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="请核对")).to_be_focused()


def test_count_of_candidates_is_announced(phone: Page) -> None:
    open_ballot(phone)
    counter = phone.locator("#matter-1 [aria-live=polite]")
    phone.get_by_label("王建国").check()
    expect(counter).to_have_text("最多选 5 位，已选 1 位")
