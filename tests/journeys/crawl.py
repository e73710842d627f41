"""Own the finding of pages: follow every link a person sees and keep one address per kind of page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask
from playwright.sync_api import APIRequestContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

#: What makes a page look different from another: its endpoint, the state of its election, what it is asked for besides.
Kind = tuple[str, str, str]


@dataclass
class Crawl:
    """Hold what following the links of one person found."""

    pages: dict[Kind, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    endpoints: set[str] = field(default_factory=set)


def crawl(app: Flask, requests: APIRequestContext, base: str, start: str, states: dict[str, str]) -> Crawl:
    """Follow links from a page; a link that is refused or leads nowhere is broken.

    A kind of page is opened in every complex, because what the first one has to do, and so links to, says nothing of the
    others. states: what state each election of the demonstration is in, by its uuid.
    """
    found, waiting, seen = Crawl(), deque([(start, "")]), set[tuple[Kind, str]]()
    while waiting:
        path, source = waiting.popleft()
        kind = kind_of(app, path, states)
        step = (kind, _one_of_many(app, kind, path))
        if step in seen:
            continue
        seen.add(step)
        found.endpoints.add(kind[0])
        answer = requests.get(base + path)
        if answer.status >= 400:
            found.broken.append(f"{source or 'start'} links to {path}: {answer.status}")
        elif answer.headers.get("content-type", "").startswith("text/html"):
            landed = _path(answer.url)
            found.pages.setdefault(kind_of(app, landed, states), landed)
            waiting.extend((link, path) for link in links(answer.text(), landed))
        answer.dispose()
    return found


def kind_of(app: Flask, path: str, states: dict[str, str]) -> Kind:
    """Name the kind of page that an address leads to."""
    parts = urlsplit(path)
    endpoint, values = _matched(app, path)
    asked = ",".join(sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair))
    detail = states.get(values.get("uuid", ""), "") or str(values.get("kind", ""))
    return (endpoint, detail, asked if endpoint.startswith("roll.start") else "")


def _matched(app: Flask, path: str) -> tuple[str, dict[str, Any]]:
    """Return the endpoint of an address and the values in it."""
    parts = urlsplit(path)
    try:
        endpoint, values = app.url_map.bind("localhost").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return f"no page {parts.path}", {}
    return str(endpoint), dict(values)


def links(html: str, path: str) -> Iterator[str]:
    """List the addresses of our site that a page links to, without the switches of language and type size."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter("a"):
        target = urljoin(path, element.get("href") or "")
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or element.get("data-large-switch") is not None or "lang=" in parts.query:
            continue
        yield target.partition("#")[0]


def _one_of_many(app: Flask, kind: Kind, path: str) -> str:
    """Name what a page of this kind is about, where another of its kind may link elsewhere: a complex or an account."""
    if kind[0] == "identity.show_staff":
        return urlsplit(path).path
    return str(_matched(app, path)[1].get("complex", ""))


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
