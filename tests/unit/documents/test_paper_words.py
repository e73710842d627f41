"""Papers say the exact words and numbers; what people typed is printed as they typed it and is never markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.fonts import printable_characters
from app.documents.papers import (
    MOST_LETTERS,
    CandidateSheet,
    LegalMark,
    MeetingNotice,
    Member,
    NoticeKind,
    Opinion,
    Reconciliation,
    Totals,
)
from app.documents.papers.meeting import needed
from app.documents.papers.plain import Plain
from app.documents.papers.words import mark_words
from app.documents.printing import count_pages, missing_glyphs, render, template_values
from app.values.area import Area
from app.values.numerals import chinese_number
from tests.papers_support import (
    candidate_notice,
    count_record,
    every_paper,
    final_result,
    first_meeting,
    group_notice,
    handover_list,
    household_letters,
    imprint,
    meeting_notice,
    preliminary_result,
    roll_check,
    start_notice,
    supervision_report,
    term_report,
)
from tests.unit.documents.paper_reading import printed, squeezed

#: Everything that means something in a typst file, and what ends a string in JSON.
MARKUP = '#$*_[]@<a>`code` \\n // /* = - + ~ "引号" \'x\' #eval("1") $x^2$ #import "x" @ref <label> {#} &amp;'
RARE = "𠮷田㐂䶮堃𣲘"


def test_the_notice_says_matters_options_thresholds_and_period_exactly() -> None:
    notice = meeting_notice()
    words = printed(notice).words
    for matter in notice.matters:
        assert f"第{matter.number}项{squeezed(matter.title)}" in words
        assert squeezed(matter.text) in words
    assert words.count("选项：同意反对弃权") == 2
    assert "2027年5月22日（周六）00:00起，6月5日24:00止" in words
    assert "业主1,534人，房屋1,668套，面积189,207.67㎡" in words
    assert "来投票的业主人数要达到三分之二（1,023人），他们的面积也要达到三分之二（126,138.45㎡），这次投票才有效。" in words
    assert "这位候选人才能当选，选5位。过线的超过5位时，按同意的人数从多到少。" in words
    assert "第2项：来投票的人里，同意的要超过一半，面积也一样，才算通过。" in words
    assert "第3项：来投票的人里，同意的要达到四分之三，面积也一样，才算通过。" in words
    assert "弃权也算参加了投票，但不算同意。没交回的票不算参与，也不算任何意见。" in words
    assert "您投了两次，只算一次" in words
    assert "任何人不得用红包、礼品或者其他好处换取投票" in words
    assert "监督单位：武汉市江夏区和邻社会工作服务中心" in words


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_each_kind_of_notice_has_its_title_and_its_reason(kind: NoticeKind) -> None:
    words = printed(meeting_notice(kind)).words
    assert f"青岚花园{kind.document_name}" in words
    said = {
        NoticeKind.RENEWAL: "选举新一届业主委员会",
        NoticeKind.FIRST_ELECTION: "首次业主大会会议",
        NoticeKind.BY_ELECTION: "仍缺2名",
        NoticeKind.RECALL: "就罢免郑凯的业主委员会委员职务",
        NoticeKind.DECISION: "就下列事项由全体业主投票决定",
        NoticeKind.EXTRAORDINARY: "应业主要求，召开业主大会临时会议",
    }
    assert said[kind] in words
    asked = "提出要求的业主322人，面积40,110.36㎡，达到五分之一"
    assert (asked in words) == (kind in (NoticeKind.RECALL, NoticeKind.EXTRAORDINARY))


def test_a_recall_shows_reasons_and_reply_side_by_side() -> None:
    words = printed(meeting_notice(NoticeKind.RECALL)).words
    assert "要求罢免的理由" in words
    assert "郑凯本人的说明" in words
    assert "连续四次无故不参加业主委员会会议" in words
    assert "本人四次缺席均因住院" in words


def test_a_recall_without_its_case_is_refused() -> None:
    recall = meeting_notice(NoticeKind.RECALL)
    with pytest.raises(ValueError, match="recall"):
        replace(recall, recall=None)
    with pytest.raises(ValueError, match="recall"):
        replace(recall, kind=NoticeKind.DECISION)


def test_no_template_asks_for_a_choice_or_offers_a_gift() -> None:
    forbidden = ("请支持", "请投", "务必同意", "有礼", "抽奖")
    found = {name: word for name, paper in every_paper().items() for word in forbidden if word in printed(paper).words}
    assert found == {}


def test_typed_markup_is_printed_as_it_was_typed() -> None:
    notice = start_notice()
    marked = replace(
        notice,
        group=(Member(MARKUP, "组长", RARE),),
        notes=(MARKUP,),
        imprint=replace(notice.imprint, complex_name="*青*岚#花_园_", issuer=f"{RARE}[小组]"),
    )
    words = printed(marked).words
    assert words.count(squeezed(MARKUP)) == 2
    assert RARE in words
    assert "*青*岚#花_园_" in words
    assert f"{RARE}[小组]（盖章）" in words


def test_lines_typed_by_people_stay_lines() -> None:
    notice = meeting_notice(NoticeKind.RECALL)
    assert notice.recall is not None
    typed = replace(notice, recall=replace(notice.recall, reasons="第一条。\r\n\r\n第二条。\n#第三条。"))
    assert "第一条。" in printed(typed).words
    assert "#第三条。" in printed(typed).words


def test_what_the_fonts_lack_is_marked_and_named() -> None:
    # The first character of Unicode's extension H, and a private one as rare names had before they were encoded.
    rare, private = "\U00031350", "\ue815"
    assert missing_glyphs(f"王{rare}✕芳{private}{rare}") == (rare, "✕", private)
    assert missing_glyphs(f"{RARE}王芳·Amélie\u200b\ufe0f") == ()
    words = printed(group_notice((Member(f"王{rare}{private}", "组长"), *group_notice().members))).words
    assert "王〓〓" in words
    assert "“〓”处是本系统字库中没有的字（U+31350、U+E815）" in words
    assert "〓" not in printed(group_notice()).words


def test_no_character_keeps_a_paper_from_being_printed() -> None:
    every = "".join(chr(point) for point in sorted(printable_characters()))
    lines = tuple(every[start : start + 300] for start in range(0, len(every), 300))
    notice = replace(start_notice(), notes=lines)
    assert template_values(notice)["missing"] == []
    assert render(notice).startswith(b"%PDF-1.7")


@given(st.text(max_size=40), st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_printed(name: str, sentence: str) -> None:
    notice = replace(start_notice(), group=(Member(name, "组长", sentence),), notes=(sentence,))
    assert render(notice).startswith(b"%PDF-1.7")


def test_characters_without_a_mark_are_left_out() -> None:
    plain = Plain(printable_characters())
    assert plain.text("王\u200b芳\u202e\x07\t李\ufeff\U000e0101") == "王芳 李"
    assert plain.missing == ()


@pytest.mark.parametrize("value", [1.5, object(), b"bytes", {1.5}], ids=["float", "object", "bytes", "set"])
def test_only_exact_values_are_printed(value: object) -> None:
    with pytest.raises(TypeError):
        Plain(frozenset()).value(value)


def test_long_names_and_long_texts_stay_on_the_paper() -> None:
    name = "阿卜杜热合曼·买买提伊明·吐尔逊江" * 3
    notice = candidate_notice(2)
    long = CandidateSheet(name, "商业综合楼东区", "很长的介绍，" * 60, ("很长的声明，" * 30,), "业主联名推荐")
    read = printed(replace(notice, candidates=(long, *notice.candidates)))
    assert name in read.words
    assert squeezed("很长的介绍，" * 60) in read.words
    title = "关于" + "很长的事项" * 40
    meeting = meeting_notice(NoticeKind.DECISION)
    matter = replace(meeting.matters[0], title=title, text="正文。" * 400)
    assert squeezed(title) in printed(replace(meeting, matters=(matter,))).words


@pytest.mark.parametrize("count", [0, 1, 7, 12])
def test_any_number_of_candidates_is_shown(count: int) -> None:
    notice = candidate_notice(8)
    sheets = (notice.candidates * 2)[:count]
    words = printed(replace(notice, candidates=sheets)).words
    assert f"候选人{count}位，选5位" in words
    assert ("公示时没有候选人" in words) == (count == 0)
    assert words.count("本人声明：") == count


def test_a_letter_is_for_one_door_and_shows_no_code_outside() -> None:
    letters = household_letters(5)
    read = printed(letters)
    assert len(read.pages) == 5
    for door, words in zip(letters.doors, read.pages, strict=True):
        assert words.count(squeezed(door.door)) == 1
        assert words.count(door.link.code) == 1
        assert words.count(door.one_time_code) == 1
        assert f"编号：{door.serial}第1页共1页" in words
        assert "在手机上打开yeyi.example/l，输入二维码下面的6位编码" in words
        assert f"您家这套房计{door.area}㎡" in words
        assert "6月5日（周六）晚上12点前截止" in words
        # The outer third comes first: door, then the code inside.
        assert words.index(squeezed(door.door)) < words.index("致业主的一封信您好") < words.index(door.link.code)


def test_one_file_holds_the_letters_of_a_building_and_not_more() -> None:
    assert count_pages(render(household_letters(MOST_LETTERS))) == MOST_LETTERS
    with pytest.raises(ValueError, match="building by building"):
        household_letters(MOST_LETTERS + 1)


def test_a_letter_without_a_one_time_code_speaks_of_none() -> None:
    assert "投票码" not in printed(household_letters(1, with_code=False)).words


def test_a_letter_of_two_pages_counts_its_own_pages() -> None:
    letters = household_letters(3)
    read = printed(replace(letters, matters=("关于很长的一项议题" * 6,) * 6))
    assert len(read.pages) == 6
    assert all(f"第{1 + index % 2}页共2页" in words for index, words in enumerate(read.pages))


def test_results_say_verdicts_exact_numbers_and_how_to_object() -> None:
    words = printed(preliminary_result()).words
    assert "✓选出5位" in words
    assert "未通过" in words
    assert "1,112/1,534人" in words
    assert "136,004.12/189,207.67㎡" in words
    assert "同意68261.3%84,120.5561.9%" in words
    assert "没有达到四分之三" in words
    assert "请在6月16日（周三）以前提出" in words
    final = printed(final_result()).words
    assert "公示期内收到异议2件" in final
    assert "任期：2027年7月1日至2032年6月30日" in final
    assert "阿依古丽·买买提热合曼7栋74290,201.12✓当选" in final


def test_a_small_electorate_shows_no_exact_area_of_an_opinion() -> None:
    words = printed(preliminary_result(small=True)).words
    assert "136,004.12/" not in words
    assert "39,022.00" not in words
    assert "反对31828.6%28.7%" in words


def test_the_count_must_add_up() -> None:
    words = printed(count_record()).words
    assert "印发215＝收回191＋未收回21＋作废3" in words
    assert "收回191＝有效133＋无效21＋重复37" in words
    with pytest.raises(ValueError, match="printed"):
        Reconciliation(0, 10, 8, 1, 0, 8, 0, 0)
    with pytest.raises(ValueError, match="returned"):
        Reconciliation(0, 10, 8, 1, 1, 8, 1, 0)


def test_the_check_of_the_roll_shows_both_sums_on_one_page() -> None:
    read = printed(roll_check())
    assert len(read.pages) == 1
    assert "各楼栋相加1,668套，189,207.67㎡" in read.words
    assert "名册合计1,668套，189,207.67㎡，业主1,534人" in read.words
    assert "53位业主有几套房，每人只算1人−68" in read.words


def test_the_other_papers_say_what_they_are_for() -> None:
    start = printed(start_notice()).words
    assert "第二届业主委员会的任期到2027年6月30日为止" in start
    assert "选举第三届业主委员会，委员5名" in start
    report = printed(term_report()).words
    assert "纸坊街道办事处：" in report
    assert "抄送：青岚社区居民委员会" in report
    minutes = printed(first_meeting()).words
    assert "第三届业主委员会首次会议记录" in minutes
    assert "同意3人反对0人弃权1人" in minutes
    handed = printed(handover_list(signed=True)).words
    assert "1枚，章面完好孙国华7月3日王芳7月3日" in handed
    assert "移交方签名" in handed
    assert "接收方签名" in handed


def test_the_frame_of_the_supervisor_leaves_the_opinion_open() -> None:
    frame = printed(supervision_report(Opinion.OPEN)).words
    assert "□无保留意见□有保留意见□不能确认" in frame
    assert "□" not in printed(supervision_report()).words


@pytest.mark.parametrize(
    ("share", "strict", "heads", "area"),
    [
        (Fraction(2, 3), False, 1_023, "126138.45"),
        (Fraction(1, 2), True, 768, "94603.84"),
        (Fraction(3, 4), False, 1_151, "141905.76"),
        (Fraction(1, 2), False, 767, "94603.84"),
    ],
)
def test_the_needed_numbers_are_exact(share: Fraction, strict: bool, heads: int, area: str) -> None:
    totals = Totals(1_668, 1_534, Area.parse("189207.67"))
    assert needed(LegalMark(share, strict), totals) == {"heads": heads, "area": Area.parse(area)}


def test_numbers_and_marks_in_words() -> None:
    assert [chinese_number(value) for value in (1, 10, 12, 20, 35, 0, 100)] == [
        "一",
        "十",
        "十二",
        "二十",
        "三十五",
        "0",
        "100",
    ]
    assert mark_words(LegalMark(Fraction(2, 3), strict=False)) == "达到三分之二"
    assert mark_words(LegalMark(Fraction(1, 2), strict=True)) == "超过一半"
    assert mark_words(LegalMark(Fraction(1, 5), strict=False)) == "达到五分之一"


def test_a_sample_is_frozen() -> None:
    notice: MeetingNotice = meeting_notice()
    with pytest.raises(AttributeError):
        notice.imprint = imprint("other", dated=date(2027, 1, 1))  # type: ignore[misc]
