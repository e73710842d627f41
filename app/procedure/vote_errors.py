"""Own what can be wrong with the vote of a procedure and what follows it: notice, certification, meeting, filing, hand-over."""

from __future__ import annotations

from app.errors import Malformed, NotFound, RuleBroken


class VoteDraftedAlready(RuleBroken):
    """Say that the procedure has a vote that stands; it is withdrawn before another one is drafted."""

    code = "vote_drafted_already"


class VoteNotDrafted(RuleBroken):
    """Say that there is no drafted vote to announce."""

    code = "vote_not_drafted"


class VoteNotAnnounced(RuleBroken):
    """Say that there is no announced vote to open."""

    code = "vote_not_announced"


class ResidentsCommitteeNotTold(RuleBroken):
    """Say that the residents' committee must be told at the same time (物业管理条例 14)."""

    code = "residents_committee_not_told"


class NoticeTooShort(RuleBroken):
    """Say that voting would open before the days of notice are over; values: earliest (date)."""

    code = "notice_too_short"


class LotUnclear(Malformed):
    """Say that another number of candidates was drawn than seats are open; values: number."""

    code = "lot_unclear"


class LotNotDrawn(RuleBroken):
    """Say that candidates are equal and a lot decides; values: names, number."""

    code = "lot_not_drawn"


class NoNewCommittee(RuleBroken):
    """Say that the certified vote elected no committee, so there is no first meeting."""

    code = "no_new_committee"


class MeetingQuorumMissed(RuleBroken):
    """Say that a committee meets with more than half of its members; values: present, needed."""

    code = "meeting_quorum_missed"


class HandoverItemNotFound(NotFound):
    """Say that the list has no such line."""

    code = "handover_item_not_found"


class HandoverSigned(RuleBroken):
    """Say that this side has signed the line already; values: label."""

    code = "handover_signed"


class HandoverNotGiven(RuleBroken):
    """Say that a thing is received only after it was given; values: label."""

    code = "handover_not_given"


class SignerMissing(Malformed):
    """Say that a signature needs the name of the person."""

    code = "signer_missing"


class FilingPaperUnknown(NotFound):
    """Say that the check-list has no such paper to upload."""

    code = "filing_paper_unknown"


class FilingNumberMissing(Malformed):
    """Say that a filing is recorded with the number of its certificate."""

    code = "filing_number_missing"


class FilingNotHandedIn(RuleBroken):
    """Say that a filing is completed or filed only after it was handed in."""

    code = "filing_not_handed_in"


class FiledAlready(RuleBroken):
    """Say that the filing is done; nothing more is recorded of it."""

    code = "filed_already"
