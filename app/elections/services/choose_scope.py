"""Choose the buildings whose owners decide."""

from __future__ import annotations

from collections.abc import Collection

from app.elections.services.load_election import locked_draft
from app.roll.errors import ScopeUnknown
from app.roll.queries import roll_buildings


def choose_scope(uuid: str, buildings: Collection[str]) -> None:
    """Let the owners of some buildings decide, kept in the roll's order; nothing chosen is the whole complex.

    Raises: ElectionNotFound, ElectionFrozen, ScopeUnknown.
    """
    row = locked_draft(uuid)
    known = roll_buildings()
    unknown = sorted(set(buildings) - set(known))
    if unknown:
        raise ScopeUnknown(buildings="、".join(unknown))
    row.scope = [building for building in known if building in buildings]
