"""Hold the plan of a procedure to its dates, states, parallel steps and blockers, at every turn of a renewal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.elections.types import ElectionRow, ElectionState
from app.procedure.plan import Plan, StepState, plan_of
from app.procedure.progress import done_steps, last_day_of
from app.procedure.spine import spine_of
from app.procedure.types import Dossier, FactRow, OrderKind, OrderRow, OtherVote, ProcedureKind, ProcedureState
from app.statute.planning_types import ConflictCode
from app.values.clock import CHINA
from tests.unit.elections.rows import an_election
from tests.unit.procedure.dossiers import candidates, dossier, group, posting, procedure

TERM_END = date(2026, 12, 31)


def day(month: int, number: int, hour: int = 9) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=CHINA)


def done_on(step: str, on: date) -> FactRow:
    return FactRow(1, step, on, "", None, {}, 9, datetime(on.year, on.month, on.day, 10, tzinfo=CHINA))


def renewal(**parts: object) -> Dossier:
    """Make a renewal whose alarm has rung."""
    facts = [done_on("alarm", date(2026, 6, 30)), *parts.pop("facts", [])]  # type: ignore[misc]
    row = procedure(term_ends_on=TERM_END, **parts.pop("row", {}))  # type: ignore[arg-type]
    return dossier(row, facts=facts, **parts)  # type: ignore[arg-type]


def prepared() -> Dossier:
    """Make a renewal that has everything up to the notice."""
    return renewal(
        facts=[
            done_on("report", date(2026, 7, 10)),
            done_on("group_formed", date(2026, 8, 3)),
            done_on("drafts", date(2026, 8, 20)),
            done_on("candidates", date(2026, 9, 10)),
        ],
        group=group("sroooooox"),
        nominations=candidates(6),
        postings=(posting("GROUP", day(8, 5)), posting("N2", day(8, 20), 2), posting("N4", day(8, 25), 3)),
        has_roll=True,
    )


def vote(state: ElectionState, **times: datetime | None) -> ElectionRow:
    opens_at = datetime(2026, 10, 10, tzinfo=CHINA)
    return replace(an_election(state), opens_at=opens_at, closes_at=opens_at + timedelta(days=15), **times)


def states(plan: Plan) -> dict[str, StepState]:
    return {step.key: step.state for step in plan.steps}


def test_begun_renewal_asks_for_the_report_first() -> None:
    plan = plan_of(renewal(), day(7, 1))
    assert plan.current is not None
    assert plan.current.key == "report"
    assert plan.current.due_on == date(2026, 9, 30)
    assert plan.current.days_left == 91
    assert [step.key for step in plan.open_steps] == ["report"]
    assert states(plan)["handover"] is StepState.NEXT


def test_every_step_has_its_place_and_its_day() -> None:
    for kind in ProcedureKind:
        row = procedure(kind, term_ends_on=TERM_END if kind is ProcedureKind.RENEWAL else None)
        plan = plan_of(dossier(row), day(7, 1))
        assert [step.key for step in plan.steps] == [step.key for step in spine_of(kind)]
        assert plan.current is not None


def test_late_step_says_by_how_many_days() -> None:
    plan = plan_of(renewal(), day(10, 3))
    late = plan.late[0]
    assert (late.key, late.days_left, late.is_open) == ("report", -3, True)


def test_roll_drafts_and_candidates_run_beside_each_other() -> None:
    given = renewal(
        facts=[done_on("report", date(2026, 7, 10)), done_on("group_formed", date(2026, 8, 3))],
        postings=(posting("GROUP", day(8, 5)),),
    )
    plan = plan_of(given, day(8, 10))
    assert [step.key for step in plan.open_steps] == ["roll", "drafts", "candidates"]
    notice = plan.step("notice")
    assert notice is not None
    assert not notice.is_open
    assert plan.step("roll").due_on == notice.due_on  # type: ignore[union-attr]


def test_posting_of_the_list_does_its_step() -> None:
    plan = plan_of(prepared(), day(9, 12))
    assert plan.step("group_posted").done.on == date(2026, 8, 5)  # type: ignore[union-attr]
    assert plan.step("roll").done.on == date(2026, 8, 20)  # type: ignore[union-attr]
    assert plan.current is not None
    assert plan.current.key == "notice"


@pytest.mark.parametrize(
    ("election", "at", "current"),
    [
        (vote(ElectionState.DRAFT), day(9, 20), "notice"),
        (vote(ElectionState.ANNOUNCED, announced_at=day(9, 21)), day(9, 22), "trustees"),
        (vote(ElectionState.OPEN, announced_at=day(9, 21), opened_at=day(10, 1)), day(10, 2), "trustees"),
        (vote(ElectionState.WITHDRAWN, announced_at=day(9, 21), withdrawn_at=day(9, 25)), day(9, 26), "notice"),
    ],
)
def test_vote_moves_the_procedure(election: ElectionRow, at: datetime, current: str) -> None:
    plan = plan_of(replace(prepared(), election=election), at)
    assert plan.current is not None
    assert plan.current.key == current


def test_clock_opens_and_closes() -> None:
    election = vote(ElectionState.OPEN, announced_at=day(9, 21), opened_at=day(10, 1))
    given = replace(prepared(), election=election)
    before = done_steps(given, datetime(2026, 10, 9, 23, 59, 59, tzinfo=CHINA))
    assert "voting_opens" not in before
    during = done_steps(given, datetime(2026, 10, 10, tzinfo=CHINA))
    assert during["voting_opens"].on == date(2026, 10, 10)
    assert "voting_closes" not in during
    after = done_steps(given, datetime(2026, 10, 25, tzinfo=CHINA))
    assert after["voting_closes"].on == date(2026, 10, 24)


def test_objections_end_by_the_clock() -> None:
    close = datetime(2026, 11, 3, tzinfo=CHINA)
    election = vote(
        ElectionState.PUBLISHED,
        announced_at=day(9, 21),
        opened_at=day(10, 1),
        published_at=day(10, 26),
        objections_close_at=close,
    )
    given = replace(prepared(), election=election)
    assert "objections_close" not in done_steps(given, close - timedelta(seconds=1))
    assert done_steps(given, close)["objections_close"].on == date(2026, 11, 2)
    assert done_steps(given, close)["preliminary"].on == date(2026, 10, 26)


def test_result_without_a_time_for_objections_is_final_at_once() -> None:
    election = vote(ElectionState.PUBLISHED, announced_at=day(9, 21), opened_at=day(10, 1), published_at=day(10, 26))
    assert "objections_close" in done_steps(replace(prepared(), election=election), day(10, 26, 10))


def test_stopped_procedure_blocks_every_open_step() -> None:
    plan = plan_of(renewal(row={"state": ProcedureState.STOPPED}), day(7, 1))
    assert [blocker.code for blocker in plan.current.blockers] == ["procedure_stopped"]  # type: ignore[union-attr]


def test_order_of_the_street_lets_a_step_pass_and_stays_visible() -> None:
    given = renewal(
        facts=[done_on("report", date(2026, 7, 10))],
        group=group("sroooooooooox"),
    )
    blocked = plan_of(given, day(8, 1)).step("group_formed")
    assert blocked is not None
    assert [blocker.code for blocker in blocked.blockers] == ["group_size"]
    order = OrderRow(1, OrderKind.OVERRIDE, "group_formed", "group_size", "两处院落", "何平", "街道", None, day(8, 1))
    passed = plan_of(replace(given, orders=(order,)), day(8, 1)).step("group_formed")
    assert passed is not None
    assert passed.blockers == ()
    assert [(blocker.code, each.reason) for blocker, each in passed.passed] == [("group_size", "两处院落")]


def test_order_does_not_let_pass_what_the_law_leaves_no_room_for() -> None:
    given = renewal(facts=[done_on("report", date(2026, 7, 10))], group=group("srooooox"))
    order = OrderRow(1, OrderKind.OVERRIDE, "group_formed", "group_even", "不要紧", "何平", "街道", None, day(8, 1))
    step = plan_of(replace(given, orders=(order,)), day(8, 1)).step("group_formed")
    assert step is not None
    assert "group_even" in {blocker.code for blocker in step.blockers}


def test_chosen_day_holds_and_the_vote_counts_before_it() -> None:
    chosen = {"voting_opens": date(2026, 10, 20)}
    plan = plan_of(replace(prepared(), planned=chosen), day(9, 12))
    assert plan.date_of("voting_opens") == date(2026, 10, 20)
    assert plan.step("notice").due_on == date(2026, 10, 4)  # type: ignore[union-attr]
    with_vote = plan_of(replace(prepared(), planned=chosen, election=vote(ElectionState.DRAFT)), day(9, 12))
    assert with_vote.date_of("voting_opens") == date(2026, 10, 10)
    assert with_vote.date_of("voting_closes") == date(2026, 10, 24)


def test_ended_term_warns_and_stops_nothing() -> None:
    plan = plan_of(renewal(), datetime(2027, 1, 5, tzinfo=CHINA))
    assert plan.conflicts[0].code is ConflictCode.TERM_END_PAST
    assert plan.current is not None
    assert plan.current.key == "report"


def test_window_over_the_national_holiday_warns_at_the_opening() -> None:
    plan = plan_of(replace(prepared(), planned={"voting_opens": date(2026, 9, 29)}), day(9, 12))
    codes = {conflict.code for conflict in plan.step("voting_opens").conflicts}  # type: ignore[union-attr]
    assert ConflictCode.TOUCHES_NATIONAL_DAY in codes


def test_everything_done_is_complete() -> None:
    row = procedure(ProcedureKind.DECISION)
    keys = [step.key for step in spine_of(ProcedureKind.DECISION)]
    plan = plan_of(dossier(row, facts=[done_on(key, date(2026, 4, 10)) for key in keys]), day(7, 1))
    assert plan.is_complete
    assert plan.current is None


def test_last_day_of_a_window_is_the_day_before_its_first_instant_outside() -> None:
    assert last_day_of(datetime(2026, 10, 25, tzinfo=CHINA)) == date(2026, 10, 24)
    assert last_day_of(datetime(2026, 10, 25, 12, tzinfo=CHINA)) == date(2026, 10, 25)


def test_overlapping_votes_warn_at_the_opening_with_the_way_out() -> None:
    other = OtherVote("更换电梯", date(2026, 10, 1), date(2026, 10, 12))
    plan = plan_of(replace(prepared(), election=vote(ElectionState.DRAFT), other_votes=(other,)), day(9, 12))
    found = plan.step("voting_opens").conflicts  # type: ignore[union-attr]
    overlap = next(each for each in found if each.code is ConflictCode.WINDOWS_OVERLAP)
    assert "更换电梯" in overlap.sentence.zh
    assert "2026年10月13日" in overlap.way_out.zh


def test_close_at_noon_of_a_working_day_warns() -> None:
    opens_at = datetime(2026, 10, 12, 12, tzinfo=CHINA)
    election = replace(an_election(ElectionState.DRAFT), opens_at=opens_at, closes_at=opens_at + timedelta(days=14))
    plan = plan_of(replace(prepared(), election=election), day(9, 12))
    assert ConflictCode.CLOSES_AT_NOON in {each.code for each in plan.step("voting_closes").conflicts}  # type: ignore[union-attr]


@pytest.mark.parametrize("state", [ProcedureState.FINISHED, ProcedureState.ABANDONED])
def test_ended_procedure_has_nothing_to_do_and_nothing_late(state: ProcedureState) -> None:
    plan = plan_of(renewal(row={"state": state}), day(10, 3))
    assert plan.current is None
    assert plan.late == ()
    assert states(plan)["report"] is StepState.NEXT
