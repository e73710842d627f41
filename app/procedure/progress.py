"""Own which steps of a procedure are done: by a recorded fact, by the vote, by a posting, or by the clock. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.elections.types import ElectionRow, ElectionState
from app.procedure.objecting import posted_on
from app.procedure.spine import spine_of
from app.procedure.types import Dossier, FactRow, FilingState
from app.values.clock import china_day

#: Steps that nobody records: they follow from the vote or from the clock.
AUTOMATIC = frozenset(
    {
        "alarm",
        "notice",
        "trustees",
        "voting_opens",
        "voting_closes",
        "preliminary",
        "objections_close",
        "certified",
    }
)
#: Steps that are done by what was posted, filed or signed; somebody records them only where the street let them pass.
BY_THEMSELVES = frozenset({"group_posted", "roll", "decision_posted", "filing", "handover"})
#: What the announcement of the vote settles, because it freezes the roll, the matters and the candidates.
_SETTLED_BY_NOTICE = ("roll", "drafts", "candidates")
#: Steps of the vote whose paper is hung up right after them.
_HUNG_AFTERWARDS = {"notice": "N5", "preliminary": "N13"}
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Done:
    """Hold that a step is done."""

    #: Day of it; None where only the fact itself is known.
    on: date | None
    #: What was recorded; None where it follows from something else.
    fact: FactRow | None = None


def done_steps(dossier: Dossier, at: datetime) -> dict[str, Done]:
    """Return every step of the spine that is done at an instant, by its key."""
    keys = {step.key for step in spine_of(dossier.procedure.kind)}
    found: dict[str, Done] = {}
    for key, done in _by_themselves(dossier, at):
        if key in keys:
            # What happened first counts: a roll that hung before the announcement was done on that day.
            found.setdefault(key, done)
    recorded = {key: Done(fact.done_on, fact) for key, fact in dossier.facts.items() if key in keys}
    return found | recorded


def last_day_of(moment: datetime) -> date:
    """Return the last day of a span whose end is its first instant no longer included."""
    return china_day(moment - _INSTANT)


def standing_vote(dossier: Dossier) -> ElectionRow | None:
    """Return the vote of a procedure unless it was withdrawn."""
    vote = dossier.election
    return None if vote is None or vote.state is ElectionState.WITHDRAWN else vote


def awaits_posting(dossier: Dossier, step: str) -> bool:
    """Say whether the paper of a step of the vote hangs nowhere yet."""
    paper = _HUNG_AFTERWARDS.get(step)
    return paper is not None and _first_posting(dossier, paper) is None


def _by_themselves(dossier: Dossier, at: datetime) -> Iterator[tuple[str, Done]]:
    yield "alarm", Done(china_day(dossier.procedure.started_at))
    posted = posted_on(dossier, "group")
    if posted is not None:
        yield "group_posted", Done(posted)
    counted = _first_posting(dossier, "N2")
    if dossier.has_roll and counted is not None:
        yield "roll", Done(counted)
    result = _first_posting(dossier, "N14")
    if result is not None:
        yield "decision_posted", Done(result)
    filed = next((row.on for row in dossier.filings if row.state is FilingState.FILED), None)
    if filed is not None:
        yield "filing", Done(filed)
    handed = [row.received_at for row in dossier.handover if row.is_done and row.received_at is not None]
    if handed and len(handed) == len(dossier.handover):
        yield "handover", Done(china_day(max(handed)))
    vote = standing_vote(dossier)
    if vote is not None:
        yield from _by_the_vote(vote, at)


def _by_the_vote(vote: ElectionRow, at: datetime) -> Iterator[tuple[str, Done]]:
    if vote.announced_at is not None:
        yield "notice", Done(china_day(vote.announced_at))
        for key in _SETTLED_BY_NOTICE:
            yield key, Done(china_day(vote.announced_at))
    if vote.trustees_rehearsed:
        yield "trustees", Done(None)
    if vote.opened_at is not None and at >= vote.opens_at:
        yield "voting_opens", Done(china_day(vote.opens_at))
    if vote.opened_at is not None and at >= vote.closes_at:
        yield "voting_closes", Done(last_day_of(vote.closes_at))
    if vote.published_at is not None:
        yield "preliminary", Done(china_day(vote.published_at))
        over = vote.objections_close_at
        if over is None:
            yield "objections_close", Done(china_day(vote.published_at))
        elif at >= over:
            yield "objections_close", Done(last_day_of(over))
    if vote.certified_at is not None:
        yield "certified", Done(china_day(vote.certified_at))


def _first_posting(dossier: Dossier, paper: str) -> date | None:
    moments = [row.posted_at for row in dossier.postings if row.paper == paper]
    return china_day(min(moments)) if moments else None
