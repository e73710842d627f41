"""Take an uploaded roll file: read it, keep it sealed, and keep what a person must decide about it.

The file is read before the write lock is taken, because a large one takes a second. A file that is no roll at all leaves
nothing behind; one that is not clean is kept with its report and can never become the roll.
"""

from __future__ import annotations

from datetime import datetime

from app.audit.services.record_event import record_event
from app.db.session import begin_write, current_tenant_id, db
from app.documents.services.store_file import store_private
from app.roll.models import RollImport
from app.roll.persons import propose_developer
from app.roll.reading import read_roll
from app.roll.report import report_of
from app.roll.types import ImportState


def take_roll_file(content: bytes, name: str, *, at: datetime, account: int | None) -> int:
    """Read and keep a roll file; return the id of the import, in state ``preview`` or ``refused``.

    Raises: RollFileRefused when the file cannot be read or is no roll; nothing of it is stored then.
    """
    table = read_roll(content, name)
    report = report_of(table, propose_developer(table.rows))
    begin_write()
    kept = store_private(content, purpose="roll", name=name, at=at, account=account)
    state = ImportState.PREVIEW if table.clean and table.counted else ImportState.REFUSED
    row = RollImport(
        file_id=kept.id, state=state.value, report=report.to_json(), created_by=account or 0, created_at=at, confirmed_at=None
    )
    db.session.add(row)
    db.session.flush()
    record_event("roll:import:taken", at=at, account=account, tenant=current_tenant_id(), import_id=row.id, state=state.value)
    return row.id
