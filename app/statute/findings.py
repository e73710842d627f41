"""Own the structured reasons of a verdict: conditions with exact numbers, and notes on what a policy did.

``explain`` turns them into sentences; nothing here holds a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.statute.rule_pack import Provision, Threshold
from app.statute.weight import Measure, Weight
from app.values import Area


class ConditionCode(StrEnum):
    """Name what a condition compares."""

    QUORUM = "quorum"
    MAJORITY = "majority"
    #: Support of one candidate.
    SUPPORT = "support"
    #: Owners who signed a petition.
    PETITION = "petition"


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one comparison the law demands, with its exact numbers in 0.01 m2 or heads."""

    code: ConditionCode
    measure: Measure
    part: int
    whole: int
    threshold: Threshold
    #: How much of the part a policy attributed; the rest was marked on ballots.
    attributed: int = 0
    #: The candidate, for SUPPORT.
    subject: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the condition is met."""
        return self.threshold.is_met(self.part, self.whole)

    @property
    def missing(self) -> int:
        """Return the least that is missing, in 0.01 m2 or heads; zero when met."""
        return self.threshold.missing(self.part, self.whole)

    @property
    def required(self) -> Fraction:
        """Return the share the law demands."""
        return self.threshold.share

    @property
    def provision(self) -> Provision:
        """Return the article."""
        return self.threshold.provision

    def quantity(self, amount: int) -> str:
        """Write an amount of this measure without a unit: ``7999.99`` or ``80``."""
        return str(Area(amount)) if self.measure is Measure.AREA else str(amount)

    def as_json(self) -> dict[str, object]:
        """Return the condition for a JSON output; areas as decimal text, heads as integers."""

        def number(amount: int) -> object:
            return self.quantity(amount) if self.measure is Measure.AREA else amount

        return {
            "code": str(self.code),
            "measure": str(self.measure),
            "subject": self.subject,
            "part": number(self.part),
            "whole": number(self.whole),
            "attributed": number(self.attributed),
            "required": f"{self.required.numerator}/{self.required.denominator}",
            "comparison": ">" if self.threshold.strict else ">=",
            "holds": self.holds,
            "missing": number(self.missing),
            "article": self.provision.article_zh,
        }


class NoteCode(StrEnum):
    """Name what happened beside the comparisons."""

    SILENCE_COUNTED = "silence_counted"
    SILENCE_LEFT_OUT = "silence_left_out"
    FOLLOWED = "followed"
    NO_MAJORITY_TO_FOLLOW = "no_majority_to_follow"
    #: What the vote comes to when ballots not returned are left out, and when they are counted.
    WITHOUT_SILENCE = "without_silence"
    WITH_SILENCE = "with_silence"
    ELECTED = "elected"
    PARTIAL_ACCEPTED = "partial_accepted"
    PARTIAL_REFUSED = "partial_refused"
    DROPPED_TO_BE_ODD = "dropped_to_be_odd"
    ALTERNATES = "alternates"
    LOT_FOR_SEAT = "lot_for_seat"
    LOT_FOR_ALTERNATE = "lot_for_alternate"
    NOBODY_PASSED = "nobody_passed"
    CONCLUSION = "conclusion"


@dataclass(frozen=True, slots=True)
class Note:
    """Hold one thing that is said beside the conditions."""

    code: NoteCode
    names: tuple[str, ...] = ()
    weight: Weight | None = None
    #: Named whole numbers, as seats or passing.
    numbers: Mapping[str, int] | None = None
    #: Policy key that decided it, as ``P-PARTIAL``.
    policy: str = ""
    #: A verdict, for CONCLUSION and the two comparisons of silence.
    verdict: str = ""
    #: Who agrees, for the two comparisons of silence on a matter; ``names`` are the elected of an election.
    agreeing: Weight | None = None


Finding = Condition | Note
