"""Test the reading of doors as people and files write them."""

from __future__ import annotations

import pytest

from app.roll.doors import find_doors, parse_door, read_door
from app.roll.errors import DoorUnreadable
from app.roll.types import Door


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3-1-1202", "3-1-1202"),
        ("3栋1单元1202", "3-1-1202"),
        ("３－１－１２０２", "3-1-1202"),
        ("３栋１单元１２０２室", "3-1-1202"),
        ("3号楼一单元1202室", "3-1-1202"),
        ("3#1门1202", "3-1-1202"),
        ("3 1 1202", "3-1-1202"),
        ("3栋1单元12楼02", "3-1-1202"),
        ("青岚花园3栋1单元1202", "3-1-1202"),
        ("十二栋2单元201", "12-2-0201"),
        ("03-01-0201", "3-1-0201"),
        ("商铺S1-12", "S1-12"),
        ("s1—12", "S1-12"),
        ("3栋1202", "3-1202"),
    ],
)
def test_claimed_door_is_read_tolerantly(text: str, code: str) -> None:
    assert parse_door(text).code == code


@pytest.mark.parametrize("text", ["", "31202", "三", "<script>alert(1)</script>", "1-1-02-01", "3-1-", "楼" * 500, "3栋1单元"])
def test_unreadable_door_is_refused(text: str) -> None:
    with pytest.raises(DoorUnreadable):
        parse_door(text)


def test_claim_without_entrance_finds_the_only_door() -> None:
    doors = [Door("6", "1", "0201"), Door("6", "1", "0202"), Door("7", "1", "0201"), Door("7", "2", "0201")]
    assert find_doors(parse_door("6-201"), doors) == (doors[0],)
    assert find_doors(parse_door("7-201"), doors) == (doors[2], doors[3])
    assert find_doors(parse_door("7-2-201"), doors) == (doors[3],)
    assert find_doors(parse_door("8-201"), doors) == ()


def test_claim_with_first_entrance_finds_a_door_without_one() -> None:
    assert find_doors(parse_door("6-1-201"), [Door("6", "", "0201")]) == (Door("6", "", "0201"),)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("1栋", "1单元", "201"), "1-1-0201"),
        (("01", "01", "0201"), "1-1-0201"),
        (("三栋", "一门栋", "301室"), "3-1-0301"),
        (("1栋", "", "1-201"), "1-1-0201"),
        (("3号楼", "", "1单元11楼01"), "3-1-1101"),
        (("", "", "01-01-0101"), "1-1-0101"),
        (("1栋", "1单元", "1栋1单元201"), "1-1-0201"),
        (("S1", "商铺", "S1-01"), "S1-01"),
        (("老3栋", "", "201"), "老3-0201"),
    ],
)
def test_door_of_a_row_is_read_from_its_three_cells(cells: tuple[str, str, str], code: str) -> None:
    assert read_door(*cells).door.code == code


@pytest.mark.parametrize(
    "cells", [("1栋", "1单元", "2栋1单元201"), ("1栋", "1单元", "2-201"), ("", "1", "201"), ("1", "1", "")]
)
def test_contradicting_or_missing_cells_are_refused(cells: tuple[str, str, str]) -> None:
    with pytest.raises(DoorUnreadable):
        read_door(*cells)
