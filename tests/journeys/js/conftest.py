"""Own the fixtures of the JavaScript tests: a blank page, a phone page, an election with a known key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from app.crypto.election import Election

from .served import Site, serve
from .voting import Box, make_election, voting_site


@pytest.fixture(scope="session")
def election() -> Election:
    """Give the election with the known key."""
    return make_election()


@pytest.fixture
def box(election: Election) -> Box:
    """Give an empty ballot box."""
    return Box(election)


@pytest.fixture
def site(box: Box) -> Iterator[Site]:
    """Serve the voter's pages before that box."""
    with serve(voting_site(box)) as served:
        yield served


@pytest.fixture(scope="module")
def blank(browser: Browser, election: Election) -> Iterator[Page]:
    """Give a blank page that keeps its modules, for tests of single functions."""
    with serve(voting_site(Box(election))) as served:
        page = browser.new_page(base_url=served.url)
        page.goto("/blank")
        yield page
        page.close()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """Give a phone page of 390 px that fails the test on any script error or broken CSP rule."""
    context = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type == "error" and "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert problems == []
