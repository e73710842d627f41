"""Own the words of the statutory timeline: kinds of procedures, steps, who acts, what may be wrong with a step.

Texts: ``packs/step_texts.toml``. Order, actors and rules of the steps: app/statute/LAW.md 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from app.statute.languages import Bilingual
from app.statute.rule_pack import Rule, RulePack, read_toml


class TimelineKind(StrEnum):
    """Name the procedures whose dates the law fixes."""

    FIRST_ELECTION = "first_election"
    RENEWAL = "renewal"
    BY_ELECTION = "by_election"
    RECALL = "recall"
    DECISION = "decision"

    @property
    def has_group(self) -> bool:
        """Say whether a preparatory or renewal group runs it; else the committee does."""
        return self in {TimelineKind.FIRST_ELECTION, TimelineKind.RENEWAL}


class StepKey(StrEnum):
    """Name a dated step, in the order in which a plan lists them (a recall hands over after ``decision_posted``)."""

    APPLICATION = "application"
    ALARM = "alarm"
    REPORT = "report"
    VACANCY = "vacancy"
    PETITION = "petition"
    GROUP_FORMED = "group_formed"
    GROUP_POSTED = "group_posted"
    MEMBER_HANDOVER = "member_handover"
    VACANCY_FILING = "vacancy_filing"
    COMMITTEE_DEMAND = "committee_demand"
    COMMITTEE_AGENDA = "committee_agenda"
    COMMITTEE_MEETING = "committee_meeting"
    COMMITTEE_DECISION_POSTED = "committee_decision_posted"
    NOTICE = "notice"
    VOTING_OPENS = "voting_opens"
    VOTING_CLOSES = "voting_closes"
    PRELIMINARY = "preliminary"
    OBJECTIONS_CLOSE = "objections_close"
    CERTIFIED = "certified"
    DECISION_POSTED = "decision_posted"
    FIRST_MEETING = "first_meeting"
    FILING = "filing"
    HANDOVER = "handover"
    DISMISSAL_NOTICE = "dismissal_notice"
    CONTRACT_ENDS = "contract_ends"


#: Steps whose date follows from others and is never chosen.
NEVER_CHOSEN = frozenset({StepKey.ALARM, StepKey.VOTING_CLOSES, StepKey.OBJECTIONS_CLOSE})


class Actor(StrEnum):
    """Name who does a step."""

    OWNERS = "owners"
    SYSTEM = "system"
    COMMITTEE = "committee"
    STREET = "street"
    MEMBER = "member"
    GROUP = "group"
    NEW_COMMITTEE = "new_committee"
    BOTH_COMMITTEES = "both"
    COMPANY = "company"


ACTOR_NAMES: Mapping[Actor, Bilingual] = {
    Actor.OWNERS: Bilingual("业主", "owners"),
    Actor.SYSTEM: Bilingual("系统", "the system"),
    Actor.COMMITTEE: Bilingual("业委会", "the committee"),
    Actor.STREET: Bilingual("街道", "the street office"),
    Actor.MEMBER: Bilingual("离任委员", "the leaving member"),
    Actor.GROUP: Bilingual("筹备组或换届小组", "the preparatory or renewal group"),
    Actor.NEW_COMMITTEE: Bilingual("新一届业委会", "the new committee"),
    Actor.BOTH_COMMITTEES: Bilingual("新老两届业委会", "both committees"),
    Actor.COMPANY: Bilingual("物业企业", "the property company"),
}

_ACTORS: Mapping[StepKey, Actor] = {
    StepKey.APPLICATION: Actor.OWNERS,
    StepKey.ALARM: Actor.SYSTEM,
    StepKey.PETITION: Actor.OWNERS,
    StepKey.GROUP_FORMED: Actor.STREET,
    StepKey.GROUP_POSTED: Actor.STREET,
    StepKey.MEMBER_HANDOVER: Actor.MEMBER,
    StepKey.FIRST_MEETING: Actor.NEW_COMMITTEE,
    StepKey.HANDOVER: Actor.BOTH_COMMITTEES,
    StepKey.CONTRACT_ENDS: Actor.COMPANY,
}

_RUN_BY_GROUP = frozenset(
    {
        StepKey.NOTICE,
        StepKey.VOTING_OPENS,
        StepKey.VOTING_CLOSES,
        StepKey.PRELIMINARY,
        StepKey.OBJECTIONS_CLOSE,
        StepKey.CERTIFIED,
        StepKey.DECISION_POSTED,
    }
)


class StepProblem(StrEnum):
    """Name what breaks a rule at one step."""

    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    VOTING_TOO_SHORT = "voting_too_short"
    VOTING_TOO_LONG = "voting_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Hold one step with the dates the law leaves for it; both ends are included, None where nothing is fixed."""

    key: StepKey
    #: Kind of the procedure; some texts depend on it.
    kind: TimelineKind
    earliest: date | None = None
    latest: date | None = None
    #: The date the plan counts on from: fixed, else the earliest, else the latest.
    planned: date | None = None
    #: True when the planned date was chosen or really happened.
    is_fixed: bool = False
    #: Rules that date it, the first the one to quote.
    rules: tuple[Rule, ...] = ()
    #: The step it counts from; None for a first step and for one the law does not tie to another.
    after: StepKey | None = None
    problem: StepProblem | None = None

    @property
    def actor(self) -> Actor:
        """Return who does it."""
        if self.key in _RUN_BY_GROUP and self.kind.has_group:
            return Actor.GROUP
        return _ACTORS.get(self.key, Actor.COMMITTEE)

    @property
    def title(self) -> Bilingual:
        """Return its name."""
        return Bilingual(*_text(self.key, self.kind, "title"))

    @property
    def blocking(self) -> tuple[Bilingual, ...]:
        """Return what keeps it from being done although its date has come."""
        return tuple(Bilingual(*pair) for pair in _text(self.key, self.kind, "blocking"))

    def law(self, pack: RulePack) -> Bilingual:
        """Return one sentence of what the rule says, with the numbers of a pack."""
        numbers = {key: rule.value for key, rule in pack.rules.items()}
        zh, en = _text(self.key, self.kind, "law")
        return Bilingual(zh.format_map(numbers), en.format_map(numbers))


def step_title(key: StepKey, kind: TimelineKind) -> Bilingual:
    """Return the name of a step in a kind of procedure."""
    return Bilingual(*_text(key, kind, "title"))


def _text(key: StepKey, kind: TimelineKind, name: str) -> Any:
    texts = _texts()[key]
    return texts.get(kind, {}).get(name, texts[name])


@cache
def _texts() -> dict[str, Any]:
    return read_toml("step_texts.toml")
