"""Own what makes a case contradict itself: the result is still counted, by a stated reading (app/statute/LAW.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.statute.addressing import Inbox
from app.statute.case import Case, ElectionKind, UnitStatus
from app.statute.resolution import in_order
from app.statute.rule_pack import load_rule_pack
from app.statute.voters import Voter, names_an_owner


class ProblemCode(StrEnum):
    """Name a contradiction, in the order in which they are reported."""

    UNSOLD_WITH_BUYER = "unsold_with_buyer"
    NOMINEE_NOT_OWNER = "nominee_not_owner"
    NOMINEES_DIFFER = "nominees_differ"
    SAME_TIME = "same_time"
    SEATS_EVEN = "seats_even"
    SEATS_OUT_OF_RANGE = "seats_out_of_range"


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold one contradiction and where it is."""

    code: ProblemCode
    unit: str | None = None
    owner: str | None = None

    def as_json(self) -> dict[str, str]:
        """Return the problem for a JSON output, with its extra key only where it has one."""
        document = {"problem": str(self.code)}
        if self.unit is not None:
            document["unit"] = self.unit
        if self.owner is not None:
            document["owner"] = self.owner
        return document


def find_problems(case: Case, voters: Sequence[Voter], inboxes: Sequence[Inbox]) -> tuple[Problem, ...]:
    """Return every contradiction of a case, by kind and then in the order of the file."""
    return (
        *(
            Problem(ProblemCode.UNSOLD_WITH_BUYER, unit=unit.code)
            for unit in case.units
            if unit.status is UnitStatus.UNSOLD and unit.owners and unit.owners != {case.developer}
        ),
        *(Problem(ProblemCode.NOMINEE_NOT_OWNER, unit=unit.code) for unit in case.units if not names_an_owner(case, unit)),
        *(Problem(ProblemCode.NOMINEES_DIFFER, unit=voter.units[0].code) for voter in voters if len(voter.nominees) > 1),
        *_same_time(inboxes),
        *_seats(case),
    )


def _same_time(inboxes: Sequence[Inbox]) -> list[Problem]:
    """Find usable ballots of one voter at one instant that say different things or came by different channels."""
    later = {}
    for inbox in inboxes:
        usable = in_order(entry for entry in inbox.entries if entry.valid)
        for before, entry in pairwise(usable):
            differs = (before.choice, before.channel) != (entry.choice, entry.channel)
            if before.at == entry.at and differs:
                later[entry.place] = entry
    return [Problem(ProblemCode.SAME_TIME, owner=later[place].owner) for place in sorted(later)]


def _seats(case: Case) -> list[Problem]:
    if not case.elects or case.election is not ElectionKind.COMMITTEE:
        return []
    pack = load_rule_pack(case.rule_pack)
    found = []
    if case.seats % pack.number("committee_step") == 0:
        found.append(Problem(ProblemCode.SEATS_EVEN))
    if not pack.number("committee_min") <= case.seats <= pack.number("committee_max"):
        found.append(Problem(ProblemCode.SEATS_OUT_OF_RANGE))
    return found
