"""Own who left the committee and has still to hand over in a by-election or a recall. Pure."""

from __future__ import annotations

from app.committee.types import MemberRow, Office
from app.procedure.types import Dossier, ProcedureKind


def leavers(dossier: Dossier) -> tuple[MemberRow, ...]:
    """Return those who held a seat and left it: of a recall only the member concerned."""
    if dossier.term is None:
        return ()
    left = (row for row in dossier.term.members if row.ended_on is not None and row.office is not Office.ALTERNATE)
    if dossier.procedure.kind is ProcedureKind.RECALL:
        left = (row for row in left if row.id == dossier.procedure.member_id)
    return tuple(sorted(left, key=lambda row: (row.ended_on, row.rank)))


def waiting_leavers(dossier: Dossier) -> tuple[MemberRow, ...]:
    """Return those who have not handed over yet."""
    return tuple(row for row in leavers(dossier) if row.handed_over_on is None)
