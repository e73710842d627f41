"""Own the charts on paper: the pictures of ``app.web.charts`` in black and white, readable on any copying machine."""

from __future__ import annotations

import re

from markupsafe import Markup

from app.web.charts import BRAND, DONE, INK, TRACK, Reading, candidate_bars, gauge

_TRACK_ARC = re.compile(rf'<path class="k-track" d="([^"]+)" fill="none" stroke="{TRACK}" stroke-width="([\d.]+)"/>')
_TRACK_BAR = re.compile(rf'(<rect class="f-track"[^>]*?) fill="{TRACK}"/>')


def printed_gauge(reading: Reading, sentence: str) -> Markup:
    """Draw a half ring with its legal mark: the fill black, the rest of the ring an outline."""
    return _on_paper(gauge(reading, sentence, label_size=13))


def printed_bars(heads: Reading, area: Reading, sentence: str) -> Markup:
    """Draw one candidate's heads solid and area hatched, with the mark through both."""
    return _on_paper(candidate_bars(heads, area, sentence))


def _on_paper(drawing: Markup) -> Markup:
    """Turn every colour into black or white; light parts keep an outline."""
    text = _TRACK_ARC.sub(_outlined_arc, str(drawing))
    text = _TRACK_BAR.sub(r'\1 fill="#fff" stroke="#000" stroke-width="0.7"/>', text)
    for colour in (BRAND, DONE, INK):
        text = text.replace(colour, "#000")
    return Markup(text.replace("<text ", '<text font-family="Noto Sans CJK SC" '))


def _outlined_arc(found: re.Match[str]) -> str:
    """Draw the empty ring as an outline: a white ring on a black one, closed at its right end."""
    path, width = found.group(1), int(found.group(2))
    x, y = path.split()[-2:]
    end = f"M{int(x) - width // 2} {y}h{width}"
    return (
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="{width}"/>'
        f'<path d="{path}" fill="none" stroke="#fff" stroke-width="{width - 2}"/>'
        f'<path d="{end}" stroke="#000" stroke-width="1.6"/>'
    )
