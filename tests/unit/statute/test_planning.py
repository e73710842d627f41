"""Check where a procedure stands on a day, and that every conflict is named, said and given a way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.statute.calendar import Holidays
from app.statute.holiday_tables import published_holidays
from app.statute.planning import PlanningInput, Standing, StepState, assess
from app.statute.planning_texts import _SENTENCES, _WAYS_OUT, WayOut
from app.statute.planning_types import Conflict, ConflictCode, Severity, VotingWindow
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import StepKey, TimelineKind
from app.values import CHINA

K, C = StepKey, ConflictCode
PUBLISHED = published_holidays()


def day(text: str) -> date:
    """Read a day of 2026, or one written in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def stand(
    kind: TimelineKind,
    today: str,
    facts: Mapping[StepKey, str] | None = None,
    chosen: Mapping[StepKey, str] | None = None,
    **more: Any,
) -> Standing:
    """Assess a procedure of 2026; ``more`` goes to the request, or to the input where that has the field."""
    own = {name: more.pop(name) for name in ("closes_at", "other_votes") if name in more}
    if kind is TimelineKind.RENEWAL:
        more.setdefault("term_end", day("12-20"))
    more.setdefault("holidays", PUBLISHED)
    request = PlanRequest(kind=kind, dates={key: day(text) for key, text in (chosen or {}).items()}, **more)
    done = {key: day(text) for key, text in (facts or {}).items()}
    return assess(PlanningInput(request=request, today=day(today), facts=done, **own))


def states(standing: Standing) -> dict[StepKey, str]:
    """Return the state of every step."""
    return {row.step.key: str(row.state) for row in standing.steps}


def codes(standing: Standing) -> list[ConflictCode]:
    """Return what the plan runs into, notes on unpublished years apart."""
    return [conflict.code for conflict in standing.conflicts if conflict.code is not C.HOLIDAYS_UNPUBLISHED]


def only(standing: Standing, code: ConflictCode) -> Conflict:
    """Return the one conflict of a code."""
    (found,) = [conflict for conflict in standing.conflicts if conflict.code is code]
    return found


# ---- states ----


def test_nothing_is_to_be_done_before_the_alarm() -> None:
    standing = stand(TimelineKind.RENEWAL, "01-05")
    assert set(states(standing).values()) == {"next"}
    assert standing.current is None
    alarm = standing.of(K.ALARM)
    assert alarm is not None
    assert (alarm.due_on, alarm.days_left) == (day("06-20"), 166)


def test_alarm_is_done_by_itself_and_the_report_is_then_to_be_made() -> None:
    standing = stand(TimelineKind.RENEWAL, "06-20")
    assert states(standing)[K.ALARM] == "done"
    assert states(standing)[K.REPORT] == "now"
    assert standing.current is not None
    assert (standing.current.step.key, standing.current.days_left) == (K.REPORT, 92)
    assert states(standing)[K.GROUP_FORMED] == "next"


def test_what_was_not_done_by_its_last_day_is_overdue_from_the_day_after() -> None:
    on_the_day, day_after = stand(TimelineKind.RENEWAL, "09-20"), stand(TimelineKind.RENEWAL, "09-21")
    assert states(on_the_day)[K.REPORT] == "now"
    assert states(day_after)[K.REPORT] == "overdue"
    report = day_after.of(K.REPORT)
    assert report is not None
    assert report.days_left == -1
    assert day_after.current is report


def test_facts_count_before_choices_and_the_plan_counts_on_from_them() -> None:
    standing = stand(TimelineKind.RENEWAL, "09-02", {K.REPORT: "08-03"}, {K.REPORT: "09-01"})
    report, group = standing.of(K.REPORT), standing.of(K.GROUP_FORMED)
    assert report is not None
    assert group is not None
    assert (report.state, report.done_on, report.days_left) == (StepState.DONE, day("08-03"), None)
    assert (group.state, group.step.latest) == (StepState.NOW, day("10-08"))


def test_a_fact_of_tomorrow_fixes_the_day_and_is_not_done() -> None:
    standing = stand(TimelineKind.DECISION, "06-01", {K.NOTICE: "05-01", K.VOTING_OPENS: "06-02"})
    opening = standing.of(K.VOTING_OPENS)
    assert opening is not None
    assert (opening.state, opening.due_on, opening.days_left) == (StepState.NOW, day("06-02"), 1)


def test_several_steps_are_open_after_certification() -> None:
    facts = {
        K.REPORT: "08-03",
        K.GROUP_FORMED: "09-01",
        K.GROUP_POSTED: "09-02",
        K.NOTICE: "10-09",
        K.VOTING_OPENS: "10-25",
        K.VOTING_CLOSES: "11-07",
        K.PRELIMINARY: "11-08",
        K.OBJECTIONS_CLOSE: "11-16",
        K.CERTIFIED: "11-17",
    }
    standing = stand(TimelineKind.RENEWAL, "11-17", facts)
    open_now = [key for key, state in states(standing).items() if state == "now"]
    assert open_now == [K.DECISION_POSTED, K.FIRST_MEETING, K.FILING, K.HANDOVER]
    assert codes(standing) == []


def test_voting_runs_to_its_planned_close_not_to_the_longest_window() -> None:
    standing = stand(TimelineKind.DECISION, "06-20", {K.NOTICE: "06-01", K.VOTING_OPENS: "06-17"})
    closing = standing.of(K.VOTING_CLOSES)
    assert closing is not None
    assert (closing.state, closing.due_on, closing.days_left) == (StepState.NOW, day("06-30"), 10)


def test_a_step_the_kind_does_not_have_is_none() -> None:
    assert stand(TimelineKind.DECISION, "06-20").of(K.HANDOVER) is None


def test_facts_and_choices_of_other_steps_are_not_read() -> None:
    standing = stand(TimelineKind.DECISION, "06-20", {K.HANDOVER: "06-01"}, {K.APPLICATION: "06-01"})
    assert states(standing) == states(stand(TimelineKind.DECISION, "06-20"))


# ---- broken rules ----


def test_short_notice_says_how_many_days_and_from_when_voting_may_open() -> None:
    standing = stand(TimelineKind.DECISION, "03-01", chosen={K.NOTICE: "03-05", K.VOTING_OPENS: "03-20"})
    assert codes(standing) == [C.NOTICE_SHORT]
    assert standing.breaks_a_rule
    conflict = only(standing, C.NOTICE_SHORT)
    assert (conflict.step, conflict.severity) == (K.VOTING_OPENS, Severity.BROKEN)
    assert conflict.sentence.zh == "从公告到开始投票只有 14 个整天，至少要 15 天。"
    assert conflict.way_out.zh == "把开始投票改到 2026年3月21日 或以后。"
    assert conflict.way_out.en == "Open voting on 2026-03-21 or later."
    moved = stand(TimelineKind.DECISION, "03-01", chosen={K.NOTICE: "03-05", K.VOTING_OPENS: "03-21"})
    assert codes(moved) == []


def test_opening_on_or_before_the_notice_has_no_whole_day() -> None:
    for opens in ("03-05", "03-04", "03-06"):
        standing = stand(TimelineKind.DECISION, "03-01", chosen={K.NOTICE: "03-05", K.VOTING_OPENS: opens})
        assert only(standing, C.NOTICE_SHORT).sentence.zh.startswith("从公告到开始投票只有 0 个整天")


def test_short_notice_that_has_happened_is_for_the_street_to_judge() -> None:
    standing = stand(TimelineKind.DECISION, "03-22", {K.NOTICE: "03-05", K.VOTING_OPENS: "03-20"})
    assert "请街道决定是否重新公告" in only(standing, C.NOTICE_SHORT).way_out.zh


@pytest.mark.parametrize(("days", "code"), [(4, C.VOTING_TOO_SHORT), (61, C.VOTING_TOO_LONG)])
def test_window_says_its_days_and_the_days_allowed(days: int, code: ConflictCode) -> None:
    chosen = {K.NOTICE: "03-05"}
    for standing in (
        stand(TimelineKind.DECISION, "03-01", chosen=chosen, voting_days=days),
        stand(TimelineKind.DECISION, "03-01", voting_days=days),
    ):
        assert codes(standing) == [code]
        assert f"{days} 天" in only(standing, code).sentence.zh
        assert only(standing, code).way_out.zh == "把投票期定为 5 至 60 天。"


def test_extended_close_is_measured_by_its_real_day() -> None:
    facts = {K.NOTICE: "03-05", K.VOTING_OPENS: "03-21", K.VOTING_CLOSES: "05-20"}
    standing = stand(TimelineKind.DECISION, "05-21", facts)
    assert "61 天" in only(standing, C.VOTING_TOO_LONG).sentence.zh
    assert "请街道决定" in only(standing, C.VOTING_TOO_LONG).way_out.zh


def test_term_that_will_be_missed_says_when_notice_and_opening_are_due() -> None:
    standing = stand(TimelineKind.RENEWAL, "10-01", chosen={K.NOTICE: "11-20"})
    broken = [conflict.code for conflict in standing.conflicts if conflict.severity is Severity.BROKEN]
    assert broken == [C.CERTIFIED_AFTER_TERM]
    conflict = only(standing, C.CERTIFIED_AFTER_TERM)
    assert "最早 2026年12月29日 才能确认结果，晚于任期届满日 2026年12月20日" in conflict.sentence.zh
    assert "最迟 2026年11月11日 发公告，最迟 2026年11月27日 开始投票" in conflict.way_out.zh
    mended = stand(TimelineKind.RENEWAL, "10-01", chosen={K.NOTICE: "11-11"})
    assert not mended.breaks_a_rule


def test_late_opening_after_the_notice_is_mended_by_an_earlier_opening() -> None:
    standing = stand(TimelineKind.RENEWAL, "10-20", {K.NOTICE: "10-15"}, {K.VOTING_OPENS: "12-01"})
    assert only(standing, C.CERTIFIED_AFTER_TERM).way_out.zh.startswith("最迟 2026年11月27日 开始投票")


def test_missed_notice_is_found_without_any_choice_and_a_shorter_window_offered() -> None:
    standing = stand(TimelineKind.RENEWAL, "11-15")
    conflict = only(standing, C.CERTIFIED_AFTER_TERM)
    assert conflict.way_out.zh == "把投票期缩短到 10 天，并在 2026年12月1日 开始投票，还来得及。"
    shorter = {K.NOTICE: "11-15", K.VOTING_OPENS: "12-01"}
    assert not stand(TimelineKind.RENEWAL, "11-15", chosen=shorter, voting_days=10).breaks_a_rule
    assert stand(TimelineKind.RENEWAL, "11-15", chosen=shorter, voting_days=11).breaks_a_rule


def test_term_that_cannot_be_met_any_more_goes_to_the_street() -> None:
    standing = stand(TimelineKind.RENEWAL, "12-01")
    assert "已经赶不上任期届满" in only(standing, C.CERTIFIED_AFTER_TERM).way_out.zh
    running = stand(TimelineKind.RENEWAL, "12-10", {K.NOTICE: "11-20", K.VOTING_OPENS: "12-06"})
    assert "已经赶不上任期届满" in only(running, C.CERTIFIED_AFTER_TERM).way_out.zh


def test_certification_chosen_after_the_term_is_moved_back() -> None:
    standing = stand(TimelineKind.RENEWAL, "09-01", chosen={K.NOTICE: "10-20", K.CERTIFIED: "12-21"})
    assert codes(standing) == [C.STEP_TOO_LATE]
    assert only(standing, C.STEP_TOO_LATE).way_out.zh == "改到 2026年12月20日 或以前。"


def test_first_meeting_after_its_ninety_days_is_said_once() -> None:
    late = stand(TimelineKind.FIRST_ELECTION, "03-01", {K.GROUP_FORMED: "02-26"}, {K.NOTICE: "05-20"})
    assert codes(late).count(C.OPENS_AFTER_LIMIT) == 1
    assert "最迟 2026年5月27日 开始投票；现在是 2026年6月5日" in only(late, C.OPENS_AFTER_LIMIT).sentence.zh
    assert only(late, C.OPENS_AFTER_LIMIT).way_out.zh == "改到 2026年5月27日 或以前。"
    over = stand(TimelineKind.FIRST_ELECTION, "06-01", {K.GROUP_FORMED: "02-26"}, {K.NOTICE: "06-02"})
    assert "写明原因" in only(over, C.OPENS_AFTER_LIMIT).way_out.zh


def test_step_set_outside_its_days_is_moved_into_them() -> None:
    chosen = {K.NOTICE: "03-02", K.CERTIFIED: "04-05", K.FILING: "05-10"}
    standing = stand(TimelineKind.DECISION, "03-01", chosen=chosen)
    early, late = only(standing, C.STEP_TOO_EARLY), only(standing, C.STEP_TOO_LATE)
    assert (early.step, late.step) == (K.CERTIFIED, K.FILING)
    assert early.way_out.zh == "改到 2026年4月9日 或以后。"
    assert late.way_out.zh == "改到 2026年5月6日 或以前。"
    overdue = stand(TimelineKind.DECISION, "05-07", {K.CERTIFIED: "04-05"}, {K.FILING: "05-10"})
    assert only(overdue, C.STEP_TOO_LATE).way_out.zh.startswith("最迟的日期已过")


def test_step_done_outside_its_days_is_recorded_with_its_reason() -> None:
    facts = {K.VACANCY: "03-02", K.MEMBER_HANDOVER: "03-06", K.VACANCY_FILING: "03-01"}
    standing = stand(TimelineKind.BY_ELECTION, "03-07", facts)
    assert only(standing, C.DONE_TOO_LATE).step is K.MEMBER_HANDOVER
    assert "写明原因" in only(standing, C.DONE_TOO_LATE).way_out.zh
    assert only(standing, C.DONE_TOO_EARLY).step is K.VACANCY_FILING
    assert "街道" in only(standing, C.DONE_TOO_EARLY).way_out.zh


def test_step_made_impossible_by_those_before_it_moves_them() -> None:
    chosen = {K.COMMITTEE_DEMAND: "03-02", K.COMMITTEE_AGENDA: "03-04"}
    standing = stand(TimelineKind.DECISION, "03-01", chosen=chosen)
    assert only(standing, C.STEP_IMPOSSIBLE).step is K.COMMITTEE_MEETING
    assert "最早在 2026年3月11日，已晚于最迟的日期 2026年3月9日" in only(standing, C.STEP_IMPOSSIBLE).sentence.zh


# ---- warnings and notes ----


def test_ended_term_of_a_renewal_is_a_warning_and_the_only_thing_said() -> None:
    standing = stand(TimelineKind.RENEWAL, "12-21", chosen={K.NOTICE: "12-22"})
    assert codes(standing) == [C.TERM_END_PAST]
    assert not standing.breaks_a_rule
    assert "居民委员会" in only(standing, C.TERM_END_PAST).way_out.zh
    assert codes(stand(TimelineKind.RENEWAL, "12-20"))[0] is C.CERTIFIED_AFTER_TERM


def test_committee_whose_term_is_over_cannot_convene_another_vote() -> None:
    standing = stand(TimelineKind.DECISION, "12-21", term_end=day("12-20"))
    assert "不能召集" in only(standing, C.TERM_END_PAST).way_out.zh
    assert codes(stand(TimelineKind.DECISION, "12-20", term_end=day("12-20"))) == []


def test_ended_term_is_not_said_of_a_renewal_that_was_certified() -> None:
    facts = {K.NOTICE: "10-09", K.CERTIFIED: "12-18"}
    assert C.TERM_END_PAST not in codes(stand(TimelineKind.RENEWAL, "12-21", facts))


@pytest.mark.parametrize(("notice", "touches"), [("09-02", True), ("09-01", False), ("09-21", True), ("09-22", False)])
def test_vote_touches_the_national_day_by_a_single_day(notice: str, touches: bool) -> None:
    """Five days of voting: opened on 17 September they end on the 21st; with 14 days they end on the 30th."""
    standing = stand(TimelineKind.DECISION, "08-01", chosen={K.NOTICE: notice})
    assert (C.TOUCHES_NATIONAL_DAY in codes(standing)) is touches
    assert not standing.breaks_a_rule


def test_holiday_offers_the_days_after_and_before_it() -> None:
    standing = stand(TimelineKind.DECISION, "08-01", chosen={K.NOTICE: "09-05"})
    conflict = only(standing, C.TOUCHES_NATIONAL_DAY)
    assert "（2026年9月21日 至 2026年10月4日）遇上国庆节（2026年10月1日 至 2026年10月7日）" in conflict.sentence.zh
    assert (
        conflict.way_out.zh
        == "可以改到 2026年10月8日 或以后开始投票。可以最迟 2026年9月17日 开始投票，在 2026年9月30日 以前结束。"
    )
    late = stand(TimelineKind.DECISION, "09-03", chosen={K.NOTICE: "09-05"})
    assert only(late, C.TOUCHES_NATIONAL_DAY).way_out.zh == "可以改到 2026年10月8日 或以后开始投票。"


def test_renewal_that_cannot_wait_for_the_end_of_the_holiday_reminds_more() -> None:
    standing = stand(TimelineKind.RENEWAL, "09-08", chosen={K.NOTICE: "09-10"}, term_end=day("10-25"))
    assert only(standing, C.TOUCHES_NATIONAL_DAY).way_out.zh.startswith("时间不能再改")
    running = stand(TimelineKind.DECISION, "09-28", {K.NOTICE: "09-05", K.VOTING_OPENS: "09-21"})
    assert only(running, C.TOUCHES_NATIONAL_DAY).way_out.zh.startswith("时间不能再改")
    over = stand(TimelineKind.DECISION, "10-09", {K.NOTICE: "09-05", K.VOTING_OPENS: "09-21", K.VOTING_CLOSES: "10-04"})
    assert codes(over) == []


def test_spring_festival_of_an_unpublished_year_is_expected() -> None:
    standing = stand(TimelineKind.DECISION, "12-01", chosen={K.NOTICE: "2027-01-10"})
    conflict = only(standing, C.TOUCHES_SPRING_FESTIVAL)
    assert "春节（2027年2月5日 至 2027年2月12日，放假安排未公布）" in conflict.sentence.zh
    assert "not yet published" in conflict.sentence.en


def test_both_long_holidays_are_named_in_a_long_window() -> None:
    standing = stand(TimelineKind.DECISION, "08-01", chosen={K.NOTICE: "09-10"}, voting_days=150)
    assert [code for code in codes(standing) if code is not C.VOTING_TOO_LONG] == [
        C.TOUCHES_NATIONAL_DAY,
        C.TOUCHES_SPRING_FESTIVAL,
    ]


@pytest.mark.parametrize(
    ("closes_at", "warned"),
    [
        (datetime(2026, 3, 18, 10, 59, tzinfo=CHINA), False),
        (datetime(2026, 3, 18, 11, 0, tzinfo=CHINA), True),
        (datetime(2026, 3, 18, 12, 0, tzinfo=CHINA), True),
        (datetime(2026, 3, 18, 14, 0, tzinfo=CHINA), False),
        (datetime(2026, 3, 21, 12, 0, tzinfo=CHINA), False),
        (datetime(2026, 5, 9, 12, 0, tzinfo=CHINA), True),
        (datetime(2026, 5, 1, 12, 0, tzinfo=CHINA), False),
        (datetime(2027, 3, 20, 12, 0, tzinfo=CHINA), False),
        (datetime(2027, 3, 18, 12, 0, tzinfo=CHINA), True),
        (datetime(2026, 3, 18, 4, 0, tzinfo=UTC), True),
    ],
)
def test_close_at_the_noon_of_a_working_day(closes_at: datetime, warned: bool) -> None:
    """9 May 2026 is a worked Saturday, 1 May a day off, 20 March 2027 a Saturday of a year without a table."""
    standing = stand(TimelineKind.DECISION, "02-24", closes_at=closes_at)
    assert (C.CLOSES_AT_NOON in codes(standing)) is warned


def test_noon_is_said_with_its_time_and_not_after_the_close() -> None:
    noon = datetime(2026, 3, 18, 12, 0, tzinfo=CHINA)
    conflict = only(stand(TimelineKind.DECISION, "02-24", closes_at=noon), C.CLOSES_AT_NOON)
    assert "2026年3月18日 中午 12:00" in conflict.sentence.zh
    assert "24:00" in conflict.way_out.zh
    closed = stand(TimelineKind.DECISION, "03-19", {K.VOTING_CLOSES: "03-18"}, closes_at=noon)
    assert C.CLOSES_AT_NOON not in codes(closed)


def test_overlapping_votes_are_named_with_the_day_after() -> None:
    others = [
        VotingWindow("修屋顶", day("03-26"), day("04-07")),
        VotingWindow("去年的换届", day("03-01"), day("03-17")),
        VotingWindow("停车管理", day("04-01"), day("04-20")),
    ]
    standing = stand(TimelineKind.DECISION, "03-01", chosen={K.NOTICE: "03-02"}, other_votes=others)
    overlaps = [conflict for conflict in standing.conflicts if conflict.code is C.WINDOWS_OVERLAP]
    assert [re.findall("「(.+?)」", conflict.sentence.zh) for conflict in overlaps] == [["修屋顶"]]
    longer = stand(TimelineKind.DECISION, "03-01", chosen={K.NOTICE: "03-02"}, voting_days=15, other_votes=others)
    found = [conflict for conflict in longer.conflicts if conflict.code is C.WINDOWS_OVERLAP]
    assert [re.findall("「(.+?)」", conflict.sentence.zh) for conflict in found] == [["修屋顶"], ["停车管理"]]
    assert found[1].way_out.zh.startswith("改到 2026年4月21日 或以后开始投票")


def test_a_chosen_day_gone_by_without_a_record_is_asked_about() -> None:
    chosen = {K.NOTICE: "03-02"}
    gone = stand(TimelineKind.DECISION, "03-03", chosen=chosen)
    assert codes(gone) == [C.PLANNED_IN_PAST]
    assert only(gone, C.PLANNED_IN_PAST).step is K.NOTICE
    assert codes(stand(TimelineKind.DECISION, "03-02", chosen=chosen)) == []
    assert codes(stand(TimelineKind.DECISION, "03-03", {K.NOTICE: "03-02"}, chosen)) == []


def test_years_without_a_table_are_noted_once_and_only_for_open_steps() -> None:
    standing = stand(TimelineKind.RENEWAL, "07-01")
    notes = [conflict for conflict in standing.conflicts if conflict.severity is Severity.NOTE]
    assert [conflict.sentence.zh[:13] for conflict in notes] == ["2027 年放假安排未公布"]
    without = stand(TimelineKind.DECISION, "03-01", {K.NOTICE: "03-01"}, holidays=Holidays())
    assert "2026 年放假安排未公布" in only(without, C.HOLIDAYS_UNPUBLISHED).sentence.zh
    ended = stand(TimelineKind.DECISION, "03-01")
    assert ended.conflicts == ()


def test_broken_rules_come_before_warnings_and_notes() -> None:
    chosen = {K.NOTICE: "2027-01-10", K.VOTING_OPENS: "2027-01-20"}
    standing = stand(TimelineKind.DECISION, "12-01", chosen=chosen, voting_days=20)
    assert [conflict.severity for conflict in standing.conflicts] == [Severity.BROKEN, Severity.WARNING, Severity.NOTE]


# ---- texts ----


def test_every_conflict_and_every_way_out_has_its_words_in_both_languages() -> None:
    assert set(_SENTENCES) == set(ConflictCode)
    assert set(_WAYS_OUT) == set(WayOut)
    for text in (*_SENTENCES.values(), *_WAYS_OUT.values()):
        assert re.search("[一-鿿]", text.zh)
        assert not re.search("[一-鿿]", text.en)
        assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en))
        assert text.zh.endswith("。")
        assert text.en.endswith(".")
