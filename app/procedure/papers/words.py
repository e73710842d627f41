"""Own the words and days that several papers of a procedure share; Chinese, because papers are the legal text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from app.committee.types import MemberRow, Office
from app.documents.papers import Member, Step
from app.elections.types import ElectionRow
from app.procedure.nominating import building_of
from app.procedure.papers.imprint import last_change
from app.procedure.plan import plan_of
from app.procedure.types import Dossier, GroupMemberRow, Side
from app.statute.calendar import last_day
from app.statute.holiday_tables import published_holidays
from app.statute.policies import policy_registry
from app.statute.timeline_steps import StepKey

OFFICES = {Office.CHAIR: "主任", Office.VICE_CHAIR: "副主任", Office.MEMBER: "委员", Office.ALTERNATE: "候补委员"}
_SIDES = {
    Side.OWNER: "业主",
    Side.STREET: "街道",
    Side.RESIDENTS_COMMITTEE: "社区居委会",
    Side.DEVELOPER: "建设单位",
    Side.OTHER: "其他方面",
}


def objections_until(dossier: Dossier, posted_on: date) -> date:
    """Return the last day for objections to what was posted on a day."""
    return last_day(posted_on, dossier.pack.number("objection_days"), published_holidays())


def group_members(dossier: Dossier) -> tuple[Member, ...]:
    """Return the group as its list is posted: owners by their building."""
    return tuple(
        Member(row.name, "组长" if row.is_head else "组员", _belongs_to(row))
        for row in sorted(dossier.group, key=lambda row: (not row.is_head, row.position))
    )


def sides_of_group(dossier: Dossier) -> str:
    """Name whom the group consists of, 街道、社区居委会和业主."""
    found = [_SIDES[side] for side in (Side.STREET, Side.RESIDENTS_COMMITTEE, Side.DEVELOPER, Side.OTHER)
             if any(row.side is side for row in dossier.group)]  # fmt: skip
    return "、".join(found) + ("和" if found else "") + "业主"


def committee_member(row: MemberRow) -> Member:
    """Return a member of a committee with the office."""
    return Member(row.name, OFFICES[row.office], row.building)


def as_of(dossier: Dossier, moment: datetime | None) -> Dossier:
    """Return what was recorded up to an instant, so that a paper that hangs does not change with what is recorded later."""
    if moment is None:
        return dossier
    vote = dossier.election
    return replace(
        dossier,
        facts=MappingProxyType({key: fact for key, fact in dossier.facts.items() if fact.recorded_at <= moment}),
        postings=tuple(row for row in dossier.postings if row.posted_at <= moment),
        orders=tuple(row for row in dossier.orders if row.recorded_at <= moment),
        nominations=tuple(row for row in dossier.nominations if row.created_at <= moment),
        objections=(),
        filings=(),
        handover=(),
        election=vote if vote is not None and vote.created_at <= moment else None,
    )


def law_days(dossier: Dossier) -> dict[StepKey, date]:
    """Return the last day of each step that has one."""
    standing = plan_of(dossier, last_change(dossier)).standing
    return {row.step.key: row.step.latest for row in standing.steps if row.step.latest is not None}


def planned_steps(dossier: Dossier) -> tuple[Step, ...]:
    """Return the days of the plan that concern the owners, as far as they are known."""
    standing, pack = plan_of(dossier, last_change(dossier)).standing, dossier.pack
    days = {row.step.key: row.due_on for row in standing.steps}
    noticed, objected = pack.number("notice_days_clear"), pack.number("objection_days")
    rows = (
        ("会议（投票）公告", StepKey.NOTICE, None, f"最迟；投票开始 {noticed} 日以前"),
        ("投票", StepKey.VOTING_OPENS, StepKey.VOTING_CLOSES, "手机、纸质选票都可以"),
        ("公布初步结果", StepKey.PRELIMINARY, None, "最迟"),
        ("异议期到", StepKey.OBJECTIONS_CLOSE, None, f"公布后 {objected} 日"),
        ("公布结果", StepKey.DECISION_POSTED, None, "最迟"),
        ("新一届首次会议", StepKey.FIRST_MEETING, None, "最迟"),
        ("备案", StepKey.FILING, None, "最迟"),
        ("新老两届交接", StepKey.HANDOVER, None, "最迟"),
    )
    steps = []
    for title, first, last, note in rows:
        from_on, until_on = days.get(first), days.get(last) if last else None
        if from_on is not None:
            steps.append(Step(title, from_on, None if until_on == from_on else until_on, note))
    return tuple(steps)


def policy_words(vote: ElectionRow, key: str) -> str:
    """Say what a policy of the vote means."""
    return policy_registry()[key].wording(vote.policies[key]).zh


def _belongs_to(row: GroupMemberRow) -> str:
    if row.side is Side.OWNER:
        return f"业主代表（{building_of(row.belongs_to)}）" if row.belongs_to else "业主代表"
    return row.belongs_to or _SIDES[row.side]
