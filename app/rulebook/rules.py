"""Own which recorded changes are in force together. Pure.

The latest confirmed change of a value holds. Posted voting rules 表决规则 hold only until the first assembly has passed
rules of procedure; what the law no longer allows holds no longer.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.rulebook.types import ChangeRow, ChangeState, ValueHere
from app.statute.overlay import Overlay, contradiction_in
from app.statute.own_rules import Basis, refusal_of
from app.statute.rule_list import DEFAULTS_PACK, ListedValue, list_values, listed_change
from app.statute.rule_pack import DEFAULT_RULE_PACK

_WINDOWS = "voting_window_days_"


def in_force(changes: Iterable[ChangeRow], *, before_first_assembly: bool) -> list[ChangeRow]:
    """Return the changes that hold, one for a key, in order of their keys; windows that contradict each other do not hold."""
    held = latest_confirmed(changes, before_first_assembly=before_first_assembly)
    if contradiction_in(row.change for row in held) is None:
        return held
    return [row for row in held if not row.key.startswith(_WINDOWS)]


def latest_confirmed(changes: Iterable[ChangeRow], *, before_first_assembly: bool) -> list[ChangeRow]:
    """Return the latest confirmed change of every key that may still hold, in order of the keys."""
    latest: dict[str, ChangeRow] = {}
    for row in changes:
        if row.confirmed_at is None or row.state is not ChangeState.CONFIRMED:
            continue
        if row.basis is Basis.VOTING_RULES and not before_first_assembly:
            continue
        if refusal_of(row.change, before_first_assembly=before_first_assembly) is not None:
            continue
        other = latest.get(row.key)
        if other is None or other.confirmed_at is None or (other.confirmed_at, other.id) < (row.confirmed_at, row.id):
            latest[row.key] = row
    return [latest[key] for key in sorted(latest)]


def overlay_of(changes: Iterable[ChangeRow], *, before_first_assembly: bool) -> Overlay:
    """Return the changes that hold as one overlay."""
    held = in_force(changes, before_first_assembly=before_first_assembly)
    return Overlay((row.change for row in held), before_first_assembly=before_first_assembly)


def values_here(held: Iterable[ChangeRow]) -> list[ValueHere]:
    """Return every value of the law in force and of the defaults as it holds under these changes, in the packs' order."""
    clauses = {row.key: row for row in held}
    values = []
    for value in (*list_values(DEFAULT_RULE_PACK), *list_values(DEFAULTS_PACK)):
        clause = clauses.get(value.key)
        values.append(ValueHere(value, None) if clause is None else ValueHere(listed_clause(clause), clause))
    return values


def listed_clause(row: ChangeRow) -> ListedValue:
    """Return what a recorded change fixes as it is listed beside the packs' values."""
    return listed_change(row.change)
