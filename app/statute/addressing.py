"""Own for which voters a ballot speaks, and why it is refused when it speaks for none (P-COOWNER, P-DEV; G-25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.statute.case import BallotEntry, Case
from app.statute.voters import Voter


class Reason(StrEnum):
    """Say why a ballot counted for no voter, in the order in which the reasons are tried."""

    NO_COUNTED_UNIT = "no_counted_unit"
    DEVELOPER_LIMITED = "developer_limited"
    NOT_NOMINEE = "not_nominee"
    NO_NOMINEE = "no_nominee"
    INVALID = "invalid"
    COOWNER_VOTED_FIRST = "coowner_voted_first"
    OTHER_CHANNEL = "other_channel"
    NO_MORE_CHANGES = "no_more_changes"
    SUPERSEDED = "superseded"
    COOWNERS_DIFFER = "coowners_differ"


@dataclass(slots=True)
class Inbox:
    """Gather what came in for one voter, while the ballots are sorted."""

    #: Ballots that may speak for the voter, in the order of the file.
    entries: list[BallotEntry] = field(default_factory=list)
    #: True once any ballot was addressed to the voter, even one that was refused: then the voter is not silent.
    addressed: bool = False


def sort_ballots(case: Case, voters: Sequence[Voter]) -> tuple[list[Inbox], dict[int, Reason]]:
    """Give every ballot to the voters it speaks for.

    Returns one inbox per voter, and the reason for each refused ballot by its place in the file.
    """
    inboxes = [Inbox() for _ in voters]
    refused: dict[int, Reason] = {}
    by_owner: dict[str, list[Voter]] = {}
    for voter in voters:
        for owner in voter.owners:
            by_owner.setdefault(owner, []).append(voter)
    by_unit = {unit.code: voter for voter in voters for unit in voter.units}
    speakers = [voter.speaker for voter in voters]

    for ballot in case.ballots:
        targets = _targets(ballot, by_owner, by_unit)
        limited = case.policies["P-DEV"] == "rules_limit" and ballot.owner == case.developer
        allowed = [] if limited else [voter for voter in targets if _may_speak(case, ballot, speakers[voter.place])]
        for voter in allowed:
            inboxes[voter.place].entries.append(ballot)
        for voter in allowed or targets:
            inboxes[voter.place].addressed = True
        if not targets:
            refused[ballot.place] = Reason.NO_COUNTED_UNIT
        elif limited:
            refused[ballot.place] = Reason.DEVELOPER_LIMITED
        elif not allowed:
            named = speakers[targets[0].place] is not None
            refused[ballot.place] = Reason.NOT_NOMINEE if named else Reason.NO_NOMINEE
    return inboxes, refused


def _targets(ballot: BallotEntry, by_owner: dict[str, list[Voter]], by_unit: dict[str, Voter]) -> list[Voter]:
    if ballot.unit is None:
        return by_owner.get(ballot.owner, [])
    voter = by_unit.get(ballot.unit)
    return [voter] if voter is not None and ballot.owner in voter.owners else []


def _may_speak(case: Case, ballot: BallotEntry, speaker: str | None) -> bool:
    if speaker is not None:
        return ballot.owner == speaker
    return case.policies["P-COOWNER"] != "nominee_only"
