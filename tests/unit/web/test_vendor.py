"""Check that third-party files are what the list says and that our own sheets keep to the names of tokens.css."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "app" / "static"
VENDOR = STATIC / "vendor"
OWN_SHEETS = ("tokens", "base", "components", "figures", "shell", "print")


def listed() -> dict[str, str]:
    rows = re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text("utf-8"), re.M)
    return dict(rows)


def test_every_vendored_file_is_listed_with_its_digest() -> None:
    files = {
        str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest()
        for path in chain(VENDOR.rglob("*.css"), VENDOR.rglob("*.js"))
    }
    assert files == listed()


def test_the_part_of_tabler_stands_word_for_word_in_the_whole() -> None:
    whole = (VENDOR / "tabler" / "tabler.min.css").read_text("utf-8")
    lines = (VENDOR / "tabler" / "tabler-base.css").read_text("utf-8").splitlines()
    rules = [line for line in lines if line.endswith("}") and not line.startswith("@media")]
    assert len(rules) > 50
    assert [rule[:80] for rule in rules if rule not in whole] == []


def tokens(selector: str, *, dark: bool = False) -> dict[str, str]:
    text = (STATIC / "css" / "tokens.css").read_text("utf-8")
    light, _, night = text.partition("@media screen and (prefers-color-scheme: dark)")
    blocks = re.findall(rf"^ *{re.escape(selector)} \{{(.*?)\}}", night if dark else light, re.S | re.M)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", "".join(blocks)))


def palette(*, dark: bool, large: bool) -> dict[str, str]:
    colours = tokens(":root")
    if large:
        colours |= tokens(".large")
    if dark:
        colours |= tokens(":root", dark=True)
        if large:
            colours |= tokens(".large", dark=True)
    return colours


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXT_ON_GROUND = [
    *((text, ground) for text in ("ink", "ink2") for ground in ("paper", "surface", "sunk")),
    ("ink3", "surface"), ("brand", "surface"), ("brand", "paper"), ("on-brand", "brand"), ("on-done", "done"),
    *((word, ground) for word in ("brand", "done", "wait", "danger") for ground in ("surface", f"{word}-tint")),
    *(("ink", f"{word}-tint") for word in ("brand", "done", "wait", "danger")),
    *(("ink2", f"{word}-tint") for word in ("brand", "wait")),
]  # fmt: skip


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_has_contrast(text: str, ground: str, dark: bool, large: bool) -> None:
    colours = palette(dark=dark, large=large)
    assert contrast(colours[text], colours[ground]) >= (7.0 if large else 4.5)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_control_borders_have_contrast(ground: str, dark: bool, large: bool) -> None:
    colours = palette(dark=dark, large=large)
    assert contrast(colours["ctl"], colours[ground]) >= 3.0


@pytest.mark.parametrize("sheet", OWN_SHEETS)
def test_own_sheets_load_nothing_from_elsewhere(sheet: str) -> None:
    text = (STATIC / "css" / f"{sheet}.css").read_text("utf-8")
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text
