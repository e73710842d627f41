"""Own builders of procedures that many tests share."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.committee.models import CommitteeMember, CommitteeTerm
from app.db.session import db
from app.procedure.models import Procedure
from app.procedure.queries import get_dossier
from app.procedure.services.give_short_name import give_short_name
from app.procedure.types import Dossier, ProcedureKind, ProcedureState
from app.statute.rule_pack import DEFAULT_RULE_PACK
from app.tenancy.types import ComplexRow
from tests.elections_support import in_complex

#: Last day of the committee's term in most tests; the usual instant stands 39 days before it.
TERM_END = date(2027, 6, 30)


def make_term(
    app: Flask, place: ComplexRow, at: datetime, *, ends_on: date = TERM_END, seats: int = 5, members: int = 5
) -> int:
    """Record the second committee with its members; return the id of the term."""
    with in_complex(app, place):
        starts_on = date(ends_on.year - 5, 7, 1)
        term = CommitteeTerm(number=2, starts_on=starts_on, ends_on=ends_on, seats=seats, recorded_by=1, recorded_at=at)
        db.session.add(term)
        db.session.flush()
        for rank in range(1, members + 1):
            db.session.add(
                CommitteeMember(
                    term_id=term.id,
                    name=f"委员{rank}",
                    building=f"{rank}栋",
                    office="chair" if rank == 1 else "member",
                    rank=rank,
                    since_on=starts_on,
                    recorded_by=1,
                    recorded_at=at,
                )
            )
        return term.id


def make_procedure(
    app: Flask,
    place: ComplexRow,
    at: datetime,
    *,
    kind: ProcedureKind = ProcedureKind.RENEWAL,
    term_ends_on: date | None = TERM_END,
    **values: Any,
) -> str:
    """Write a running procedure as it stands right after its beginning, without the rules of the use case; return its code."""
    with in_complex(app, place):
        code = "".join(secrets.choice("23456789ABCDEFGH") for _ in range(8))
        row = Procedure(
            code=code,
            kind=kind.value,
            title=values.pop("title", "第三届业主委员会换届"),
            state=ProcedureState.RUNNING.value,
            term_ends_on=term_ends_on,
            seats=values.pop("seats", 5),
            rule_pack=DEFAULT_RULE_PACK,
            started_by=values.pop("started_by", 1),
            started_at=at,
            **values,
        )
        db.session.add(row)
        db.session.flush()
        give_short_name(code)
        return code


def dossier_of(app: Flask, place: ComplexRow, code: str) -> Dossier:
    """Read the dossier of a procedure."""
    with in_complex(app, place, write=False):
        return get_dossier(code)


def row_counts(app: Flask, place: ComplexRow) -> dict[str, int]:
    """Count the rows of every table a complex can see, so that a test can say that nothing at all was stored."""
    with in_complex(app, place, write=False):
        models = [mapper.class_ for mapper in Procedure.registry.mappers]
        return {model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) or 0 for model in models}
