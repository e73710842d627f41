"""Test what is accepted, put right, asked and refused in the rows of a roll."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.roll.errors import RollFileRefused, RollNotClean
from app.roll.persons import identify_persons
from app.roll.reading import read_clean_roll, read_roll
from app.roll.rules import totals_of, voters_of
from app.roll.types import Handling, Problem, ProblemKind, UnitStatus, UnitUse
from tests.unit.roll.roll_files import CARD_A, CARD_B, CARD_C, COMPANY_CODE, HEADER, a_row, csv_text, xlsx

V1_HEADER = (
    "楼号", "单元", "房间", "楼层", "总层数", "是否有电梯", "房屋类型", "房屋户型", "建筑面积", "室内面积", "租金", "房屋状态",
    "业主名称", "性别", "手机号", "身份证号", "业主类型",
)  # fmt: skip


def problems(*rows: tuple[object, ...], handling: Handling = Handling.MUST_RESOLVE) -> list[tuple[int | None, ProblemKind]]:
    table = read_roll(xlsx(rows), "名册.xlsx")
    return [(item.row, item.kind) for item in table.problems_of(handling)]


def voter_count(*rows: tuple[object, ...]) -> int:
    table = read_roll(xlsx(rows), "名册.xlsx")
    return len(voters_of(table.rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_reads_csv_in_every_encoding(encoding: str) -> None:
    data = csv_text([a_row(), a_row(房号="202", 证件号码=CARD_B)]).encode(encoding)
    table = read_clean_roll(data, "名册.csv")
    assert [(row.code, str(row.area), row.owners[0].name) for row in table.rows] == [
        ("1-1-0201", "127.46", "谭秀"),
        ("1-1-0202", "127.46", "谭秀"),
    ]
    assert table.sheets[0].name == "名册"


def test_reads_v1_headers_with_codes_as_numbers() -> None:
    rows = [
        (1, 1, 101, 1, 9, "Y", 110, 10103, 102.36, 82.91, 0, 2001, "叶燕丽", "男", "14631885492", CARD_A, 1001),
        (1, 1, 102, 1, 9, "Y", 119, 10103, 88.74, 71.88, 0, 2002, "", "", "", "", ""),
    ]
    first, second = read_clean_roll(xlsx(rows, V1_HEADER), "资产.xlsx").rows
    assert (first.code, str(first.area), first.floor, first.status) == ("1-1-0101", "102.36", 1, UnitStatus.DELIVERED)
    assert (second.use, second.status, second.owners) == (UnitUse.SHOP, UnitStatus.UNSOLD, ())


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("栋号", "楼栋"),
        ("门栋", "单元"),
        ("室号", "房号"),
        ("产权面积（㎡）", "专有面积"),
        ("* 产权人", "登记业主姓名"),
        ("联系方式", "登记手机号"),
        ("身份证号", "证件号码"),
    ],
)
def test_accepts_synonyms_of_headers(header: str, value: str) -> None:
    names = tuple(header if name == value else name for name in HEADER)
    assert len(read_clean_roll(xlsx([a_row()], names), "a.xlsx").rows) == 1


def test_inside_area_is_never_taken_for_the_area() -> None:
    names = tuple("套内面积" if name == "专有面积" else name for name in HEADER)
    found = read_roll(xlsx([a_row()], names), "a.xlsx").problems_of(Handling.MUST_RESOLVE)
    assert "缺少必需的列" in found[0].message_zh
    assert found[0].row == 1


def test_missing_owner_column_is_refused() -> None:
    names = tuple("其他" if name == "登记业主姓名" else name for name in HEADER)
    with pytest.raises(RollNotClean) as refusal:
        read_clean_roll(xlsx([a_row()], names), "a.xlsx")
    assert refusal.value.problems[0].kind is ProblemKind.MISSING_DOOR


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("一百一十二", "无法识别"),
        ("abc", "无法识别"),
        ("1e5", "无法识别"),
        ("", "没有面积"),
        (0, "大于 0"),
        (-89.32, "大于 0"),
        (127.465, "两位小数"),
        ("127.461", "两位小数"),
    ],
)
def test_bad_area_must_be_resolved(area: object, words: str) -> None:
    found = read_roll(xlsx([a_row(), a_row(房号="202", 专有面积=area)]), "a.xlsx").problems_of(Handling.MUST_RESOLVE)
    assert [(item.row, item.kind) for item in found] == [(3, ProblemKind.AREA_OUTLIER)]
    assert words in found[0].message_zh


@pytest.mark.parametrize(
    ("area", "exact"), [(127.46, "127.46"), (89.3, "89.30"), (1024, "1024.00"), (0.07, "0.07"), (1.1, "1.10")]
)
def test_number_cells_become_exact_areas(area: object, exact: str) -> None:
    assert str(read_clean_roll(xlsx([a_row(专有面积=area)]), "a.xlsx").rows[0].area) == exact


@pytest.mark.parametrize(
    ("area", "exact"), [("112.08㎡", "112.08"), ("1,024.5", "1024.50"), ("１１２．０８", "112.08"), ("102.36 平方米", "102.36")]
)
def test_area_text_is_tidied_and_listed(area: str, exact: str) -> None:
    table = read_clean_roll(xlsx([a_row(专有面积=area)]), "a.xlsx")
    fix = table.problems_of(Handling.FIXED)[0]
    assert (str(table.rows[0].area), fix.kind, fix.before, fix.after) == (exact, ProblemKind.AREA_AS_TEXT, area, exact)


def test_delivered_unit_without_owner_must_be_resolved() -> None:
    assert problems(a_row(), a_row(房号="202", 登记业主姓名="", 证件号码="")) == [(3, ProblemKind.MISSING_DOOR)]


def test_unsold_written_as_owner_belongs_to_the_developer() -> None:
    rows = [
        a_row(房号="202", 登记业主姓名="未售", 证件号码="", 登记手机号=""),
        a_row(房号="203", 登记业主姓名="未售", 证件号码="", 登记手机号=""),
    ]
    table = read_clean_roll(xlsx(rows), "a.xlsx")
    assert {row.status for row in table.rows} == {UnitStatus.UNSOLD}
    assert [voter.is_developer for voter in voters_of(table.rows)] == [True]
    assert ProblemKind.DEVELOPER_UNITS in {item.kind for item in table.problems_of(Handling.CONFIRM)}


def test_same_door_with_another_area_must_be_resolved() -> None:
    assert problems(a_row(), a_row(专有面积=112.08)) == [(3, ProblemKind.DUPLICATE_CONFLICT)]


def test_same_door_with_another_owner_must_be_resolved() -> None:
    assert problems(a_row(), a_row(登记业主姓名="李健", 证件号码=CARD_B)) == [(3, ProblemKind.DUPLICATE_CONFLICT)]


def test_same_row_twice_is_counted_once_and_listed() -> None:
    table = read_clean_roll(xlsx([a_row(), a_row()]), "a.xlsx")
    assert len(table.rows) == 1
    assert [(item.row, item.kind) for item in table.problems_of(Handling.FIXED)] == [(3, ProblemKind.DUPLICATE_SAME)]


def test_co_owner_rows_are_joined_when_the_file_says_so() -> None:
    header = (*HEADER, "共有方式", "权利比例")
    rows = [(*a_row(), "按份共有", "1/3"), (*a_row(登记业主姓名="李健", 证件号码=CARD_B), "按份共有", "2/3")]
    table = read_clean_roll(xlsx(rows, header), "a.xlsx")
    (row,) = table.rows
    assert [(owner.name, owner.share) for owner in row.owners] == [("谭秀", Fraction(1, 3)), ("李健", Fraction(2, 3))]
    assert str(totals_of(table.rows, voters_of(table.rows)).area) == "127.46"
    assert ProblemKind.COOWNER_ROWS in {item.kind for item in table.problems_of(Handling.FIXED)}


def test_co_owner_rows_are_joined_under_merged_door_cells() -> None:
    rows = [a_row(), a_row(楼栋="", 单元="", 房号="", 专有面积="", 登记业主姓名="李健", 证件号码=CARD_B)]
    data = xlsx(rows, merges={"A2:A3": "1栋", "B2:B3": "1单元", "C2:C3": "201", "D2:D3": 127.46})
    (row,) = read_clean_roll(data, "a.xlsx").rows
    assert [owner.name for owner in row.owners] == ["谭秀", "李健"]


def test_co_owners_in_one_cell_keep_their_order() -> None:
    row = a_row(登记业主姓名="谭秀、李健", 登记手机号="、13800000001", 证件号码=f"{CARD_A}、{CARD_B}")
    owners = read_clean_roll(xlsx([row]), "a.xlsx").rows[0].owners
    assert [(owner.name, owner.phone, owner.document.number) for owner in owners] == [
        ("谭秀", "", CARD_A),
        ("李健", "13800000001", CARD_B),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"登记手机号": "13800000001", "证件号码": f"{CARD_A}、{CARD_B}"},
        {"登记手机号": "", "证件号码": CARD_A},
        {"登记手机号": "", "证件号码": f"{CARD_A}、{CARD_B}、{CARD_C}"},
    ],
)
def test_lists_of_different_length_must_be_resolved(changes: dict[str, str]) -> None:
    assert problems(a_row(登记业主姓名="谭秀、李健", **changes)) == [(2, ProblemKind.PARALLEL_LISTS)]


def test_owners_not_all_named_must_be_resolved() -> None:
    assert (2, ProblemKind.COOWNERS_IN_CELL) in problems(a_row(登记业主姓名="谭秀等3人"))


@pytest.mark.parametrize("number", [420115199609266028, "4.20115E+17", "420115199609266000"])
def test_lost_digits_must_be_resolved(number: object) -> None:
    assert problems(a_row(证件号码=number)) == [(2, ProblemKind.ID_LOST_DIGITS)]


def test_wrong_check_digit_is_only_a_question() -> None:
    wrong = CARD_A[:-1] + "7"
    assert problems(a_row(证件号码=wrong)) == []
    assert (2, ProblemKind.ID_DOCUMENT) in problems(a_row(证件号码=wrong), handling=Handling.CONFIRM)


def test_questions_do_not_show_the_whole_document() -> None:
    wrong = CARD_A[:-1] + "7"
    table = read_roll(xlsx([a_row(证件号码=wrong)]), "a.xlsx")
    assert all(wrong not in item.message_zh + item.message_en for item in table.problems)


def test_door_whose_remark_says_checked_is_not_taken_for_a_total() -> None:
    data = xlsx([(*a_row(), "已复核"), (*a_row(房号="202", 登记业主姓名="", 证件号码=""), "待复核")], (*HEADER, "备注"))
    table = read_roll(data, "a.xlsx")
    assert [row.code for row in table.rows] == ["1-1-0201", "1-1-0202"]
    assert [item.row for item in table.problems_of(Handling.MUST_RESOLVE)] == [3]


def test_same_document_is_one_voter_whatever_the_spelling() -> None:
    assert voter_count(a_row(), a_row(房号="202", 登记业主姓名="谭 秀", 证件号码="４２０１１５１９９６０９２６６０２８")) == 1


def test_fifteen_and_eighteen_digits_are_one_voter() -> None:
    assert voter_count(a_row(证件号码="420115640914759"), a_row(房号="202", 证件号码="42011519640914759X")) == 1


def test_same_name_with_other_documents_is_two_voters() -> None:
    assert voter_count(a_row(), a_row(房号="202", 证件号码=CARD_B)) == 2


def test_same_name_without_document_and_phone_is_two_voters() -> None:
    nameless = {"证件号码": "", "证件类型": "", "登记手机号": ""}
    assert voter_count(a_row(**nameless), a_row(房号="202", **nameless)) == 2


def test_same_name_and_phone_without_document_is_one_voter_and_asked() -> None:
    rows = a_row(证件号码=""), a_row(房号="202", 证件号码="")
    assert voter_count(*rows) == 1
    assert (2, ProblemKind.PERSON_ALIAS) in problems(*rows, handling=Handling.CONFIRM)


def test_couple_and_husband_alone_are_two_voters() -> None:
    couple = a_row(登记业主姓名="谭秀、李健", 登记手机号="", 证件号码=f"{CARD_A}、{CARD_B}")
    reverse = a_row(房号="202", 登记业主姓名="李健、谭秀", 登记手机号="", 证件号码=f"{CARD_B}、{CARD_A}")
    assert voter_count(couple, reverse, a_row(房号="203")) == 2


def test_undelivered_unit_is_the_developers_whoever_bought_it() -> None:
    header = (*HEADER, "交付状态")
    company = {"登记业主姓名": "武汉青岚置业有限公司", "证件类型": "统一社会信用代码", "证件号码": COMPANY_CODE}
    rows = [
        (*a_row(**company), "已交付"),
        (*a_row(房号="202", **company), "已交付"),
        (*a_row(房号="203"), "未交付"),
    ]
    table = read_clean_roll(xlsx(rows, header), "a.xlsx")
    persons = identify_persons(table.rows, "武汉青岚置业有限公司")
    (voter,) = voters_of(table.rows, persons)
    assert voter.is_developer
    assert voter.units == ("1-1-0201", "1-1-0202", "1-1-0203")


def test_parking_and_public_rooms_are_kept_but_not_counted() -> None:
    header = (*HEADER, "规划用途")
    rows = [
        (*a_row(), "成套住宅"),
        (*a_row(楼栋="地下室", 单元="", 房号="B1-024", 专有面积=12.72), "车位"),
        (*a_row(房号="物业用房1", 登记业主姓名=""), "物业用房"),
    ]
    table = read_clean_roll(xlsx(rows, header), "a.xlsx")
    totals = totals_of(table.rows, voters_of(table.rows))
    assert (len(table.rows), totals.units, str(totals.area)) == (3, 1, "127.46")
    assert {ProblemKind.PARKING_MIXED, ProblemKind.NON_RESIDENTIAL} <= {
        item.kind for item in table.problems_of(Handling.CONFIRM)
    }


def test_titles_totals_and_signatures_are_listed_not_imported() -> None:
    rows = [("青岚花园业主清册",), HEADER, a_row(), ("小计", "", "", 127.46), ("制表人：赵",), ("",) * 8]
    table = read_clean_roll(xlsx(rows, None), "a.xlsx")
    assert table.sheets[0].header_row == 2
    assert [(item.row, item.kind) for item in table.problems] == [
        (1, ProblemKind.TITLE_ROWS),
        (4, ProblemKind.TOTAL_ROWS),
        (5, ProblemKind.TOTAL_ROWS),
    ]


def test_two_line_header_gives_every_column() -> None:
    rows = [
        ("序号", "房屋信息", "", "", "业主信息", "", "备注"),
        ("", "楼号", "室号", "产权面积", "产权人", "身份证号", ""),
        (1, "1栋", "101", 89.17, "谭秀", CARD_A, "房子已卖给外地人"),
    ]
    table = read_roll(xlsx(rows, None), "a.xlsx")
    assert [(item.row, item.kind) for item in table.problems_of(Handling.MUST_RESOLVE)] == [(3, ProblemKind.OWNER_CHANGED)]


def test_hidden_rows_and_sheets_must_be_resolved() -> None:
    data = xlsx(
        [a_row(), a_row(房号="202")],
        hidden_rows=[3],
        more_sheets={"旧名册": [HEADER, a_row(房号="301")]},
        hidden_sheets=["旧名册"],
    )
    found = read_roll(data, "a.xlsx").problems_of(Handling.MUST_RESOLVE)
    assert [(item.sheet, item.row, item.kind) for item in found] == [
        ("业主清册", 3, ProblemKind.HIDDEN_OR_RIVAL_DATA),
        ("旧名册", None, ProblemKind.HIDDEN_OR_RIVAL_DATA),
    ]


def test_same_door_on_two_sheets_must_be_resolved() -> None:
    found = read_roll(xlsx([a_row()], more_sheets={"新名册": [HEADER, a_row()]}), "a.xlsx").problems_of(Handling.MUST_RESOLVE)
    assert [(item.sheet, item.row, item.kind) for item in found] == [("新名册", 2, ProblemKind.HIDDEN_OR_RIVAL_DATA)]


def test_formula_cells_are_reported_and_their_stored_value_used() -> None:
    table = read_roll(xlsx([a_row()], formulas={"D2": "=89+0.32"}), "a.xlsx")
    (found,) = [item for item in table.problems if item.kind is ProblemKind.CELL_MARKS]
    assert (found.row, found.handling, str(table.rows[0].area)) == (2, Handling.CONFIRM, "89.32")
    assert "D2" in found.message_zh


def test_formula_text_in_a_csv_stays_text() -> None:
    (row,) = read_roll(csv_text([a_row(登记业主姓名="=cmd()")]).encode(), "a.csv").rows
    assert row.owners[0].name == "=cmd()"


@pytest.mark.parametrize("changes", [{"房号": ""}, {"楼栋": ""}, {"楼栋": "甲" * 60}])
def test_row_without_a_door_must_be_resolved(changes: dict[str, str]) -> None:
    assert problems(a_row(), a_row(**changes)) == [(3, ProblemKind.MISSING_DOOR)]


def test_room_that_contradicts_its_columns_must_be_resolved() -> None:
    assert problems(a_row(房号="2栋1单元201")) == [(2, ProblemKind.UNIT_IN_ROOM)]


def test_two_spellings_of_a_building_are_one_building_and_asked() -> None:
    table = read_roll(xlsx([a_row(), a_row(楼栋="1号楼", 房号="202")]), "a.xlsx")
    assert {row.door.building for row in table.rows} == {"1"}
    assert (3, ProblemKind.BUILDING_ALIAS) in [(item.row, item.kind) for item in table.problems_of(Handling.CONFIRM)]


def test_letter_for_digit_in_a_room_is_put_right() -> None:
    table = read_roll(xlsx([a_row(房号="4O2")]), "a.xlsx")
    assert table.rows[0].code == "1-1-0402"
    assert table.problems_of(Handling.FIXED)[0].kind is ProblemKind.FULL_WIDTH


def test_relative_listed_as_owner_must_be_resolved() -> None:
    data = xlsx([(*a_row(), "家庭成员")], (*HEADER, "业主类型"))
    assert [item.kind for item in read_roll(data, "a.xlsx").problems_of(Handling.MUST_RESOLVE)] == [ProblemKind.OWNER_CHANGED]


def test_header_without_rows_is_refused() -> None:
    with pytest.raises(RollFileRefused) as refusal:
        read_roll(xlsx([]), "a.xlsx")
    assert refusal.value.code == "roll_without_rows"


def test_no_row_is_dropped_without_being_listed() -> None:
    rows = [a_row(), a_row(), ("", "", "", "", "", "", "", "孤零零的一句话"), a_row(房号=""), HEADER, ("合计", "", "", 1.0)]
    table = read_roll(xlsx(rows), "a.xlsx")

    def named(item: Problem) -> set[int]:
        return {item.row or 0, *item.rows}

    accounted = {row.row for row in table.rows}.union(*(named(item) for item in table.problems))
    assert accounted >= set(range(2, 8))
