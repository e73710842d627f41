"""Make an uploaded file the roll of the complex, in one transaction, once a person has said who the developer is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.session import begin_write, current_tenant_id, db
from app.documents.queries import private_file
from app.errors import NotFound
from app.roll.errors import DeveloperUnanswered, ImportDecided, RollNotClean
from app.roll.models import RollImport
from app.roll.persons import identify_persons
from app.roll.reading import read_roll
from app.roll.report import chosen_developer, report_of
from app.roll.services.lock_roll import lock_roll
from app.roll.services.store_roll import store_roll
from app.roll.types import ImportState, RollTable, StoredRoll


def confirm_import(import_id: int, developer: str, *, at: datetime, account: int | None) -> StoredRoll:
    """Replace the live roll by an import in state ``preview``; older snapshots stay as they are.

    ``developer`` is the value of one of ``developer_choices``. The file is read again, because no person's data was kept
    beside it. Raises: NotFound, ImportDecided, RollNotClean, DeveloperUnanswered.
    """
    table = _table_of(import_id)
    try:
        name = chosen_developer(table.rows, developer)
    except KeyError as problem:
        raise DeveloperUnanswered() from problem
    begin_write()
    lock_roll()
    row = _locked_import(import_id)
    stored = store_roll(table.rows, identify_persons(table.rows, name), name)
    for older in db.session.scalars(select(RollImport).where(RollImport.state == ImportState.CONFIRMED.value)):
        older.state = ImportState.REPLACED.value
    row.state = ImportState.CONFIRMED.value
    row.confirmed_at = at
    row.report = report_of(table, name).to_json()
    db.session.flush()
    record_event(
        "roll:import:confirmed",
        at=at,
        account=account,
        tenant=current_tenant_id(),
        import_id=import_id,
        units=stored.units,
        persons=stored.persons,
        bound_and_gone=stored.bound_and_gone,
    )
    return stored


def _table_of(import_id: int) -> RollTable:
    row = db.session.scalar(select(RollImport).where(RollImport.id == import_id))
    if row is None:
        raise NotFound("import_not_found")
    if row.state != ImportState.PREVIEW.value:
        raise ImportDecided(state=row.state)
    file = private_file(row.file_id)
    table = read_roll(file.content, file.row.name)
    if not table.clean:
        raise RollNotClean(table.problems)
    return table


def _locked_import(import_id: int) -> RollImport:
    row = db.session.scalar(
        select(RollImport).where(RollImport.id == import_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None or row.state != ImportState.PREVIEW.value:
        raise ImportDecided(state=row.state if row else "")
    return row
