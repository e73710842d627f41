"""Own the two languages in which the law is explained, Chinese first."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """Name a language of explanation."""

    ZH = "zh"
    EN = "en"

    @classmethod
    def of(cls, tag: str) -> Language:
        """Choose by a language tag such as ``zh-CN``, ``zh_Hans_CN`` or ``en``; anything unknown reads Chinese."""
        return cls.EN if tag.lower().startswith("en") else cls.ZH


class Bilingual(NamedTuple):
    """Hold one text in both languages."""

    zh: str
    en: str

    def say(self, lang: str = Language.ZH) -> str:
        """Return the text in the language of a tag."""
        return self.en if Language.of(lang) is Language.EN else self.zh
