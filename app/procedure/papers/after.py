"""Own the papers of a new committee: the minutes of its first meeting (MINUTES) and the list of the hand-over (HANDOVER)."""

from __future__ import annotations

from datetime import date, datetime

from app.committee.types import Office, TermRow
from app.documents.papers import FirstMeeting, HandoverItem, HandoverList, PaperCode, Resolution, Signer
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers.imprint import Wish, committee_name, imprint_of, last_change, residents_committee, street_office
from app.procedure.papers.results import elected_term
from app.procedure.papers.words import OFFICES, committee_member, law_days
from app.procedure.types import Dossier, HandoverRow
from app.procedure.vote_texts import next_committee
from app.statute.timeline_steps import StepKey
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.values.numerals import chinese_number


def first_meeting(place: ComplexRow, dossier: Dossier, _wish: Wish) -> FirstMeeting:
    """Fill the minutes with who came and who was chosen; time, place and votes are written by hand, for nobody records them."""
    fact, term = dossier.facts.get("first_meeting"), elected_term(dossier)
    if fact is None or term is None:
        raise PaperNotPrintable()
    came = set(fact.details.get("attending", ()))
    members = [row for row in term.serving if row.since_on <= fact.done_on or row.since_on == term.starts_on]
    return FirstMeeting(
        imprint=imprint_of(place, dossier, PaperCode.FIRST_MEETING, fact.done_on, committee_name(place, term.number)),
        committee_number=term.number,
        held_on=fact.done_on,
        present=tuple(committee_member(row) for row in members if row.id in came),
        absent=tuple(committee_member(row) for row in members if row.id not in came),
        offices=tuple(committee_member(row) for row in members),
        resolutions=_resolutions(term),
    )


def handover_list(place: ComplexRow, dossier: Dossier, _wish: Wish) -> HandoverList:
    """Fill the list of what changes hands, with both sides' signatures where they were given."""
    if not dossier.handover:
        raise PaperNotPrintable()
    old, new = dossier.term, elected_term(dossier)
    number = next_committee(dossier)
    dated = _handed_over_on(dossier)
    return HandoverList(
        imprint=imprint_of(place, dossier, PaperCode.HANDOVER_LIST, dated, committee_name(place, number)),
        giver=f"第{chinese_number(old.number if old is not None else number)}届业主委员会",
        receiver=f"第{chinese_number(number)}届业主委员会",
        due_on=law_days(dossier).get(StepKey.HANDOVER, dated),
        items=tuple(_item(row) for row in dossier.handover),
        givers=(Signer("主任", _chair(old)), Signer("委员")),
        receivers=(Signer("主任", _chair(new)), Signer("委员")),
        witnesses=(Signer(residents_committee(place)), Signer(street_office(place))),
    )


def _resolutions(term: TermRow) -> tuple[Resolution, ...]:
    chosen = []
    for office in (Office.CHAIR, Office.VICE_CHAIR):
        names = "、".join(row.name for row in term.serving if row.office is office)
        if names:
            decision = f"推选{names}为第{chinese_number(term.number)}届业主委员会{OFFICES[office]}。"
            chosen.append(Resolution(f"推选{OFFICES[office]}", decision))
    return tuple(chosen)


def _item(row: HandoverRow) -> HandoverItem:
    return HandoverItem(
        label=row.label,
        note=row.note,
        given_on=_day(row.given_at),
        given_by=row.given_by,
        received_on=_day(row.received_at),
        received_by=row.received_by,
    )


def _handed_over_on(dossier: Dossier) -> date:
    """Return the day of the last signature; before any, that of the last thing recorded."""
    moments = [moment for row in dossier.handover for moment in (row.given_at, row.received_at) if moment is not None]
    return china_day(max(moments, default=last_change(dossier)))


def _chair(term: TermRow | None) -> str:
    members = term.members if term is not None else ()
    return next((row.name for row in members if row.office is Office.CHAIR), "")


def _day(moment: datetime | None) -> date | None:
    return china_day(moment) if moment is not None else None
