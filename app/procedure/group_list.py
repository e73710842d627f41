"""Own the reading of a pasted list of members of the preparatory or renewal group: one person a line, name first.

Pure. What stands behind the name tells the side: a door is an owner's, an office is known by its words (指导规则 10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.procedure.types import Side
from app.roll.doors import parse_door
from app.roll.errors import DoorUnreadable

NAME_LIMIT = 20
BELONGS_LIMIT = 40
#: More lines than this are no list of a group.
LINES_LIMIT = 30

_SEPARATOR = re.compile(r"[\s,，、;；:：\u3000]+")
#: Tried in this order: a residents' committee often writes its street before its own name.
_OFFICES = (
    (Side.RESIDENTS_COMMITTEE, re.compile(r"居委会|居民委员会|社区")),
    (Side.STREET, re.compile(r"街道|办事处|乡政府|镇政府|人民政府")),
    (Side.DEVELOPER, re.compile(r"开发|置业|置地|地产|城投|城建|建设单位")),
)


@dataclass(frozen=True, slots=True)
class ListedMember:
    """Hold one line of the list."""

    name: str
    side: Side
    #: Door of an owner as on the roll, ``3-1-1202``; the organisation of the others.
    belongs_to: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """Hold what was understood and the numbers, from 1, of the lines that were not."""

    members: tuple[ListedMember, ...]
    bad_lines: tuple[int, ...]


def read_group_list(text: str) -> ReadList:
    """Read a list, one person a line: 「王芳，3-1-1202」 or 「何平，湖畔街道办事处」; empty lines are left out."""
    members: list[ListedMember] = []
    bad: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _read_line(line.strip()) if len(members) < LINES_LIMIT else None
        if read is None:
            bad.append(number)
        else:
            members.append(read)
    return ReadList(tuple(members), tuple(bad))


def side_of(belongs_to: str) -> Side:
    """Return whom somebody speaks for, by the door or the organisation behind the name."""
    if door_in(belongs_to):
        return Side.OWNER
    return next((side for side, words in _OFFICES if words.search(belongs_to)), Side.OTHER)


def door_in(text: str) -> str:
    """Return the door a text names, as on the roll; empty where it names none."""
    try:
        return parse_door(text).code
    except DoorUnreadable:
        return ""


def _read_line(line: str) -> ListedMember | None:
    name, *rest = _SEPARATOR.split(line, maxsplit=1)
    belongs_to = rest[0].strip() if rest else ""
    if not name or not belongs_to or len(name) > NAME_LIMIT or len(belongs_to) > BELONGS_LIMIT:
        return None
    return ListedMember(name, side_of(belongs_to), door_in(belongs_to) or belongs_to)
