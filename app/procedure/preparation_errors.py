"""Own what can be wrong with preparing a vote: the group, postings, proposed candidates, objections, drafts."""

from __future__ import annotations

from app.errors import Malformed, NotFound, PermissionRefused, RuleBroken


class GroupMemberNotFound(NotFound):
    """Say that the group has no such member."""

    code = "group_member_not_found"


class GroupListUnread(Malformed):
    """Say that lines of a pasted list could not be read; values: lines (their numbers)."""

    code = "group_list_unread"


class GroupMemberNotOwner(RuleBroken):
    """Say that the roll has no such owner at the door; values: names."""

    code = "group_member_not_owner"


class GroupListPosted(RuleBroken):
    """Say that a posted list is changed only after an order of the street to correct it."""

    code = "group_list_posted"


class PaperUnknown(Malformed):
    """Say that no such paper belongs to this kind of procedure."""

    code = "paper_unknown"


class PostingPlaceUnknown(Malformed):
    """Say that the complex has no such place for postings."""

    code = "posting_place_unknown"


class PostingNotFound(NotFound):
    """Say that the procedure has no such posting."""

    code = "posting_not_found"


class NominationsUndecided(RuleBroken):
    """Say that a list of candidates is posted only when everybody proposed was checked."""

    code = "nominations_undecided"


class NothingToPost(RuleBroken):
    """Say that the list to be posted is empty."""

    code = "nothing_to_post"


class NominationNotFound(NotFound):
    """Say that the procedure has no such proposal."""

    code = "nomination_not_found"


class NominationsClosed(RuleBroken):
    """Say that candidates are not proposed now."""

    code = "nominations_closed"


class NomineeNotOwner(RuleBroken):
    """Say that the roll has no owner of that name at the door."""

    code = "nominee_not_owner"


class NominatedAlready(RuleBroken):
    """Say that the person was proposed already."""

    code = "nominated_already"


class TooManyNominations(RuleBroken):
    """Say that one owner proposes at most as many as there are seats; values: limit."""

    code = "too_many_nominations"


class NominationDecided(RuleBroken):
    """Say that the proposal is in a state that does not allow the act."""

    code = "nomination_decided"


class NotOwnNomination(PermissionRefused):
    """Say that an owner withdraws only what he proposed himself."""

    code = "not_own_nomination"


class ListFrozen(RuleBroken):
    """Say that the vote was announced, so its candidates cannot change (any change restarts the notice)."""

    code = "list_frozen"


class RefusalReasonMissing(Malformed):
    """Say that who is refused or taken off the list is told why."""

    code = "refusal_reason_missing"


class NoOwnDoor(PermissionRefused):
    """Say that the account speaks for no owner of the roll."""

    code = "no_own_door"


class ObjectionNotFound(NotFound):
    """Say that the procedure has no such objection."""

    code = "objection_not_found"


class ObjectionNotDue(RuleBroken):
    """Say that this cannot be objected to now."""

    code = "objection_not_due"


class ObjectionAnswered(RuleBroken):
    """Say that an answer was given already; answers never change."""

    code = "objection_answered"


class AnswerMissing(Malformed):
    """Say that an answer needs its reasons."""

    code = "answer_missing"


class DraftMissing(Malformed):
    """Say that a changed text was announced and not given."""

    code = "draft_missing"
