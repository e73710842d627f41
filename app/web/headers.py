"""Own the security headers of every answer and the caching of pages and assets."""

from __future__ import annotations

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_YEAR_SECONDS = 31_536_000


def init_headers(app: Flask) -> None:
    """Set the headers after every request of the application."""
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    """Set the policy headers; pages are never stored, hashed assets for a year."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "geolocation=(), microphone=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR_SECONDS}; includeSubDomains"
    if request.endpoint == "static":
        hashed = "v" in request.args
        headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable" if hashed else "no-cache"
    else:
        headers["Cache-Control"] = "no-store"
    return response
