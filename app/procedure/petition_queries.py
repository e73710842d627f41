"""Own the count of a petition's signatures on the live roll."""

from __future__ import annotations

from collections.abc import Iterable

from app.procedure.types import PetitionCount, SignatureRow, SignatureState
from app.roll.live import live_totals, live_voters
from app.roll.queries import developer_id, live_units
from app.statute.weight import Weight


def petition_count(signatures: Iterable[SignatureRow]) -> PetitionCount:
    """Add up the voters one of whose doors signed: each is one head with everything it owns, as in a vote."""
    doors = {row.unit_code for row in signatures if row.state is SignatureState.COUNTED}
    units = live_units()
    voters = live_voters(units, developer_id())
    signed = [Weight(voter.area, voter.heads) for voter in voters if any(unit.code in doors for unit in voter.units)]
    totals = live_totals(units, voters)
    return PetitionCount(Weight.total(signed), Weight(totals.area, totals.voters))
