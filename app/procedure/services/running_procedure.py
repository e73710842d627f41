"""Load the row of a procedure that a use case changes, locked on PostgreSQL; SQLite's write lock is already held."""

from __future__ import annotations

from sqlalchemy import select

from app.db.session import db
from app.procedure.errors import ProcedureNotFound, ProcedureNotRunning
from app.procedure.models import Procedure
from app.procedure.types import ProcedureState


def locked_procedure(code: str, *, lock_all: bool = False) -> Procedure:
    """Return a procedure in any state, locked until the unit of work ends.

    ``lock_all`` locks every procedure of the complex, in one order, for what is numbered across them.
    Raises: ProcedureNotFound.
    """
    query = select(Procedure).order_by(Procedure.id).with_for_update()
    if not lock_all:
        query = query.where(Procedure.code == code)
    rows = list(db.session.scalars(query.execution_options(populate_existing=True)))
    row = next((each for each in rows if each.code == code), None)
    if row is None:
        raise ProcedureNotFound(procedure=code)
    return row


def running_procedure(code: str, *, lock_all: bool = False) -> Procedure:
    """Return a procedure that runs, locked until the unit of work ends.

    Raises: ProcedureNotFound, ProcedureNotRunning.
    """
    row = locked_procedure(code, lock_all=lock_all)
    if row.state != ProcedureState.RUNNING:
        raise ProcedureNotRunning(state=row.state)
    return row
