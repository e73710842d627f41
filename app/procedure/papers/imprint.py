"""Own what stands on every paper of a procedure: its number, its day, who issues it, its short address.

The day is a recorded one: that of the posting, or the day for which the paper is asked, or that of the last thing recorded.
Nothing here reads a clock, so that the same data makes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import current_app, request

from app.documents.papers.base import Imprint, PaperCode, ShortLink
from app.procedure.objecting import POSTED_LISTS
from app.procedure.progress import standing_vote
from app.procedure.short_links import short_code_of, short_name_of
from app.procedure.types import Dossier, OrderKind, ProcedureKind
from app.settings import Settings
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.values.numerals import chinese_number

#: Path of the short address; the code follows.
SHORT_PATH = "v/"
#: Papers that everybody may open once they hang on the board.
PUBLIC_PAPERS = {
    paper.value: paper
    for paper in (
        PaperCode.START_NOTICE,
        PaperCode.GROUP_NOTICE,
        PaperCode.CANDIDATE_NOTICE,
        PaperCode.MEETING_NOTICE,
        PaperCode.PRELIMINARY_RESULT,
        PaperCode.FINAL_RESULT,
    )
}
#: Papers that hang on a board, so that they bear the day of their posting.
POSTED_PAPERS = {**PUBLIC_PAPERS, PaperCode.ROLL_NOTICE.value: PaperCode.ROLL_NOTICE}
_VOTE_PAPERS = frozenset({PaperCode.MEETING_NOTICE, PaperCode.HOUSEHOLD_LETTERS})
_RESULT_PAPERS = frozenset({PaperCode.COUNT_RECORD, PaperCode.PRELIMINARY_RESULT, PaperCode.FINAL_RESULT})
_GROUP_NAMES = {ProcedureKind.RENEWAL: "换届小组", ProcedureKind.FIRST_ELECTION: "筹备组"}


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold what is asked of a paper beside its code."""

    #: Day on which it is to be posted; None leaves it to what is recorded.
    on: date | None = None
    #: Building, for papers that are printed building by building.
    part: str = ""
    #: How many letters to print; None prints all of them.
    letters: int | None = None


NO_WISH = Wish()


def imprint_of(place: ComplexRow, dossier: Dossier, paper: PaperCode, dated: date, issuer: str) -> Imprint:
    """Return the imprint of a paper."""
    settings = cast(Settings, current_app.extensions["yeyi_settings"])
    code = short_code_of(dossier.procedure.code, paper)
    return Imprint(
        complex_name=place.name,
        number=number_of(dossier, paper),
        dated=dated,
        issuer=issuer,
        link=ShortLink(f"{settings.public_url or request.url_root.rstrip('/')}/{SHORT_PATH}{code}", code),
        hotline=place.help_phone or settings.help_phone,
        is_demo=settings.demo_mode,
    )


def number_of(dossier: Dossier, paper: PaperCode) -> str:
    """Return the number of the record: year and short name of the procedure, paper, edition."""
    year = china_day(dossier.procedure.started_at).year
    return f"{year}-{short_name_of(dossier.procedure.code)}-{paper.value}-{edition_of(dossier, paper)}"


# --- days and editions ------------------------------------------------------------------------------------------------


def first_posting(dossier: Dossier, paper: PaperCode) -> datetime | None:
    """Return when the paper as it now holds was first posted; None before."""
    since = _holds_since(dossier, paper)
    moments = [row.posted_at for row in dossier.postings if row.paper == paper and (since is None or row.posted_at >= since)]
    return min(moments, default=None)


def posted_day(dossier: Dossier, paper: PaperCode) -> date | None:
    """Return the day of the first posting of the paper as it now holds; None before."""
    moment = first_posting(dossier, paper)
    return china_day(moment) if moment is not None else None


def papers_on_board(dossier: Dossier) -> tuple[str, ...]:
    """Return the codes of the papers that hang and that everybody may open, in the order of the procedure."""
    return tuple(code for code, paper in PUBLIC_PAPERS.items() if posted_day(dossier, paper) is not None)


def edition_of(dossier: Dossier, paper: PaperCode) -> int:
    """Count the editions of a paper: one more for each day on which an earlier one was posted."""
    since = _holds_since(dossier, paper)
    earlier = {china_day(row.posted_at) for row in dossier.postings if row.paper == paper and since and row.posted_at < since}
    return 1 + len(earlier)


def day_of(dossier: Dossier, paper: PaperCode, wish: Wish) -> date:
    """Return the day a posted paper bears: that of its posting, else the wished one, else that of what it tells."""
    return posted_day(dossier, paper) or wish.on or china_day(_told_at(dossier, paper))


def last_change(dossier: Dossier) -> datetime:
    """Return the instant of the last thing recorded in a procedure."""
    return max(_moments(dossier))


def _holds_since(dossier: Dossier, paper: PaperCode) -> datetime | None:
    """Return since when a paper stands as it now holds; None where it has only had one text.

    An order to correct voids a posted list, a later decision on a candidate changes it, another announcement replaces a notice.
    """
    vote = standing_vote(dossier)
    if paper in _VOTE_PAPERS:
        return vote.announced_at if vote is not None else None
    if paper in _RESULT_PAPERS:
        return vote.published_at if vote is not None else None
    moments = [
        order.recorded_at
        for code, steps in POSTED_LISTS.values()
        for order in dossier.orders
        if code == paper and order.order is OrderKind.CORRECT and order.step in steps
    ]
    if paper is PaperCode.CANDIDATE_NOTICE:
        moments += [row.decided_at for row in dossier.nominations if row.decided_at is not None]
    return max(moments, default=None)


def _told_at(dossier: Dossier, paper: PaperCode) -> datetime:
    """Return when what a paper tells was recorded: formation, announcement, publication, certification."""
    formed, vote, told = dossier.facts.get("group_formed"), standing_vote(dossier), None
    if paper in (PaperCode.START_NOTICE, PaperCode.GROUP_NOTICE):
        told = formed.recorded_at if formed is not None else None
    elif vote is not None:
        told = vote.certified_at if paper is PaperCode.FINAL_RESULT else _holds_since(dossier, paper) or vote.announced_at
    return told or last_change(dossier)


def _moments(dossier: Dossier) -> Iterator[datetime]:
    yield dossier.procedure.started_at
    yield from (row.recorded_at for row in dossier.facts.values())
    yield from (row.recorded_at for row in dossier.orders)
    yield from (row.decided_at or row.created_at for row in dossier.nominations)
    yield from (row.answered_at or row.received_at for row in dossier.objections)
    yield from (row.posted_at for row in dossier.postings)
    vote = standing_vote(dossier)
    if vote is not None:
        moments = (vote.announced_at, vote.opened_at, vote.closed_at, vote.published_at, vote.certified_at)
        yield from (moment for moment in moments if moment is not None)


# --- who issues -------------------------------------------------------------------------------------------------------


def group_name(dossier: Dossier) -> str:
    """Return what the group that prepares is called; for kinds without one, the committee."""
    return _GROUP_NAMES.get(dossier.procedure.kind, "业主委员会")


def convener(place: ComplexRow, dossier: Dossier) -> str:
    """Return who signs for the preparation: the group where there is one, else the committee in office."""
    kind = dossier.procedure.kind
    if kind is ProcedureKind.RENEWAL:
        return f"{place.name}业主委员会换届小组"
    if kind is ProcedureKind.FIRST_ELECTION:
        return f"{place.name}首次业主大会会议筹备组"
    return committee_name(place, dossier.term.number if dossier.term else 1)


def committee_name(place: ComplexRow, number: int) -> str:
    """Return the committee's full name, 青岚花园第三届业主委员会."""
    return f"{place.name}第{chinese_number(number)}届业主委员会"


def street_office(place: ComplexRow) -> str:
    """Return the office of the street, 纸坊街道办事处."""
    return _ending(place.street_name, "街道", "办事处")


def residents_committee(place: ComplexRow) -> str:
    """Return the residents' committee, 青岚社区居民委员会."""
    return _ending(place.community_name, "社区", "居民委员会")


def _ending(name: str, kind: str, office: str) -> str:
    """Add what a name of a place lacks to be that of its office; a remark in brackets stays behind it."""
    plain, bracket, remark = name.partition("（")
    if not plain.endswith((office, "委员会", "政府")):
        plain += office if plain.endswith((kind, "镇", "乡")) else kind + office
    return plain + bracket + remark
