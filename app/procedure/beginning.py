"""Own from what a procedure begins: what is asked, what is taken from the record, and how it is called. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.committee.types import TermRow
from app.procedure.committee_errors import MatterNeedsEverybody
from app.procedure.errors import (
    BuildingsUnknown,
    CommitteeExists,
    MatterMissing,
    MemberNotServing,
    NoVacancy,
    SeatsUnlawful,
    TermUnknown,
)
from app.procedure.types import ProcedureKind
from app.statute.matters import matter_types
from app.statute.rule_pack import DEFAULT_RULE_PACK, Matter, load_rule_pack
from app.statute.scope import PART_MATTERS
from app.values.numerals import chinese_number

TITLE_LIMIT = 60
#: Kinds that begin from the present committee.
_OF_THE_COMMITTEE = frozenset({ProcedureKind.RENEWAL, ProcedureKind.BY_ELECTION, ProcedureKind.RECALL})
_OF_A_MATTER = frozenset({ProcedureKind.DECISION, ProcedureKind.EXTRAORDINARY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Hold what is asked where a procedure begins; everything else is on record."""

    kind: ProcedureKind
    #: Seats of the new committee; None takes those of the present one.
    seats: int | None = None
    #: Member whose recall is asked.
    member_id: int | None = None
    #: Matter of Civil Code 278 that is decided.
    matter: Matter | None = None
    #: Buildings that decide; empty for the whole complex.
    scope: tuple[str, ...] = ()
    #: What a decision is about, in a few words.
    title: str = ""

    @property
    def concerns_term(self) -> bool:
        """Say whether it is about the present committee."""
        return self.kind in _OF_THE_COMMITTEE

    @property
    def decides_matter(self) -> bool:
        """Say whether it decides a matter and elects nobody."""
        return self.kind in _OF_A_MATTER

    def seats_of(self, term: TermRow | None) -> int | None:
        """Return the seats to fill; None where nobody is elected."""
        if self.kind is ProcedureKind.BY_ELECTION:
            return term.vacancies if term is not None else None
        if self.kind is ProcedureKind.RENEWAL and self.seats is None:
            return term.seats if term is not None else None
        return self.seats if self.kind in (ProcedureKind.RENEWAL, ProcedureKind.FIRST_ELECTION) else None


def check_beginning(beginning: Beginning, term: TermRow | None, today: date, *, buildings: Collection[str]) -> None:
    """Refuse a procedure that lacks what it begins from; ``buildings`` are those of the roll.

    Raises: TermUnknown, CommitteeExists, NoVacancy, MemberNotServing, MatterMissing, SeatsUnlawful,
    MatterNeedsEverybody, BuildingsUnknown.
    """
    if beginning.concerns_term and term is None:
        raise TermUnknown()
    if beginning.kind is ProcedureKind.FIRST_ELECTION and term is not None and today <= term.ends_on:
        raise CommitteeExists()
    if beginning.kind is ProcedureKind.BY_ELECTION and term is not None and term.vacancies <= 0:
        raise NoVacancy()
    if beginning.kind is ProcedureKind.RECALL and not _serves(term, beginning.member_id):
        raise MemberNotServing()
    if beginning.decides_matter and (beginning.matter is None or beginning.matter is Matter.ELECT):
        raise MatterMissing()
    if beginning.kind in (ProcedureKind.FIRST_ELECTION, ProcedureKind.RENEWAL):
        _check_seats(beginning.seats_of(term))
    if beginning.scope and beginning.matter not in PART_MATTERS:
        raise MatterNeedsEverybody()
    if not set(beginning.scope) <= set(buildings):
        raise BuildingsUnknown()


def title_of_beginning(beginning: Beginning, term: TermRow | None) -> str:
    """Return how a procedure is called, 「第三届业主委员会换届」."""
    number = chinese_number(term.number) if term is not None else ""
    if beginning.kind is ProcedureKind.RENEWAL and term is not None:
        return f"第{chinese_number(term.number + 1)}届业主委员会换届"
    if beginning.kind is ProcedureKind.BY_ELECTION:
        return f"第{number}届业主委员会补选"
    if beginning.kind is ProcedureKind.RECALL and term is not None:
        name = next((row.name for row in term.members if row.id == beginning.member_id), "")
        return f"罢免第{number}届业主委员会委员{name}"
    if beginning.matter is not None:
        return beginning.title.strip() or matter_types()[beginning.matter].name.zh
    return "成立业主大会"


def _serves(term: TermRow | None, member_id: int | None) -> bool:
    return term is not None and any(row.id == member_id for row in term.serving)


def _check_seats(seats: int | None) -> None:
    """Hold the seats to the law: an odd number within its limits (指导规则 31)."""
    pack = load_rule_pack(DEFAULT_RULE_PACK)
    least, most, step = (pack.number(key) for key in ("committee_min", "committee_max", "committee_step"))
    if seats is None or not least <= seats <= most or seats % step != 1:
        raise SeatsUnlawful(least=least, most=most)
