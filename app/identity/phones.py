"""Own the form of a telephone number: pure functions."""

from __future__ import annotations

import re
import unicodedata

from app.errors import Malformed

_MOBILE = re.compile(r"1[3-9][0-9]{9}")


class NotAPhone(Malformed):
    """Say that the text is not a mobile number of the mainland."""

    code = "not_a_phone"


def normalise_phone(text: str) -> str:
    """Return the eleven digits of a mobile number, without spaces, dashes, full-width digits or country code.

    Raises: NotAPhone.
    """
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(\+86|0086|86(?=1[3-9]))", "", digits)
    if not _MOBILE.fullmatch(digits):
        raise NotAPhone()
    return digits
