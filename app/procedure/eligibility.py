"""Own who may stand for the committee: the requirements of 指导规则 31, what candidates declare, and the finding.

Pure. Being an owner is read from the roll and never asked; P-ARREARS bars nobody unless the complex's own rules say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.procedure.types import NominationState


class Requirement(StrEnum):
    """Name what is checked of a person: consent, then items 1 to 6 of 指导规则 31."""

    CONSENT = "consent"
    CAPACITY = "capacity"
    LAW_ABIDING = "law_abiding"
    KEEPS_RULES = "keeps_rules"
    PUBLIC_SPIRITED = "public_spirited"
    ABLE = "able"
    HAS_TIME = "has_time"


class Finding(StrEnum):
    """Name what a check found."""

    MET = "met"
    UNMET = "unmet"
    UNCLEAR = "unclear"


class Declared(StrEnum):
    """Name what a candidate declares, answered ``yes`` or ``no``; it is posted with the candidate."""

    ARREARS = "arrears"
    ILLEGAL_BUILDING = "illegal_building"
    COMPANY_TIES = "company_ties"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Hold the finding: the state it leads to and the codes of what stands against it."""

    state: NominationState
    obstacles: tuple[str, ...]


def judge(
    checks: Mapping[str, str], declaration: Mapping[str, str], *, is_owner: bool, policies: Mapping[str, str]
) -> Eligibility:
    """Say whether a person may stand.

    One requirement that is not met refuses; anything unclear or unanswered leaves the proposal waiting.
    """
    refused = [] if is_owner else ["not_owner"]
    refused += [f"{item}_unmet" for item in Requirement if checks.get(item) == Finding.UNMET]
    if declaration.get(Declared.ARREARS) == "yes" and policies["P-ARREARS"] == "cannot_stand":
        refused.append("arrears")
    if refused:
        return Eligibility(NominationState.REFUSED, tuple(refused))
    waiting = [f"{item}_unclear" for item in Requirement if checks.get(item) != Finding.MET]
    waiting += [f"{item}_undeclared" for item in Declared if declaration.get(item) not in ("yes", "no")]
    return Eligibility(NominationState.PROPOSED if waiting else NominationState.ELIGIBLE, tuple(waiting))
