"""Own the stage of a journey: it brings people on, each with a browser of their own, and lets them go at the end."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing

from playwright.sync_api import Browser

from tests.journeys.demo_site import DemoSite
from tests.journeys.people import DESK, PHONE, Person, person, sign_in_staff


class Stage:
    """Bring people on, and count the ballots of the box from outside."""

    def __init__(self, browser: Browser, site: DemoSite, people: ExitStack) -> None:
        self.browser, self.site, self.people = browser, site, people

    def owner(self, name: str) -> Person:
        """Bring on somebody with a phone."""
        return self.people.enter_context(person(self.browser, self.site, name, PHONE))

    def staff(self, login_name: str) -> Person:
        """Bring on somebody at a desk, signed in."""
        who = self.people.enter_context(person(self.browser, self.site, login_name, DESK))
        sign_in_staff(who, login_name)
        return who

    def ballots(self) -> int:
        """Count the ballots of all boxes."""
        with closing(sqlite3.connect(self.site.instance / "yeyi.sqlite3")) as database:
            return int(database.execute("SELECT count(*) FROM ballots").fetchone()[0])
