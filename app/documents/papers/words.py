"""Own the plain words of numbers and legal marks on printed papers."""

from __future__ import annotations

from app.documents.papers.blocks import LegalMark

_DIGITS = "零一二三四五六七八九"


def chinese_number(value: int) -> str:
    """Write 1 to 99 in Chinese: 3 is 三, 12 is 十二, 20 is 二十; other numbers stay figures."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def mark_words(mark: LegalMark) -> str:
    """Say a legal mark plainly: 超过一半, 达到三分之二, 超过三分之二."""
    share = mark.share
    if (share.numerator, share.denominator) == (1, 2):
        words = "一半"
    else:
        words = f"{chinese_number(share.denominator)}分之{chinese_number(share.numerator)}"
    return ("超过" if mark.strict else "达到") + words
