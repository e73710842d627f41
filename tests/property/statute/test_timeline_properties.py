"""Hold what must be true of every timeline, whatever the term, the choices and the holidays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.statute.calendar import Holidays, days_after, last_day, months_after, months_before
from app.statute.timeline import plan, soonest_certification
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import NEVER_CHOSEN, Step, StepKey, StepProblem, TimelineKind

DAY = timedelta(days=1)
GAP = 16

days = st.dates(date(2026, 1, 1), date(2031, 12, 31))
windows = st.integers(1, 75)


@st.composite
def calendars(draw: st.DrawFn) -> Holidays:
    """Draw runs of days off and worked weekends, in some of the years and up to their last day."""
    runs = draw(st.lists(st.tuples(days, st.integers(1, 12)), max_size=6))
    off = {first + i * DAY for first, length in runs for i in range(length)}
    worked = {day for day in draw(st.lists(days, max_size=10)) if day.weekday() >= 5}
    return Holidays.of(off, worked)


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    """Draw a procedure with any of the choices it may have."""
    kind = draw(st.sampled_from(TimelineKind))
    choosable = [key for key in StepKey if key not in NEVER_CHOSEN]
    base: dict[str, Any] = {
        "kind": kind,
        "term_end": draw(days) if kind is TimelineKind.RENEWAL else None,
        "voting_days": draw(st.none() | windows),
        "objection_days": draw(st.none() | st.integers(0, 30)),
        "dismissal": draw(st.booleans()),
        "holidays": draw(calendars()),
    }
    return PlanRequest(dates=draw(st.dictionaries(st.sampled_from(choosable), days, max_size=6)), **base)


def by_key(request: PlanRequest) -> dict[StepKey, Step]:
    """Plan and index by key."""
    return {step.key: step for step in plan(request)}


@given(days, st.integers(0, 40))
def test_months_keep_the_day_or_end_with_the_month(start: date, months: int) -> None:
    for end in (months_after(start, months), months_before(start, months)):
        last = monthrange(end.year, end.month)[1]
        assert end.day == min(start.day, last)
    assert (months_after(start, months).year * 12 + months_after(start, months).month) - months == start.year * 12 + start.month


@given(days, st.integers(0, 120), calendars())
def test_a_last_day_is_the_first_working_day_from_the_day_counted(start: date, count: int, holidays: Holidays) -> None:
    counted, last = days_after(start, count), last_day(start, count, holidays)
    assert last >= counted
    assert not holidays.is_rest_day(last)
    assert all(holidays.is_rest_day(counted + i * DAY) for i in range((last - counted).days))


@given(days, st.integers(0, 120), calendars())
def test_a_later_start_never_ends_earlier(start: date, count: int, holidays: Holidays) -> None:
    assert last_day(start, count, holidays) <= last_day(start + DAY, count, holidays)


@settings(max_examples=300)
@given(requests())
def test_a_step_has_a_problem_exactly_where_its_date_leaves_its_bounds(request: PlanRequest) -> None:
    both = {StepKey.COMMITTEE_AGENDA, StepKey.COMMITTEE_MEETING} <= set(request.dates)
    for step in plan(request):
        fixed = request.dates.get(step.key)
        assert step.planned == (fixed or step.planned)
        if step.key is StepKey.VOTING_CLOSES:
            short, long = request.window < 5, request.window > 60
            wanted = StepProblem.VOTING_TOO_SHORT if short else StepProblem.VOTING_TOO_LONG if long else None
            assert step.problem is wanted
            continue
        if fixed is None:
            assert step.planned == (step.earliest or step.latest)
        early = step.planned is not None and step.earliest is not None and step.planned < step.earliest
        late = step.planned is not None and step.latest is not None and step.planned > step.latest
        if step.key is StepKey.COMMITTEE_AGENDA and both:
            assert step.problem is None
        else:
            assert step.problem is (StepProblem.TOO_EARLY if early else StepProblem.TOO_LATE if late else None)


@settings(max_examples=300)
@given(requests())
def test_last_days_of_doing_rest_on_working_days_and_other_dates_never_move(request: PlanRequest) -> None:
    steps = by_key(request)
    for key in (StepKey.GROUP_FORMED, StepKey.GROUP_POSTED, StepKey.PRELIMINARY, StepKey.DECISION_POSTED, StepKey.FILING):
        latest = steps[key].latest if key in steps else None
        assert latest is None or not request.holidays.is_rest_day(latest)
    opens, notice = steps[StepKey.VOTING_OPENS], steps[StepKey.NOTICE]
    assert notice.planned is None or opens.earliest == notice.planned + GAP * DAY
    if opens.planned is not None:
        assert steps[StepKey.VOTING_CLOSES].planned == opens.planned + (request.window - 1) * DAY
    if request.term_end is not None:
        assert steps[StepKey.CERTIFIED].latest == request.term_end


@settings(max_examples=300)
@given(days, windows, st.integers(0, 30), calendars())
def test_latest_notice_of_a_renewal_is_the_last_that_certifies_by_the_end_of_the_term(
    term_end: date, voting_days: int, objection_days: int, holidays: Holidays
) -> None:
    base: dict[str, Any] = {
        "kind": TimelineKind.RENEWAL,
        "term_end": term_end,
        "voting_days": voting_days,
        "objection_days": objection_days,
        "holidays": holidays,
    }
    latest = by_key(PlanRequest(**base))[StepKey.NOTICE].latest
    assert latest is not None
    on_time = by_key(PlanRequest(dates={StepKey.NOTICE: latest}, **base))
    assert on_time[StepKey.CERTIFIED].problem is None
    assert on_time[StepKey.VOTING_OPENS].problem is None
    a_day_late = by_key(PlanRequest(dates={StepKey.NOTICE: latest + DAY}, **base))
    assert a_day_late[StepKey.CERTIFIED].problem is StepProblem.TOO_LATE
    assert a_day_late[StepKey.NOTICE].problem is StepProblem.TOO_LATE


@given(days, windows, calendars())
def test_certification_of_the_plan_is_the_soonest_one(notice: date, voting_days: int, holidays: Holidays) -> None:
    request = PlanRequest(
        kind=TimelineKind.DECISION, dates={StepKey.NOTICE: notice}, voting_days=voting_days, holidays=holidays
    )
    steps = by_key(request)
    opens = steps[StepKey.VOTING_OPENS].planned
    assert opens is not None
    assert steps[StepKey.CERTIFIED].earliest == soonest_certification(opens, request)


@given(requests())
def test_without_holidays_no_date_is_later_than_with_them(request: PlanRequest) -> None:
    """A table can only move last days of doing forward; only a renewal's latest opening may come earlier."""
    moved = by_key(request)
    plain = by_key(
        PlanRequest(
            kind=request.kind,
            term_end=request.term_end,
            dates=request.dates,
            voting_days=request.voting_days,
            objection_days=request.objection_days,
            dismissal=request.dismissal,
        )
    )
    assert list(moved) == list(plain)
    if request.kind is TimelineKind.RENEWAL:
        return
    for key, step in plain.items():
        other = moved[key]
        assert step.earliest is None or (other.earliest is not None and step.earliest <= other.earliest)
        assert step.latest is None or (other.latest is not None and step.latest <= other.latest)
