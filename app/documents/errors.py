"""Own what can be wrong with an uploaded file."""

from __future__ import annotations

from app.errors import Malformed


class FileEmpty(Malformed):
    """Say that nothing was uploaded."""

    code = "file_empty"


class FileTooLarge(Malformed):
    """Say that the file is over the limit; values: size, limit (bytes)."""

    code = "file_too_large"


class NotAPhoto(Malformed):
    """Say that the file is not a photo we can read."""

    code = "not_a_photo"


class PhotoIsHeic(NotAPhoto):
    """Say that the photo is in the format of some phones, HEIC, which we cannot read."""

    code = "photo_is_heic"


class PhotoIsPdf(NotAPhoto):
    """Say that a PDF was sent where a photo is asked for."""

    code = "photo_is_pdf"


class NotAMaterial(Malformed):
    """Say that the file is neither a PDF nor a photo."""

    code = "not_a_material"


class NotAPdf(Malformed):
    """Say that the file is no PDF that can be read."""

    code = "not_a_pdf"
