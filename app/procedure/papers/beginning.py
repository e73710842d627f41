"""Own the papers at the beginning: the committee's report (REPORT), the notice of the start (N1), the group's list (GROUP)."""

from __future__ import annotations

from app.committee.types import TermRow
from app.documents.papers import GroupNotice, PaperCode, Signer, StartNotice, TermReport
from app.elections.types import Party
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers.imprint import (
    Wish,
    committee_name,
    day_of,
    first_posting,
    group_name,
    imprint_of,
    last_change,
    residents_committee,
    street_office,
)
from app.procedure.papers.words import (
    OFFICES,
    as_of,
    committee_member,
    group_members,
    objections_until,
    planned_steps,
    sides_of_group,
)
from app.procedure.progress import standing_vote
from app.procedure.types import Dossier, ProcedureKind, Side
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.filters import day_year

_CARETAKING = (
    "现任业主委员会履行职责到任期届满，换届期间不再签订新的重大合同、不再提出重大事项表决。",
    "印章、账目、档案保持原样，等待交接。",
)
_DUTIES = {
    ProcedureKind.FIRST_ELECTION: (
        "核对并公示业主名册。",
        "草拟议事规则和管理规约。",
        "组织推荐、审查候选人。",
        "组织投票、计票，公布结果。",
    ),
    ProcedureKind.RENEWAL: ("核对并公示业主名册。", "组织推荐、审查候选人。", "组织投票、计票，公布结果。"),
}


def term_report(place: ComplexRow, dossier: Dossier, wish: Wish) -> TermReport:
    """Fill the committee's report to the street and the residents' committee."""
    term = _term(dossier)
    fact = dossier.facts.get("report")
    dated = fact.done_on if fact is not None else wish.on or china_day(last_change(dossier))
    offices = [row for row in term.serving if OFFICES[row.office] in ("主任", "副主任")]
    return TermReport(
        imprint=imprint_of(place, dossier, PaperCode.TERM_REPORT, dated, committee_name(place, term.number)),
        addressee=street_office(place),
        copy_to=residents_committee(place),
        committee_number=term.number,
        term_from=term.starts_on,
        term_until=term.ends_on,
        members=tuple(committee_member(row) for row in term.serving),
        vacancies=f"应有委员 {term.seats} 名，现缺 {term.vacancies} 名。" if term.vacancies > 0 else "",
        steps=planned_steps(as_of(dossier, fact.recorded_at if fact is not None else None)),
        requests=("请街道办事处指导成立换届小组。", "请派员参加名册核对和计票。"),
        signers=tuple(Signer(OFFICES[row.office], row.name) for row in offices) or (Signer("主任"),),
    )


def start_notice(place: ComplexRow, dossier: Dossier, wish: Wish) -> StartNotice:
    """Fill the notice that a renewal begins."""
    term = _term(dossier)
    dated = day_of(dossier, PaperCode.START_NOTICE, wish)
    return StartNotice(
        imprint=imprint_of(place, dossier, PaperCode.START_NOTICE, dated, street_office(place)),
        committee_number=term.number,
        term_ends_on=dossier.procedure.term_ends_on or term.ends_on,
        seats=dossier.procedure.seats or term.seats,
        group_name=group_name(dossier),
        group=group_members(dossier),
        supervisor=supervisor_of(dossier),
        steps=planned_steps(as_of(dossier, first_posting(dossier, PaperCode.START_NOTICE))),
        notes=_CARETAKING if dossier.policies["P-RESTRICT"] == "on" else _CARETAKING[1:],
    )


def group_notice(place: ComplexRow, dossier: Dossier, wish: Wish) -> GroupNotice:
    """Fill the list of the group."""
    posted = day_of(dossier, PaperCode.GROUP_NOTICE, wish)
    owners = sum(1 for row in dossier.group if row.side is Side.OWNER)
    formed = dossier.facts.get("group_formed")
    on = f"于 {day_year(formed.done_on)}" if formed is not None else ""
    how = (
        f"{group_name(dossier)}{on}由{sides_of_group(dossier)}代表组成，共 {len(dossier.group)} 人，其中业主代表 {owners} 人。"
    )
    return GroupNotice(
        imprint=imprint_of(place, dossier, PaperCode.GROUP_NOTICE, posted, street_office(place)),
        group_name=group_name(dossier),
        members=group_members(dossier),
        how_formed=how,
        posted_on=posted,
        objections_until=objections_until(dossier, posted),
        duties=_DUTIES.get(dossier.procedure.kind, ()),
    )


def supervisor_of(dossier: Dossier) -> str:
    """Name the supervising organisation among the key holders of the vote; empty before it is chosen."""
    vote = standing_vote(dossier)
    trustees = vote.trustees if vote is not None else ()
    return next((row.organisation for row in trustees if row.party is Party.SUPERVISOR), "")


def _term(dossier: Dossier) -> TermRow:
    if dossier.term is None:
        raise PaperNotPrintable()
    return dossier.term
