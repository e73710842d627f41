"""Own the papers of the result: the record of the count (N12), the preliminary (N13) and the final result (N14), and the frame
of the supervisor's report (N15).

In small electorates exact areas stay off every one of them, as they stay off the page of the result.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from app.ballots.queries import get_contest
from app.ballots.result import open_result
from app.ballots.result_page import MatterResult, matter_results
from app.board.queries import first_checkpoint_over, leaves_of_election
from app.committee.queries import list_terms
from app.committee.types import TermRow
from app.documents.papers import (
    Answer,
    CandidateCount,
    Check,
    CountRecord,
    FinalResult,
    MatterOutcome,
    Member,
    Opinion,
    OptionCount,
    PaperCode,
    PreliminaryResult,
    Reconciliation,
    Signer,
    Stage,
    SupervisionReport,
    Totals,
)
from app.elections.queries import encrypted_tallies, partial_decryptions
from app.elections.types import ElectionRow
from app.procedure.nominating import elects_people
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers.beginning import supervisor_of
from app.procedure.papers.imprint import Wish, convener, day_of, group_name, imprint_of, last_change, number_of
from app.procedure.papers.notice import announced_vote
from app.procedure.papers.words import committee_member, law_days
from app.procedure.progress import last_day_of
from app.procedure.types import Dossier, ProcedureKind
from app.procedure.vote_outcome import seats_outcome
from app.statute.timeline_steps import StepKey
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.filters import day, day_year, deadline_24, groups

_BROWSERS = "开箱钥匙的各保管方在自己的浏览器里开箱，系统加总"
_HOW_TO_OBJECT = "在手机上打开本公示，写明哪一项、为什么；也可以到社区居委会填写异议单。"


class Published(NamedTuple):
    """Hold a published vote with what its papers say of it."""

    vote: ElectionRow
    totals: Totals
    matters: tuple[MatterOutcome, ...]
    at: datetime


def published(dossier: Dossier) -> Published:
    """Return the published vote with its outcome.

    Raises: PaperNotPrintable before the publication.
    """
    vote, totals = announced_vote(dossier)
    if vote.published_at is None:
        raise PaperNotPrintable()
    results = matter_results(vote, open_result(get_contest(vote.uuid)))
    return Published(vote, totals, tuple(_outcome(result) for result in results), vote.published_at)


def count_record(place: ComplexRow, dossier: Dossier, _wish: Wish) -> CountRecord:
    """Fill the record of the count, to be signed by those who opened the box."""
    vote, totals, matters, at = published(dossier)
    opened = partial_decryptions(vote.id)
    head = next((row.name for row in dossier.group if row.is_head), "")
    return CountRecord(
        imprint=imprint_of(place, dossier, PaperCode.COUNT_RECORD, china_day(at), convener(place, dossier)),
        vote_title=vote.title,
        opened_at=vote.opens_at,
        closed_at=vote.closes_at,
        counted_at=max((part.at for part in opened), default=at),
        place=_BROWSERS,
        seal=_seal(vote),
        totals=totals,
        ballots=Reconciliation(_electronic(vote), 0, 0, 0, 0, 0, 0, 0),
        invalid=(),
        matters=matters,
        remarks=_remarks(vote, {part.index for part in opened}),
        signers=(
            *(Signer(trustee.organisation) for trustee in vote.trustees),
            Signer("计票人"),
            Signer("复核人"),
            Signer(f"{group_name(dossier)}组长" if dossier.group else "业主委员会", head),
        ),
    )


def preliminary_result(place: ComplexRow, dossier: Dossier, wish: Wish) -> PreliminaryResult:
    """Fill the preliminary result with the right to object."""
    vote, totals, matters, _at = published(dossier)
    posted = day_of(dossier, PaperCode.PRELIMINARY_RESULT, wish)
    until = last_day_of(vote.objections_close_at) if vote.objections_close_at is not None else posted
    days = dossier.pack.number("objection_answer_days")
    return PreliminaryResult(
        imprint=imprint_of(place, dossier, PaperCode.PRELIMINARY_RESULT, posted, convener(place, dossier)),
        vote_title=vote.title,
        closed_at=vote.closes_at,
        matters=matters,
        totals=totals,
        posted_on=posted,
        objections_until=until,
        how_to_object=(_HOW_TO_OBJECT, f"每一件都有编号，{days} 日内书面答复。"),
        supervisor=supervisor_of(dossier),
    )


def final_result(place: ComplexRow, dossier: Dossier, wish: Wish) -> FinalResult:
    """Fill the final result with those who were elected and what comes next."""
    vote, totals, matters, _at = published(dossier)
    if vote.certified_at is None:
        raise PaperNotPrintable()
    term = elected_term(dossier)
    members = _elected(dossier, vote, term)
    return FinalResult(
        imprint=imprint_of(
            place, dossier, PaperCode.FINAL_RESULT, day_of(dossier, PaperCode.FINAL_RESULT, wish), convener(place, dossier)
        ),
        vote_title=vote.title,
        closed_at=vote.closes_at,
        matters=matters,
        totals=totals,
        objections=_objections(dossier),
        members=members,
        term=f"{day_year(term.starts_on)}至 {day_year(term.ends_on)}" if term is not None else "",
        next_steps=_next_steps(dossier, members),
    )


def supervision_report(place: ComplexRow, dossier: Dossier, wish: Wish) -> SupervisionReport:
    """Fill the frame of the supervisor's report: the questions with what is on record; answers and opinion are his."""
    vote, totals = announced_vote(dossier)
    supervisor = supervisor_of(dossier)
    dated = china_day(vote.published_at) if vote.published_at is not None else wish.on or china_day(last_change(dossier))
    return SupervisionReport(
        imprint=imprint_of(place, dossier, PaperCode.SUPERVISION_REPORT, dated, supervisor or "监督单位"),
        vote_title=vote.title,
        supervisor=supervisor,
        commission="",
        independence=(),
        stages=_stages(dossier, vote, totals),
        findings=(),
        samples=(),
        opinion=Opinion.OPEN,
        opinion_text="",
        signers=(Signer("监督员"), Signer("监督员"), Signer("监督单位负责人")),
    )


def elected_term(dossier: Dossier) -> TermRow | None:
    """Return the term that the vote elected; None before its certification and where it elected none."""
    uuid = dossier.procedure.election_uuid
    return next((term for term in list_terms() if uuid and term.election_uuid == uuid), None)


# --- inside -----------------------------------------------------------------------------------------------------------


def _outcome(result: MatterResult) -> MatterOutcome:
    return MatterOutcome(
        number=result.number,
        title=result.title,
        word=result.word,
        good=result.good,
        sentence=result.sentence,
        came_heads=result.came_heads,
        came_area=result.came_area,
        options=tuple(OptionCount(each.title, each.heads, each.area) for each in result.options),
        candidates=tuple(
            CandidateCount(each.name, each.building, each.heads, each.area, each.elected, each.reason)
            for each in result.candidates
        ),
        small=result.small,
        explanation=_explained(result),
    )


def _explained(result: MatterResult) -> tuple[str, ...]:
    """Return the sentences on the conditions; those on single candidates stand in the table already."""
    if result.small:
        return ()
    labels = tuple(f"{each.name}（{each.building}）" if each.building else each.name for each in result.candidates)
    return tuple(line for line in result.explanation if not line.startswith(labels))


def _electronic(vote: ElectionRow) -> int:
    return max((tally.ballots for tally in encrypted_tallies(vote.id).values()), default=0)


def _seal(vote: ElectionRow) -> str:
    """Return the root of the record under which the box was closed, as the record page shows it, in groups to read aloud."""
    closed = leaves_of_election(vote.uuid, ["closed"])
    return groups(first_checkpoint_over(closed[-1].index).root_hash.hex(), 8, " ") if closed else ""


def _remarks(vote: ElectionRow, openers: set[int]) -> tuple[str, ...]:
    present = "、".join(trustee.organisation for trustee in vote.trustees if trustee.index in openers)
    remarks = [f"到场开箱的钥匙保管方：{present}。"] if present else []
    if vote.extended_from is not None:
        before, end = deadline_24(vote.extended_from), deadline_24(vote.closes_at)
        remarks.append(f"投票延长过一次：原定 {before} 截止，延长到 {end}。原因：{vote.extension_reason}")
    return tuple(remarks)


def _objections(dossier: Dossier) -> str:
    rows = dossier.objections_to("result")
    if not rows:
        return "公示期内没有收到异议。"
    upheld = sum(1 for row in rows if row.upheld)
    return f"公示期内收到异议 {len(rows)} 件，均已书面答复，其中采纳 {upheld} 件。"


def _elected(dossier: Dossier, vote: ElectionRow, term: TermRow | None) -> tuple[Member, ...]:
    """Name those who took a seat and the alternates: from the committee's record, which knows the lot, else from the result."""
    if term is not None:
        first = sorted((row for row in term.members if row.since_on == term.starts_on), key=lambda row: row.rank)
        seated = [Member(row.name, "委员", row.building) for row in first if row.office != "alternate"]
        return (*seated, *(committee_member(row) for row in first if row.office == "alternate"))
    outcome = seats_outcome(vote) if dossier.procedure.kind is ProcedureKind.BY_ELECTION else None
    if outcome is None:
        return ()
    seated = [Member(each.name, "委员", each.building) for each in outcome.elected]
    return (*seated, *(Member(each.name, "候补委员", each.building) for each in outcome.alternates))


def _next_steps(dossier: Dossier, members: tuple[Member, ...]) -> tuple[str, ...]:
    """Say what comes next with its last day, which follows from the certification alone."""
    if elects_people(dossier) and not members:
        return ("这次没有选出委员，重新投票的时间另行公告。",)
    texts = {
        StepKey.FIRST_MEETING: "新一届业主委员会在 {day}前召开首次会议，推选主任、副主任。",
        StepKey.FILING: "{day}前向街道办事处备案。",
        StepKey.HANDOVER: "上一届业主委员会在 {day}前把印章、账目、档案移交给新一届。",
    }
    days = law_days(dossier)
    hands_over = dossier.procedure.kind is ProcedureKind.RENEWAL
    keys = [key for key in texts if key in days and (hands_over or key is not StepKey.HANDOVER)]
    return tuple(texts[key].format(day=day(days[key])) for key in keys)


def _stages(dossier: Dossier, vote: ElectionRow, totals: Totals) -> tuple[Stage, ...]:
    check = number_of(dossier, PaperCode.ROLL_CHECK)
    stages = [
        Stage(
            "名册",
            (
                _ask("总人数、总面积与核对表一致吗？", f"核对表 {check}：{totals.heads:,} 人，{totals.area.grouped()}㎡"),
                _ask("名册在单元门口公示了吗？", _hung(dossier, PaperCode.ROLL_NOTICE)),
            ),
        ),
        Stage(
            "通知",
            (
                _ask("每个单元门有公告照片吗？", _hung(dossier, PaperCode.MEETING_NOTICE)),
                _ask("距投票开始满规定的天数吗？", _span(vote)),
                _ask("异议都有书面答复吗？", _answered(dossier)),
            ),
        ),
        Stage(
            "投票和计票",
            (
                _ask("开箱钥匙由三方分别保管、都试开过吗？", "、".join(trustee.organisation for trustee in vote.trustees)),
                _ask("公开的记录包自己重算过、结果一致吗？", ""),
                _ask("初步结果按时公布了吗？", _day_of(vote.published_at)),
            ),
        ),
    ]
    return tuple(stages)


def _ask(question: str, evidence: str) -> Check:
    return Check(question, Answer.OPEN, evidence)


def _hung(dossier: Dossier, paper: PaperCode) -> str:
    places = {row.place for row in dossier.postings if row.paper == paper}
    return f"有照片的 {len(places)} 处" if places else ""


def _span(vote: ElectionRow) -> str:
    if vote.announced_at is None:
        return ""
    return f"{day(china_day(vote.announced_at))}公告，{day(china_day(vote.opens_at))}开始"


def _answered(dossier: Dossier) -> str:
    waiting = sum(1 for row in dossier.objections if row.is_open)
    return f"共 {len(dossier.objections)} 件" + (
        f"，{waiting} 件未答复" if waiting else "，均已答复" if dossier.objections else ""
    )


def _day_of(moment: datetime | None) -> str:
    on: date | None = china_day(moment) if moment is not None else None
    return f"{day_year(on)}公布" if on is not None else ""
