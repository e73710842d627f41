"""Own the way from an office's spreadsheet to rows of a roll: formats, limits, headers, cells, units.

``read_roll`` is the door. Source: app/roll/README.md "Kinds" and "Numbers".
"""

from app.roll.reading.read_roll import read_clean_roll, read_roll

__all__ = ["read_clean_roll", "read_roll"]
