"""Hold the one rule for typed texts: no spaces around them, no control characters, no more than the screen can show."""

from __future__ import annotations

from app.elections.errors import TextTooLong


def checked_text(text: str, limit: int) -> str:
    """Return a text without outer space and control characters other than line ends.

    Raises: TextTooLong; values: limit (characters).
    """
    kept = "".join(letter for letter in text if letter.isprintable() or letter == "\n").strip()
    if len(kept) > limit:
        raise TextTooLong(limit=limit)
    return kept
