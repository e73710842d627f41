"""Own the two measures of every joint decision, area and heads, and their pair (Civil Code 278(2))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.values import Area


class Measure(StrEnum):
    """Name one of the two measures; both must be satisfied, separately."""

    AREA = "area"
    HEADS = "heads"


@dataclass(frozen=True, slots=True)
class Weight:
    """Hold an area 专有部分面积 and a number of heads 人数."""

    area: Area
    heads: int

    @classmethod
    def zero(cls) -> Weight:
        """Return the weight of nobody."""
        return cls(Area.zero(), 0)

    @classmethod
    def of(cls, centi: int, heads: int) -> Weight:
        """Make a weight from an area in 0.01 m2 and a number of heads."""
        return cls(Area(centi), heads)

    @classmethod
    def total(cls, weights: Iterable[Weight]) -> Weight:
        """Add up weights; the sum of none is zero."""
        area = heads = 0
        for weight in weights:
            area += weight.area.centi
            heads += weight.heads
        return cls.of(area, heads)

    def __post_init__(self) -> None:
        if type(self.heads) is not int or self.heads < 0:
            raise ValueError("heads are a whole number from zero")

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.area + other.area, self.heads + other.heads)

    def __sub__(self, other: Weight) -> Weight:
        """Subtract in both measures; raises ValueError when either would be negative."""
        return Weight(self.area - other.area, self.heads - other.heads)

    def __getitem__(self, measure: Measure) -> int:
        """Return one measure as an integer: 0.01 m2 or heads."""
        return self.area.centi if measure is Measure.AREA else self.heads
