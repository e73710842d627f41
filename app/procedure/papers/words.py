"""Own the words and days that several papers of a procedure share; Chinese, because papers are the legal text."""

from __future__ import annotations

from datetime import date

from app.committee.types import MemberRow, Office
from app.documents.papers import Member, Step
from app.procedure.nominating import building_of
from app.procedure.papers.imprint import last_change
from app.procedure.plan import Plan, plan_of
from app.procedure.types import Dossier, GroupMemberRow, ProcedureKind, Side
from app.statute.calendar import last_day
from app.statute.holiday_tables import published_holidays
from app.statute.rule_pack import RulePack, load_rule_pack

OFFICES = {Office.CHAIR: "主任", Office.VICE_CHAIR: "副主任", Office.MEMBER: "委员", Office.ALTERNATE: "候补委员"}
_SIDES = {
    Side.OWNER: "业主",
    Side.STREET: "街道",
    Side.RESIDENTS_COMMITTEE: "社区居委会",
    Side.DEVELOPER: "建设单位",
    Side.OTHER: "其他方面",
}


def pack_of(dossier: Dossier) -> RulePack:
    """Return the rule pack that holds: the one frozen into the vote, else the procedure's."""
    return load_rule_pack(dossier.election.rule_pack if dossier.election else dossier.procedure.rule_pack)


def objections_until(dossier: Dossier, posted_on: date) -> date:
    """Return the last day for objections to what was posted on a day."""
    return last_day(posted_on, pack_of(dossier).number("objection_days"), published_holidays())


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


def plan_on_paper(dossier: Dossier) -> Plan:
    """Return the plan as it stood when the last thing was recorded."""
    return plan_of(dossier, last_change(dossier))


def planned_steps(dossier: Dossier) -> tuple[Step, ...]:
    """Return the days of the plan that concern the owners, those that are known."""
    plan, pack = plan_on_paper(dossier), pack_of(dossier)
    noticed, objected = pack.number("notice_days"), pack.number("objection_days")
    rows = [
        ("成立小组、名单公示", "group_posted", None, f"公示期内可以提意见，不少于 {objected} 日"),
        ("会议（投票）公告", "notice", None, f"投票开始 {noticed} 日以前"),
        ("投票", "voting_opens", "voting_closes", "手机、纸质选票都可以"),
        ("公布初步结果", "preliminary", None, ""),
        ("异议期", "preliminary", "objections_close", f"不少于 {objected} 日"),
        ("确认并公布结果", "decision_posted", None, ""),
        ("新一届首次会议", "first_meeting", None, "最迟的日期"),
        ("备案", "filing", None, "最迟的日期"),
        ("新老两届交接", "handover", None, "最迟的日期"),
    ]
    steps = []
    for title, first, last, note in rows:
        from_on = plan.date_of(first)
        if from_on is not None and not (first == "handover" and dossier.procedure.kind is not ProcedureKind.RENEWAL):
            until_on = plan.date_of(last) if last else None
            steps.append(Step(title, from_on, None if until_on == from_on else until_on, note))
    return tuple(steps)


def _belongs_to(row: GroupMemberRow) -> str:
    if row.side is Side.OWNER:
        return f"业主代表（{building_of(row.belongs_to)}）" if row.belongs_to else "业主代表"
    return row.belongs_to or _SIDES[row.side]
