"""Own dossiers as plain values, for tests of the pure parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.procedure.eligibility import Declared, Requirement
from app.procedure.types import (
    Dossier,
    FactRow,
    GroupMemberRow,
    NominationRow,
    NominationState,
    ObjectionRow,
    OrderKind,
    OrderRow,
    PaperRow,
    PostingRow,
    ProcedureKind,
    ProcedureRow,
    ProcedureState,
    Side,
)
from app.statute.rule_pack import DEFAULT_RULE_PACK
from app.values.clock import CHINA

TODAY = date(2026, 4, 20)


def at(day: int, hour: int = 9, month: int = 4) -> datetime:
    """Return an instant in April 2026."""
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def procedure(kind: ProcedureKind = ProcedureKind.RENEWAL, seats: int | None = 5, **changed: Any) -> ProcedureRow:
    """Make a running procedure."""
    row = ProcedureRow(
        id=1,
        code="K7QM4R2P",
        kind=kind,
        title="第三届业主委员会换届",
        state=ProcedureState.RUNNING,
        term_id=None,
        term_ends_on=None,
        seats=seats,
        member_id=None,
        matter="",
        scope=(),
        rule_pack=DEFAULT_RULE_PACK,
        election_uuid="",
        started_by=9,
        started_at=at(1),
        ended_at=None,
        end_reason="",
    )
    return replace(row, **changed)


def group(sides: str, head: int | None = 0) -> tuple[GroupMemberRow, ...]:
    """Make a group from letters: o owner, s street, r residents' committee, d developer, x other."""
    names = {"o": Side.OWNER, "s": Side.STREET, "r": Side.RESIDENTS_COMMITTEE, "d": Side.DEVELOPER, "x": Side.OTHER}
    return tuple(
        GroupMemberRow(place + 1, f"成员{place}", names[letter], "", place == head, place) for place, letter in enumerate(sides)
    )


def nomination(number: int, state: NominationState = NominationState.ELIGIBLE, **changed: Any) -> NominationRow:
    """Make a proposal with photo and words, found eligible on 12 April."""
    row = NominationRow(
        id=number,
        name=f"候选{number}",
        unit_code=f"{number}-1-0301",
        person_id=100 + number,
        proposed_by="self",
        introduction="住了八年，愿意把账目贴到单元门口。",
        photo_id=500 + number,
        checks=dict.fromkeys(Requirement, "met"),
        declaration=dict.fromkeys(Declared, "no"),
        evidence_id=None,
        state=state,
        reason="",
        created_by=9,
        created_at=at(10),
        decided_at=None if state is NominationState.PROPOSED else at(12),
    )
    return replace(row, **changed)


def candidates(number: int) -> tuple[NominationRow, ...]:
    """Make people who were found eligible."""
    return tuple(nomination(place) for place in range(1, number + 1))


def posting(paper: str, moment: datetime, number: int = 1) -> PostingRow:
    """Make the proof of a posting."""
    return PostingRow(number, paper, "小区公告栏", 700 + number, moment)


def objection(
    about: str, number: int = 1, *, upheld: bool | None = None, subject: str = "", received: int = 14
) -> ObjectionRow:
    """Make an objection; with ``upheld`` it is answered."""
    answered = None if upheld is None else at(received + 2)
    return ObjectionRow(
        number, number, about, subject, "原文", 9, at(received), "" if upheld is None else "答复", upheld, answered
    )


def correction(step: str, moment: datetime) -> OrderRow:
    """Make an order of the street to correct a step."""
    return OrderRow(1, OrderKind.CORRECT, step, "", "名单有误", "何平 湖畔街道", "街道办", None, moment)


def fact(step: str, day: int) -> FactRow:
    """Make the fact that a step was done on a day of April."""
    return FactRow(1, step, date(2026, 4, day), "", None, {}, 9, at(day))


def paper(code: str) -> PaperRow:
    """Make a kept paper."""
    return PaperRow(1, code, 900, 3, at(9))


def dossier(
    row: ProcedureRow | None = None, *, facts: Sequence[FactRow] = (), owners: Sequence[int] | None = None, **parts: Any
) -> Dossier:
    """Make a dossier; without ``owners`` everybody proposed is still an owner."""
    people = [one.person_id for one in parts.get("nominations", ()) if one.person_id is not None]
    return Dossier(
        procedure=row or procedure(),
        planned={},
        days={},
        facts={one.step: one for one in facts},
        owners_today=frozenset(people if owners is None else owners),
        **parts,
    )
