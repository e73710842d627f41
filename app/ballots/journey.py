"""Own where a vote stands on its way from the owner to the result, in the one vocabulary of states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.ballots.errors import CoownerSpeaks, EntitlementHeld, NotNominee
from app.ballots.policies import require_may_vote
from app.ballots.queries import effective_ballot, speaker_of
from app.ballots.rules import changes_left
from app.ballots.types import BallotRow, Vote
from app.elections.rules import is_open, is_over
from app.elections.types import ElectionState
from app.errors import PermissionRefused


class VoteState(StrEnum):
    """Name the state of a vote as its owner reads it."""

    #: 待社区核对.
    HELD = "held"
    #: 共有人投票: another person speaks for this voter.
    BY_COOWNER = "by_coowner"
    #: 还没开始.
    NOT_YET = "not_yet"
    #: 可投票.
    MAY_VOTE = "may_vote"
    #: 已投（可改1次）.
    CAST_MAY_CHANGE = "cast_may_change"
    #: 已投（不能再改）.
    CAST_FINAL = "cast_final"
    #: 已封箱, the count is going on.
    SEALED = "sealed"
    #: 已计入.
    COUNTED = "counted"
    #: 没有投票.
    NOT_CAST = "not_cast"
    #: The election was withdrawn.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class VoteJourney:
    """Hold a vote with its state and, once cast, the ballot in the box."""

    vote: Vote
    state: VoteState
    ballot: BallotRow | None
    changes_left: int
    #: When the box was closed and the result published; None before.
    closed_at: datetime | None
    published_at: datetime | None


def journey_of(vote: Vote, at: datetime) -> VoteJourney:
    """Return where a vote stands at an instant."""
    election, number = vote.election, vote.standing.effective_number
    left = changes_left(election.policies, vote.standing.ballots_accepted)
    return VoteJourney(
        vote=vote,
        state=_state(vote, left, at),
        ballot=None if number is None else effective_ballot(election.id, number),
        changes_left=left if is_open(election, at) else 0,
        closed_at=election.closed_at,
        published_at=election.published_at,
    )


def _state(vote: Vote, left: int, at: datetime) -> VoteState:
    election = vote.election
    if election.state is ElectionState.WITHDRAWN:
        return VoteState.WITHDRAWN
    if vote.standing.has_vote:
        if election.state is ElectionState.PUBLISHED:
            return VoteState.COUNTED
        if is_over(election, at):
            return VoteState.SEALED
        return VoteState.CAST_MAY_CHANGE if left else VoteState.CAST_FINAL
    if is_over(election, at):
        return VoteState.NOT_CAST
    refused = _refused_state(vote)
    if refused is not None:
        return refused
    return VoteState.MAY_VOTE if is_open(election, at) else VoteState.NOT_YET


def _refused_state(vote: Vote) -> VoteState | None:
    try:
        speaker = speaker_of(vote.election.id, vote.entitlement.voter_number)
        require_may_vote(vote.entitlement, vote.election.policies, speaker)
    except EntitlementHeld:
        return VoteState.HELD
    except (NotNominee, CoownerSpeaks):
        return VoteState.BY_COOWNER
    except PermissionRefused:
        return VoteState.HELD
    return None
