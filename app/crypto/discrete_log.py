"""Own the discrete logarithm of small totals by baby-step giant-step.

Source: Shanks 1971; Handbook of Applied Cryptography 3.6.2. A total of 10^8 (one square kilometre in 0.01 m2) takes some
10^4 steps.
"""

from __future__ import annotations

from math import isqrt

from app.crypto.errors import DiscreteLogOutOfRange
from app.crypto.group import Element, ModularGroup


class DiscreteLog:
    """Find m in [0, bound] from g^m; the table of baby steps is built once and shared by all lookups."""

    def __init__(self, group: ModularGroup, bound: int, lookups: int = 1) -> None:
        """Prepare for about this many lookups; memory is about 500 bytes times sqrt(bound * lookups)."""
        self._group, self._bound = group, bound
        self._steps = max(1, isqrt(bound * max(1, lookups)) + 1)
        self._baby: dict[Element, int] = {}
        power = group.multiply()
        for exponent in range(self._steps):
            self._baby.setdefault(power, exponent)
            power = power * group.g % group.p
        self._giant = group.inverse(power)

    def find(self, power: Element) -> int:
        """Return m with g^m = power and 0 <= m <= bound; raise DiscreteLogOutOfRange."""
        p, current = self._group.p, power
        for giant in range(self._bound // self._steps + 1):
            baby = self._baby.get(current)
            if baby is not None and giant * self._steps + baby <= self._bound:
                return giant * self._steps + baby
            current = current * self._giant % p
        raise DiscreteLogOutOfRange(bound=self._bound)
