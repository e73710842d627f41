"""Own the delivery of public files."""

from __future__ import annotations

from flask import Response

from app.documents.queries import public_file, small_picture
from app.tenancy.types import ComplexRow


def show_file(complex: ComplexRow, file_id: int) -> Response:
    """Send a public file; its media type was decided by us and its address never changes content.

    Only pictures we wrote ourselves are shown in place; a PDF is somebody else's and leaves as a download.
    """
    found = public_file(file_id)
    response = Response(found.content, mimetype=found.row.media_type)
    if found.row.media_type == "image/jpeg":
        response.headers["Content-Disposition"] = "inline"
    else:
        response.headers.set("Content-Disposition", "attachment", filename=f"{found.row.sha256[:12]}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def show_thumbnail(complex: ComplexRow, file_id: int) -> Response:
    """Send a public picture small, as lists of persons show it."""
    response = Response(small_picture(file_id), mimetype="image/webp")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
