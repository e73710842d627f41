"""Own the pages that say what is to be done: 今天 of a complex, and the overview of the street and the district."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.access.permissions import Permission as P
from app.committee.queries import current_term
from app.elections.desk_tasks import Task, task_url, tasks_of
from app.elections.labels import DOING_WORDS
from app.elections.queries import list_elections
from app.elections.types import ElectionRow, ElectionState
from app.identity.login import signed_in_account
from app.procedure import labels
from app.procedure.desk import StepTask, TermTask, Urgency, coming_dates, step_tasks, term_task, urgency_of
from app.procedure.overview import Group, Line, covered_lines, ends_soon, grouped
from app.procedure.plan import Plan, plan_of
from app.procedure.progress import last_day_of
from app.procedure.queries import open_reminders, running_dossiers
from app.procedure.reminders import TERM_REMINDERS
from app.procedure.sentences import say_blocker
from app.procedure.stages import STAGES
from app.statute.rule_pack import load_rule_pack
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now
from app.web.gate import actor


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of 今天: what to do, why, where it belongs, and the button."""

    urgency: Urgency
    due_at: datetime | None
    title: str
    why: str
    where: str
    verb: str
    url: str
    #: Whether the button is the one to press, because nobody else is awaited.
    is_due: bool = True
    #: Days since its last day was over; 0 on the first.
    days_over: int = 0


def show_desk(complex: ComplexRow) -> str:
    """Show what is to be done in a complex, sorted by the time left."""
    at, who = now(), actor()
    elections = list_elections(drafts=who.may(P.ELECTION_PREPARE))
    plans = [plan_of(dossier, at) for dossier in running_dossiers()] if who.may(P.PROCEDURE_READ) else []
    entries = [_of_vote(complex, task, at) for task in tasks_of(elections, who, at)]
    entries += [_of_step(complex, task, at) for task in step_tasks(plans, who)]
    ending = term_task(current_term(china_day(at)), plans, china_day(at), load_rule_pack())
    if ending is not None and who.may(P.PROCEDURE_MANAGE):
        entries.append(_of_term(complex, ending, at))
    entries = [replace(entry, days_over=_days_over(entry.due_at, at)) for entry in entries]
    entries.sort(key=lambda entry: (entry.due_at is None, entry.due_at or at))
    groups = [(group, [entry for entry in entries if entry.urgency is group]) for group in Urgency]
    return render_template(
        "procedure/show_desk.html",
        groups=[(group, found) for group, found in groups if found],
        total=len(entries),
        late=sum(1 for entry in entries if entry.urgency is Urgency.LATE),
        group_names=labels.URGENCY_NAMES,
        running=[row for row in elections if _is_open(row, at)],
        dates=[(on, step, labels.title_of(step.key, plan.dossier.procedure.kind)) for on, plan, step in coming_dates(plans)],
        reminders=_reminders(complex, plans) if not entries else [],
        may_read=who.may(P.ELECTION_READ),
        may_manage=who.may(P.PROCEDURE_MANAGE),
        may_prepare=who.may(P.ELECTION_PREPARE),
    )


def show_overview() -> str:
    """Show every complex that the person covers, one line with a square per stage; what is over stands first."""
    at = now()
    lines = covered_lines(signed_in_account().account_id, at)
    shown = lines if request.args.get("all") else [line for line in lines if line.group is not Group.RESTING]
    return render_template(
        "procedure/show_overview.html",
        groups=grouped(shown),
        figures=_figures(lines, at),
        hidden=len(lines) - len(shown),
        places=len({line.place.id for line in lines}),
        stage_names=labels.STAGE_NAMES,
        stage_keys=list(STAGES),
        group_names=labels.GROUP_NAMES,
        title_of=labels.title_of,
        say_blocker=say_blocker,
        today=china_day(at),
    )


def _figures(lines: list[Line], at: datetime) -> list[tuple[str, str, str, str]]:
    today = china_day(at)
    ending = {line.place.id for line in lines if ends_soon(line.term, today)}
    running = {line.place.id for line in lines if line.plan is not None}
    late = {line.place.id for line in lines if line.group is Group.LATE}
    plans = [line.plan for line in lines if line.plan is not None]
    objections = sum(1 for plan in plans for row in plan.dossier.objections if row.is_open)
    unit = _("个")
    return [
        (str(len(ending)), unit, _("%(n)s 个月内任期届满", n=load_rule_pack().number("renewal_alarm_months")), ""),
        (str(len(running)), unit, _("正在换届或表决"), ""),
        (str(len(late)), unit, _("已逾期"), "danger" if late else ""),
        (str(objections), _("件"), _("异议未答复"), ""),
    ]


def _days_over(due_at: datetime | None, at: datetime) -> int:
    return 0 if due_at is None or due_at > at else (china_day(at) - last_day_of(due_at)).days


def _is_open(election: ElectionRow, at: datetime) -> bool:
    return election.state is ElectionState.OPEN and election.opens_at <= at < election.closes_at


def _of_vote(place: ComplexRow, task: Task, at: datetime) -> Entry:
    title, why, verb = DOING_WORDS[task.doing]
    if task.awaited:
        why = _("还在等：%(names)s。", names="、".join(task.awaited))
    urgency = urgency_of(task.due_at, at) if task.urgency(at) == "late" or task.due_at > at else Urgency.WEEK
    return Entry(
        urgency, task.due_at, str(title), str(why), task.election.title, str(verb), task_url(place, task), not task.is_waiting
    )


def _of_step(place: ComplexRow, task: StepTask, at: datetime) -> Entry:
    procedure, step = task.plan.dossier.procedure, task.step
    why = say_blocker(step.blockers[0]) if step.blockers else labels.rule_of(step, procedure.rule_pack)[0]
    url = url_for("procedure.show_procedure", complex=place.slug, code=procedure.code, _anchor=f"step-{step.key}")
    title = labels.title_of(step.key, procedure.kind)
    return Entry(urgency_of(task.due_at, at), task.due_at, title, why, procedure.title, _("去办理"), url)


def _of_term(place: ComplexRow, task: TermTask, at: datetime) -> Entry:
    left = (task.term.ends_on - china_day(at)).days
    title = _("业委会任期还剩 %(n)s 天，开始换届", n=left) if left >= 0 else _("业委会任期已过 %(n)s 天，开始换届", n=-left)
    why = _("任期、席位都在记录里，点一下就能开始。")
    url = url_for("procedure.new_procedure", complex=place.slug, kind="renewal")
    return Entry(urgency_of(task.due_at, at), task.due_at, title, why, _("换届"), _("开始换届"), url)


def _reminders(place: ComplexRow, plans: list[Plan]) -> list[tuple[str, str | None]]:
    """Say the reminders of those who have no tasks of their own, each with its address."""
    by_id = {plan.dossier.procedure.id: plan for plan in plans}
    pack = load_rule_pack()
    said: list[tuple[str, str | None]] = []
    for row in open_reminders([str(role) for role in actor().roles]):
        text = str(labels.REMINDER_TEXTS[row.name])
        plan = by_id.get(row.procedure_id) if row.procedure_id is not None else None
        step = plan.step(row.step) if plan is not None else None
        if row.name in TERM_REMINDERS:
            said.append((text.format(months=pack.number(TERM_REMINDERS[row.name])), None))
        elif plan is not None and step is not None and step.days_left is not None:
            procedure = plan.dossier.procedure
            words = text.format(step=labels.title_of(row.step, procedure.kind), days=abs(step.days_left))
            url = url_for("procedure.show_procedure", complex=place.slug, code=procedure.code, _anchor=f"step-{row.step}")
            said.append((words, url))
    return said
