"""Own the names of doors 门牌: reading them as files and people write them, and the normal form ``3-1-1202``.

Source: app/roll/README.md kinds 10, 12 and 13; what people type on a phone is read as tolerantly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.roll.errors import DoorUnreadable
from app.roll.types import Door

_CHINESE_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_BUILDING_SUFFIX = r"(?:栋|幢|号楼|#楼|#|座|号)"
_ENTRANCE_SUFFIX = r"(?:单元|门栋|门洞|门|梯)"
_NUMBER = r"[0-9]{1,3}|[零〇一二两三四五六七八九十]{1,3}"
_BUILDING = rf"老?[A-Z]?(?:{_NUMBER})[A-Z]?|[A-Z]{{1,2}}"
_DASHES = re.compile(r"[‐‑‒–—―−_~～]+")
#: 3栋1单元12楼02室 and every shorter form of it.
_WORDED = re.compile(
    rf"(?:(?P<building>{_BUILDING}){_BUILDING_SUFFIX}-?)?"
    rf"(?:(?P<entrance>{_NUMBER}){_ENTRANCE_SUFFIX}-?)?"
    r"(?:(?P<floor>-?[0-9]{1,2})(?:楼|层)-?(?P<place>[0-9]{1,2})|(?P<room>[0-9A-Z][0-9A-Z\-]*.*?))(?:室|号|房|户)?"
)
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})
_SHOP_WORDS = re.compile(r"商铺|商业|门面|铺面|商服|网点")
_CLAIM_SEPARATORS = re.compile(r"[\s,，、./\\|]+")
_CLAIM_LEAD = re.compile(rf".*?(?=(?:{_BUILDING}){_BUILDING_SUFFIX})")
#: Longer texts are no doors; the bound also keeps the patterns cheap.
_LONGEST_DOOR = 40
_LONGEST_PART = 20
_ROOM_TEXT = re.compile(r"[0-9]{1,5}[A-Z]?|[A-Z][0-9]{1,4}")


class RoomSpelling(StrEnum):
    """Say what a room cell holds beside the room itself (kind 13)."""

    PLAIN = "plain"
    #: Entrance or building before a dash, ``1-201``.
    DASHED = "dashed"
    #: Entrance, building or storey in words, ``1单元11楼01``.
    WORDED = "worded"


@dataclass(frozen=True, slots=True)
class DoorReading:
    """Hold a door and how it was found."""

    door: Door
    spelling: RoomSpelling
    #: The words of the row call it a shop.
    is_shop: bool


def fold(text: str) -> str:
    """Return text in half width and upper case, without blanks, all dashes as ``-``."""
    folded = unicodedata.normalize("NFKC", text)
    return _DASHES.sub("-", re.sub(r"[\s\u200b\ufeff]+", "", folded)).upper()


def canonical_number(text: str) -> str:
    """Return digits without leading zeros for digits or Chinese numerals up to 99; other text unchanged."""
    if text.isascii() and text.isdigit():
        return str(int(text))
    if text and all(char in _CHINESE_DIGITS or char == "十" for char in text):
        tens, ten, ones = text.rpartition("十")
        if not ten:
            return "".join(str(_CHINESE_DIGITS[char]) for char in text)
        if len(tens) <= 1 and len(ones) <= 1 and tens != "十":
            return str((_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0))
    return text


def canonical_building(text: str) -> str:
    """Return the building's short name: ``3`` for 3栋, 3号楼, 3#, 三栋 and 03; ``S1`` stays ``S1``."""
    folded = re.sub(rf"^第|{_BUILDING_SUFFIX}$", "", fold(text))
    prefix = re.fullmatch(r"(\D*?)([0-9]+)", folded)
    if prefix and not all(char in _CHINESE_DIGITS or char == "十" for char in prefix[1] or "?"):
        return prefix[1] + str(int(prefix[2]))
    return canonical_number(folded)


def canonical_entrance(text: str) -> str:
    """Return the entrance's number: ``1`` for 1单元, 一门栋, 01; empty for none and for words that mean a shop."""
    folded = fold(text)
    if not folded or _SHOP_WORDS.search(folded):
        return ""
    return canonical_number(re.sub(rf"^第|{_ENTRANCE_SUFFIX}$", "", folded))


def canonical_room(text: str) -> str:
    """Return the room: three digits padded to four, one digit to two, other text in half width."""
    folded = re.sub(r"(?:室|号|房|户)$", "", fold(text))
    if folded.isascii() and folded.isdigit():
        number = str(int(folded))
        return number.zfill(4) if len(number) >= 3 else number.zfill(2)
    return folded


def repair_lookalikes(text: str) -> str:
    """Return a room number with letters O, I and l read as digits where it is otherwise all digits, as in ``4O2``."""
    is_number = re.fullmatch(r"[0-9OoIl]{3,4}", text) is not None and sum(char.isdigit() for char in text) >= 2
    return text.translate(_LOOKALIKES) if is_number else text


def read_door(building: str, entrance: str, room: str) -> DoorReading:
    """Read the door of one row from its three cells, of which the room may hold what the others lack.

    Raises DoorUnreadable when there is no room or no building.
    """
    if max(len(building), len(entrance), len(room)) > _LONGEST_DOOR:
        raise DoorUnreadable("door_too_long", building=building[:40], entrance=entrance[:40], room=room[:40])
    is_shop = bool(_SHOP_WORDS.search(building + entrance + room))
    own_building, own_entrance = canonical_building(building), canonical_entrance(entrance)
    folded = fold(repair_lookalikes(room.strip()))
    text = _SHOP_WORDS.sub("", folded) or folded
    parts = _split_room(text, own_building)
    door_building, door_entrance, door_room = parts.building or own_building, parts.entrance or own_entrance, parts.room
    if not door_room or not door_building:
        raise DoorUnreadable(building=building, entrance=entrance, room=room)
    if (own_building and door_building != own_building) or (own_entrance and door_entrance != own_entrance):
        raise DoorUnreadable("door_contradicts_columns", building=building, entrance=entrance, room=room)
    door = Door(door_building, door_entrance, door_room)
    if max(len(door_building), len(door_entrance), len(door_room)) > _LONGEST_PART or len(door.code) > _LONGEST_DOOR:
        raise DoorUnreadable("door_too_long", building=building, entrance=entrance, room=room)
    holds_more = (bool(parts.entrance) and not own_entrance) or (bool(parts.building) and not own_building)
    spelling = RoomSpelling.WORDED if parts.worded else RoomSpelling.DASHED if holds_more else RoomSpelling.PLAIN
    is_shop = is_shop or re.fullmatch(r"S[0-9]+", door_building) is not None
    return DoorReading(door, spelling, is_shop)


def parse_door(text: str) -> Door:
    """Read a door as a person types it: ``3-1-1202``, ``3栋1单元1202``, ``３－１－１２０２``, ``商铺S1-12``.

    Raises DoorUnreadable for anything that does not name a building and a room.
    """
    if len(text) > 2 * _LONGEST_DOOR:
        raise DoorUnreadable("door_too_long")
    spaced = _CLAIM_SEPARATORS.sub("-", unicodedata.normalize("NFKC", text).strip())
    folded = _SHOP_WORDS.sub("", fold(spaced)).lstrip("-")
    parts = _split_room(folded, "")
    if not parts.building:
        lead = _CLAIM_LEAD.match(folded)
        parts = _split_room(folded[lead.end() :], "") if lead and lead.end() else parts
    building, entrance, room = parts.building, parts.entrance, parts.room
    if not building and entrance and not parts.worded:
        # Two parts: people give building and room where the building has one entrance.
        building, entrance = entrance, ""
    if not building or not _ROOM_TEXT.fullmatch(room):
        raise DoorUnreadable(text=text)
    return Door(building, entrance, room)


def find_doors(claimed: Door, doors: Iterable[Door]) -> tuple[Door, ...]:
    """Return the doors a claimed door may mean; more than one only where the claim leaves out the entrance."""
    return tuple(
        door
        for door in doors
        if (door.building, door.room) == (claimed.building, claimed.room)
        and (door.entrance == claimed.entrance or not claimed.entrance or (not door.entrance and claimed.entrance == "1"))
    )


@dataclass(frozen=True, slots=True)
class _RoomParts:
    building: str
    entrance: str
    room: str
    worded: bool


def _split_room(text: str, building: str) -> _RoomParts:
    """Split a folded room text; ``building`` is the canonical building of the row, empty when unknown."""
    match = _WORDED.fullmatch(text)
    if match is None:
        return _RoomParts("", "", canonical_room(text), worded=False)
    found_building = canonical_building(match["building"] or "")
    found_entrance = canonical_number(match["entrance"] or "")
    if match["floor"]:
        room = f"{int(match['floor'])}{int(match['place']):02d}"
        return _RoomParts(found_building, found_entrance, canonical_room(room), worded=True)
    worded = bool(found_building or found_entrance)
    if not found_entrance:
        dashed = _split_dashes(match["room"].split("-"), found_building, building)
        if dashed is not None:
            return _RoomParts(*dashed, worded)
    return _RoomParts(found_building, found_entrance, canonical_room(match["room"]), worded)


def _split_dashes(pieces: list[str], found_building: str, own_building: str) -> tuple[str, str, str] | None:
    """Read 3-1-1202, 1-1202 and S1-12; None when the dashes do not divide a door."""
    if len(pieces) < 2 or not all(pieces):
        return None
    first, rest = canonical_building(pieces[0]), "-".join(pieces[1:])
    is_whole_door = len(pieces) == 3 and re.fullmatch(_NUMBER, pieces[1]) and pieces[2][:1].isdigit()
    if is_whole_door and not found_building and own_building in ("", first):
        return first, canonical_number(pieces[1]), canonical_room(pieces[2])
    if own_building == first and not pieces[0].isdigit():
        return own_building, "", canonical_room(rest)
    if len(pieces) == 2:
        return found_building, first, canonical_room(rest)
    return None
