"""Own shares as exact fractions and the only places where a share is rounded: text for a person (app/statute/LAW.md 1)."""

from __future__ import annotations

from fractions import Fraction

#: An exact share; comparisons with it are exact.
Share = Fraction


def share_of(part: int, whole: int) -> Share:
    """Return part of whole exactly; both in the same unit. Raises ValueError when the whole is not positive."""
    if whole <= 0:
        raise ValueError("a share needs a positive whole")
    return Fraction(part, whole)


def percent_text(share: Share, places: int = 2) -> str:
    """Write a share as percent, rounded half up, for display only: ``66.67%``.

    66.67 % can be less than two thirds: always print the fraction beside it.
    """
    if places < 1:
        raise ValueError("a percentage is shown with at least one decimal")
    scale = 10**places
    scaled = share * 100 * scale
    rounded = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    whole, rest = divmod(rounded, scale)
    sign = "-" if share < 0 and rounded else ""
    return f"{sign}{whole}.{rest:0{places}d}%"


def ratio_text(share: Share) -> str:
    """Write a share as its reduced fraction: ``2/3``."""
    return f"{share.numerator}/{share.denominator}"
