"""Own to what an owner may object 异议, from when until when, and by when the answer is due.

Pure. What is posted may be objected to, and every objection is recorded and answered (指导规则 11, 12); the days are the
rule pack's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.elections.types import ElectionState
from app.procedure.types import Dossier, ObjectionRow, OrderKind, ProcedureKind, ProcedureState
from app.statute.calendar import last_day
from app.statute.holiday_tables import published_holidays
from app.values.clock import china_day

#: Code of the paper whose posting opens the objections, and the steps an order of the street sends back.
POSTED_LISTS = {"group": ("GROUP", ("group_formed", "group_posted")), "candidates": ("N4", ("candidates",))}


@dataclass(frozen=True, slots=True)
class Window:
    """Hold one thing that may be objected to, with its first and last day."""

    #: ``group``, ``candidates``, ``notice``, ``result`` or ``recall``.
    about: str
    from_on: date
    until_on: date


def posted_on(dossier: Dossier, about: str) -> date | None:
    """Return the day on which the list that now holds was first posted; None before.

    An order of the street to correct it voids what was posted before.
    """
    paper, steps = POSTED_LISTS[about]
    voided = max(
        (row.recorded_at for row in dossier.orders if row.order is OrderKind.CORRECT and row.step in steps), default=None
    )
    moments = [row.posted_at for row in dossier.postings if row.paper == paper and (voided is None or row.posted_at > voided)]
    return china_day(min(moments)) if moments else None


def windows(dossier: Dossier) -> tuple[Window, ...]:
    """Return everything that may or might be objected to, in the order of the procedure."""
    return tuple(_windows(dossier))


def open_windows(dossier: Dossier, today: date) -> tuple[Window, ...]:
    """Return what an owner may object to today."""
    if dossier.procedure.state is not ProcedureState.RUNNING:
        return ()
    return tuple(window for window in windows(dossier) if window.from_on <= today <= window.until_on)


def answer_due_on(dossier: Dossier, objection: ObjectionRow) -> date:
    """Return the last day for the answer; the day on which the objection came is not counted."""
    days = dossier.pack.number("objection_answer_days")
    return last_day(china_day(objection.received_at), days, published_holidays())


def open_objections(dossier: Dossier, about: str) -> tuple[ObjectionRow, ...]:
    """Return the objections to one thing that wait for an answer."""
    return tuple(row for row in dossier.objections_to(about) if row.is_open)


def _windows(dossier: Dossier) -> Iterator[Window]:
    days = dossier.pack.number("objection_days")
    for about in POSTED_LISTS:
        first = posted_on(dossier, about)
        if first is not None:
            yield Window(about, first, last_day(first, days, published_holidays()))
    election = dossier.election
    petition = dossier.facts.get("petition")
    if dossier.procedure.kind is ProcedureKind.RECALL and petition is not None:
        last = last_day(petition.done_on, days, published_holidays()) if election is None else china_day(election.opens_at)
        yield Window("recall", petition.done_on, last)
    if election is None or election.state is ElectionState.WITHDRAWN:
        return
    if election.announced_at is not None:
        yield Window("notice", china_day(election.announced_at), china_day(election.opens_at))
    if election.published_at is not None and election.objections_close_at is not None:
        last = china_day(election.objections_close_at - timedelta(microseconds=1))
        yield Window("result", china_day(election.published_at), last)
