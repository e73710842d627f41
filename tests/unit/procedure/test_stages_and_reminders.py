"""Hold the squares of the overview, the groups of 今天 and the reminders to the plan they are read from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.access.actor import Actor
from app.access.roles import Role
from app.committee.types import TermRow
from app.procedure.desk import Urgency, coming_dates, end_of, step_tasks, term_task, urgency_of
from app.procedure.plan import plan_of
from app.procedure.reminders import step_reminders, term_reminders
from app.procedure.stages import public_stages, stages_of
from app.procedure.types import ProcedureKind
from app.statute.rule_pack import load_rule_pack
from app.values.clock import CHINA
from tests.unit.procedure.dossiers import dossier, objection, posting, procedure
from tests.unit.procedure.test_plan import day, done_on, prepared, renewal

OPERATOR = Actor(1, "周敏", is_staff=True, roles=frozenset({Role.COMMUNITY_OPERATOR}))
TERM = TermRow(7, 2, date(2022, 1, 1), date(2026, 12, 31), 5, "", None, None, "")


def test_squares_follow_the_steps() -> None:
    squares = {stage.key: stage.state for stage in stages_of(plan_of(prepared(), day(9, 12)))}
    assert squares["candidates"] == "done"
    assert squares["notice"] == "now"
    assert squares["voting"] == "next"


def test_square_of_a_late_step_is_late() -> None:
    assert stages_of(plan_of(renewal(), day(10, 3)))[0].state == "late"


def test_square_of_a_step_that_objections_hold_up_asks() -> None:
    given = replace(
        renewal(facts=[done_on("report", date(2026, 7, 10)), done_on("group_formed", date(2026, 8, 3))]),
        postings=(posting("GROUP", day(8, 5)),),
        objections=(objection("candidates"),),
    )
    squares = {stage.key: stage.state for stage in stages_of(plan_of(given, day(8, 10)))}
    assert squares["candidates"] == "query"


def test_decision_has_no_square_for_a_group() -> None:
    squares = {stage.key: stage.state for stage in stages_of(plan_of(dossier(procedure(ProcedureKind.DECISION)), day(7, 1)))}
    assert squares["group"] == ""
    assert squares["handover"] == ""


def test_public_strip_has_at_most_seven_stages() -> None:
    for kind in ProcedureKind:
        row = procedure(kind, term_ends_on=date(2026, 12, 31) if kind is ProcedureKind.RENEWAL else None)
        assert 3 <= len(public_stages(plan_of(dossier(row), day(7, 1)))) <= 7


def test_reminders_of_a_step_name_the_day_and_the_street_hears_what_is_over() -> None:
    week = list(step_reminders(plan_of(renewal(), day(9, 23))))
    assert [(due.name, due.step, due.role) for due in week] == [
        ("week", "report", Role.COMMUNITY_OPERATOR),
        ("week", "report", Role.COMMITTEE_MEMBER),
    ]
    assert "2026-09-30" in week[0].key
    assert [due.name for due in step_reminders(plan_of(renewal(), day(9, 29)))] == ["day", "day"]
    over = list(step_reminders(plan_of(renewal(), day(10, 1))))
    assert {due.name for due in over} == {"overdue"}
    assert Role.STREET_OPERATOR in {due.role for due in over}
    assert over[0].due_on == date(2026, 10, 1)


def test_no_reminder_long_before_the_day() -> None:
    assert list(step_reminders(plan_of(renewal(), day(9, 22)))) == []


def test_keys_of_reminders_fit_their_column() -> None:
    wide = replace(renewal().procedure, id=2**62 - 1)
    given = replace(renewal(), procedure=wide)
    assert max(len(due.key) for due in step_reminders(plan_of(given, day(10, 1)))) <= 80
    term = replace(TERM, id=2**62 - 1)
    assert max(len(due.key) for due in term_reminders(term, date(2026, 12, 1), load_rule_pack())) <= 80


def test_reminders_of_a_term_come_six_and_three_months_before_its_end() -> None:
    pack = load_rule_pack()
    assert list(term_reminders(TERM, date(2026, 6, 29), pack)) == []
    assert {due.name for due in term_reminders(TERM, date(2026, 6, 30), pack)} == {"alarm"}
    late = list(term_reminders(TERM, date(2026, 9, 30), pack))
    assert {(due.name, due.due_on) for due in late} == {("report", date(2026, 9, 30))}
    assert {due.role for due in late} == {Role.COMMUNITY_OPERATOR, Role.STREET_OPERATOR, Role.COMMITTEE_MEMBER}


def test_tasks_are_those_of_who_manages_procedures() -> None:
    plan = plan_of(prepared(), day(9, 12))
    assert [task.step.key for task in step_tasks([plan], OPERATOR)] == ["notice"]
    assert step_tasks([plan], Actor(2, "业委", is_staff=False, roles=frozenset({Role.COMMITTEE_MEMBER}))) == []


def test_renewal_is_a_task_from_the_alarm_until_it_runs() -> None:
    pack = load_rule_pack()
    assert term_task(TERM, [], date(2026, 6, 29), pack) is None
    task = term_task(TERM, [], date(2026, 6, 30), pack)
    assert task is not None
    assert task.report_by == date(2026, 9, 30)
    assert term_task(TERM, [plan_of(renewal(), day(7, 1))], date(2026, 7, 1), pack) is None


def test_groups_of_today() -> None:
    now = datetime(2026, 7, 1, 9, tzinfo=CHINA)
    assert urgency_of(end_of(date(2026, 6, 30)), now) is Urgency.LATE
    assert urgency_of(end_of(date(2026, 7, 1)), now) is Urgency.TODAY
    assert urgency_of(now + timedelta(days=7), now) is Urgency.WEEK
    assert urgency_of(now + timedelta(days=7, seconds=1), now) is Urgency.LATER
    assert urgency_of(None, now) is Urgency.LATER


def test_coming_dates_are_the_nearest_of_the_law() -> None:
    found = coming_dates([plan_of(prepared(), day(9, 12))], limit=3)
    assert [step.key for _on, _plan, step in found] == ["notice", "voting_opens", "voting_closes"]
    assert found == sorted(found, key=lambda each: each[0])
