"""Own the plain words of legal marks on printed papers."""

from __future__ import annotations

from app.documents.papers.blocks import LegalMark
from app.values.numerals import chinese_number


def mark_words(mark: LegalMark) -> str:
    """Say a legal mark plainly: 超过一半, 达到三分之二, 超过三分之二."""
    share = mark.share
    if (share.numerator, share.denominator) == (1, 2):
        words = "一半"
    else:
        words = f"{chinese_number(share.denominator)}分之{chinese_number(share.numerator)}"
    return ("超过" if mark.strict else "达到") + words
