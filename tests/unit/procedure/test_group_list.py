"""Read lists of group members as people paste them."""

from __future__ import annotations

import pytest

from app.procedure.group_list import LINES_LIMIT, ListedMember, read_group_list
from app.procedure.types import Side


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("王芳，3-1-1202", ListedMember("王芳", Side.OWNER, "3-1-1202")),
        ("王芳 3栋1单元1202", ListedMember("王芳", Side.OWNER, "3-1-1202")),
        ("王芳\t３－１－１２０２", ListedMember("王芳", Side.OWNER, "3-1-1202")),
        ("何平，湖畔街道办事处", ListedMember("何平", Side.STREET, "湖畔街道办事处")),
        ("周敏，湖畔街道青岚社区居委会", ListedMember("周敏", Side.RESIDENTS_COMMITTEE, "湖畔街道青岚社区居委会")),
        ("李强、江城置业有限公司", ListedMember("李强", Side.DEVELOPER, "江城置业有限公司")),
        ("陈律师：江城律师事务所", ListedMember("陈律师", Side.OTHER, "江城律师事务所")),
        ("  阿依古丽·买买提　1-2-0301  ", ListedMember("阿依古丽·买买提", Side.OWNER, "1-2-0301")),
    ],
)
def test_one_line_tells_name_side_and_place(line: str, expected: ListedMember) -> None:
    assert read_group_list(line).members == (expected,)
    assert read_group_list(line).bad_lines == ()


def test_bad_lines_are_named_by_their_number_and_empty_ones_left_out() -> None:
    read = read_group_list("\n王芳，3-1-1202\n只有名字\n\n，3-1-1203\n何平，湖畔街道办事处\n")
    assert [member.name for member in read.members] == ["王芳", "何平"]
    assert read.bad_lines == (3, 5)


def test_what_is_too_long_is_no_member() -> None:
    assert read_group_list("长" * 21 + "，3-1-1202").bad_lines == (1,)
    assert read_group_list("王芳，" + "街道" * 21).bad_lines == (1,)
    many = read_group_list("\n".join(f"成员{number}，{number}-1-0101" for number in range(1, LINES_LIMIT + 3)))
    assert (len(many.members), many.bad_lines) == (LINES_LIMIT, (LINES_LIMIT + 1, LINES_LIMIT + 2))
