"""Own the rules of every step, put together from the owners of the steps, and what an order of the street lets pass. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.procedure import rules_committee, rules_core, rules_preparation, rules_vote
from app.procedure.blocking import Blocker, Rule
from app.procedure.types import Dossier, OrderKind, OrderRow

_OWNERS = (rules_core, rules_preparation, rules_vote, rules_committee)


def merge_rules(*tables: Mapping[str, tuple[Rule, ...]]) -> dict[str, tuple[Rule, ...]]:
    """Put several tables of rules together; the rules of a step stand in the order of the tables."""
    merged: dict[str, tuple[Rule, ...]] = {}
    for table in tables:
        for key, rules in table.items():
            merged[key] = (*merged.get(key, ()), *rules)
    return merged


#: Step to everything that may block it.
RULES = merge_rules(*(owner.RULES for owner in _OWNERS))


def found_at(dossier: Dossier, key: str, today: date) -> tuple[Blocker, ...]:
    """Return everything that blocks or warns at a step, also what the street let pass."""
    general = (blocker for rule in rules_core.EVERYWHERE for blocker in rule(dossier, today))
    own = (blocker for rule in RULES.get(key, ()) for blocker in rule(dossier, today))
    return (*general, *own)


def order_for(dossier: Dossier, key: str, blocker: Blocker) -> OrderRow | None:
    """Return the order of the street that lets the step pass in spite of this; None where there is none."""
    if not blocker.may_override:
        return None
    orders = (row for row in dossier.orders if row.order is OrderKind.OVERRIDE and row.step == key)
    return next((row for row in orders if row.blocker == blocker.code), None)


def blockers_of(dossier: Dossier, key: str, today: date) -> tuple[Blocker, ...]:
    """Return what keeps a step from being done today; warnings and what the street let pass are left out."""
    return tuple(
        blocker
        for blocker in found_at(dossier, key, today)
        if not blocker.is_warning and order_for(dossier, key, blocker) is None
    )


def passed_at(dossier: Dossier, key: str, today: date) -> tuple[tuple[Blocker, OrderRow], ...]:
    """Return what still stands against a step and what the street let pass, each with its order."""
    found = ((blocker, order_for(dossier, key, blocker)) for blocker in found_at(dossier, key, today) if not blocker.is_warning)
    return tuple((blocker, order) for blocker, order in found if order is not None)


def warnings_of(dossier: Dossier, key: str, today: date) -> tuple[Blocker, ...]:
    """Return what deserves a warning at a step and does not stop it."""
    return tuple(blocker for blocker in found_at(dossier, key, today) if blocker.is_warning)
