"""Own the picture by which an authenticator learns its secret."""

from __future__ import annotations

import segno


def totp_picture(uri: str) -> str:
    """Return a QR code of a provisioning address as a data address of a PNG."""
    picture: str = segno.make(uri, error="m").png_data_uri(scale=5, border=4)
    return picture
