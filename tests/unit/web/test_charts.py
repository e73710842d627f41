"""Check the exact side of the charts and the safety of their markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import charts
from app.web.charts import HALF, THREE_QUARTERS, TWO_THIRDS, CurveWords, Day, Mark, Reading, percent_text

WORDS = CurveWords(mark="2/3 = 1,023 人", today="今天", last="6/5")


def parts(markup: str, tag: str) -> list[ET.Element]:
    root = ET.fromstring(markup)
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == tag]


def test_reading_matches_the_demonstration_complex() -> None:
    heads = Reading(937, 1534, TWO_THIRDS)
    area = Reading(12_001_810, 18_920_767, TWO_THIRDS)
    assert (heads.needed, heads.gap, heads.percent, heads.reached) == (1023, 86, "61.1", False)
    assert (area.needed, area.gap, area.percent) == (12_613_845, 612_035, "63.4")


def test_two_thirds_includes_the_number_itself() -> None:
    assert Reading(1023, 1534, TWO_THIRDS).reached
    assert not Reading(1022, 1534, TWO_THIRDS).reached
    assert Reading(2, 3, TWO_THIRDS).reached


def test_half_excludes_the_number_itself() -> None:
    exactly = Reading(556, 1112, HALF)
    assert not exactly.reached
    assert (exactly.needed, exactly.gap, exactly.percent) == (557, 1, "50.0")
    assert Reading(557, 1112, HALF).reached


def test_three_quarters_includes_the_number_itself() -> None:
    assert Reading(834, 1112, THREE_QUARTERS).reached
    assert not Reading(833, 1112, THREE_QUARTERS).reached


def test_nothing_is_reached_when_there_is_no_whole() -> None:
    empty = Reading(0, 0, TWO_THIRDS)
    assert not empty.reached
    assert empty.percent == "0.0"


@pytest.mark.parametrize(("value", "total"), [(-1, 10), (11, 10)])
def test_reading_refuses_what_is_not_a_part(value: int, total: int) -> None:
    with pytest.raises(ValueError, match="0 <= value <= total"):
        Reading(value, total, HALF)


@pytest.mark.parametrize(
    ("share", "below", "text"),
    [
        (Fraction(6666, 10000), Fraction(2, 3), "66.6"),
        (Fraction(666_666, 1_000_000), Fraction(2, 3), "66.6"),
        (Fraction(2, 3), None, "66.7"),
        (Fraction(4996, 10000), Fraction(1, 2), "49.9"),
        (Fraction(7499, 10000), Fraction(3, 4), "74.9"),
        (Fraction(1112, 1534), None, "72.5"),
        (Fraction(0), Fraction(2, 3), "0.0"),
        (Fraction(1), None, "100.0"),
    ],
)
def test_percent_never_rounds_up_to_a_mark(share: Fraction, below: Fraction | None, text: str) -> None:
    assert percent_text(share, below) == text


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([TWO_THIRDS, HALF, THREE_QUARTERS]))
def test_reading_agrees_with_the_fraction(value: int, total: int, mark: Mark) -> None:
    reading = Reading(min(value, total), total, mark)
    holds = reading.share >= mark.share if mark.inclusive else reading.share > mark.share
    assert reading.reached == holds
    assert (reading.gap == 0) == holds
    shown = Fraction(reading.percent) / 100
    if reading.share < mark.share:
        assert shown < mark.share
    assert abs(shown - reading.share) <= Fraction(1, 1000)


def gallery() -> list[str]:
    some = Reading(937, 1534, TWO_THIRDS)
    full = Reading(10, 10, TWO_THIRDS)
    return [
        charts.gauge(some, "还差 86 人"),
        charts.gauge(full, "已达到"),
        charts.gauge(Reading(0, 10, HALF), "没有"),
        charts.bar(some, "还差 86 人"),
        charts.candidate_bars(Reading(548, 1112, HALF), Reading(7, 13, HALF), "刘德海"),
        charts.day_curve([Day("5/22", 60), Day("5/23", 937)], 15, some, WORDS, "到今天 937 人"),
        charts.day_curve([Day("5/22", 0)], 1, some, WORDS, "第一天"),
        charts.day_curve([Day("1", 60), Day("2", 1534)], 2, some, WORDS, "最后一天"),
    ]


@pytest.mark.parametrize("markup", gallery())
def test_every_chart_is_one_image_with_a_sentence_and_no_style_or_script(markup: str) -> None:
    root = ET.fromstring(markup)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "style" not in markup
    assert "<script" not in markup
    assert not re.search(r"\s(id|on\w+)=", markup)


@pytest.mark.parametrize("markup", gallery())
def test_text_of_charts_is_large_enough_at_their_smallest_size(markup: str) -> None:
    # A gauge is 164 units wide and never smaller than 140 px with the large label; the curve is not scaled.
    for text in parts(markup, "text"):
        assert int(text.get("font-size", "0")) * 140 / 164 >= 12.8 or int(text.get("font-size", "0")) >= 14


@given(st.integers(0, 1534))
def test_bar_is_as_long_as_its_share(value: int) -> None:
    reading = Reading(value, 1534, TWO_THIRDS)
    _, fill = parts(charts.bar(reading, "x"), "rect")
    assert abs(Fraction(fill.get("width", "")) - reading.share * 1000) <= Fraction(1, 100)
    assert fill.get("class") == ("f-done" if reading.reached else "f-brand")


def test_mark_stands_at_the_same_place_in_gauge_and_bar() -> None:
    lines = parts(charts.bar(Reading(1, 3, TWO_THIRDS), "x"), "line")
    assert {line.get("x1") for line in lines} == {"666.67"}
    gauge_mark = parts(charts.gauge(Reading(1, 2, HALF), "x"), "line")[-1]
    assert gauge_mark.get("x1") == gauge_mark.get("x2") == "82"


def test_hatching_stays_inside_its_bar() -> None:
    (path,) = parts(charts.candidate_bars(Reading(1, 2, HALF), Reading(37, 100, HALF), "x"), "path")
    numbers = [float(number) for number in re.findall(r"[\d.]+", path.get("d", ""))]
    assert max(numbers[0::2]) == pytest.approx(74)
    assert min(numbers[0::2]) == 0
    assert min(numbers[1::2]) >= 17
    assert max(numbers[1::2]) <= 26


def test_chart_escapes_what_it_is_told() -> None:
    markup = charts.gauge(Reading(1, 2, HALF), '"><script>alert(1)</script>')
    assert "<script" not in markup
    assert 'aria-label="&#34;&gt;' in markup


def test_curve_leaves_the_future_empty() -> None:
    markup = charts.day_curve([Day("1", 10), Day("2", 20), Day("3", 30)], 5, Reading(30, 100, TWO_THIRDS), WORDS, "x")
    (line,) = parts(markup, "polyline")
    assert [point.split(",")[0] for point in line.get("points", "").split()] == ["0", "250", "500"]


@pytest.mark.parametrize("days", [[], [Day("1", 1), Day("2", 2)]])
def test_curve_refuses_no_days_or_too_many(days: list[Day]) -> None:
    with pytest.raises(ValueError, match="a curve needs"):
        charts.day_curve(days, 1, Reading(1, 2, HALF), WORDS, "x")


def test_swatch_refuses_an_unknown_key() -> None:
    with pytest.raises(ValueError, match="no legend key"):
        charts.swatch("pie")
