"""Own what can be wrong with a procedure as a whole and with any of its steps; the owners of steps add errors of their own."""

from __future__ import annotations

from app.errors import Malformed, NotFound, RuleBroken
from app.statute.planning_types import Conflict


class ProcedureNotFound(NotFound):
    """Say that the complex has no such procedure."""

    code = "procedure_not_found"


class ProcedureNotRunning(RuleBroken):
    """Say that the procedure was stopped, abandoned or finished; values: state."""

    code = "procedure_not_running"


class ProcedureRuns(RuleBroken):
    """Say that a procedure of this kind runs already for the same term; values: title."""

    code = "procedure_runs"


class CommitteeExists(RuleBroken):
    """Say that a committee is in office, so that the assembly exists already."""

    code = "committee_exists"


class NoVacancy(RuleBroken):
    """Say that every seat is held, so that there is nobody to elect."""

    code = "no_vacancy"


class MemberNotServing(Malformed):
    """Say that the member whose recall is asked is not in office."""

    code = "member_not_serving"


class MatterMissing(Malformed):
    """Say that a decision needs one of the matters that the owners decide together."""

    code = "matter_missing"


class SeatsUnlawful(Malformed):
    """Say that the seats are not an odd number within the law; values: least, most."""

    code = "seats_unlawful"


class BuildingsUnknown(Malformed):
    """Say that the roll has no such building."""

    code = "buildings_unknown"


class TermUnknown(RuleBroken):
    """Say that a renewal needs the committee's term on record."""

    code = "term_unknown"


class StepUnknown(NotFound):
    """Say that the procedure has no such step."""

    code = "step_unknown"


class StepAutomatic(RuleBroken):
    """Say that nobody records this step: it follows from the clock or from the vote."""

    code = "step_automatic"


class StepNotDue(RuleBroken):
    """Say that an earlier step must be done first; values: waiting (its title)."""

    code = "step_not_due"


class StepDone(RuleBroken):
    """Say that the step is recorded as done already."""

    code = "step_done"


class StepBlocked(RuleBroken):
    """Say that something keeps the step from being done; values: blockers (codes)."""

    code = "step_blocked"


class DateInFuture(RuleBroken):
    """Say that only what has happened can be recorded."""

    code = "date_in_future"


class DateTooEarly(RuleBroken):
    """Say that the law does not let the step be done before a day; values: earliest."""

    code = "date_too_early"


class DateRefused(RuleBroken):
    """Say that a chosen date breaks a rule, with the way out."""

    code = "date_refused"

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        super().__init__(conflict=str(conflict.code))


class DateInVote(RuleBroken):
    """Say that the date is that of the vote, which is drafted or announced already."""

    code = "date_in_vote"


class DateFixed(RuleBroken):
    """Say that the date of this step is not chosen: it follows from others or has happened."""

    code = "date_fixed"


class FactNotFound(RuleBroken):
    """Say that nothing was recorded for the step that could be taken back."""

    code = "fact_not_found"


class LaterStepDone(RuleBroken):
    """Say that a later step builds on this one, so that it cannot be taken back; values: later (its title)."""

    code = "later_step_done"


class OrderNotPossible(RuleBroken):
    """Say that an order does not fit the state of the procedure or of the step; values: order."""

    code = "order_not_possible"


class BlockerUnknown(RuleBroken):
    """Say that the step is not blocked by this, or that the law leaves no room to let it pass."""

    code = "blocker_unknown"


class OrderIncomplete(Malformed):
    """Say that an order needs its reason, the person who answers for it, and the place."""

    code = "order_incomplete"


class VoteRuns(RuleBroken):
    """Say that the procedure cannot be abandoned while its vote stands announced or open."""

    code = "vote_runs"
