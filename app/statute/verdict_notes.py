"""Own what is said beside the comparisons of a verdict: what silence and followers did, and how the seats were filled."""

from __future__ import annotations

from app.statute.attribution import Attribution, silence_rule
from app.statute.findings import Finding, Note, NoteCode
from app.statute.policies import Policies
from app.statute.ranking import Seating
from app.statute.rule_pack import ThresholdClass
from app.statute.weight import Weight


def attribution_notes(added: Attribution, silent: Weight, threshold: ThresholdClass, policies: Policies) -> list[Finding]:
    """Say what silence and followers did, only where there was somebody of the kind."""
    notes: list[Finding] = []
    if silent != Weight.zero():
        counted = added.silent != Weight.zero()
        special = policies["P-SILENCE"] != silence_rule(threshold, policies)
        code = NoteCode.SILENCE_COUNTED if counted else NoteCode.SILENCE_LEFT_OUT
        notes.append(Note(code, weight=silent, policy="P-SILENCE-SPECIAL" if special else "P-SILENCE"))
    if added.followers != Weight.zero():
        policy = "P-ABSTAIN" if policies["P-ABSTAIN"] == "follow_majority" else "P-CONG"
        notes.append(Note(NoteCode.FOLLOWED, weight=added.followers, policy=policy))
    nothing = all(weight == Weight.zero() for weight in added.attributed.values())
    if nothing and (added.silent != Weight.zero() or added.followers != Weight.zero()):
        notes.append(Note(NoteCode.NO_MAJORITY_TO_FOLLOW, policy="P-SPLIT"))
    return notes


def counts_silence(silent: Weight, threshold: ThresholdClass, policies: Policies) -> bool:
    """Say whether somebody was served and returned nothing, and a policy may count that."""
    return silent != Weight.zero() and silence_rule(threshold, policies) != "not_counted"


def result_note(
    code: NoteCode, verdict: str, participating: Weight, *, agreeing: Weight | None = None, elected: tuple[str, ...] = ()
) -> Note:
    """Hold one of the two results that are compared: a matter with who agrees, an election with who is elected."""
    return Note(code, names=elected, weight=participating, verdict=verdict, agreeing=agreeing)


def seating_notes(seating: Seating, passing: int, seats: int) -> list[Finding]:
    """Say who sits, who waits, and what a tie or too few passing candidates led to."""
    numbers = {"seats": seats, "passing": passing}
    notes: list[Finding] = []
    if seating.elected:
        notes.append(Note(NoteCode.ELECTED, names=seating.elected, policy="P-RANK", numbers=numbers))
    elif not passing:
        notes.append(Note(NoteCode.NOBODY_PASSED))
    elif not seating.seat_tied:
        notes.append(Note(NoteCode.PARTIAL_REFUSED, policy="P-PARTIAL", numbers=numbers))
    if seating.seat_tied:
        notes.append(Note(NoteCode.LOT_FOR_SEAT, names=seating.tied, policy="P-RANK"))
        return notes
    if seating.elected and len(seating.elected) < seats:
        notes.append(Note(NoteCode.PARTIAL_ACCEPTED, policy="P-PARTIAL", numbers=numbers))
    if seating.dropped is not None:
        notes.append(Note(NoteCode.DROPPED_TO_BE_ODD, names=(seating.dropped,), policy="P-PARTIAL"))
    if seating.alternates:
        notes.append(Note(NoteCode.ALTERNATES, names=seating.alternates, policy="P-ALT"))
    if seating.tied:
        notes.append(Note(NoteCode.LOT_FOR_ALTERNATE, names=seating.tied, policy="P-ALT"))
    return notes
