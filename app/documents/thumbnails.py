"""Own the small pictures that stand beside names, twice as large as their place so that they stay sharp on a phone."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image

#: Twice the 56 by 67 pixels in which a portrait is shown.
_SIZE = (112, 134)
_QUALITY = 75


@lru_cache(maxsize=64)
def thumbnail(content: bytes) -> bytes:
    """Return a stored JPEG as a small WebP; its sides keep their proportion."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        picture.draft("RGB", _SIZE)
        picture.thumbnail(_SIZE)
        picture.save(made, "WEBP", quality=_QUALITY)
    return made.getvalue()
