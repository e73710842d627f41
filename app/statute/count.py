"""Own the legal count of one matter from its units and ballots (app/statute/LAW.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Malformed
from app.statute.addressing import Inbox, Reason, sort_ballots
from app.statute.case import Case, Option
from app.statute.problems import Problem, find_problems
from app.statute.resolution import Resolution, resolve_ballots
from app.statute.verdict import Verdict, judge_election, judge_matter
from app.statute.voters import Voter, group_units_into_voters
from app.statute.weight import Weight


@dataclass(frozen=True, slots=True)
class Ignored:
    """Hold one ballot that counted for no voter."""

    owner: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold the result of a count: the verdict, the ballots that did not count, and what contradicts itself."""

    #: An ``ElectionOutcome`` where candidates were voted on.
    verdict: Verdict
    ignored: tuple[Ignored, ...]
    problems: tuple[Problem, ...]
    #: The version of the law it was counted by.
    rule_pack: str


def count_matter(case: Case) -> Outcome:
    """Count one matter; raises Malformed ``totals_empty`` when no area or no head is counted."""
    voters = group_units_into_voters(case)
    totals = Weight.total(voter.weight for voter in voters)
    if not totals.area or not totals.heads:
        raise Malformed("totals_empty", where="units", area=str(totals.area), heads=totals.heads)
    inboxes, refused = sort_ballots(case, voters)
    resolutions = [resolve_ballots(voter, inboxes[voter.place], case.policies) for voter in voters]
    participating = Weight.total(
        voter.weight for voter, resolution in zip(voters, resolutions, strict=True) if resolution.participates
    )
    silent = Weight.total(voter.weight for voter in voters if _is_silent_and_served(case, voter, inboxes[voter.place]))
    return Outcome(
        verdict=_judge(case, voters, resolutions, totals, participating, silent),
        ignored=_ignored(case, resolutions, refused),
        problems=find_problems(case, voters, inboxes),
        rule_pack=case.rule_pack,
    )


def _judge(
    case: Case,
    voters: Sequence[Voter],
    resolutions: Sequence[Resolution],
    totals: Weight,
    participating: Weight,
    silent: Weight,
) -> Verdict:
    marks = list(case.candidates) if case.elects else [str(option) for option in Option]
    area = dict.fromkeys(marks, 0)
    heads = dict.fromkeys(marks, 0)
    for voter, resolution in zip(voters, resolutions, strict=True):
        for mark in _marks(resolution):
            area[mark] += voter.weight.area.centi
            heads[mark] += voter.weight.heads
    options = {mark: Weight.of(area[mark], heads[mark]) for mark in marks}
    if case.elects:
        return judge_election(
            case.seats,
            case.candidates,
            totals,
            participating,
            options,
            case.policies,
            silent=silent,
            election=case.election,
            rule_pack=case.rule_pack,
        )
    return judge_matter(case.matter, totals, participating, options, case.policies, silent=silent, rule_pack=case.rule_pack)


def _marks(resolution: Resolution) -> Sequence[str]:
    choice = resolution.choice
    if choice is None:
        return ()
    return (str(choice),) if isinstance(choice, Option) else tuple(choice)


def _is_silent_and_served(case: Case, voter: Voter, inbox: Inbox) -> bool:
    """Say whether a voter returned nothing although the ballot was effectively served on who must have it (A5)."""
    if inbox.addressed:
        return False
    if case.policies["P-DEV"] == "rules_limit" and case.developer in voter.owners:
        return False
    if voter.speaker is not None:
        return voter.speaker in case.delivered
    return case.policies["P-COOWNER"] != "nominee_only" and voter.owners <= case.delivered


def _ignored(case: Case, resolutions: Sequence[Resolution], refused: dict[int, Reason]) -> tuple[Ignored, ...]:
    """List each ballot that counted for no voter once, with the reason for its first voter."""
    counted = {resolution.ballot.place for resolution in resolutions if resolution.ballot is not None}
    reasons = dict(refused)
    for resolution in resolutions:
        for place, reason in resolution.reasons.items():
            reasons.setdefault(place, reason)
    return tuple(Ignored(ballot.owner, reasons[ballot.place]) for ballot in case.ballots if ballot.place not in counted)
