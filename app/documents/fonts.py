"""Own the fonts papers are set in: where pip laid them, and which characters they can print.

Song is Noto Serif SC (30,928 characters); what it lacks is taken from Noto Sans CJK SC (44,810), which is also the Hei.
Fonts of the machine are never used, because the same data must make the same bytes everywhere.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

_SONG = ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", -1)
#: The third font of the collection is the one for simplified Chinese.
_HEI = ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", 2)


def _folder(package: str) -> Path:
    return Path(str(files(package)))


@cache
def fonts() -> typst.Fonts:
    """Return the fonts for the typesetter, looked up once for a process."""
    folders = [str(_folder(package)) for package, _, _ in (_SONG, _HEI)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def printable_characters() -> frozenset[int]:
    """Return the code points that one of the fonts has a glyph for."""
    found: set[int] = set()
    for package, name, number in (_SONG, _HEI):
        with TTFont(_folder(package) / name, fontNumber=number, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)
