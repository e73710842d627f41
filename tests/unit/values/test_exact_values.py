"""Check areas, money and shares: exact texts in and out, and refusal of everything else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from app.errors import Malformed
from app.values import Area, Money, percent_text, ratio_text, share_of


@pytest.mark.parametrize(("text", "centi"), [("0.00", 0), ("0.01", 1), ("127.46", 12746), ("189207.67", 18920767)])
def test_area_reads_and_writes_the_same_text(text: str, centi: int) -> None:
    assert Area.parse(text) == Area(centi)
    assert str(Area(centi)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.0",
        "1.000",
        ".50",
        "1.",
        "-1.00",
        "+1.00",
        "01.00",
        " 1.00",
        "1.00\n",
        "１.00",
        "1,000.00",
        "1e2",
        "9" * 5000 + ".00",
    ],
)
def test_area_refuses_every_other_text(text: str) -> None:
    with pytest.raises(Malformed, match="area_unreadable"):
        Area.parse(text)


@pytest.mark.parametrize(("number", "text"), [("127.4", "127.40"), ("89", "89.00"), ("1E+2", "100.00"), ("0.010", "0.01")])
def test_area_takes_exact_decimals(number: str, text: str) -> None:
    assert str(Area.from_decimal(Decimal(number))) == text


@pytest.mark.parametrize(
    ("number", "code"), [("0.001", "area_too_fine"), ("-1", "area_unreadable"), ("NaN", "area_unreadable")]
)
def test_area_never_rounds_a_decimal(number: str, code: str) -> None:
    with pytest.raises(Malformed, match=code):
        Area.from_decimal(Decimal(number))


def test_area_adds_subtracts_compares_and_groups() -> None:
    assert Area.total([Area(1), Area(2), Area(3)]) == Area(6)
    assert Area.total([]) == Area.zero()
    assert Area(5) - Area(2) < Area(4)
    assert not Area.zero()
    assert Area(18920767).grouped() == "189,207.67"
    with pytest.raises(ValueError, match="never negative"):
        Area(1) - Area(2)


@pytest.mark.parametrize("wrong", [1.0, "1", True])
def test_area_is_made_of_integers_only(wrong: object) -> None:
    with pytest.raises(TypeError):
        Area(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "fen"), [("0.00", 0), ("1280.05", 128005), ("-3.20", -320), ("-0.01", -1)])
def test_money_reads_and_writes_the_same_text(text: str, fen: int) -> None:
    assert Money.parse(text) == Money(fen)
    assert str(Money(fen)) == text


@pytest.mark.parametrize("text", ["", "1", "1.5", "--1.00", "¥1.00"])
def test_money_refuses_every_other_text(text: str) -> None:
    with pytest.raises(Malformed, match="money_unreadable"):
        Money.parse(text)


def test_money_adds_and_negates() -> None:
    assert Money.total([Money(5), -Money(7)]) == Money(-2)
    assert Money(5) + Money(1) - Money(10) == Money(-4)
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(2, 3), "66.67%"),
        (Fraction(799999, 1200000), "66.67%"),
        (Fraction(1, 2), "50.00%"),
        (Fraction(1), "100.00%"),
        (Fraction(0), "0.00%"),
        (Fraction(1, 800), "0.13%"),
        (Fraction(-1, 800), "-0.13%"),
    ],
)
def test_percentages_are_rounded_half_up_for_display(share: Fraction, text: str) -> None:
    assert percent_text(share) == text


def test_shares_are_exact_and_need_a_whole() -> None:
    assert share_of(80, 120) == Fraction(2, 3)
    assert ratio_text(share_of(80, 120)) == "2/3"
    assert percent_text(Fraction(1, 3), 1) == "33.3%"
    with pytest.raises(ValueError, match="positive whole"):
        share_of(0, 0)
    with pytest.raises(ValueError, match="one decimal"):
        percent_text(Fraction(1), 0)
