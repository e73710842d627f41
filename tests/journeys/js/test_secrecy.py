"""The choice never leaves the device unencrypted: every request and every write to storage is captured and read."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from app.crypto.ballots import parse_ballot
from app.crypto.credentials import verify_possession
from app.crypto.group import BELENIOS_2048, Element
from app.crypto.proofs import parse_proof

from .served import Site
from .test_booth import CHOSEN, at_receipt, choose, confirm, open_ballot, opened, to_review
from .voting import UUID, Box

pytestmark = pytest.mark.browser

#: Write down whatever the page writes anywhere, before any script of the page runs.
SPY = """
  globalThis.written = [];
  const note = (where, ...values) => written.push([where, JSON.stringify(values)]);
  const wrap = (owner, name, where) => {
    const real = owner[name];
    owner[name] = function (...values) { note(where, ...values); return real.apply(this, values); };
  };
  wrap(IDBObjectStore.prototype, 'put', 'indexeddb');
  wrap(IDBObjectStore.prototype, 'add', 'indexeddb');
  wrap(Storage.prototype, 'setItem', 'storage');
  wrap(History.prototype, 'pushState', 'history');
  wrap(History.prototype, 'replaceState', 'history');
  wrap(globalThis, 'open', 'open');
  wrap(globalThis, 'postMessage', 'message');
  wrap(Navigator.prototype, 'sendBeacon', 'beacon');
  if (globalThis.CacheStorage) wrap(CacheStorage.prototype, 'open', 'cache');
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  const set = function (value) { note('cookie', value); cookie.set.call(this, value); };
  Object.defineProperty(Document.prototype, 'cookie', {get: cookie.get, set});
"""

DUMP = """
  async () => {
    const all = [['address', location.href], ['state', JSON.stringify(history.state)], ['cookies', document.cookie]];
    for (const store of [localStorage, sessionStorage]) all.push(['storage', JSON.stringify(Object.entries(store))]);
    for (const {name} of await indexedDB.databases()) {
      const base = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
      for (const table of base.objectStoreNames) {
        const rows = await new Promise((ok) => {
          const r = base.transaction(table).objectStore(table).getAll(); r.onsuccess = () => ok(r.result);
        });
        all.push(['indexeddb', JSON.stringify(rows)]);
      }
      base.close();
    }
    return all;
  }
"""


class Watch:
    """Collect what one page sends and writes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[tuple[str, str, bytes, dict[str, str]]] = []
        self.written: list[list[str]] = []
        page.add_init_script(SPY)
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.requests.append((request.method, request.url, request.post_data_buffer or b"", request.headers))

    def look(self) -> None:
        """Take over the writes so far and everything that lies in storage now."""
        self.written += self.page.evaluate("() => globalThis.written")
        self.written += self.page.evaluate(DUMP)


def leaks(watch: Watch, box: Box) -> list[str]:
    """Name every request and write that is not one of the few allowed shapes; each allowed shape holds no choice."""
    found = [f"{method} {url}" for method, url, body, _ in watch.requests if not _allowed_request(method, url, body, box)]
    found += [f"{where} {value}" for where, value in watch.written if not _allowed_write(where, value, box)]
    return found


def _allowed_request(method: str, url: str, body: bytes, box: Box) -> bool:
    path = re.sub(r"^http://127\.0\.0\.1:\d+", "", url)
    if method == "GET":
        plain = r"/(home|booth|booth\.json|receipt\?code=K7QM-4R2P|static/[a-z0-9_./-]+|favicon\.ico)"
        return (body == b"" and re.fullmatch(plain, path) is not None) or url.startswith("data:,")
    if (method, path) == ("POST", "/cast"):
        parse_ballot(box.election, body)
        return True
    if (method, path) == ("POST", "/enrol"):
        sent = json.loads(body)
        public = Element(int(sent["credential"]))
        verify_possession(UUID, 17, public, parse_proof(sent["proof"], BELENIOS_2048, "proof"))
        return sorted(sent) == ["credential", "proof"]
    return False


def _allowed_write(where: str, value: str, box: Box) -> bool:
    if where in {"address", "cookies", "state"}:
        places = ("null", "", '{"screen":"review"}', '{"screen":"ballot","page":0}')
        return value in places or re.fullmatch(r"http://127\.0\.0\.1:\d+/(booth|receipt\?code=K7QM-4R2P)", value) is not None
    if where == "history":
        return re.fullmatch(r'\[\{"screen":"(ballot","page":0|review")\},""\]', value) is not None
    if where == "storage":
        return value == "[]"
    if where != "indexeddb":
        return False
    return all(_allowed_value(item, box) for item in json.loads(value))


def _allowed_value(item: Any, box: Box) -> bool:
    if not isinstance(item, str):
        return False
    if item.startswith("{"):
        parse_ballot(box.election, item.encode())
        return True
    return item == f"{UUID}|17" or re.fullmatch(r"[0-9]{60,78}", item) is not None


def test_nothing_but_the_sealed_ballot_leaves_the_page(phone: Page, box: Box) -> None:
    watch = Watch(phone)
    open_ballot(phone)
    choose(phone)
    watch.look()
    to_review(phone)
    phone.go_back()
    to_review(phone)
    watch.look()
    box.fault = "request_lost"
    confirm(phone)
    expect(phone.locator("[data-screen=failed]")).to_be_visible()
    watch.look()
    box.fault = ""
    phone.get_by_role("button", name="再试一次").click()
    at_receipt(phone)
    watch.look()
    assert leaks(watch, box) == []
    assert opened(box) == CHOSEN
    assert {"indexeddb", "history"} <= {where for where, _ in watch.written}
    assert {"/enrol", "/cast"} <= {re.sub(r"^http://[^/]+", "", url) for _, url, _, _ in watch.requests}


@pytest.mark.parametrize(
    "leak",
    [
        "localStorage.setItem('draft', '1')",
        "sessionStorage.setItem('draft', '[0,1,0]')",
        "history.pushState({screen: 'review', c: 1}, '')",
        "history.replaceState(null, '', '#1')",
        "fetch('/booth.json?c=1')",
        "fetch('/enrol', {method: 'POST', body: '{}'}).catch(() => 0)",
        "navigator.sendBeacon('/log', '1')",
        "document.cookie = 'c=1'",
        "new Image().src = '/static/x.png?c=1'",
    ],
)
def test_watch_sees_a_leak_when_one_is_planted(phone: Page, box: Box, leak: str) -> None:
    watch = Watch(phone)
    open_ballot(phone)
    choose(phone)
    phone.evaluate(f"() => {{ {leak} }}")
    phone.wait_for_timeout(200)
    watch.look()
    try:
        found = leaks(watch, box)
    except KeyError:
        found = ["a post of another shape"]
    assert found != []


def test_sealed_ballot_does_not_tell_the_choice_by_its_length(phone: Page, box: Box) -> None:
    lengths = []
    for option in range(3):
        phone.goto("/booth")
        if option > 0:
            box.changes_left = 3
            phone.get_by_role("button", name="我要改票").click()
        phone.locator("#matter-0 input").nth(option).check()
        to_review(phone)
        confirm(phone)
        at_receipt(phone)
        lengths.append(len(box.ballots[-1]))
    # The decimal digits of random numbers vary by chance; a bit in clear would need no more room than this either way.
    assert max(lengths) - min(lengths) < 60


def test_sealed_ballot_is_forgotten_after_the_receipt(phone: Page, box: Box) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    confirm(phone)
    at_receipt(phone)
    kept = [json.loads(value) for where, value in phone.evaluate(DUMP) if where == "indexeddb"]
    ballots = [row for rows in kept for row in rows if str(row).startswith("{")]
    secrets_kept = [row for rows in kept for row in rows if str(row).isdecimal()]
    assert (ballots, len(secrets_kept)) == ([], 1)


def test_page_runs_under_the_strict_policy(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url)
    open_ballot(page)
    refused = page.evaluate(
        """async () => {
          const seen = [];
          document.addEventListener('securitypolicyviolation', (e) => seen.push(e.effectiveDirective));
          const s = document.createElement('script'); s.textContent = 'globalThis.planted = 1'; document.body.append(s);
          fetch('http://127.0.0.2/').catch(() => 0);
          await new Promise((ok) => setTimeout(ok, 200));
          return [globalThis.planted ?? 0, seen.sort()];
        }"""
    )
    page.close()
    assert refused == [0, ["connect-src", "script-src-elem"]]
