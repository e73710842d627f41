"""Own what keeps the steps before the notice from being done: the group, the roll, the drafts and the candidates.

Pure. Numbers come from the rule pack (指导规则 10, 31; P-GROUP, P-DIFF). What the law leaves no room for cannot be let pass by
the street; sizes and periods that are proposals of the software can.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.procedure.blocking import Blocker, Rule
from app.procedure.nominating import (
    candidate_label,
    candidates_needed,
    eligible,
    lost_candidates,
    posting_is_stale,
)
from app.procedure.objecting import open_objections, open_windows, posted_on
from app.procedure.types import Dossier, NominationState, ProcedureKind, Side

#: Papers of a first election that must lie on the table: without them no assembly comes about (指导规则 15).
DRAFT_PAPERS = ("RULES_DRAFT", "COVENANT_DRAFT")


def _group_made_up(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Ask for an odd number within the size, and enough owners in it."""
    pack, members = dossier.pack, len(dossier.group)
    owners = sum(1 for row in dossier.group if row.side is Side.OWNER)
    if not members:
        yield Blocker("group_empty", may_override=False)
        return
    if members % pack.number("group_step") != 1:
        yield Blocker("group_even", {"members": members}, may_override=False)
    least, most = pack.number("group_min"), pack.number("group_max")
    if not least <= members <= most:
        yield Blocker("group_size", {"members": members, "least": least, "most": most})
    share, advised = pack.threshold("group_owner_share"), pack.threshold("group_owner_share_advised")
    counted: dict[str, str | int] = {"owners": owners, "members": members}
    if not share.is_met(owners, members):
        values = {**counted, "share": str(share.share), "missing": share.missing(owners, members)}
        yield Blocker("group_owners_too_few", values, may_override=False)
    elif not advised.is_met(owners, members):
        is_rule = dossier.policies["P-GROUP"] == "two_thirds_owners"
        yield Blocker("group_owners_below_advised", {**counted, "share": str(advised.share)}, is_warning=not is_rule)


def _group_led(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Ask for one head, of the street in a preparatory group, and for the sides that belong to it."""
    if not dossier.group:
        return
    heads = [row for row in dossier.group if row.is_head]
    is_first = dossier.procedure.kind is ProcedureKind.FIRST_ELECTION
    if len(heads) != 1:
        yield Blocker("group_head_missing" if not heads else "group_heads_several", may_override=False)
    elif is_first and heads[0].side is not Side.STREET:
        yield Blocker("group_head_not_street", may_override=False)
    sides = {row.side for row in dossier.group}
    wanted = [Side.STREET, Side.RESIDENTS_COMMITTEE, *([Side.DEVELOPER] if is_first else [])]
    for side in wanted:
        if side not in sides:
            yield Blocker(f"group_without_{side.value}", is_warning=True)


def _group_posted(dossier: Dossier, today: date) -> Iterator[Blocker]:
    if dossier.group and posted_on(dossier, "group") is None:
        yield Blocker("group_not_posted")
    yield from _answered(dossier, "group")


def _answered(dossier: Dossier, about: str) -> Iterator[Blocker]:
    waiting = open_objections(dossier, about)
    if waiting:
        yield Blocker(f"objections_open_{about}", {"count": len(waiting)})


def _group_unobjected(dossier: Dossier, today: date) -> Iterator[Blocker]:
    yield from _answered(dossier, "group")


def _roll_ready(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Ask for a counted roll that hangs where owners can check it (指导规则 12)."""
    if not dossier.has_roll:
        yield Blocker("roll_missing", may_override=False)
    elif not any(row.paper == "N2" for row in dossier.postings):
        yield Blocker("roll_not_posted")


def _drafts_given(dossier: Dossier, today: date) -> Iterator[Blocker]:
    if dossier.procedure.kind is not ProcedureKind.FIRST_ELECTION:
        return
    for code in DRAFT_PAPERS:
        if dossier.latest_paper(code) is None:
            yield Blocker(f"missing_{code.lower()}", may_override=False)


def _candidates_enough(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Ask for more candidates than seats as P-DIFF says; fewer than seats never pass."""
    seats, found, needed = dossier.procedure.seats or 0, len(eligible(dossier)), candidates_needed(dossier)
    values = {"candidates": found, "seats": seats, "needed": needed, "missing": needed - found}
    if found < seats:
        yield Blocker("candidates_fewer_than_seats", {**values, "missing": seats - found}, may_override=False)
    elif found < needed:
        is_advice = dossier.policies["P-DIFF"] == "one_more"
        yield Blocker("candidates_equal_seats" if found == seats else "candidates_too_few", values, is_warning=is_advice)


def _candidates_decided(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Ask for a finding on everybody who was proposed, and for the picture and the words of those who stand."""
    waiting = sum(1 for row in dossier.nominations if row.state is NominationState.PROPOSED)
    if waiting:
        yield Blocker("nominations_undecided", {"count": waiting})
    for row in eligible(dossier):
        if row.photo_id is None:
            yield Blocker("candidate_without_photo", {"name": row.name})
        if not row.introduction:
            yield Blocker("candidate_without_introduction", {"name": row.name})


def _candidates_own(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Refuse who has sold the flat since (指导规则 31, 43)."""
    for row in lost_candidates(dossier):
        yield Blocker("candidate_sold", {"name": row.name, "door": row.unit_code}, may_override=False)


def _announced_candidates_own(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Refuse who has sold the flat since the notice: an announced list only changes by a new notice (物业管理条例 14)."""
    for row in lost_candidates(dossier):
        yield Blocker("candidate_sold_after_notice", {"name": row.name, "door": row.unit_code}, may_override=False)


def _list_posted_again(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Ask for a new posting where the list changed after its last one."""
    if posting_is_stale(dossier):
        yield Blocker("candidates_posting_stale")


def _candidates_posted(dossier: Dossier, today: date) -> Iterator[Blocker]:
    if not eligible(dossier):
        return
    if posted_on(dossier, "candidates") is None:
        yield Blocker("candidates_not_posted")
    elif posting_is_stale(dossier):
        yield Blocker("candidates_posting_stale")
    for window in open_windows(dossier, today):
        if window.about == "candidates":
            yield Blocker("candidates_period_runs", {"days": (window.until_on - today).days + 1}, is_warning=True)


def _candidates_unobjected(dossier: Dossier, today: date) -> Iterator[Blocker]:
    yield from _answered(dossier, "candidates")
    listed = {candidate_label(row.name, row.unit_code) for row in eligible(dossier)}
    for objection in dossier.objections_to("candidates"):
        if objection.upheld and objection.subject in listed:
            yield Blocker("upheld_against_candidate", {"number": objection.number, "name": objection.subject})


_GROUP: tuple[Rule, ...] = (_group_made_up, _group_led)

#: Step to its rules.
RULES: dict[str, tuple[Rule, ...]] = {
    "group_formed": _GROUP,
    "group_posted": (*_GROUP, _group_posted),
    "roll": (_roll_ready,),
    "drafts": (_drafts_given,),
    "candidates": (
        _candidates_enough,
        _candidates_decided,
        _candidates_own,
        _candidates_posted,
        _candidates_unobjected,
        _group_unobjected,
    ),
    "notice": (_candidates_own, _list_posted_again, _candidates_unobjected),
    "voting_opens": (_announced_candidates_own,),
}
