"""Own the people of the journeys: an owner with a phone, staff at a desk; each has a browser of its own that is watched."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from app.demo.cast import PASSWORD
from tests.journeys.demo_site import ROOT, DemoOwner, DemoSite

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
_SHOTS = ROOT / "instance" / "journeys"


@dataclass
class Person:
    """Be somebody with a browser: presses, types, is timed, and leaves pictures."""

    name: str
    site: DemoSite
    context: BrowserContext
    page: Page
    taps: int = 0
    inputs: int = 0
    troubles: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    shots: int = 0

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site.url + path)

    def tap(self, what: Locator) -> None:
        """Press something and count it."""
        what.click()
        self.taps += 1

    def press(self, words: str, role: Any = "button", *, exact: bool = True) -> None:
        """Press the button or link that bears these words."""
        self.tap(self.page.get_by_role(role, name=words, exact=exact))

    def type(self, label: str, value: str) -> None:
        """Fill in the field of this label and count it as one input."""
        self.field(label).fill(value)
        self.inputs += 1

    def field(self, label: str) -> Locator:
        """Find the control of this label."""
        return self.page.locator("input, textarea, select").and_(self.page.get_by_label(label))

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Wait until the page's title says this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def shot(self, step: str) -> None:
        """Keep a picture of the whole page under instance/journeys."""
        self.shots += 1
        _SHOTS.mkdir(parents=True, exist_ok=True)
        width = (self.page.viewport_size or {"width": 0})["width"]
        self.page.screenshot(path=_SHOTS / f"{self.name}-{self.shots:02}-{step}-{width}.png", full_page=True)

    def count_from_here(self) -> None:
        """Start counting taps, inputs and seconds afresh."""
        self.taps = self.inputs = 0
        self.started = time.monotonic()

    def counted(self) -> tuple[int, int, float]:
        """Return taps, inputs and seconds since the counting began."""
        return self.taps, self.inputs, time.monotonic() - self.started


@contextmanager
def person(browser: Browser, site: DemoSite, name: str, options: dict[str, Any], *scripts: str) -> Iterator[Person]:
    """Give somebody a fresh browser; in the end no script error, broken policy or console error may have been seen."""
    context = browser.new_context(locale="zh-CN", accept_downloads=True, **options)
    for script in scripts:
        context.add_init_script(script)
    context.set_default_timeout(15_000)
    page = context.new_page()
    somebody = Person(name, site, context, page)
    watch(page, somebody.troubles)
    try:
        yield somebody
    finally:
        context.close()
    assert somebody.troubles == [], somebody.troubles


def watch(page: Page, troubles: list[str]) -> None:
    """Write down script errors and everything the console calls an error; what the journey broke itself is left out."""

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            troubles.append(f"{page.url}: {message.text}")

    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", said)


def sign_in_staff(who: Person, login_name: str) -> None:
    """Sign in with password and second factor; the demonstration shows the digits."""
    who.go("/sign-in/staff")
    who.type("登录名", login_name)
    who.type("密码", PASSWORD)
    who.press("下一步")
    shown = who.page.get_by_text(re.compile(r"演示：现在的数字是 \d{6}")).inner_text()
    who.field("动态数字").fill(re.findall(r"\d{6}", shown)[-1])
    who.press("登录")
    expect(who.page.get_by_role("heading", name="我的小区")).to_be_visible()


def code_sent_to(who: Person, phone: str) -> str:
    """Read the newest code sent to a phone on the page of demonstration messages, in a tab of its own."""
    tab = who.context.new_page()
    tab.goto(f"{who.site.url}/dev/outbox")
    message = tab.locator(".y-cell", has_text=phone).first.inner_text()
    tab.close()
    return str(re.findall(r"(?<!\d)\d{6}(?!\d)", message)[0])


def sign_in_owner(who: Person, owner: DemoOwner) -> None:
    """From the page that asks for the phone number to the page after the code."""
    who.type("手机号", owner.phone)
    who.press("获取短信数字")
    who.heading("请输入短信里的 6 位数字")
    code = code_sent_to(who, owner.phone)
    who.type("短信里的数字", code)
    who.press("登录")


def claim_door(who: Person, owner: DemoOwner) -> None:
    """From the page that asks for the door to the page that says it is registered."""
    who.type("输入门牌", owner.door)
    who.press("找到它")
    who.type("姓名", owner.name)
    who.type("后六位", owner.tail)
    who.tap(who.page.get_by_role("checkbox"))
    who.press("核对")
    who.heading(re.compile("对吗"))
    who.press("对，是我")
    who.heading("已登记")


def shots_folder() -> Path:
    """Return where the pictures lie."""
    return _SHOTS
