"""Own the counting of what a browser receives over the network, header and body as they travelled, page by page."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page


@dataclass
class Meter:
    """Add up the bytes of every answer by the page at which it came; what the cache gives costs nothing."""

    page: str = ""
    received: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _paths: dict[str, str] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Count on this tab from now on, by the browser's own figures, with a cache that is empty."""
        browser = page.context.new_cdp_session(page)
        browser.on("Network.requestWillBeSent", self._asked)
        browser.on("Network.loadingFinished", self._finished)
        browser.send("Network.enable")
        browser.send("Network.clearBrowserCache")

    @property
    def total(self) -> int:
        """Return all bytes so far."""
        return sum(bytes_of.total() for bytes_of in self.received.values())

    def table(self) -> str:
        """Return a line per page: bytes, answers, name, and the largest answer."""
        lines = [f"{'bytes':>8} {'files':>5}  page"]
        for name, bytes_of in self.received.items():
            path, most = bytes_of.most_common(1)[0]
            lines.append(f"{bytes_of.total():8} {len(bytes_of):5}  {name} (most: {most} {path})")
        return "\n".join([*lines, f"{self.total:8}        in all"])

    def _asked(self, event: dict[str, Any]) -> None:
        """Note what is asked for; an answer that leads elsewhere is told with the request that follows it."""
        number = event["requestId"]
        if "redirectResponse" in event:
            self._add(number, event["redirectResponse"]["encodedDataLength"])
        self._paths[number] = f"{event['request']['method']} {urlsplit(event['request']['url']).path}"

    def _finished(self, event: dict[str, Any]) -> None:
        self._add(event["requestId"], event["encodedDataLength"])

    def _add(self, number: str, count: float) -> None:
        if count:
            self.received[self.page][self._paths[number]] += int(count)
