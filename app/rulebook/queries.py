"""Own the reads of the own rules of the present complex: every change, those in force, and the overlay they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.committee.queries import list_terms
from app.db.session import db
from app.documents.queries import file_names
from app.identity.queries import named_accounts
from app.rulebook.errors import ChangeNotFound
from app.rulebook.models import RuleChange
from app.rulebook.rules import in_force, overlay_of
from app.rulebook.types import ChangeRow, DocumentRow, PersonRow
from app.statute.overlay import Overlay
from app.statute.own_rules import Basis


def list_changes() -> list[ChangeRow]:
    """List every change ever proposed, the newest first."""
    return _rows(db.session.scalars(select(RuleChange).order_by(RuleChange.proposed_at.desc(), RuleChange.id)).all())


def get_change(change_id: int) -> ChangeRow:
    """Return one change.

    Raises: ChangeNotFound.
    """
    row = db.session.scalar(select(RuleChange).where(RuleChange.id == change_id))
    if row is None:
        raise ChangeNotFound(change=change_id)
    return _rows([row])[0]


def before_first_assembly() -> bool:
    """Say whether no committee was ever recorded: then no assembly has passed rules of procedure yet."""
    return not list_terms()


def changes_in_force() -> list[ChangeRow]:
    """List the changes that hold now, one for a key."""
    return in_force(list_changes(), before_first_assembly=before_first_assembly())


def overlay_in_force() -> Overlay:
    """Return what holds now of the complex's own rules."""
    return overlay_of(list_changes(), before_first_assembly=before_first_assembly())


def documents() -> list[DocumentRow]:
    """List the documents that changes were copied from, the one used last first."""
    known = {row.document.file_id: row.document for row in reversed(list_changes()) if row.document is not None}
    return list(reversed(known.values()))


def _rows(rows: Sequence[RuleChange]) -> list[ChangeRow]:
    people = named_accounts(_account_ids(rows))
    names = file_names({row.file_id for row in rows if row.file_id is not None})
    return [_row(row, people, names) for row in rows]


def _account_ids(rows: Iterable[RuleChange]) -> set[int]:
    everybody = (account for row in rows for account in (row.proposed_by, row.confirmed_by, row.withdrawn_by))
    return {account for account in everybody if account is not None}


def _row(row: RuleChange, people: Mapping[int, tuple[str, str]], names: Mapping[int, str]) -> ChangeRow:
    def person(account: int | None) -> PersonRow | None:
        return None if account is None else PersonRow(account, *people[account])

    return ChangeRow(
        id=row.id,
        key=row.key,
        value=row.value,
        basis=Basis(row.basis),
        page=row.page,
        sentence=row.sentence,
        document=None if row.file_id is None else DocumentRow(row.file_id, names[row.file_id]),
        proposed_by=PersonRow(row.proposed_by, *people[row.proposed_by]),
        proposed_at=row.proposed_at,
        confirmed_by=person(row.confirmed_by),
        confirmed_at=row.confirmed_at,
        withdrawn_by=person(row.withdrawn_by),
        withdrawn_at=row.withdrawn_at,
        withdrawal_reason=row.withdrawal_reason,
    )
