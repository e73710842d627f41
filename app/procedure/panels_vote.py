"""Own what the open steps of the vote and what follows it show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.ballots.turnout import turnout
from app.committee.queries import list_terms
from app.committee.types import Office, TermRow
from app.elections.labels import PARTY_NAMES, say_problem
from app.elections.readiness import earliest_opening, problems_of
from app.elections.types import ElectionRow
from app.procedure.filing_list import filing_lines
from app.procedure.forms_vote import (
    DraftVoteForm,
    announce_form,
    certify_form,
    draft_vote_form,
    extend_form,
    filing_form,
    filing_paper_form,
    handover_item_form,
    meeting_form,
    sign_form,
)
from app.procedure.panels import Panel
from app.procedure.panels_preparation import common_part, objections_part
from app.procedure.plan import plan_of
from app.procedure.progress import awaits_posting, standing_vote
from app.procedure.types import Dossier, FilingState
from app.procedure.vote_outcome import is_without_effect, seats_outcome, verdicts_of
from app.procedure.vote_sentences import FILING_STATE_NAMES, VERDICT_NAMES
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now


def show_notice(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show what the vote will be, what it still lacks, and the forms that draft and announce it."""
    vote = standing_vote(dossier)
    values = {**common_part(place, dossier, today), "vote": vote, "draft_form": None, "announce_form": None, "problems": []}
    if vote is None or is_without_effect(vote):
        return values | {"draft_form": draft_form(dossier)}
    if not vote.is_draft:
        return values
    pack = vote.pack
    earliest = earliest_opening(now(), pack, vote.policies["P-NOTICECLR"])
    problems = [problem for problem in problems_of(vote, now(), pack) if problem.code != "notice_short"]
    return values | {
        "announce_form": announce_form(),
        "problems": [(say_problem(problem), problem) for problem in problems],
        "is_ready": all(problem.is_warning for problem in problems),
        "earliest": china_day(earliest),
        "is_late": vote.opens_at < earliest,
    }


def show_trustees(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show how far each of the three sides is with its key."""
    values = {**common_part(place, dossier, today), "vote": standing_vote(dossier), "party_names": PARTY_NAMES}
    return {**values, "notice_unposted": awaits_posting(dossier, "notice")}


def show_voting_opens(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show where the announcement hangs and when voting opens."""
    return {**common_part(place, dossier, today), "vote": standing_vote(dossier)}


def show_voting_closes(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show who took part so far, and the form of the one extension."""
    vote = standing_vote(dossier)
    running = vote is not None and vote.opened_at is not None and vote.opens_at <= now() < vote.closes_at
    may_extend = vote is not None and running and vote.extended_from is None and vote.policies["P-EXT"] != "no"
    return {
        **common_part(place, dossier, today),
        "vote": vote,
        "turnout": turnout(vote, at=now()) if vote is not None and running else None,
        "may_extend": may_extend,
        "extend_form": extend_form(),
    }


def show_preliminary(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show how the count stands and where its result hangs."""
    return {**common_part(place, dossier, today), **_outcome(standing_vote(dossier)), "vote": standing_vote(dossier)}


def show_objections_close(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show until when the result is open to objections, and those that came."""
    parts = {**common_part(place, dossier, today), **objections_part(dossier, "result", today)}
    return {**parts, "vote": standing_vote(dossier)}


def show_certified(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show what will be certified, the objections that stand against it, and the lot where candidates are equal."""
    vote = standing_vote(dossier)
    outcome = seats_outcome(vote) if vote is not None else None
    tied = outcome.tied if outcome is not None and outcome.to_draw else ()
    return {
        **common_part(place, dossier, today),
        **objections_part(dossier, "result", today),
        **_outcome(vote),
        "vote": vote,
        "certify_form": certify_form(tied),
        "to_draw": outcome.to_draw if outcome is not None else 0,
    }


def show_decision_posted(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show where the final result hangs."""
    return {**common_part(place, dossier, today), **_outcome(standing_vote(dossier)), "vote": standing_vote(dossier)}


def show_first_meeting(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the form of the new committee's first meeting, and afterwards what it chose."""
    term = elected_term(dossier)
    parts = {**common_part(place, dossier, today), "term": term, "meeting_form": meeting_form(term, today)}
    return {**parts, "meeting_facts": _meeting_facts(term)}


def show_filing(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the check-list in the order of the filing, what is missing, and how far the filing has come."""
    return {
        **common_part(place, dossier, today),
        "lines": filing_lines(dossier),
        "paper_form_of": filing_paper_form,
        "filing_form": filing_form(today),
        "filing_names": FILING_STATE_NAMES,
    }


def show_handover(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the list line by line with both signatures."""
    return {
        **common_part(place, dossier, today),
        "items": dossier.handover,
        "item_form": handover_item_form(),
        "sign_form": sign_form(dossier.handover),
    }


def draft_form(dossier: Dossier) -> DraftVoteForm:
    """Return the form that drafts the vote, with the window of the plan."""
    plan = plan_of(dossier, now())
    opens, closes = plan.date_of("voting_opens"), plan.date_of("voting_closes")
    pack = dossier.pack
    days = (closes - opens).days + 1 if opens and closes else pack.number("voting_window_days_default")
    return draft_vote_form(opens, days)


def elected_term(dossier: Dossier) -> TermRow | None:
    """Return the term that the vote elected; None before its certification and where it elected none."""
    uuid = dossier.procedure.election_uuid
    return next((term for term in list_terms() if uuid and term.election_uuid == uuid), None)


def _outcome(vote: ElectionRow | None) -> dict[str, Any]:
    """Return the verdict of each matter in words, and who was elected."""
    if vote is None or vote.result is None:
        return {"verdicts": [], "outcome": None}
    words = [VERDICT_NAMES[verdict] for verdict in verdicts_of(vote)]
    return {"verdicts": list(zip(vote.matters, words, strict=True)), "outcome": seats_outcome(vote)}


def _meeting_facts(term: TermRow | None) -> list[tuple[str, str]]:
    """Return who holds an office."""
    if term is None:
        return []
    held = {office: _("、").join(row.name for row in term.serving if row.office is office) for office in Office}
    facts = [(_("主任"), held[Office.CHAIR]), (_("副主任"), held[Office.VICE_CHAIR])]
    return [(word, said) for word, said in facts if said]


def _meeting_proof(dossier: Dossier) -> str:
    fact = dossier.facts.get("first_meeting")
    if fact is None or "present" not in fact.details:
        return ""
    return str(_("到会 %(n)s 人（共 %(all)s 人）", n=fact.details["present"], all=fact.details["members"]))


def _filing_proof(dossier: Dossier) -> str:
    return next((row.number for row in dossier.filings if row.state is FilingState.FILED), "")


#: Step to the builder of what its inside shows.
PANELS: dict[str, Panel] = {
    "notice": show_notice,
    "trustees": show_trustees,
    "voting_opens": show_voting_opens,
    "voting_closes": show_voting_closes,
    "preliminary": show_preliminary,
    "objections_close": show_objections_close,
    "certified": show_certified,
    "decision_posted": show_decision_posted,
    "first_meeting": show_first_meeting,
    "filing": show_filing,
    "handover": show_handover,
}

#: Step to the short words of its proof, shown once it is done.
PROOFS: dict[str, Callable[[Dossier], str]] = {"first_meeting": _meeting_proof, "filing": _filing_proof}
