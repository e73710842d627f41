"""Check every line of the timeline: which date each step gets, and what is wrong with a choice (app/statute/LAW.md 6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.errors import Malformed
from app.statute.calendar import Holidays
from app.statute.policies import Policies
from app.statute.rule_pack import load_rule_pack
from app.statute.timeline import plan, soonest_certification
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import Actor, Step, StepKey, StepProblem, TimelineKind

K = StepKey
#: Invented days off, so that weekends and these days move last days of 2027.
TABLE = Holidays.of([date(2027, 5, day) for day in range(1, 6)])


def day(text: str) -> date:
    """Read a day of 2027 as month and day."""
    return date.fromisoformat(f"2027-{text}")


def steps_of(kind: TimelineKind, dates: dict[StepKey, str] | None = None, **more: Any) -> dict[StepKey, Step]:
    """Plan a procedure with chosen days of 2027."""
    chosen = {key: day(text) for key, text in (dates or {}).items()}
    if kind is TimelineKind.RENEWAL:
        more.setdefault("term_end", day("06-30"))
    return {step.key: step for step in plan(PlanRequest(kind=kind, dates=chosen, **more))}


def between(step: Step) -> tuple[str | None, str | None]:
    """Return earliest and latest of a step as month and day."""
    return tuple(None if at is None else at.isoformat()[5:] for at in (step.earliest, step.latest))  # type: ignore[return-value]


def problems(steps: dict[StepKey, Step]) -> dict[StepKey, StepProblem]:
    """Return what is wrong, by step."""
    return {key: step.problem for key, step in steps.items() if step.problem is not None}


VOTE = [K.NOTICE, K.VOTING_OPENS, K.VOTING_CLOSES, K.PRELIMINARY, K.OBJECTIONS_CLOSE, K.CERTIFIED, K.DECISION_POSTED]


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (TimelineKind.FIRST_ELECTION, [K.APPLICATION, K.GROUP_FORMED, K.GROUP_POSTED], [K.FIRST_MEETING, K.FILING]),
        (TimelineKind.RENEWAL, [K.ALARM, K.REPORT, K.GROUP_FORMED, K.GROUP_POSTED], [K.FIRST_MEETING, K.FILING, K.HANDOVER]),
        (TimelineKind.BY_ELECTION, [K.VACANCY, K.MEMBER_HANDOVER, K.VACANCY_FILING], [K.FILING]),
        (TimelineKind.RECALL, [K.PETITION], [K.MEMBER_HANDOVER, K.FILING]),
        (TimelineKind.DECISION, [], [K.FILING]),
    ],
)
def test_each_kind_has_its_steps_in_order(kind: TimelineKind, before: list[StepKey], after: list[StepKey]) -> None:
    assert list(steps_of(kind)) == [*before, *VOTE, *after]


@pytest.mark.parametrize("kind", list(TimelineKind))
def test_a_plan_without_choices_breaks_no_rule(kind: TimelineKind) -> None:
    assert problems(steps_of(kind, holidays=TABLE)) == {}


@pytest.mark.parametrize("kind", [TimelineKind.BY_ELECTION, TimelineKind.RECALL, TimelineKind.DECISION])
def test_without_an_anchor_the_law_fixes_no_date(kind: TimelineKind) -> None:
    assert all(between(step) == (None, None) and step.planned is None for step in steps_of(kind).values())


def test_group_counts_from_application_or_report_and_moves_over_holidays() -> None:
    first = steps_of(TimelineKind.FIRST_ELECTION, {K.APPLICATION: "03-02"}, holidays=TABLE)
    assert between(first[K.GROUP_FORMED]) == (None, "05-06")
    assert between(first[K.GROUP_POSTED]) == (None, "05-13")
    renewal = steps_of(TimelineKind.RENEWAL, {K.REPORT: "03-02"}, holidays=TABLE)
    assert between(renewal[K.GROUP_FORMED]) == (None, "05-06")


def test_first_meeting_is_within_ninety_days_of_the_group_and_notice_sixteen_days_before() -> None:
    steps = steps_of(TimelineKind.FIRST_ELECTION, {K.GROUP_FORMED: "03-01"}, holidays=TABLE)
    assert between(steps[K.VOTING_OPENS]) == ("05-31", "05-31")
    assert between(steps[K.NOTICE]) == (None, "05-15")
    late = steps_of(TimelineKind.FIRST_ELECTION, {K.GROUP_FORMED: "03-01", K.NOTICE: "05-16"})
    assert problems(late) == {K.NOTICE: StepProblem.TOO_LATE, K.VOTING_OPENS: StepProblem.TOO_LATE}


def test_months_before_the_end_of_a_term_follow_short_months() -> None:
    steps = steps_of(TimelineKind.RENEWAL, term_end=day("05-31"))
    assert steps[K.REPORT].latest == day("02-28")
    assert steps[K.ALARM].planned == date(2026, 11, 30)
    leap = steps_of(TimelineKind.RENEWAL, term_end=date(2028, 5, 31))
    assert leap[K.REPORT].latest == date(2028, 2, 29)


def test_report_and_term_end_never_move_for_a_holiday() -> None:
    """30 January and 30 April 2027 are a Saturday and a day off; the handover's last day, a Sunday, moves."""
    off = Holidays.of([day("04-30")])
    steps = steps_of(TimelineKind.RENEWAL, term_end=day("04-30"), holidays=off)
    assert between(steps[K.REPORT]) == (None, "01-30")
    assert steps[K.CERTIFIED].latest == day("04-30")
    sunday = steps_of(TimelineKind.RENEWAL, term_end=day("04-29"), holidays=off)
    assert sunday[K.HANDOVER].latest == day("05-10")


def test_renewal_notice_is_the_latest_from_which_the_term_is_met() -> None:
    steps = steps_of(TimelineKind.RENEWAL, voting_days=15)
    assert between(steps[K.NOTICE]) == (None, "05-22")
    assert steps[K.CERTIFIED].earliest == day("06-30")
    exact = steps_of(TimelineKind.RENEWAL, {K.NOTICE: "05-22"}, voting_days=15)
    assert problems(exact) == {}
    late = steps_of(TimelineKind.RENEWAL, {K.NOTICE: "05-23"}, voting_days=15)
    keys = [K.NOTICE, K.VOTING_OPENS, K.CERTIFIED]
    assert problems(late) == dict.fromkeys(keys, StepProblem.TOO_LATE)


def test_renewal_notice_is_earlier_where_objections_end_on_a_rest_day() -> None:
    """28 and 29 June are off after a weekend, so that objections must end by Friday the 25th."""
    moved = Holidays.of([day("06-28"), day("06-29")])
    free = steps_of(TimelineKind.RENEWAL)
    tight = steps_of(TimelineKind.RENEWAL, holidays=moved)
    assert free[K.VOTING_OPENS].latest == day("06-08")
    assert tight[K.VOTING_OPENS].latest == day("06-04")
    assert problems(tight) == {}
    request = PlanRequest(kind=TimelineKind.RENEWAL, term_end=day("06-30"), holidays=moved)
    assert soonest_certification(day("06-04"), request) <= day("06-30") < soonest_certification(day("06-05"), request)


def test_only_the_opening_is_chosen_so_the_notice_follows_from_it() -> None:
    steps = steps_of(TimelineKind.DECISION, {K.VOTING_OPENS: "06-01"})
    assert between(steps[K.NOTICE]) == (None, "05-16")
    assert between(steps[K.VOTING_OPENS]) == ("06-01", None)
    assert problems(steps) == {}


def test_short_notice_is_the_openings_problem() -> None:
    fifteen = steps_of(TimelineKind.DECISION, {K.NOTICE: "05-01", K.VOTING_OPENS: "05-16"})
    sixteen = steps_of(TimelineKind.DECISION, {K.NOTICE: "05-01", K.VOTING_OPENS: "05-17"})
    assert problems(fifteen) == {K.VOTING_OPENS: StepProblem.TOO_EARLY}
    assert problems(sixteen) == {}
    assert between(fifteen[K.NOTICE]) == (None, None)


def test_policy_d15_lets_voting_open_a_day_sooner() -> None:
    policies = Policies({"P-NOTICECLR": "d15"})
    steps = steps_of(TimelineKind.DECISION, {K.NOTICE: "05-01", K.VOTING_OPENS: "05-16"}, policies=policies)
    assert problems(steps) == {}
    assert steps[K.VOTING_OPENS].earliest == day("05-16")


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        (4, StepProblem.VOTING_TOO_SHORT),
        (5, None),
        (60, None),
        (61, StepProblem.VOTING_TOO_LONG),
        (1, StepProblem.VOTING_TOO_SHORT),
    ],
)
def test_window_of_five_to_sixty_days(days: int, problem: StepProblem | None) -> None:
    steps = steps_of(TimelineKind.RECALL, {K.NOTICE: "04-01"}, voting_days=days, holidays=TABLE)
    assert steps[K.VOTING_CLOSES].problem is problem
    assert between(steps[K.VOTING_CLOSES]) == ("04-21", "06-15")
    assert steps_of(TimelineKind.DECISION, voting_days=days)[K.VOTING_CLOSES].problem is problem


def test_real_close_replaces_the_chosen_days() -> None:
    steps = steps_of(TimelineKind.DECISION, {K.VOTING_OPENS: "04-17", K.VOTING_CLOSES: "06-16"}, voting_days=10)
    assert problems(steps) == {K.VOTING_CLOSES: StepProblem.VOTING_TOO_LONG}
    assert steps[K.PRELIMINARY].earliest == day("06-17")


def test_tally_dates_count_from_close_and_publication() -> None:
    """Voting closes on Wednesday 28 April; three days later and seven after that are rest days."""
    steps = steps_of(TimelineKind.DECISION, {K.NOTICE: "03-30"}, holidays=TABLE)
    assert steps[K.VOTING_CLOSES].planned == day("04-28")
    assert between(steps[K.PRELIMINARY]) == ("04-29", "05-06")
    assert between(steps[K.OBJECTIONS_CLOSE]) == ("05-06", "05-06")
    assert between(steps[K.CERTIFIED]) == ("05-07", None)
    assert between(steps[K.DECISION_POSTED]) == ("05-07", "05-10")
    assert between(steps[K.FILING]) == ("05-07", "06-07")


def test_a_late_preliminary_result_moves_the_objections_with_it() -> None:
    steps = steps_of(TimelineKind.DECISION, {K.NOTICE: "06-01", K.PRELIMINARY: "07-05"}, objection_days=3)
    assert problems(steps) == {K.PRELIMINARY: StepProblem.TOO_LATE}
    assert between(steps[K.OBJECTIONS_CLOSE]) == ("07-08", "07-08")


def test_certification_before_objections_close_is_too_early() -> None:
    steps = steps_of(TimelineKind.DECISION, {K.NOTICE: "06-01", K.CERTIFIED: "07-08"})
    assert problems(steps) == {K.CERTIFIED: StepProblem.TOO_EARLY}
    assert between(steps[K.DECISION_POSTED]) == ("07-08", "07-11")


@pytest.mark.parametrize(
    ("handover", "problem"), [("09-13", None), ("09-14", StepProblem.TOO_LATE), ("09-09", StepProblem.TOO_EARLY)]
)
def test_leaving_member_hands_over_within_three_days(handover: str, problem: StepProblem | None) -> None:
    steps = steps_of(TimelineKind.BY_ELECTION, {K.VACANCY: "09-10", K.MEMBER_HANDOVER: handover})
    assert steps[K.MEMBER_HANDOVER].problem is problem
    assert between(steps[K.VACANCY_FILING]) == ("09-10", "10-10")
    recall = steps_of(TimelineKind.RECALL, {K.CERTIFIED: "09-10", K.MEMBER_HANDOVER: handover})
    assert recall[K.MEMBER_HANDOVER].problem is problem


def test_handover_of_a_renewal_counts_from_the_end_of_the_term() -> None:
    steps = steps_of(TimelineKind.RENEWAL, {K.CERTIFIED: "06-20"})
    assert between(steps[K.HANDOVER]) == ("06-20", "07-10")
    assert between(steps[K.FIRST_MEETING]) == ("06-20", "06-27")


def test_committee_meets_seven_days_after_its_agenda() -> None:
    steps = steps_of(TimelineKind.DECISION, {K.COMMITTEE_MEETING: "03-20"})
    assert list(steps)[:4] == [K.COMMITTEE_DEMAND, K.COMMITTEE_AGENDA, K.COMMITTEE_MEETING, K.COMMITTEE_DECISION_POSTED]
    assert between(steps[K.COMMITTEE_AGENDA]) == (None, "03-13")
    close = steps_of(TimelineKind.DECISION, {K.COMMITTEE_AGENDA: "03-14", K.COMMITTEE_MEETING: "03-20"})
    assert problems(close) == {K.COMMITTEE_MEETING: StepProblem.TOO_EARLY}
    relaxed = steps_of(
        TimelineKind.DECISION,
        {K.COMMITTEE_AGENDA: "03-14", K.COMMITTEE_MEETING: "03-20"},
        policies=Policies({"P-CMTNOTICE": "5"}),
    )
    assert problems(relaxed) == {}


def test_demand_is_posted_the_same_day_and_met_on_day_seven() -> None:
    steps = steps_of(TimelineKind.DECISION, {K.COMMITTEE_DEMAND: "03-01"})
    assert between(steps[K.COMMITTEE_AGENDA]) == (None, "03-01")
    assert between(steps[K.COMMITTEE_MEETING]) == ("03-08", "03-08")
    assert between(steps[K.COMMITTEE_DECISION_POSTED]) == ("03-08", "03-11")
    late = steps_of(TimelineKind.DECISION, {K.COMMITTEE_DEMAND: "03-01", K.COMMITTEE_AGENDA: "03-02"})
    assert problems(late) == {K.COMMITTEE_AGENDA: StepProblem.TOO_LATE, K.COMMITTEE_MEETING: StepProblem.TOO_LATE}


def test_committee_steps_need_a_meeting_or_a_demand() -> None:
    assert K.COMMITTEE_AGENDA not in steps_of(TimelineKind.DECISION, {K.COMMITTEE_AGENDA: "03-01"})


def test_dismissal_waits_sixty_days_and_never_moves() -> None:
    chosen = {K.CERTIFIED: "03-02", K.DISMISSAL_NOTICE: "03-02"}
    steps = steps_of(TimelineKind.DECISION, chosen, dismissal=True, holidays=TABLE)
    assert between(steps[K.CONTRACT_ENDS]) == ("05-01", None)
    early = steps_of(TimelineKind.DECISION, {**chosen, K.CONTRACT_ENDS: "04-30"}, dismissal=True)
    assert problems(early) == {K.CONTRACT_ENDS: StepProblem.TOO_EARLY}
    assert K.CONTRACT_ENDS not in steps_of(TimelineKind.DECISION, chosen)


def test_group_acts_where_there_is_one_and_the_committee_else() -> None:
    assert steps_of(TimelineKind.RENEWAL)[K.NOTICE].actor is Actor.GROUP
    assert steps_of(TimelineKind.DECISION)[K.NOTICE].actor is Actor.COMMITTEE
    assert steps_of(TimelineKind.RENEWAL)[K.FILING].actor is Actor.COMMITTEE


@pytest.mark.parametrize("kind", list(TimelineKind))
def test_every_step_has_texts_in_both_languages_and_a_rule_of_the_pack(kind: TimelineKind) -> None:
    pack = load_rule_pack()
    dates = {K.COMMITTEE_MEETING: "03-20"}
    for step in steps_of(kind, dates, dismissal=True).values():
        for text in (step.title, step.law(pack), *step.blocking):
            assert text.zh
            assert text.en
            assert text.zh != text.en
            assert "{" not in text.zh + text.en
        assert step.rules
        assert all(pack.rules[rule.key] == rule for rule in step.rules)


def test_law_is_said_with_the_numbers_of_the_pack() -> None:
    steps = steps_of(TimelineKind.RENEWAL)
    assert "60 日内" in steps[K.GROUP_FORMED].law(load_rule_pack()).zh
    assert steps[K.GROUP_FORMED].title.zh == "成立换届小组"
    assert steps_of(TimelineKind.FIRST_ELECTION)[K.GROUP_FORMED].title.zh == "成立筹备组"


def test_agenda_days_of_policy_and_pack_agree() -> None:
    assert int(Policies()["P-CMTNOTICE"]) == load_rule_pack().number("committee_agenda_days")


def test_renewal_without_the_end_of_the_term_is_refused() -> None:
    with pytest.raises(Malformed, match="term_end_missing"):
        plan(PlanRequest(kind=TimelineKind.RENEWAL))
