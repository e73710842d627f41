"""Own the district's table: every complex an officer covers with its present vote; never by option."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Permission
from app.access.roles import permissions_of
from app.ballots.turnout import Turnout, turnout
from app.db.session import read_in_tenant
from app.elections.queries import list_elections
from app.elections.types import ElectionRow, ElectionState
from app.identity.queries import grants_of, roles_here
from app.tenancy.queries import all_complexes
from app.tenancy.types import ComplexRow

#: States in which there are figures of who took part.
_COUNTED = frozenset({ElectionState.OPEN, ElectionState.CLOSED, ElectionState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """Hold one complex with its present vote; None where none was announced."""

    place: ComplexRow
    election: ElectionRow | None

    @property
    def state(self) -> ElectionState | None:
        """Return where the vote stands."""
        return self.election.state if self.election else None


def district_rows(account_id: int) -> list[DistrictRow]:
    """List the complexes in which the account may see the district's figures, each with its first vote in the list's order."""
    grants = grants_of(account_id)
    covered = [place for place in all_complexes() if Permission.DISTRICT_READ in permissions_of(roles_here(grants, place))]
    return [DistrictRow(place, next(iter(read_in_tenant(place.id, list_elections)), None)) for place in covered]


def turnout_of(row: DistrictRow, at: datetime) -> Turnout | None:
    """Return who took part in the vote of a row; None before it has opened."""
    election = row.election
    if election is None or election.state not in _COUNTED:
        return None
    return read_in_tenant(row.place.id, lambda: turnout(election, at=at))
