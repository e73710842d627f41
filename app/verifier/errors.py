"""Own the refusals of the verifier: what is not a package at all, and what in a package is not true."""

from __future__ import annotations

from app.errors import Malformed, VerificationFailed


class NotAPackage(Malformed):
    """Say that a path holds no record package that could be looked at; ``yeyi verify`` then exits with 2."""

    code = "not_a_package"


class Inconsistent(VerificationFailed):
    """Say what in the record is not true, in one sentence of each language.

    :param checked: how many things had been looked at when it was found
    """

    code = "record_inconsistent"

    def __init__(self, zh: str, en: str, checked: int = 1) -> None:
        super().__init__(zh=zh, en=en)
        self.zh, self.en, self.checked = zh, en, checked


class NotLookedAt(VerificationFailed):
    """Say that a check could not begin because something it needs is missing or was already refused."""

    code = "not_looked_at"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh=zh, en=en)
        self.zh, self.en = zh, en


class MalformedPart(Malformed):
    """Say that one file of the record does not have the prescribed form."""

    code = "record_part_malformed"
