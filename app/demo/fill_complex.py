"""Fill one complex of the demonstration: its roll, its election, its ballots, all through the services a visitor uses."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.ballots.queries import get_contest
from app.ballots.services.publish_result import publish_result
from app.ballots.services.take_partial import take_partial, verify_partial
from app.ballots.tasks import finish_box
from app.crypto.tally import parse_tally
from app.crypto.trustee_key import TrusteeKey
from app.db.session import tenant_work
from app.demo.keys import keep_keys
from app.demo.owners import DemoOwner, Door, doors_of, register, times_of_voting, vote
from app.demo.votes import CANDIDATES, DemoElection, marks_of
from app.elections.queries import encrypted_tallies, get_election
from app.elections.services.announce_election import announce_election
from app.elections.services.choose_policies import choose_policies
from app.elections.services.choose_trustees import choose_trustees
from app.elections.services.open_election import open_election
from app.elections.services.play_ceremony import play_ceremony, share_of
from app.elections.services.save_candidate import CandidateText, add_candidate
from app.elections.services.save_draft import Basics, create_draft
from app.elections.services.save_matter import MatterText, add_matter
from app.roll.reading import read_clean_roll
from app.roll.report import developer_choices
from app.roll.services.confirm_import import confirm_import
from app.roll.services.take_roll_file import take_roll_file
from app.roll.types import RollRow
from app.tenancy.types import ComplexRow

#: Co-owners of the demonstration settle it among themselves: the first who votes speaks for the flat.
POLICIES = {"P-COOWNER": "first_ballot"}
_NOTICE_DAYS = 17
#: A group holds the write lock for a fifth of a second, and then leaves it free for most of its votes.
_REGISTERED_TOGETHER = 20
_BEFORE_VOTING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Window:
    """Hold when an election of the demonstration runs."""

    opens_at: datetime
    closes_at: datetime

    @property
    def announced_at(self) -> datetime:
        """Return when it was announced, with the days of notice."""
        return self.opens_at - timedelta(days=_NOTICE_DAYS)


def import_roll(place: ComplexRow, content: bytes, name: str, *, account: int, at: datetime) -> Sequence[RollRow]:
    """Take and confirm a roll file as the operator would, with the developer the file suggests; return its rows."""
    rows = read_clean_roll(content, name).rows
    with tenant_work(place.id, write=True):
        import_id = take_roll_file(content, name, at=at, account=account)
    with tenant_work(place.id, write=True):
        confirm_import(import_id, developer_choices(rows)[0].value, at=at, account=account)
    return rows


def prepare(place: ComplexRow, plan: DemoElection, window: Window, trustees: Sequence[int]) -> str:
    """Set a draft up to the point where it can be announced; return its uuid."""
    at, operator = window.announced_at, trustees[0]
    with tenant_work(place.id, write=True):
        uuid = create_draft(Basics(plan.kind, plan.title, window.opens_at, window.closes_at), at=at, account=operator)
        for matter in plan.matters:
            matter_id = add_matter(uuid, matter.kind, MatterText(matter.title, matter.summary, matter.seats))
            for person, building, introduction in CANDIDATES if matter.seats else ():
                add_candidate(uuid, matter_id, CandidateText(person, building, introduction), at=at, account=operator)
        choose_policies(uuid, POLICIES)
        choose_trustees(uuid, place, trustees)
    return uuid


def announce_and_open(
    place: ComplexRow, uuid: str, window: Window, trustees: Sequence[int], instance: Path
) -> list[TrusteeKey]:
    """Announce a draft, then as ``open_announced``."""
    with tenant_work(place.id, write=True):
        announce_election(uuid, place, at=window.announced_at, account=trustees[0])
    return open_announced(place, uuid, window, trustees, instance)


def open_announced(place: ComplexRow, uuid: str, window: Window, trustees: Sequence[int], instance: Path) -> list[TrusteeKey]:
    """Make the opening key, rehearse, open, and keep the key files for the visitor."""
    with tenant_work(place.id, write=True):
        keys = play_ceremony(uuid, place, at=window.announced_at + timedelta(days=1))
    with tenant_work(place.id, write=True):
        open_election(uuid, place, at=window.opens_at - timedelta(hours=15), account=trustees[0])
    keep_keys(instance, uuid, keys)
    return keys


def fill_box(
    place: ComplexRow, uuid: str, plan: DemoElection, rows: Sequence[RollRow], count: int, window: Window, until: datetime
) -> None:
    """Let owners register and vote until so many have; they come in groups, so that another complex is filled meanwhile."""
    pick = random.Random(place.slug)
    # Drawn at once, so that the account list finds the same order.
    doors = iter(list(doors_of(rows, pick)))
    with tenant_work(place.id):
        contest = get_contest(uuid)
    times = times_of_voting(count, window.opens_at, until, pick)
    come: set[int] = set()
    for first in range(0, count, _REGISTERED_TOGETHER):
        group = times[first : first + _REGISTERED_TOGETHER]
        owners = _registered(place, contest.row.snapshot_id or 0, doors, len(group), come, group[0] - _BEFORE_VOTING)
        for owner, at in zip(owners, group, strict=True):
            vote(place, contest.definition, owner, marks_of(plan, pick), at)


def finish(place: ComplexRow, uuid: str, keys: Sequence[TrusteeKey], window: Window, trustees: Sequence[int]) -> None:
    """Close the box, open the sums with two of the three keys and publish the result."""
    finish_box(place, uuid, window.closes_at)
    at = window.closes_at + timedelta(hours=10)
    decrypt_box(place, uuid, keys[:2], at, trustees)
    with tenant_work(place.id, write=True):
        publish_result(place, uuid, at=at + timedelta(hours=1), account=trustees[0])


def decrypt_box(place: ComplexRow, uuid: str, keys: Sequence[TrusteeKey], at: datetime, trustees: Sequence[int]) -> None:
    """Let some of the trustees give their parts of the decryption of a closed box."""
    for key in keys:
        account = trustees[key.index - 1]
        with tenant_work(place.id):
            verified = verify_partial(uuid, account, _parts(uuid, key))
        with tenant_work(place.id, write=True):
            take_partial(uuid, account, verified, at=at)


def _registered(
    place: ComplexRow, snapshot_id: int, doors: Iterator[Door], count: int, come: set[int], at: datetime
) -> list[DemoOwner]:
    """Let so many owners register whose voter has not come before, and note that it has."""
    owners: list[DemoOwner] = []
    with tenant_work(place.id, write=True):
        while len(owners) < count:
            owner = register(place, next(doors), snapshot_id, at=at)
            if owner is not None and owner.voter_number not in come:
                come.add(owner.voter_number)
                owners.append(owner)
    return owners


def _parts(uuid: str, key: TrusteeKey) -> bytes:
    """Return what a trustee's page sends: the decryption factors of both sums with their proofs."""
    contest = get_contest(uuid)
    share = share_of(key, get_election(uuid))
    parts = {}
    for weight, row in encrypted_tallies(contest.row.id).items():
        tally = parse_tally(contest.definition, row.body)
        parts[weight] = json.loads(key.decrypt(contest.definition, tally, share, secrets.randbelow).to_json())
    return json.dumps(parts, separators=(",", ":")).encode()
