"""Own which of several ballots of one voter counts (P-CHANNEL, P-CHANGE, P-COOWNER, P-INVALID; app/statute/LAW.md 3.3, 3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.statute.addressing import Inbox, Reason
from app.statute.case import BallotEntry, Channel, Choice
from app.statute.policies import Policies
from app.statute.voters import Voter


@dataclass(frozen=True, slots=True)
class Resolution:
    """Say what one voter's ballots come to."""

    #: The ballot that counts, if one does.
    ballot: BallotEntry | None = None
    #: True when the voter takes part by ballot (quorum and denominator).
    participates: bool = False
    #: Reasons for this voter's other ballots, by place in the file.
    reasons: dict[int, Reason] = field(default_factory=dict)

    @property
    def choice(self) -> Choice:
        """Return what the counting ballot says; None also when there is none."""
        return self.ballot.choice if self.ballot is not None else None


def resolve_ballots(voter: Voter, inbox: Inbox, policies: Policies) -> Resolution:
    """Decide which ballot of a voter counts and name the reason for each other one."""
    reasons = {entry.place: Reason.INVALID for entry in inbox.entries if not entry.valid}
    usable = in_order(entry for entry in inbox.entries if entry.valid)
    if not usable:
        return Resolution(participates=_invalid_participates(inbox, policies), reasons=reasons)
    if voter.speaker is None and policies["P-COOWNER"] == "void":
        return _resolve_each_coowner(usable, reasons, policies)
    first_owner = usable[0].owner
    for entry in usable:
        if entry.owner != first_owner:
            reasons[entry.place] = Reason.COOWNER_VOTED_FIRST
    final = _final_of([entry for entry in usable if entry.owner == first_owner], reasons, policies)
    return Resolution(final, _item_participates(final, policies), reasons)


def in_order(entries: Iterable[BallotEntry]) -> list[BallotEntry]:
    """Sort ballots by instant, offsets respected, then by place in the file."""
    return sorted(entries, key=lambda entry: (entry.at, entry.place))


def _invalid_participates(inbox: Inbox, policies: Policies) -> bool:
    return bool(inbox.entries) and policies["P-INVALID"] == "participation"


def _item_participates(final: BallotEntry, policies: Policies) -> bool:
    """Say whether a counting ballot takes part in this matter: a blank item does unless a policy leaves it out."""
    if final.choice is not None:
        return True
    return policies["P-QSCOPE"] != "per_item" and policies["P-INVALID-ITEM"] != "excluded"


def _resolve_each_coowner(usable: list[BallotEntry], reasons: dict[int, Reason], policies: Policies) -> Resolution:
    by_owner: dict[str, list[BallotEntry]] = {}
    for entry in usable:
        by_owner.setdefault(entry.owner, []).append(entry)
    finals = in_order(_final_of(entries, reasons, policies) for entries in by_owner.values())
    counted, *others = finals
    if any(entry.choice != counted.choice for entry in others):
        reasons.update({entry.place: Reason.COOWNERS_DIFFER for entry in finals})
        return Resolution(None, policies["P-INVALID"] == "participation", reasons)
    reasons.update({entry.place: Reason.COOWNER_VOTED_FIRST for entry in others})
    return Resolution(counted, _item_participates(counted, policies), reasons)


def _final_of(entries: list[BallotEntry], reasons: dict[int, Reason], policies: Policies) -> BallotEntry:
    """Apply P-CHANNEL, then P-CHANGE, to one person's ballots in order; at least one is given."""
    channel = _winning_channel(entries, policies["P-CHANNEL"])
    kept = []
    for entry in entries:
        if channel is None or entry.channel is channel:
            kept.append(entry)
        else:
            reasons[entry.place] = Reason.OTHER_CHANNEL
    change = policies["P-CHANGE"]
    final = {"none": kept[0], "once": kept[:2][-1], "unlimited": kept[-1]}[change]
    before_final = True
    for entry in kept:
        if entry is final:
            before_final = False
        else:
            reasons[entry.place] = Reason.SUPERSEDED if before_final else Reason.NO_MORE_CHANGES
    return final


def _winning_channel(entries: list[BallotEntry], policy: str) -> Channel | None:
    """Return the only channel that counts, or None when both are one sequence."""
    if policy == "last":
        return None
    preferred = {"electronic_final": Channel.ELECTRONIC, "paper_final": Channel.PAPER}.get(policy)
    if preferred is not None and any(entry.channel is preferred for entry in entries):
        return preferred
    return entries[0].channel
