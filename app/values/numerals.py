"""Own whole numbers written in Chinese characters, as in 第十二届 and 三分之二."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_HUNDRED = 100


def chinese_number(value: int) -> str:
    """Write 1 to 99 in Chinese: 3 is 三, 12 is 十二, 20 is 二十; other numbers stay figures."""
    if not 0 < value < _HUNDRED:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
