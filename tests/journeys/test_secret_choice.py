"""The choice never leaves the device unencrypted, and nothing keeps it: two whole votes before the real server are compared.

Both votes start from the same database, the same session and the same randomness. Whatever then differs between them was made
from the choice; only the ciphertexts, the proofs and the signature of the ballot may.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.journeys.demo_site import DemoSite, copy_instance, served
from tests.journeys.people import PHONE, claim_door, person, sign_in_owner
from tests.journeys.spy import SEEDED, Spy
from tests.journeys.wire import Exchange, tapped

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

#: What one voter chooses: the option of the first and third matter, and the candidates of the second.
FIRST = ("同意", ("赵文娟", "李秀英", "陈志明"), "弃权")
SECOND = ("反对", ("刘德海",), "同意")
#: The fields of a ballot that are made from the choice.
ENCRYPTED = {
    "answers[].choices[].beta",
    "answers[].individual_proofs[][].challenge",
    "answers[].individual_proofs[][].response",
    "answers[].overall_proof[].challenge",
    "answers[].overall_proof[].response",
    "signature.hash",
    "signature.proof.challenge",
    "signature.proof.response",
}
#: A leak that only the comparison sees: the number of an option, in a header, in the one request that has to be sent.
LEAK = """
  const send = globalThis.fetch;
  let last = '';
  addEventListener('change', (event) => { last = event.target.value; }, true);
  globalThis.fetch = (url, options = {}) =>
    send(url, options.method === 'POST' ? {...options, headers: {...options.headers, 'X-Trace': last}} : options);
"""


@dataclass(frozen=True)
class Registered:
    """Hold the instance and the browser state of an owner who has signed in and claimed the flat."""

    instance: Path
    state: StorageState


@dataclass(frozen=True)
class Captured:
    """Hold all that one vote sent, got and wrote, without what the port, the time or chance of the server puts in."""

    requests: list[tuple[str, str]]
    sent: list[Any]
    got: list[Any]
    writes: list[Any]
    ballot: dict[str, Any]
    raw: str


@pytest.fixture(scope="module")
def registered(browser: Browser, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Registered:
    """Bring an owner of the renewal as far as the booth's door, once."""
    instance = copy_instance(filled, tmp_path_factory.mktemp("registered"))
    with served(instance) as site, person(browser, site, "secret", PHONE) as voter:
        owner = site.owners("青岚花园")[0]
        voter.go("/c/qinglan/claim")
        sign_in_owner(voter, owner)
        claim_door(voter, owner)
        return Registered(instance, voter.context.storage_state())


@pytest.fixture(scope="module")
def vote(browser: Browser, registered: Registered, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Captured]:
    """Give a function that votes from the same beginning and returns what was captured."""

    def run(choice: tuple[str, tuple[str, ...], str], *leaks: str) -> Captured:
        with served(copy_instance(registered.instance, tmp_path_factory.mktemp("run"))) as site:
            return _vote(browser, site, registered, choice, leaks)

    return run


def _vote(
    browser: Browser, site: DemoSite, registered: Registered, choice: tuple[str, tuple[str, ...], str], leaks: tuple[str, ...]
) -> Captured:
    spy = Spy()
    options = {**PHONE, "storage_state": registered.state}
    with tapped(site.port) as tap, person(browser, site, "secret", options, SEEDED) as voter:
        spy.watch(voter.context)
        for leak in leaks:
            voter.context.add_init_script(leak)
        elsewhere: list[str] = []
        voter.context.on("request", lambda request: None if request.url.startswith(tap.url) else elsewhere.append(request.url))
        page = voter.page
        page.goto(f"{tap.url}/c/qinglan/")
        voter.press("去投票", "link")
        first, names, third = choice
        for name in names:
            page.locator("#matter-0 label", has_text=name).click()
        page.locator("#matter-1 label", has_text=first).click()
        page.locator("#matter-2 label", has_text=third).click()
        voter.press("去核对")
        page.go_back()
        expect(page.get_by_role("button", name="去核对")).to_be_visible()
        voter.press("去核对")
        voter.press("确认投票")
        voter.heading("投票成功")
        voter.press("怎样知道我的票算上了", "link")
        voter.heading("您的票已在票箱里")
        page.wait_for_load_state("networkidle")
        assert elsewhere == []
        return _captured(tap.exchanges, spy, tap.port)


def _captured(exchanges: list[Exchange], spy: Spy, port: int) -> Captured:
    cast = next(row for row in exchanges if row.method == "POST" and "/ballots" in row.path)
    ballot = cast.body.decode()
    receipt = json.loads(cast.answer)
    masks = _masks(port, receipt)
    pages = [row for row in exchanges if not row.path.startswith("/static/")]
    writes = [(where, _mask(json.dumps(values, ensure_ascii=False), masks, ballot)) for where, values in spy.writes]
    raw = "\n".join([*map(_outgoing, exchanges), *(f"{where} {values}" for where, values in spy.writes)])
    # How often the browser asks for an asset again depends on its caches and on the moment; which ones it asks for does not.
    assets = sorted({(row.method, row.path) for row in exchanges if row not in pages})
    return Captured(
        requests=[*((row.method, row.path) for row in pages), *assets],
        sent=[(row.method, row.path, _headers(row, masks), _mask(row.body.decode(), masks, ballot)) for row in pages],
        got=[(row.path, row.status, _mask(row.answer.decode(), masks, ballot)) for row in pages],
        writes=writes,
        ballot=json.loads(ballot),
        raw=raw,
    )


def _outgoing(row: Exchange) -> str:
    return unquote_plus(f"{row.method} {row.path} {row.headers} {row.body.decode()}")


def _masks(port: int, receipt: dict[str, Any]) -> list[tuple[str, str]]:
    """List what the server draws or the clock says, which has nothing to do with the choice."""
    code = receipt["receipt_code"]
    return [
        (re.escape(f"localhost:{port}"), "HOST"),
        (re.escape(receipt["tracker"]), "TRACKER"),
        (re.escape(f"{code[:4]}-{code[4:]}") + "|" + re.escape(code), "CODE"),
        (r"[\w-]{30,}\.[\w-]{6}\.[\w-]{27}", "SIGNED"),
        (r"\d{4}-\d\d-\d\dT[\d:.]+(\+08:00|Z)?", "INSTANT"),
        (r"\d{1,2}:\d\d", "CLOCK"),
        (r"还剩 [^<\"]*", "LEFT"),
    ]


def _mask(text: str, masks: list[tuple[str, str]], ballot: str) -> str:
    for shown in (ballot, json.dumps(ballot)[1:-1], json.dumps(json.dumps(ballot))[1:-1]):
        text = text.replace(shown, "BALLOT")
    for pattern, word in masks:
        text = re.sub(pattern, word, text)
    return text


def _headers(row: Exchange, masks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers in their order; the length of a ballot varies with the digits of its random numbers."""
    kept = [(name, _mask(value, masks, "\0")) for name, value in row.headers if name != "content-length"]
    return [(name, re.sub(r"yeyi=[^;]+", "yeyi=SESSION", value) if name == "cookie" else value) for name, value in kept]


def differences(first: Captured, second: Captured) -> list[str]:
    """List everything outside the encrypted fields that differs between two votes."""
    found = []
    for part in ("requests", "sent", "got", "writes"):
        one, other = getattr(first, part), getattr(second, part)
        if len(one) != len(other):
            found.append(f"{part}: {len(one)} and {len(other)}")
        found += [f"{part}: {a} | {b}" for a, b in zip(one, other, strict=False) if a != b]
    return found + [f"ballot: {path}" for path in sorted(set(_paths(first.ballot, second.ballot)) - ENCRYPTED)]


def _paths(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Name the fields in which two documents differ."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        for name in one:
            yield from _paths(one[name], other[name], f"{path}.{name}" if path else name)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for a, b in zip(one, other, strict=True):
            yield from _paths(a, b, f"{path}[]")
    elif one != other:
        yield path


@pytest.fixture(scope="module")
def first(vote: Callable[..., Captured]) -> Captured:
    """Give the vote that the others are compared with."""
    return vote(FIRST)


def test_two_votes_differ_only_inside_the_encryption(vote: Callable[..., Captured], first: Captured) -> None:
    second = vote(SECOND)
    assert differences(first, second) == []
    assert set(_paths(first.ballot, second.ballot)) == ENCRYPTED
    assert len([request for request in first.requests if request[0] == "POST"]) == 2
    assert [where for where, _ in first.writes if where in ("storage", "cookie", "beacon", "xhr", "WebSocket")] == []
    assert {"indexeddb", "history", "fetch"} <= {where for where, _ in first.writes}


def test_the_same_vote_again_is_the_same_to_the_last_digit(vote: Callable[..., Captured], first: Captured) -> None:
    again = vote(FIRST)
    assert differences(first, again) == []
    assert first.ballot == again.ballot


def test_no_request_and_no_store_holds_a_word_of_the_choice(first: Captured) -> None:
    for word in ("同意", "反对", "弃权", "赵文娟", "李秀英", "陈志明", "刘德海"):
        assert word not in first.raw


def test_the_comparison_sees_a_leak_when_one_is_planted(vote: Callable[..., Captured]) -> None:
    found = differences(vote(FIRST, LEAK), vote(SECOND, LEAK))
    assert any("x-trace" in difference for difference in found), found
