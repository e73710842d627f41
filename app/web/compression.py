"""Own the compression of answers: static text once per process, pages only when no other site has asked for them.

What a page holds beside words from its address could be guessed from its compressed length by whoever sees the lengths and
makes the browser ask again and again (BREACH). Such requests come from another site, and browsers say so.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache

from flask import Flask, Response, request

_TEXT = frozenset(
    {"text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml", "text/plain"}
)
#: Below this, headers weigh more than what is saved.
_MINIMUM_BYTES = 500
#: Who began the request: a page of ours, or the person by typing, a bookmark or a link in a message.
_OUR_OWN = frozenset({"same-origin", "none"})
_PAGE_LEVEL, _STATIC_LEVEL = 6, 9


def init_compression(app: Flask) -> None:
    """Compress the answers of the application that may be and gain by it."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress an answer with gzip where the browser takes it; a page only when our own site or the person asked for it."""
    is_static = request.endpoint == "static"
    if response.mimetype not in _TEXT or response.content_encoding:
        return response
    response.vary.update(["Accept-Encoding"] if is_static else ["Accept-Encoding", "Sec-Fetch-Site"])
    if response.status_code != 200 or not request.accept_encodings["gzip"]:
        return response
    if is_static:
        _put(response, _compressed_static)
    elif not response.is_streamed and request.headers.get("Sec-Fetch-Site") in _OUR_OWN:
        _put(response, _compressed_page)
    return response


def _put(response: Response, compressed: Callable[[bytes], bytes]) -> None:
    """Let the answer carry its content compressed; its tag, if any, becomes a weak one, as it now names two rows of bytes."""
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < _MINIMUM_BYTES:
        return
    response.set_data(compressed(content))
    response.content_encoding = "gzip"
    tag, _weak = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)


def _compressed_page(content: bytes) -> bytes:
    return gzip.compress(content, _PAGE_LEVEL, mtime=0)


@cache
def _compressed_static(content: bytes) -> bytes:
    return gzip.compress(content, _STATIC_LEVEL, mtime=0)
