"""Own the loopback server of the browser tests: the static files under the strict CSP, and a shell like the real page's.

The endpoints are added by ``voting.py`` and ``ceremony.py``; they verify with the real ``app.crypto``.
"""

from __future__ import annotations

import json
import mimetypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parents[3] / "app" / "static"

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

STYLES = ("tokens", "base", "components", "figures", "shell", "print", "booth")


@dataclass(frozen=True)
class Answer:
    """Hold one HTTP answer; ``status`` 0 closes the connection without a word, as a lost network does."""

    status: int
    body: bytes
    kind: str = "application/json"


def answer_json(value: object, status: int = 200) -> Answer:
    """Return a JSON answer."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


@dataclass
class Site:
    """Hold the routes of one test site and every request it saw."""

    routes: dict[tuple[str, str], Callable[[bytes], Answer]] = field(default_factory=dict)
    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    url: str = ""

    def add(self, method: str, path: str, view: Callable[[bytes], Answer]) -> None:
        """Answer one method and path with a view."""
        self.routes[method, path] = view

    def bodies(self, method: str, path: str) -> list[bytes]:
        """Return the bodies received on one route, in order."""
        return [body for seen_method, seen_path, body in self.seen if (seen_method, seen_path) == (method, path)]


def shell(body: str, *, layout: str, script: str, large: bool = False, lang: str = "zh-CN") -> Answer:
    """Return a page with the frame of the real layouts: head, main, foot."""
    styles = "".join(f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in STYLES)
    foot = '<footer class="y-foot"><div class="y-foot-in"></div></footer>' if layout == "phone" else ""
    page = f"""<!doctype html><html lang="{lang}"{' class="large"' if large else ""}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>业议</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/vendor/tabler/{
        "tabler-base" if layout == "phone" else "tabler.min"
    }.css">{styles}</head><body class="{layout}">
<header class="y-top"><div class="y-top-in"><div class="y-top-name"><b>青岚花园</b><span>第三届业委会换届投票</span></div>
<div class="y-switches"><a class="y-switch" href="?l={0 if large else 1}" data-large-switch>{
        "普通字" if large else "大字版"
    }</a></div></div></header>
<main id="main" tabindex="-1">{body}</main>{foot}
<script type="module" src="/static/js/large_type.js"></script>
<script type="module" src="/static/{script}"></script></body></html>"""
    return Answer(200, page.encode(), "text/html; charset=utf-8")


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if path.startswith("/static/"):
                self._send(_static(path))
                return
            site.seen.append((method, path, body))
            view = site.routes.get((method, path))
            found = Answer(404, b"{}") if view is None else view(query.encode() if method == "GET" else body)
            if found.status == 0:
                self.close_connection = True
                self.connection.close()
                return
            self._send(found)

        def _send(self, found: Answer) -> None:
            self.send_response(found.status)
            self.send_header("Content-Type", found.kind)
            self.send_header("Content-Length", str(len(found.body)))
            self.send_header("Content-Security-Policy", CSP)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test output quiet."""

    return Handler


def _static(path: str) -> Answer:
    file = (STATIC / path.removeprefix("/static/")).resolve()
    if not file.is_relative_to(STATIC) or not file.is_file():
        return Answer(404, b"")
    return Answer(200, file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")


class _QuietServer(ThreadingHTTPServer):
    """Close without a traceback when a browser hangs up, which is what many of these tests provoke."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print what is not a cut connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve a site on a free loopback port until the block ends."""
    server = _QuietServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
