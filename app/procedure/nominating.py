"""Own the rules of the list of candidates: until when people may be proposed, who stands on it, and what it still lacks.

Pure. Source: 指导规则 14 (recommendation and self-nomination), 31, 43 (who is no longer an owner cannot be a member).
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from app.elections.readiness import INTRODUCTION_LIMIT
from app.procedure.objecting import posted_on
from app.procedure.spine import spine_of
from app.procedure.types import Dossier, NominationRow, NominationState, ProcedureState

__all__ = [
    "INTRODUCTION_LIMIT",
    "building_of",
    "candidate_label",
    "candidates_needed",
    "elects_people",
    "eligible",
    "lost_candidates",
    "nominations_open",
    "posting_is_stale",
    "shown_to_public",
]


def elects_people(dossier: Dossier) -> bool:
    """Say whether candidates are proposed in this kind of procedure."""
    return any(step.key == "candidates" for step in spine_of(dossier.procedure.kind))


def nominations_open(dossier: Dossier) -> bool:
    """Say whether owners may still propose candidates: from the group's formation until the list is posted."""
    if not elects_people(dossier) or dossier.procedure.state is not ProcedureState.RUNNING:
        return False
    keys = {step.key for step in spine_of(dossier.procedure.kind)}
    formed = "group_formed" not in keys or "group_formed" in dossier.facts
    announced = dossier.election is not None and not dossier.election.is_draft
    closed = "candidates" in dossier.facts or posted_on(dossier, "candidates") is not None or announced
    return formed and not closed


def building_of(unit_code: str) -> str:
    """Return the building as it is published, 「3栋」; a shop strip keeps its letters."""
    first = unit_code.partition("-")[0]
    return f"{first}栋" if first.isdigit() else first


def candidate_label(name: str, unit_code: str) -> str:
    """Return how a candidate is named in lists, 「王芳（3栋）」."""
    return f"{name}（{building_of(unit_code)}）"


def eligible(dossier: Dossier) -> tuple[NominationRow, ...]:
    """Return those who were found eligible, in the order in which they were proposed."""
    return tuple(row for row in dossier.nominations if row.state is NominationState.ELIGIBLE)


def shown_to_public(dossier: Dossier, row: NominationRow) -> bool:
    """Say whether everybody may see the person: on the list, and the list is posted or the vote announced."""
    announced = dossier.election is not None and dossier.election.is_public
    return row.state is NominationState.ELIGIBLE and (announced or posted_on(dossier, "candidates") is not None)


def lost_candidates(dossier: Dossier) -> tuple[NominationRow, ...]:
    """Return those found eligible who own nothing on today's roll any more."""
    return tuple(row for row in eligible(dossier) if row.person_id not in dossier.owners_today)


def candidates_needed(dossier: Dossier) -> int:
    """Return how many candidates P-DIFF asks for; the seats alone where the rules allow as many as seats."""
    seats, policy = dossier.procedure.seats or 0, dossier.policies["P-DIFF"]
    if policy == "one_more":
        return seats + 1
    if policy == "twenty_percent":
        surplus = seats * Fraction(dossier.pack.share("candidates_surplus_share"))
        return seats + -(-surplus.numerator // surplus.denominator)
    return seats


def posting_is_stale(dossier: Dossier) -> bool:
    """Say whether somebody came onto or off the list after it was last posted."""
    moments = [row.posted_at for row in dossier.postings if row.paper == "N4"]
    if not moments:
        return False
    last = max(moments)
    return any(_changed_list(row, last) for row in dossier.nominations)


def _changed_list(row: NominationRow, posted_at: datetime) -> bool:
    """Say whether a decision after the posting changed the list.

    Nobody undecided is left when a list is posted, so a later decision on an earlier proposal takes somebody off it.
    """
    if row.decided_at is None or row.decided_at <= posted_at:
        return False
    return row.state is NominationState.ELIGIBLE or row.created_at <= posted_at
