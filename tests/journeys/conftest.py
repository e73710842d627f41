"""Own the fixtures of the journeys: Chromium as installed, the demonstration filled once, a served copy per module."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.demo_site import DemoSite, copy_instance, fill, served
from tests.journeys.stage import Stage

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Launch the Chromium of the system; a machine without one leaves the journeys out, and says so."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: set CHROMIUM or install it")
        pytest.skip("browser journeys: no Chromium (set CHROMIUM or install it)")
    return {"executable_path": chromium, "headless": True, "args": list(CHROMIUM_FLAGS)}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, browser_type_launch_args: dict[str, Any]) -> Path:
    """Fill the demonstration once, by the command a newcomer runs."""
    instance = tmp_path_factory.mktemp("filled")
    fill(instance)
    return instance


@pytest.fixture(scope="module")
def site(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """Serve a copy of the filled demonstration to the journeys of one module, and hold it to a clean stop."""
    with served(copy_instance(filled, tmp_path_factory.mktemp("served"))) as running:
        yield running


@pytest.fixture
def stage(browser: Browser, site: DemoSite) -> Iterator[Stage]:
    """Give the journey its people."""
    with ExitStack() as people:
        yield Stage(browser, site, people)
