"""Own the reading of a committee's list as people paste it: one person a line, name, building, office.

Pure. ``赵文娟 3栋 主任`` may be parted by spaces, tabs, commas or 、; building and office may be left out, 候补 makes an
alternate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from app.committee.errors import MemberLineUnclear
from app.committee.types import Office, Seat

_PARTS = re.compile(r"[\s,、;|]+")
_NAME_LIMIT = 40
_BUILDING_LIMIT = 40

#: Words in the third place of a line; a line without one is a plain member's.
_OFFICES: Mapping[str, Office] = {
    "主任": Office.CHAIR,
    "主任委员": Office.CHAIR,
    "副主任": Office.VICE_CHAIR,
    "副主任委员": Office.VICE_CHAIR,
    "委员": Office.MEMBER,
    "候补": Office.ALTERNATE,
    "候补委员": Office.ALTERNATE,
}


def read_member_lines(text: str) -> tuple[Seat, ...]:
    """Read the list; members keep their order and alternates follow them.

    Raises: MemberLineUnclear for a line with more than three parts, an unknown office or a part that is too long.
    """
    seats = [
        _read_line(number, line)
        for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1)
        if line.strip()
    ]
    return tuple(sorted(seats, key=lambda seat: seat.office is Office.ALTERNATE))


def _read_line(number: int, line: str) -> Seat:
    parts = [part for part in _PARTS.split(line.strip()) if part]
    office = _OFFICES.get(parts[-1]) if len(parts) > 1 else None
    named = parts if office is None else parts[:-1]
    too_long = len(named[0]) > _NAME_LIMIT or (len(named) > 1 and len(named[1]) > _BUILDING_LIMIT)
    if len(named) > 2 or too_long:
        raise MemberLineUnclear(number=number, line=line.strip()[:_NAME_LIMIT])
    return Seat(named[0], named[1] if len(named) > 1 else "", office or Office.MEMBER)
