"""Own what can be wrong with enrolling, casting, closing, decrypting and publishing; sentences are in ``sentences``.

The cryptographic reasons of a refused ballot are those of ``app.crypto.errors``; the window's are those of elections.
"""

from __future__ import annotations

from app.errors import Malformed, NotFound, PermissionRefused, RuleBroken, VerificationFailed

# --- who ------------------------------------------------------------------------------------------------------------


class NoVoteHere(PermissionRefused):
    """Say that the account is no voter of the frozen roll of this election."""

    code = "no_vote_here"


class NotYourVote(PermissionRefused):
    """Say that the named voter number is not one of this account's."""

    code = "not_your_vote"


class EntitlementHeld(PermissionRefused):
    """Say that the claim to vote waits for a check by a person; values: reason."""

    code = "entitlement_held"


class NotNominee(PermissionRefused):
    """Say that the co-owners named another person, or nobody yet (Guidance Rules 25)."""

    code = "not_nominee"


class CoownerSpeaks(PermissionRefused):
    """Say that another co-owner cast first and speaks for this voter."""

    code = "coowner_speaks"


# --- enrolment ------------------------------------------------------------------------------------------------------


class EnrolmentUnreadable(Malformed):
    """Say that the enrolment is not ``{"credential", "proof": {"challenge", "response"}}``."""

    code = "enrolment_unreadable"


class CredentialTaken(RuleBroken):
    """Say that this credential is enrolled already, for another voter or before a newer one."""

    code = "credential_taken"


class TooManyCredentials(RuleBroken):
    """Say that this voter has enrolled as many credentials as one election allows."""

    code = "too_many_credentials"


# --- casting --------------------------------------------------------------------------------------------------------


class EmptyBallot(Malformed):
    """Say that nothing was sent."""

    code = "ballot_empty"


class CredentialNotEnrolled(RuleBroken):
    """Say that the ballot is signed with a credential this election does not know."""

    code = "credential_not_enrolled"


class CredentialReplaced(RuleBroken):
    """Say that the ballot is signed with a credential that a newer one has replaced."""

    code = "credential_replaced"


class CredentialOfAnother(RuleBroken):
    """Say that the ballot is signed with the credential of another voter."""

    code = "credential_of_another"


class BallotInBox(RuleBroken):
    """Say that these very bytes are in a box already, cast by somebody else."""

    code = "ballot_in_box"


class NoChangesLeft(RuleBroken):
    """Say that P-CHANGE allows no further ballot."""

    code = "no_changes_left"


class OtherChannelFirst(RuleBroken):
    """Say that a ballot came first through a channel that this one may not replace (P-CHANNEL)."""

    code = "other_channel_first"


# --- reading --------------------------------------------------------------------------------------------------------


class ReceiptNotFound(NotFound):
    """Say that no box of the complex holds a ballot with this code."""

    code = "receipt_not_found"


class BoxNotReady(NotFound):
    """Say that what is asked for exists only after the box was closed."""

    code = "box_not_ready"


class RecordNotReady(NotFound):
    """Say that the record package exists only after the result was published."""

    code = "record_not_ready"


# --- decryption and result ------------------------------------------------------------------------------------------


class TallyNotReady(RuleBroken):
    """Say that the encrypted sums have not been made yet."""

    code = "tally_not_ready"


class PartialUnreadable(Malformed):
    """Say that the partial decryption is not ``{"area": {...}, "heads": {...}}``."""

    code = "partial_unreadable"


class NotEnoughParts(RuleBroken):
    """Say that too few trustees have opened; values: given, needed."""

    code = "not_enough_parts"


class ResultContradicts(VerificationFailed):
    """Say that what the trustees' parts open to cannot be a count of this box."""

    code = "result_contradicts"
