"""Record in a procedure that seats fell vacant, and that those who left handed over what they kept (指导规则 43-46)."""

from __future__ import annotations

from datetime import date, datetime

from app.committee.services.change_membership import record_leaver_handover
from app.procedure.committee_errors import NotALeaver
from app.procedure.leavers import waiting_leavers
from app.procedure.queries import get_dossier
from app.procedure.services.record_fact import record_fact
from app.procedure.services.running_procedure import running_procedure
from app.tenancy.types import ComplexRow


def record_vacancy(
    place: ComplexRow, code: str, on: date, note: str, file_id: int | None, *, at: datetime, account: int
) -> None:
    """Record the vacancies as they stand in the committee's record; so many seats are filled.

    Raises: ProcedureNotFound, ProcedureNotRunning, or what recording a fact refuses.
    """
    row = running_procedure(code)
    dossier = get_dossier(code)
    if dossier.term is not None:
        row.seats = dossier.term.vacancies
    seats = row.seats or 0
    record_fact(
        place, code, "vacancy", at=at, account=account, done_on=on, note=note, file_id=file_id, details={"seats": seats}
    )


def hand_over_as_leaver(place: ComplexRow, code: str, member_id: int, on: date, *, at: datetime, account: int) -> None:
    """Record that a leaver handed over; with the last one the step is done.

    Raises: NotALeaver, or what the committee's record and recording a fact refuse.
    """
    running_procedure(code)
    if member_id not in {row.id for row in waiting_leavers(get_dossier(code))}:
        raise NotALeaver()
    record_leaver_handover(member_id, on, at=at, account=account)
    if not waiting_leavers(get_dossier(code)):
        record_fact(place, code, "member_handover", at=at, account=account, done_on=on)
