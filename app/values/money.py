"""Own amounts of money as an integer number of fen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Malformed

#: Twelve digits before the point are beyond any real amount and within what Python converts.
_CANONICAL = re.compile(r"(-?)(0|[1-9][0-9]{0,11})\.([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """Hold one amount of renminbi in fen; costs may be negative."""

    #: Amount in fen.
    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError("money is an integer number of fen")

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read yuan with exactly two digits after the point, as in ``1280.00``; raises Malformed for everything else."""
        match = _CANONICAL.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise Malformed("money_unreadable", text=text)
        fen = int(match.group(2) + match.group(3))
        return cls(-fen if match.group(1) else fen)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add up amounts; the sum of none is zero."""
        return cls(sum(amount.fen for amount in amounts))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __str__(self) -> str:
        yuan, rest = divmod(abs(self.fen), 100)
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{yuan}.{rest:02d}"
