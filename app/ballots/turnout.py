"""Own who took part so far: heads and area, per building and per day; never by option, for anyone.

The public sees it an hour late and never a building with fewer than ten owners, so that no change tells who voted.
Source: Civil Code 278 (quorum, from the rule pack of the election).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.ballots.models import Ballot, Enrolment
from app.ballots.weights import frozen_roll
from app.db.session import db
from app.elections.rules import is_over
from app.elections.types import ElectionRow
from app.roll.queries import snapshot_units
from app.roll.types import SnapshotUnitRow
from app.statute.rule_pack import load_rule_pack
from app.statute.weight import Measure, Weight
from app.values.clock import china_day
from app.web.charts import Day, Mark, Reading

#: The public figures are this old while voting runs.
PUBLIC_DELAY = timedelta(hours=1)
#: A building with fewer owners is not shown to the public: its figure would be about persons.
PUBLIC_MINIMUM_OWNERS = 10


@dataclass(frozen=True)
class BuildingTurnout:
    """Hold one building: the area that took part against its whole area, and how many voters own there."""

    building: str
    owners: int
    area: Reading


@dataclass(frozen=True)
class Turnout:
    """Hold who took part up to an instant."""

    #: Ballots accepted up to here are counted in.
    until: datetime
    #: Whether voting has ended, so that nothing will be added.
    over: bool
    heads: Reading
    area: Reading
    #: By missing area, the largest first.
    buildings: tuple[BuildingTurnout, ...]
    #: Cumulative heads at the end of each day from the opening on; empty before it.
    days: tuple[Day, ...]
    days_in_all: int

    @property
    def heads_missing(self) -> int:
        """Return how many heads the quorum lacks."""
        return self.heads.gap


def turnout(election: ElectionRow, *, at: datetime) -> Turnout:
    """Return who took part up to an instant, for those who run the election."""
    return _turnout(election, at, over=is_over(election, at), minimum_owners=0)


def public_turnout(election: ElectionRow, *, at: datetime) -> Turnout:
    """Return what everybody may see: an hour late while voting runs, small buildings left out."""
    over = is_over(election, at)
    return _turnout(election, at if over else at - PUBLIC_DELAY, over=over, minimum_owners=PUBLIC_MINIMUM_OWNERS)


def quorum_mark(rule_pack: str, measure: Measure) -> Mark:
    """Return the quorum of a measure as the mark of a chart."""
    threshold = load_rule_pack(rule_pack).quorum(measure)
    share = threshold.share
    return Mark(share, f"{share.numerator}/{share.denominator}", inclusive=not threshold.strict)


def first_votes(election_id: int, until: datetime) -> dict[int, datetime]:
    """Map every voter who has a ballot in the box to the instant of the first one, up to an instant."""
    enrolled = select(Enrolment.credential, Enrolment.voter_number).where(Enrolment.election_id == election_id)
    holders = dict(db.session.execute(enrolled).all())
    # Joined here: without an index over credentials the database would read the whole box once per voter.
    cast = select(Ballot.credential, Ballot.accepted_at).where(Ballot.election_id == election_id, Ballot.accepted_at <= until)
    first: dict[int, datetime] = {}
    for credential, at in db.session.execute(cast):
        voter = holders[credential]
        first[voter] = min(at, first.get(voter, at))
    return first


def _turnout(election: ElectionRow, until: datetime, *, over: bool, minimum_owners: int) -> Turnout:
    roll = frozen_roll(election)
    weights = {voter.voter: voter.weight for voter in roll.voters}
    votes = first_votes(election.id, until)
    came = Weight.total(weights[voter] for voter in votes)
    heads_mark, area_mark = (quorum_mark(election.rule_pack, each) for each in (Measure.HEADS, Measure.AREA))
    units = snapshot_units(election.snapshot_id) if election.snapshot_id is not None else []
    return Turnout(
        until=until,
        over=over,
        heads=Reading(came.heads, roll.totals.heads, heads_mark),
        area=Reading(came.area.centi, roll.totals.area.centi, area_mark),
        buildings=_buildings(units, votes.keys(), area_mark, minimum_owners),
        days=_days(election, votes, weights, until),
        days_in_all=(_last_day(election) - china_day(election.opens_at)).days + 1,
    )


def _buildings(
    units: Iterable[SnapshotUnitRow], voted: Iterable[int], mark: Mark, minimum_owners: int
) -> tuple[BuildingTurnout, ...]:
    came: defaultdict[str, int] = defaultdict(int)
    whole: defaultdict[str, int] = defaultdict(int)
    owners: defaultdict[str, set[int]] = defaultdict(set)
    present = set(voted)
    for unit in units:
        whole[unit.building] += unit.area.centi
        owners[unit.building].add(unit.voter_number)
        if unit.voter_number in present:
            came[unit.building] += unit.area.centi
    rows = [
        BuildingTurnout(building, len(owners[building]), Reading(came[building], total, mark))
        for building, total in whole.items()
        if len(owners[building]) >= minimum_owners
    ]
    return tuple(sorted(rows, key=lambda row: (-row.area.gap, -row.area.total, row.building)))


def _days(
    election: ElectionRow, votes: Mapping[int, datetime], weights: Mapping[int, Weight], until: datetime
) -> tuple[Day, ...]:
    first, last = china_day(election.opens_at), min(china_day(until), _last_day(election))
    per_day: defaultdict[date, int] = defaultdict(int)
    for voter, at in votes.items():
        per_day[min(china_day(at), last)] += weights[voter].heads
    days, persons = [], 0
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        persons += per_day[on]
        days.append(Day(f"{on.month}/{on.day}", persons))
    return tuple(days)


def _last_day(election: ElectionRow) -> date:
    """Return the day the window ends on; midnight belongs to the evening before."""
    return china_day(election.closes_at - timedelta(microseconds=1))
