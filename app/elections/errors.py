"""Own what can be wrong with setting an election up, announcing, opening and its key ceremony."""

from __future__ import annotations

from app.errors import Malformed, NotFound, PermissionRefused, RuleBroken, VerificationFailed


class ElectionNotFound(NotFound):
    """Say that the complex has no such election for this actor."""

    code = "election_not_found"


class ElectionPartNotFound(NotFound):
    """Say that the election has no such matter, candidate or paper."""

    code = "election_part_not_found"


class ElectionFrozen(RuleBroken):
    """Say that the election was announced, so nothing of it can be changed any more."""

    code = "election_frozen"


class ElectionIncomplete(RuleBroken):
    """Say that the draft cannot be announced yet; values: problems (their codes)."""

    code = "election_incomplete"


class ElectionNotOpen(RuleBroken):
    """Say that voting has not begun."""

    code = "election_not_open"


class ElectionClosed(RuleBroken):
    """Say that voting is over."""

    code = "election_closed"


class WindowNotOver(RuleBroken):
    """Say that voting still runs, so the box cannot be closed; values: closes_at."""

    code = "window_not_over"


class ElectionWithdrawn(RuleBroken):
    """Say that the election was withdrawn before it opened."""

    code = "election_withdrawn"


class ElectionStateWrong(RuleBroken):
    """Say that the act does not belong to the present state; values: state."""

    code = "election_state_wrong"


class WithdrawalTooLate(RuleBroken):
    """Say that an election that was opened cannot be withdrawn any more."""

    code = "withdrawal_too_late"


class OpeningBlocked(RuleBroken):
    """Say that the box cannot be opened for voting yet; values: waiting (organisations that have not rehearsed)."""

    code = "opening_blocked"


class WindowOver(RuleBroken):
    """Say that the voting window ended before the act."""

    code = "window_over"


class TrusteesRefused(RuleBroken):
    """Say that these three cannot be the trustees; values: reason."""

    code = "trustees_refused"


class NotATrustee(PermissionRefused):
    """Say that the account is none of the three trustees of this election."""

    code = "not_a_trustee"


class CeremonyNotBegun(RuleBroken):
    """Say that the key ceremony begins with the announcement."""

    code = "ceremony_not_begun"


class RoundNotDue(RuleBroken):
    """Say that this round has not begun or is over; values: round, due."""

    code = "round_not_due"


class RoundAlreadyGiven(RuleBroken):
    """Say that all have gone on, so a message can no longer be replaced; values: round."""

    code = "round_already_given"


class RehearsalFailed(VerificationFailed):
    """Say that the trustees' parts together do not open the test ciphertext; values: pair."""

    code = "rehearsal_failed"


class TextTooLong(Malformed):
    """Say that a text is longer than the screen and the notice allow; values: limit."""

    code = "text_too_long"


class ReasonMissing(Malformed):
    """Say that a withdrawal needs a reason that everybody can read."""

    code = "reason_missing"


class ExtensionNotAllowed(RuleBroken):
    """Say that the announced rules allow no extension (P-EXT)."""

    code = "extension_not_allowed"


class AlreadyExtended(RuleBroken):
    """Say that voting was extended once already; values: closes (the last moment of voting)."""

    code = "already_extended"


class ExtensionTooLate(RuleBroken):
    """Say that an extension is decided while voting runs, not before and not after; values: opens, closes (its moments)."""

    code = "extension_too_late"


class ExtensionTooLong(Malformed):
    """Say that an extension has between 1 and so many days; values: days."""

    code = "extension_too_long"


class WindowTooLong(Malformed):
    """Say that the window with its extension would be longer than the law allows; values: days."""

    code = "window_too_long"


class ObjectionsStillOpen(RuleBroken):
    """Say that a result is not certified before its objection period is over; values: until (its last moment)."""

    code = "objections_still_open"


class AlreadyCertified(RuleBroken):
    """Say that the result was certified already."""

    code = "already_certified"
