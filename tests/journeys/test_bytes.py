"""The whole way of an owner's first vote, from the first page to the receipt, costs few bytes of a metered connection."""

from __future__ import annotations

import gzip
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.demo_site import DemoOwner, DemoSite
from tests.journeys.meter import Meter
from tests.journeys.people import PHONE, Person, code_sent_to, person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

#: Everything the browser receives, headers too, over HTTP/1.1.
MOST_BYTES = 150_000
PAGES = [
    *("complex", "telephone number", "code", "door", "name", "is it you", "registered"),
    *("complex again", "booth", "receipt"),
]


def test_an_owner_votes_for_few_bytes(browser: Browser, site: DemoSite) -> None:
    meter = Meter()
    with person(browser, site, "bytes", PHONE) as voter, person(browser, site, "telephone", PHONE) as telephone:
        meter.watch(voter.page)
        owner = site.owners("青岚花园")[0]
        meter.page = "complex"
        voter.go("/c/qinglan/")
        sign_in(voter, telephone, owner, meter)
        claim(voter, owner, meter)
        vote(voter, meter)
        voter.page.wait_for_load_state("networkidle")
    print(f"\n{meter.table()}")
    assert list(meter.received) == PAGES
    assert is_cheap(meter), meter.table()


def is_cheap(meter: Meter) -> bool:
    """Say whether no more was received than a first vote may cost."""
    return meter.total <= MOST_BYTES


def begin(page: str, voter: Person, meter: Meter) -> None:
    """Wait until all of the present page has come, and count what follows for the next one."""
    voter.page.wait_for_load_state("networkidle")
    meter.page = page


def sign_in(voter: Person, telephone: Person, owner: DemoOwner, meter: Meter) -> None:
    """From the page of the complex to the door; the message is read on another device, with a cache of its own."""
    begin("telephone number", voter, meter)
    voter.press("去投票", "link")
    voter.heading("请输入手机号")
    begin("code", voter, meter)
    voter.type("手机号", owner.phone)
    voter.press("获取短信数字")
    voter.heading("请输入短信里的 6 位数字")
    begin("door", voter, meter)
    voter.type("短信里的数字", code_sent_to(telephone, owner.phone))
    voter.press("登录")


def claim(voter: Person, owner: DemoOwner, meter: Meter) -> None:
    """From the door to the page that says the owner is registered."""
    voter.heading("您的房子是哪一套？")
    begin("name", voter, meter)
    voter.type("输入门牌", owner.door)
    voter.press("找到它")
    voter.heading("您是这套房的业主吗？")
    begin("is it you", voter, meter)
    voter.type("姓名", owner.name)
    voter.type("后六位", owner.tail)
    voter.tap(voter.page.get_by_role("checkbox"))
    voter.press("核对")
    voter.heading(re.compile("对吗"))
    begin("registered", voter, meter)
    voter.press("对，是我")
    voter.heading("已登记")


def vote(voter: Person, meter: Meter) -> None:
    """From there through the page of the complex and the booth to the receipt."""
    begin("complex again", voter, meter)
    voter.press("去投票", "link")
    begin("booth", voter, meter)
    voter.press("去投票", "link")
    for position, choice in enumerate(("赵文娟", "同意", "弃权")):
        voter.tap(voter.page.locator(f"#matter-{position} label", has_text=choice))
    begin("review", voter, meter)
    voter.press("去核对")
    voter.heading("请核对")
    begin("receipt", voter, meter)
    voter.press("确认投票")
    voter.heading("投票成功")


@contextmanager
def serving(answers: dict[str, tuple[bytes, str]]) -> Iterator[str]:
    """Answer paths with bytes and an encoding, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, encoding = answers[self.path]
            self.send_response_only(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=60")
            if encoding:
                self.send_header("Content-Encoding", encoding)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_what_is_too_much_is_found_and_what_is_compressed_counts_as_it_travels(browser: Browser) -> None:
    heavy, light = secrets.token_hex(MOST_BYTES // 2).encode(), gzip.compress(b"0" * MOST_BYTES)
    meter = Meter()
    with serving({"/heavy": (heavy, ""), "/light": (light, "gzip"), "/favicon.ico": (b"", "")}) as address:
        context = browser.new_context()
        page = context.new_page()
        meter.watch(page)
        for meter.page in ("/light", "/heavy"):
            page.goto(address + meter.page)
        context.close()
    counted = {name: bytes_of[f"GET {name}"] for name, bytes_of in meter.received.items()}
    assert 0 < counted["/light"] - len(light) < 300
    assert 0 < counted["/heavy"] - len(heavy) < 300
    assert not is_cheap(meter)
    assert "/heavy" in meter.table()
