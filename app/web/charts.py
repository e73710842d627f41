"""Own the drawing of charts as SVG on the server: pure functions from exact numbers to markup.

Only presentation attributes are written, never ``style`` or script, so that the content security policy stays strict and
the same picture can go into a PDF. Every chart is one image with a sentence; its words and its table stand beside it in
the page (``templates/components/charts.html``), where they keep their size on every screen. Numbers come in as integers
and fractions; a float appears only as a coordinate on paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

#: Light palette of tokens.css; the style sheet replaces it through the classes in dark and large mode.
INK, BRAND, DONE, TRACK, HALO, CONTROL = "#1b2422", "#14505c", "#1e6a43", "#dcd8cc", "#ffffff", "#7b847f"

#: Centre, radius of the ring's middle and its width, in the 164 x 96 box of a gauge (ring 18/184 of the diameter).
_CX, _CY, _RADIUS, _RING = 82.0, 92.0, 65.0, 14.0


@dataclass(frozen=True)
class Mark:
    """Hold a legal mark as an exact share of the whole, with the label of its tick.

    ``inclusive`` is true for 达到 (two thirds itself suffices) and false for 超过 (exactly one half does not): Civil
    Code articles 278 and 1259.
    """

    share: Fraction
    label: str
    inclusive: bool


#: Quorum: two thirds of the owners and of the area must take part (article 278, second sentence).
TWO_THIRDS = Mark(Fraction(2, 3), "2/3", inclusive=True)
#: Ordinary majority of those who took part: more than one half.
HALF = Mark(Fraction(1, 2), "1/2", inclusive=False)
#: Special majority of those who took part: three quarters or more.
THREE_QUARTERS = Mark(Fraction(3, 4), "3/4", inclusive=True)


@dataclass(frozen=True)
class Reading:
    """Compare a measured whole number (persons, or 0.01 m2) with a mark; all answers are exact."""

    value: int
    total: int
    mark: Mark

    def __post_init__(self) -> None:
        if not 0 <= self.value <= self.total:
            raise ValueError(f"a reading needs 0 <= value <= total, got {self.value} of {self.total}")

    @property
    def share(self) -> Fraction:
        """Return the part of the whole, 0 where there is no whole."""
        return Fraction(self.value, self.total) if self.total else Fraction(0)

    @property
    def threshold(self) -> Fraction:
        """Return the mark in the unit of the value, not rounded."""
        return self.mark.share * self.total

    @property
    def needed(self) -> int:
        """Return the smallest value that satisfies the mark."""
        return math.ceil(self.threshold) if self.mark.inclusive else math.floor(self.threshold) + 1

    @property
    def gap(self) -> int:
        """Return how much is missing, 0 when the mark is satisfied."""
        return max(0, self.needed - self.value)

    @property
    def reached(self) -> bool:
        """Return whether the mark is satisfied; nothing satisfies a mark of an empty whole."""
        return self.total > 0 and self.gap == 0

    @property
    def percent(self) -> str:
        """Return the share in per cent with one decimal, never at or above a mark that is not reached."""
        return percent_text(self.share, None if self.reached else self.mark.share)


def percent_text(share: Fraction, below: Fraction | None = None) -> str:
    """Write a share in per cent to one decimal, half up.

    When ``below`` is a mark above the share and rounding would bring the figure to that mark, the figure is cut off
    instead: 66.66 below two thirds is 66.6, never 66.7.
    """
    tenths = math.floor(share * 1000 + Fraction(1, 2))
    if below is not None and share < below and tenths >= below * 1000:
        tenths = math.floor(share * 1000)
    return f"{tenths // 10}.{tenths % 10}"


def _n(value: float) -> str:
    """Write a coordinate with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _polar(share: Fraction, radius: float) -> tuple[float, float]:
    """Return the point of a half ring at a share, 0 at the left end and 1 at the right."""
    angle = math.pi * (1 - float(share))
    return _CX + radius * math.cos(angle), _CY - radius * math.sin(angle)


def _arc(start: Fraction, end: Fraction, colour: str, css: str) -> str:
    """Draw a piece of the half ring."""
    x1, y1 = _polar(start, _RADIUS)
    x2, y2 = _polar(end, _RADIUS)
    return (
        f'<path class="{css}" d="M{_n(x1)} {_n(y1)}A{_n(_RADIUS)} {_n(_RADIUS)} 0 0 1 {_n(x2)} {_n(y2)}" '
        f'fill="none" stroke="{colour}" stroke-width="{_n(_RING)}"/>'
    )


def _ring_mark(mark: Mark, label_size: int) -> str:
    """Draw the mark across the ring, 3 wide with 2 of the ground on both sides, and its label outside."""
    x1, y1 = _polar(mark.share, _RADIUS - _RING / 2 - 6)
    x2, y2 = _polar(mark.share, _RADIUS + _RING / 2 + 6)
    tx, ty = _polar(mark.share, _RADIUS + _RING / 2 + 14)
    anchor = "middle" if mark.share == Fraction(1, 2) else "start" if mark.share > Fraction(1, 2) else "end"
    shift = -4.0 if anchor == "start" else 4.0 if anchor == "end" else 0.0
    ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return (
        f'<line class="k-halo" {ends} stroke="{HALO}" stroke-width="7"/>'
        f'<line class="k-ink" {ends} stroke="{INK}" stroke-width="3"/>'
        f'<text class="f-ink" x="{_n(tx + shift)}" y="{_n(ty + 4)}" text-anchor="{anchor}" '
        f'font-size="{label_size}" font-weight="700" fill="{INK}">{escape(mark.label)}</text>'
    )


def _svg(body: str, sentence: str, attributes: str, kind: str) -> Markup:
    """Wrap a drawing as one image with an accessible sentence."""
    return Markup(
        f'<svg class="y-chart y-chart-{kind}" role="img" aria-label="{escape(sentence)}" xmlns="http://www.w3.org/2000/svg" '
        f"{attributes}>{body}</svg>"
    )


def gauge(reading: Reading, sentence: str, label_size: int = 15) -> Markup:
    """Draw a half ring with its mark; the fill is the brand colour below the mark and the done colour once reached.

    ``label_size`` is in units of the 164 wide box: 15 suits a gauge of 150 px, 11 one of 240 px.
    """
    colour, css = (DONE, "k-done") if reading.reached else (BRAND, "k-brand")
    body = _arc(Fraction(0), Fraction(1), TRACK, "k-track")
    if reading.value:
        body += _arc(Fraction(0), reading.share, colour, css)
    body += _ring_mark(reading.mark, label_size)
    return _svg(body, sentence, 'viewBox="0 0 164 96" width="164" height="96"', "gauge")


def bar(reading: Reading, sentence: str, height: int = 22) -> Markup:
    """Draw one bar of 0 to 100 % that takes the width of its place, with the mark through its whole height."""
    colour, css = (DONE, "f-done") if reading.reached else (BRAND, "f-brand")
    width, at = _n(float(reading.share * 1000)), _n(float(reading.mark.share * 1000))
    ends = f'x1="{at}" y1="0" x2="{at}" y2="{height}" vector-effect="non-scaling-stroke"'
    body = (
        f'<rect class="f-track" width="1000" height="{height}" fill="{TRACK}"/>'
        f'<rect class="{css}" width="{width}" height="{height}" fill="{colour}"/>'
        f'<line class="k-halo" {ends} stroke="{HALO}" stroke-width="7"/>'
        f'<line class="k-ink" {ends} stroke="{INK}" stroke-width="3"/>'
    )
    box = f'viewBox="0 0 1000 {height}" preserveAspectRatio="none" width="100%" height="{height}"'
    return _svg(body, sentence, box, "bar")


def _hatch(width: float, top: float, height: float) -> str:
    """Draw 45 degree strokes inside a bar, cut at its ends; no pattern, because a pattern needs an id of its own."""
    strokes: list[str] = []
    start = -height
    while start < width:
        x1, x2 = max(start, 0.0), min(start + height, width)
        if x2 > x1:
            strokes.append(f"M{_n(x1)} {_n(top + height - (x1 - start))}L{_n(x2)} {_n(top + height - (x2 - start))}")
        start += 6.0
    return "".join(strokes)


def candidate_bars(heads: Reading, area: Reading, sentence: str) -> Markup:
    """Draw the support of one candidate: persons solid above, area hatched below, one mark through both.

    The two readings share one mark.
    """
    wide = 200
    heads_width, area_width = float(heads.share * wide), float(area.share * wide)
    at = _n(float(heads.mark.share * wide))
    ends = f'x1="{at}" y1="0" x2="{at}" y2="28"'
    body = (
        f'<rect class="f-track" y="2" width="{wide}" height="9" fill="{TRACK}"/>'
        f'<rect class="f-track" y="17" width="{wide}" height="9" fill="{TRACK}"/>'
        f'<rect class="f-brand" y="2" width="{_n(heads_width)}" height="9" fill="{BRAND}"/>'
        f'<path class="k-brand" d="{_hatch(area_width, 17, 9)}" stroke="{BRAND}" stroke-width="2.5"/>'
        f'<line class="k-halo" {ends} stroke="{HALO}" stroke-width="5"/>'
        f'<line class="k-ink" {ends} stroke="{INK}" stroke-width="2.5"/>'
    )
    return _svg(body, sentence, f'viewBox="0 0 {wide} 28" width="{wide}" height="28"', "candidate")


def swatch(kind: str) -> Markup:
    """Draw the key of a legend: ``solid``, ``hatched`` or ``mark``; silent, the word stands beside it."""
    if kind == "solid":
        body = f'<rect class="f-brand" width="26" height="10" fill="{BRAND}"/>'
    elif kind == "hatched":
        body = f'<path class="k-brand" d="{_hatch(26, 0, 10)}" stroke="{BRAND}" stroke-width="2.5"/>'
    elif kind == "mark":
        body = f'<line class="k-ink" x1="13" y1="0" x2="13" y2="18" stroke="{INK}" stroke-width="3"/>'
    else:
        raise ValueError(f"no legend key is called {kind}")
    height = 18 if kind == "mark" else 10
    return Markup(f'<svg aria-hidden="true" width="26" height="{height}" viewBox="0 0 26 {height}">{body}</svg>')


@dataclass(frozen=True)
class Day:
    """Hold the cumulative number of persons at the end of a day, with the label of the axis."""

    label: str
    persons: int


@dataclass(frozen=True)
class CurveWords:
    """Hold the translated words on a day curve."""

    mark: str
    today: str
    last: str


_TOP, _PLOT = 26, 130


def _curve_line(days: Sequence[Day], days_in_all: int, ceiling: int) -> str:
    """Draw the curve and its axis in a box of its own that stretches sideways while its strokes do not."""
    steps = max(1, days_in_all - 1)
    points = " ".join(
        f"{_n(1000 * index / steps)},{_n(_PLOT - _PLOT * day.persons / ceiling)}" for index, day in enumerate(days)
    )
    return (
        f'<svg y="{_TOP}" width="100%" height="{_PLOT}" viewBox="0 0 1000 {_PLOT}" preserveAspectRatio="none" '
        f'overflow="visible"><polyline class="k-brand" points="{points}" fill="none" stroke="{BRAND}" stroke-width="3" '
        f'stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>'
        f'<line class="k-line" x1="0" y1="{_TOP + _PLOT}" x2="100%" y2="{_TOP + _PLOT}" stroke="{CONTROL}" stroke-width="1"/>'
    )


def _text(x: str, y: float, anchor: str, words: str, *, bold: bool = False, shift: int = 0) -> str:
    """Draw a label of the curve at 14 px, moved sideways by ``shift`` px."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text class="f-ink" x="{x}" dx="{shift}" y="{_n(y)}" text-anchor="{anchor}" font-size="14"{weight} fill="{INK}">'
        f"{escape(words)}</text>"
    )


def day_curve(days: Sequence[Day], days_in_all: int, reading: Reading, words: CurveWords, sentence: str) -> Markup:
    """Draw the persons who took part day by day up to today, with the dashed legal mark; the future stays empty.

    ``days`` are the days from the opening until today (at least one), ``days_in_all`` counts the whole window.
    """
    if not days or len(days) > days_in_all:
        raise ValueError(f"a curve needs 1 to {days_in_all} days, got {len(days)}")
    ceiling = max(math.ceil(reading.needed * 1.05), max(day.persons for day in days), 1)
    across = 100 * (len(days) - 1) / max(1, days_in_all - 1)
    mark_y = _TOP + _PLOT - _PLOT * reading.needed / ceiling
    dot_y = _TOP + _PLOT - _PLOT * days[-1].persons / ceiling
    base = _TOP + _PLOT + 20
    at, side = f"{_n(across)}%", "end" if across > 85 else "start" if across < 15 else "middle"
    label_y = dot_y + 18 if dot_y + 24 < _TOP + _PLOT else dot_y - 10
    label_x = -10 if across > 85 else 10
    body = (
        f'<line class="k-ink" x1="0" y1="{_n(mark_y)}" x2="100%" y2="{_n(mark_y)}" stroke="{INK}" stroke-width="2" '
        f'stroke-dasharray="6 4"/>'
        + _text("100%", mark_y - 7, "end", words.mark, bold=True)
        + _curve_line(days, days_in_all, ceiling)
        + f'<circle class="f-brand" cx="{at}" cy="{_n(dot_y)}" r="5" fill="{BRAND}"/>'
        + _text(at, label_y, "end" if across > 85 else "start", f"{days[-1].persons:,}", bold=True, shift=label_x)
        + _text(at, base, side, words.today)
    )
    if across >= 25:
        body += _text("0", base, "start", days[0].label)
    if across <= 75:
        body += _text("100%", base, "end", words.last)
    return _svg(body, sentence, f'width="100%" height="{base + 8}"', "curve")
