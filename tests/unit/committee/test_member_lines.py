"""Hold the reading of a committee's list as people paste it."""

from __future__ import annotations

import pytest

from app.committee.errors import MemberLineUnclear
from app.committee.member_lines import read_member_lines
from app.committee.types import Office, Seat


def test_reads_names_buildings_and_offices_however_they_are_parted() -> None:
    text = "赵文娟\t3栋\t主任\n\n王建国，7栋，副主任委员\n  李秀英 1栋\n周国强\n陈志明、10栋、委员\n"
    assert read_member_lines(text) == (
        Seat("赵文娟", "3栋", Office.CHAIR),
        Seat("王建国", "7栋", Office.VICE_CHAIR),
        Seat("李秀英", "1栋"),
        Seat("周国强"),
        Seat("陈志明", "10栋"),
    )


def test_lets_alternates_follow_the_members_in_their_own_order() -> None:
    seats = read_member_lines("孙丽萍 8栋 候补\n赵文娟 3栋\n黄晓燕 12栋 候补委员")
    assert [(seat.name, seat.office) for seat in seats] == [
        ("赵文娟", Office.MEMBER),
        ("孙丽萍", Office.ALTERNATE),
        ("黄晓燕", Office.ALTERNATE),
    ]


def test_takes_a_word_like_an_office_for_a_name_where_it_stands_alone() -> None:
    assert read_member_lines("主任") == (Seat("主任"),)


def test_reads_full_width_digits_as_the_digits_they_are() -> None:
    assert read_member_lines("赵文娟　３栋　主任") == (Seat("赵文娟", "3栋", Office.CHAIR),)


@pytest.mark.parametrize("line", ["赵文娟 3栋 1单元 主任", "赵文娟 3栋 组长", "长" * 41, "赵文娟 " + "栋" * 41])
def test_names_the_line_it_cannot_read(line: str) -> None:
    with pytest.raises(MemberLineUnclear) as refused:
        read_member_lines(f"王建国 7栋\n\n{line}")
    assert refused.value.values["number"] == 3
