"""Own what the replay page shows: the form of the rules to try, the real result and the other one side by side.

Source: app/statute/replay.py; it reads nothing but what the result page publishes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.ballots.result import Outcome
from app.ballots.result_page import is_small, verdict_sentence, verdict_word
from app.crypto.election import Election as Definition
from app.elections.types import ElectionRow, MatterRow
from app.statute.explain import explain_all
from app.statute.matters import threshold_sentence
from app.statute.policies import Policy, policy_registry
from app.statute.replay import FOR_OPTIONS, FOR_PEOPLE, Decided, beyond_reason, beyond_totals, replay
from app.statute.rule_list import pack_title
from app.statute.rule_pack import RULE_PACKS, load_rule_pack
from app.statute.verdict import ElectionOutcome, Verdict, VerdictKind
from app.verifier.definition import Definition as Description
from app.web.filters import current_lang

#: Name of the field of the law in the address of the page.
LAW = "law"


@dataclass(frozen=True)
class Choice:
    """Hold one list of the form: its name, what it asks, (value, words, the vote's own) of every choice, and the chosen one."""

    name: str
    title: str
    choices: tuple[tuple[str, str, bool], ...]
    chosen: str

    @property
    def is_changed(self) -> bool:
        """Say whether something else than the vote's own value is chosen."""
        return all(value != self.chosen for value, _words, own in self.choices if own)


@dataclass(frozen=True)
class Told:
    """Hold one verdict in words."""

    word: str
    good: bool
    sentence: str
    elected: tuple[str, ...]
    alternates: tuple[str, ...]
    #: One sentence per condition; empty where exact numbers could tell a vote.
    explanation: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """Hold one matter under the rules of the time and under the others."""

    number: int
    title: str
    needs: str
    real: Told
    other: Told
    differs: bool
    supposes_service: bool


@dataclass(frozen=True)
class ReplayPage:
    """Hold everything the page shows."""

    law: Choice
    policies: tuple[Choice, ...]
    #: Titles and reasons of the policies that totals do not settle.
    beyond: tuple[tuple[str, str], ...]
    compared: tuple[Compared, ...]

    @property
    def policies_changed(self) -> bool:
        """Say whether a policy was chosen that differs from that of the time."""
        return any(choice.is_changed for choice in self.policies)

    @property
    def changed(self) -> bool:
        """Say whether anything was chosen that differs from the rules of the time."""
        return self.law.is_changed or self.policies_changed


def replay_page(election: ElectionRow, definition: Definition, outcome: Outcome, wanted: Mapping[str, str]) -> ReplayPage:
    """Return the page for the values wanted in the address; what is unknown there leaves the rules of the time."""
    kinds = {matter.elects for matter in election.matters}
    keys = [
        key for key in policy_registry() if (key in FOR_OPTIONS and False in kinds) or (key in FOR_PEOPLE and True in kinds)
    ]
    law = wanted.get(LAW, "") if wanted.get(LAW) in RULE_PACKS else election.rule_pack
    registry = policy_registry()
    values = {key: wanted[key] for key in keys if key in wanted and registry[key].allows(wanted[key])}
    changes = {key: value for key, value in values.items() if value != election.policies[key]}
    judged_as = Description.parse(definition.description).election
    compared = []
    for matter, real in zip(election.matters, outcome.verdicts, strict=True):
        decided = Decided(
            matter=matter.kind,
            totals=real.totals,
            by_ballot=outcome.participating,
            marked=real.options,
            seats=matter.seats,
            election=judged_as,
            policies=election.policies,
            rule_pack=election.rule_pack,
        )
        compared.append(_compared(matter, decided, real, law, changes))
    return ReplayPage(
        law=_laws(election, law),
        policies=tuple(_policy(registry[key], election, changes) for key in keys),
        beyond=tuple(_beyond(kinds)),
        compared=tuple(compared),
    )


def _compared(matter: MatterRow, decided: Decided, real: Verdict, law: str, changes: Mapping[str, str]) -> Compared:
    mine = {key: value for key, value in changes.items() if beyond_totals(key, elects=matter.elects) is None}
    again = replay(decided, real, law, mine)
    pack = load_rule_pack(law)
    return Compared(
        number=matter.position + 1,
        title=matter.title,
        needs=threshold_sentence(pack.matters[matter.kind].threshold, current_lang(), pack),
        real=_told(real),
        other=_told(again.verdict),
        differs=again.differs,
        supposes_service=again.supposes_service,
    )


def _told(verdict: Verdict) -> Told:
    outcome = verdict if isinstance(verdict, ElectionOutcome) else None
    small = is_small(verdict)
    return Told(
        word=verdict_word(verdict),
        good=verdict.verdict in (VerdictKind.PASSED, VerdictKind.ELECTED, VerdictKind.PARTIAL),
        sentence=verdict_sentence(verdict, exact=not small),
        elected=outcome.elected if outcome else (),
        alternates=outcome.alternates if outcome else (),
        explanation=() if small else tuple(explain_all(verdict.findings, current_lang())),
    )


def _laws(election: ElectionRow, law: str) -> Choice:
    lang = current_lang()
    choices = tuple((name, pack_title(name).say(lang), name == election.rule_pack) for name in RULE_PACKS)
    return Choice(LAW, str(gettext("按哪部法律")), choices, law)


def _policy(policy: Policy, election: ElectionRow, changes: Mapping[str, str]) -> Choice:
    lang, own = current_lang(), election.policies[policy.key]
    choices = tuple((choice.value, choice.wording.say(lang), choice.value == own) for choice in policy.values)
    return Choice(policy.key, policy.question.say(lang), choices, changes.get(policy.key, own))


def _beyond(kinds: set[bool]) -> list[tuple[str, str]]:
    """List the policies that totals settle for none of the vote's matters, and those they settle for some only."""
    lang, rows = current_lang(), []
    for key, policy in policy_registry().items():
        reasons = {needed for elects in kinds if policy.counted and (needed := beyond_totals(key, elects=elects))}
        rows += [(policy.title.say(lang), beyond_reason(needed).say(lang)) for needed in sorted(reasons)]
    return rows
