"""Own the floor area 专有部分面积 as an integer number of 0.01 m2 (app/statute/LAW.md 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.errors import Malformed

#: Twelve digits before the point are beyond any real amount and within what Python converts.
_CANONICAL = re.compile(r"(0|[1-9][0-9]{0,11})\.([0-9]{2})")


@dataclass(frozen=True, order=True, slots=True)
class Area:
    """Hold one area in units of 0.01 m2; never negative."""

    #: Area in 0.01 m2.
    centi: int

    def __post_init__(self) -> None:
        if type(self.centi) is not int:
            raise TypeError("an area is an integer number of 0.01 m2")
        if self.centi < 0:
            raise ValueError("an area is never negative")

    @classmethod
    def zero(cls) -> Area:
        """Return the area of nothing."""
        return cls(0)

    @classmethod
    def parse(cls, text: str) -> Area:
        """Read the canonical text: square metres with exactly two digits after the point, as in ``127.46``.

        Raises Malformed for everything else, also for signs, leading zeros, spaces and full-width digits.
        """
        match = _CANONICAL.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise Malformed("area_unreadable", text=text)
        return cls(int(match.group(1) + match.group(2)))

    @classmethod
    def from_decimal(cls, square_metres: Decimal) -> Area:
        """Convert exact square metres, for example from a spreadsheet cell.

        Raises Malformed when the number is negative, not finite or finer than 0.01 m2: rounding is a person's decision.
        """
        if not square_metres.is_finite() or square_metres < 0:
            raise Malformed("area_unreadable", text=str(square_metres))
        numerator, denominator = (square_metres * 100).as_integer_ratio()
        if denominator != 1:
            raise Malformed("area_too_fine", text=str(square_metres))
        return cls(numerator)

    @classmethod
    def total(cls, areas: Iterable[Area]) -> Area:
        """Add up areas; the sum of none is zero."""
        return cls(sum(area.centi for area in areas))

    def __add__(self, other: Area) -> Area:
        return Area(self.centi + other.centi)

    def __sub__(self, other: Area) -> Area:
        """Subtract; raises ValueError when the result would be negative."""
        return Area(self.centi - other.centi)

    def __bool__(self) -> bool:
        return self.centi != 0

    def __str__(self) -> str:
        metres, rest = divmod(self.centi, 100)
        return f"{metres}.{rest:02d}"

    def grouped(self) -> str:
        """Write the area for a person, thousands separated: ``189,207.67``."""
        metres, rest = divmod(self.centi, 100)
        return f"{metres:,}.{rest:02d}"
