"""Own the pictures of the demonstration, drawn here so that nobody's likeness is used: portraits and photos of a board."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

_TONES = ("#7d8f86", "#8a7f6d", "#6f8190", "#94807a", "#7f8a6c", "#85788f", "#6d8a8c", "#8f8a78")
_PORTRAIT = (560, 670)
_SCENE = (960, 720)


def portrait(number: int) -> bytes:
    """Draw a person without features before a plain wall; the number picks the wall."""
    picture = Image.new("RGB", _PORTRAIT, _TONES[number % len(_TONES)])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((60, 430, 500, 900), fill="#3c4a4f")
    draw.ellipse((180, 160, 380, 420), fill="#e2d4c4")
    draw.pieslice((170, 140, 390, 360), 180, 360, fill="#2e2a28")
    return _jpeg(picture)


def board(papers: int) -> bytes:
    """Draw a notice board on which so many sheets hang."""
    picture = Image.new("RGB", _SCENE, "#b9b3a6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((80, 80, 880, 620), fill="#5a6b62", outline="#3b4640", width=14)
    for place in range(papers):
        left = 130 + place * 190
        draw.rectangle((left, 140, left + 150, 360), fill="#f6f3ea")
        for line in range(8):
            draw.line((left + 16, 170 + line * 22, left + 134, 170 + line * 22), fill="#8c877c", width=3)
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()
