"""Own what a procedure reads out of a published result: whom it elected, who waits, what is still to be drawn by lot.

Pure; reads the exact bytes of result.json (app/verifier/result.py) and the candidates they name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.committee.types import Seat
from app.elections.types import CandidateRow, ElectionRow, MatterRow
from app.procedure.vote_errors import LotUnclear

#: Verdicts after which nobody takes a seat and no decision was made.
WITHOUT_EFFECT = frozenset({"failed", "no_quorum"})


@dataclass(frozen=True, slots=True)
class SeatsOutcome:
    """Hold the result of a matter in which candidates stood, each list in the order of rank."""

    verdict: str
    seats: int
    elected: tuple[CandidateRow, ...]
    alternates: tuple[CandidateRow, ...]
    #: Equal in both measures across the last place: drawn by lot in public.
    tied: tuple[CandidateRow, ...]

    @property
    def to_draw(self) -> int:
        """Return how many of those who are tied take a seat; zero where only the alternates' order is open.

        With fewer passing than seats the tie is where one too many is dropped to keep the number odd (P-PARTIAL).
        """
        if self.verdict != "tied":
            return 0
        passing = len(self.elected) + len(self.tied)
        return min(self.seats, passing if passing >= self.seats else passing - 1) - len(self.elected)


def verdicts_of(election: ElectionRow) -> tuple[str, ...]:
    """Return the verdict of every matter in the order of the ballot; empty before publication."""
    if election.result is None:
        return ()
    return tuple(str(matter["verdict"]) for matter in json.loads(election.result)["matters"])


def is_without_effect(election: ElectionRow) -> bool:
    """Say whether a published vote elected nobody and decided nothing, so that another one may be called."""
    verdicts = verdicts_of(election)
    return bool(verdicts) and all(verdict in WITHOUT_EFFECT for verdict in verdicts)


def seats_outcome(election: ElectionRow) -> SeatsOutcome | None:
    """Return the outcome of the matter in which candidates stood; None before publication and where nobody stood."""
    at = next((at for at, matter in enumerate(election.matters) if matter.elects), None)
    if at is None or election.result is None:
        return None
    matter, said = election.matters[at], json.loads(election.result)["matters"][at]
    return SeatsOutcome(
        verdict=said["verdict"],
        seats=matter.seats or 0,
        elected=_named(matter, said["elected"]),
        alternates=_named(matter, said["alternates"]),
        tied=_named(matter, said["tied"]),
    )


def with_lot(outcome: SeatsOutcome, drawn: Iterable[int]) -> SeatsOutcome:
    """Return the outcome after a lot among those who are tied; ``drawn`` are the ids of the candidates it gave a seat.

    Raises: LotUnclear when others or another number were drawn.
    """
    chosen = set(drawn)
    winners = tuple(candidate for candidate in outcome.tied if candidate.id in chosen)
    if len(winners) != outcome.to_draw or len(chosen) != len(winners):
        raise LotUnclear(number=outcome.to_draw)
    rest = tuple(candidate for candidate in outcome.tied if candidate.id not in chosen)
    verdict = "elected" if outcome.verdict == "tied" else outcome.verdict
    alternates = (*rest, *outcome.alternates) if outcome.verdict == "tied" else (*outcome.alternates, *rest)
    return SeatsOutcome(verdict, outcome.seats, (*outcome.elected, *winners), alternates, ())


def seats_of(candidates: Sequence[CandidateRow]) -> list[Seat]:
    """Return candidates as they enter the committee's record."""
    return [Seat(candidate.name, candidate.building) for candidate in candidates]


def _named(matter: MatterRow, labels: Iterable[str]) -> tuple[CandidateRow, ...]:
    by_label = {candidate.label: candidate for candidate in matter.candidates}
    return tuple(by_label[label] for label in labels)
