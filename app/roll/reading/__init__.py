"""Own the way from an office's spreadsheet to rows of a roll: formats, limits, headers, cells, units.

``read_roll`` is the door. Source: design/ux.md 2.3.2, 5.3, 5.4; data/rolls/KINDS.md; contracts/cli.md `yeyi roll check`.
"""

from app.roll.reading.read_roll import read_clean_roll, read_roll

__all__ = ["read_clean_roll", "read_roll"]
