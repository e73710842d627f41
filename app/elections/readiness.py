"""Own what must be true of a draft before it can be announced, and what is only worth a warning.

Pure. Numbers come from the rule pack; sources: Civil Code 278, 指导规则 31 and 58, 物业管理条例 14, policies
(app/statute/LAW.md 2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from app.committee.rules import Mandate, Standing
from app.elections.types import TRUSTEES, ElectionKind, ElectionRow, MatterRow
from app.statute.policies import policy_registry
from app.statute.rule_pack import Matter, RulePack
from app.statute.scope import PART_MATTERS
from app.values.clock import CHINA

#: Longest title of an election and of a matter, in characters.
TITLE_LIMIT = 40
#: Longest introduction of a candidate, in characters.
INTRODUCTION_LIMIT = 50
#: A ballot longer than this cannot be read on a phone.
MATTERS_LIMIT = 12
CANDIDATES_LIMIT = 30

#: Values that the count of an electronic vote implements, for policies of which it does not implement every value:
#: silence needs proof of delivery on paper, the fourth option is never on the ballot, the roll is frozen without
#: parking and by identical sets of owners; the encrypted box has one weight for the whole ballot, so that a blank item
#: takes part, and its developer votes like every owner.
_IMPLEMENTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "P-SILENCE": frozenset({"not_counted"}),
        "P-CONG": frozenset({"no"}),
        "P-PARK": frozenset({"none"}),
        "P-SAMEBUYER": frozenset({"identical_set"}),
        "P-QSCOPE": frozenset({"per_ballot"}),
        "P-INVALID-ITEM": frozenset({"participates"}),
        "P-DEV": frozenset({"yes"}),
    }
)


#: Votes that a preparatory or renewal group calls; every other one is called by the committee.
_CALLED_BY_A_GROUP = frozenset({ElectionKind.RENEWAL, ElectionKind.FIRST_ELECTION})

#: What the street may let pass: then the residents' committee calls the vote in the committee's place (指导规则 51, 58).
WAIVABLE = frozenset({"committee_expired", "committee_too_few", "matter_withheld"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold one thing that is missing or odd, with the place on the set-up page where it is mended."""

    code: str
    #: Fragment of the page, as ``matter-3``.
    anchor: str
    #: Values the sentence needs.
    values: Mapping[str, str | int] = field(default_factory=dict)
    #: A warning does not stop the announcement.
    is_warning: bool = False


def problems_of(
    election: ElectionRow, now: datetime, pack: RulePack, mandate: Mandate | None = None, waived: Collection[str] = ()
) -> list[Problem]:
    """List everything that keeps the draft from being announced, then the warnings, each in the order of the page.

    ``mandate`` is the committee's on this day, ``waived`` the codes of ``WAIVABLE`` that an order of the street lets pass.
    """
    limits = _mandate_problems(election, mandate or Mandate(Standing.UNKNOWN))
    found = [
        *(problem for problem in limits if problem.code not in waived),
        *_window_problems(election, now, pack),
        *_scope_problems(election),
        *_matter_problems(election, pack),
        *_policy_problems(election),
        *_trustee_problems(election),
    ]
    return sorted(found, key=lambda problem: problem.is_warning)


def may_announce(problems: list[Problem]) -> bool:
    """Say whether nothing but warnings is left."""
    return all(problem.is_warning for problem in problems)


def implements(key: str, value: str) -> bool:
    """Say whether an electronic vote can be counted under this value of a policy."""
    return key not in _IMPLEMENTED or value in _IMPLEMENTED[key]


def earliest_opening(announced_at: datetime, pack: RulePack, clear_days: str) -> datetime:
    """Return the first midnight after the days of notice: the day of posting is not counted (Civil Code 201).

    ``clear_days`` is the value of P-NOTICECLR: ``d16`` keeps the last day whole, ``d15`` opens on it.
    """
    days = pack.number("notice_days_clear") + (1 if clear_days == "d16" else 0)
    posted_on = announced_at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return posted_on + timedelta(days=days)


def _mandate_problems(election: ElectionRow, mandate: Mandate) -> Iterator[Problem]:
    term = mandate.term
    if election.kind in _CALLED_BY_A_GROUP or term is None:
        return
    if mandate.standing is Standing.EXPIRED:
        yield Problem("committee_expired", "basics", {"ends_on": term.ends_on.isoformat()})
    elif mandate.standing is Standing.TOO_FEW:
        yield Problem("committee_too_few", "basics", {"serving": len(term.serving), "seats": term.seats})
    for number, matter in enumerate(election.matters, start=1):
        if mandate.withholds(matter.kind, election.policies["P-RESTRICT"]):
            yield Problem("matter_withheld", f"matter-{matter.id}", {"number": number})


def _window_problems(election: ElectionRow, now: datetime, pack: RulePack) -> Iterator[Problem]:
    length = election.closes_at - election.opens_at
    least, most = pack.number("voting_window_days_min"), pack.number("voting_window_days_max")
    if election.opens_at <= now:
        yield Problem("window_begins_in_past", "basics")
    if length <= timedelta(0):
        yield Problem("window_reversed", "basics")
    elif length < timedelta(days=least):
        yield Problem("window_too_short", "basics", {"days": least})
    elif length > timedelta(days=most):
        yield Problem("window_too_long", "basics", {"days": most})
    if election.opens_at > now and election.opens_at < earliest_opening(now, pack, election.policies["P-NOTICECLR"]):
        yield Problem("notice_short", "basics", {"days": pack.number("notice_days_clear")}, is_warning=True)


def _scope_problems(election: ElectionRow) -> Iterator[Problem]:
    if not election.scope:
        return
    for number, matter in enumerate(election.matters, start=1):
        if matter.kind not in PART_MATTERS:
            yield Problem("matter_needs_everybody", "scope", {"number": number, "buildings": election.scope_text})


def _matter_problems(election: ElectionRow, pack: RulePack) -> Iterator[Problem]:
    if not election.matters:
        yield Problem("matters_missing", "matters")
    if len(election.matters) > MATTERS_LIMIT:
        yield Problem("matters_too_many", "matters", {"limit": MATTERS_LIMIT})
    titles = [matter.title for matter in election.matters]
    for number, matter in enumerate(election.matters, start=1):
        anchor, values = f"matter-{matter.id}", {"number": number}
        if "【" in matter.title + matter.summary:
            yield Problem("matter_unfinished", anchor, values)
        if titles.count(matter.title) > 1:
            yield Problem("matter_twice", anchor, values)
        if matter.kind is Matter.ELECT and matter.elects is (election.kind is ElectionKind.RECALL):
            yield Problem("seats_contradict_kind", anchor, values)
        yield from _seat_problems(election.kind, matter, anchor, number, pack)
        if not matter.materials and not matter.elects:
            yield Problem("material_missing", anchor, values, is_warning=True)
    if election.kind is not ElectionKind.DECISION and all(matter.kind is not Matter.ELECT for matter in election.matters):
        yield Problem("election_matter_missing", "matters", is_warning=True)


def _seat_problems(kind: ElectionKind, matter: MatterRow, anchor: str, number: int, pack: RulePack) -> Iterator[Problem]:
    if matter.seats is None:
        return
    values = {"number": number, "seats": matter.seats, "candidates": len(matter.candidates)}
    least, most = pack.number("committee_min"), pack.number("committee_max")
    whole_committee = kind in (ElectionKind.RENEWAL, ElectionKind.FIRST_ELECTION)
    if whole_committee and not (least <= matter.seats <= most and matter.seats % pack.number("committee_step") == 1):
        yield Problem("seats_unlawful", anchor, {**values, "least": least, "most": most})
    if len(matter.candidates) < matter.seats:
        yield Problem("candidates_too_few", anchor, values)
    elif len(matter.candidates) == matter.seats:
        yield Problem("candidates_equal_seats", anchor, values, is_warning=True)
    if len(matter.candidates) > CANDIDATES_LIMIT:
        yield Problem("candidates_too_many", anchor, {**values, "limit": CANDIDATES_LIMIT})
    if len(set(matter.answers)) != len(matter.answers):
        yield Problem("candidate_twice", anchor, values)


def _policy_problems(election: ElectionRow) -> Iterator[Problem]:
    registry = policy_registry()
    for key, value in election.policies.items():
        policy = registry[key]
        if not implements(key, value):
            yield Problem("policy_not_implemented", "policies", {"policy": key})
        elif election.kind is ElectionKind.FIRST_ELECTION and policy.needs_notice and value != policy.default:
            yield Problem("policy_needs_notice", "policies", {"policy": key}, is_warning=True)
        clause = election.own_rules.change_of(key)
        if clause is not None and clause.value != value:
            yield Problem("policy_against_own_rules", "policies", {"policy": key, "page": clause.page}, is_warning=True)
        elif clause is None and value != policy.default:
            yield Problem("policy_without_clause", "policies", {"policy": key}, is_warning=True)


def _trustee_problems(election: ElectionRow) -> Iterator[Problem]:
    if len(election.trustees) != TRUSTEES:
        yield Problem("trustees_missing", "trustees", {"number": TRUSTEES})
