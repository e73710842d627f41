"""Own the invented owners of the demonstration: each claims a flat through the real match and votes through the real box."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.ballots.services.cast_ballot import cast_ballot
from app.ballots.services.enrol_credential import enrol_credential
from app.crypto.ballots import create_ballot
from app.crypto.credentials import Credential, prove_possession
from app.crypto.election import Election as Definition
from app.db.session import commit, tenant_work
from app.identity.services.owner_account import owner_account
from app.roll.matching import last_six
from app.roll.queries import entitlements_of
from app.roll.services.bind_owner import bind_owner
from app.roll.services.check_claim import check_claim
from app.roll.types import OwnerEntry, RollRow
from app.tenancy.types import ComplexRow

#: One demonstration owner in this many changes the vote once.
_CHANGES_ONE_IN = 30
_FIRST_DAYS = 3


@dataclass(frozen=True, slots=True)
class DemoOwner:
    """Hold an owner who has registered: the account and the voter of the frozen roll it may vote for."""

    account_id: int
    voter_number: int


@dataclass(frozen=True, slots=True)
class Door:
    """Hold what an owner knows of his own flat."""

    code: str
    name: str = field(repr=False)
    phone: str = field(repr=False)
    tail: str = field(repr=False)


def doors_of(rows: Sequence[RollRow], pick: random.Random) -> Iterator[Door]:
    """Draw doors of natural persons with a telephone and a readable card, each person once."""
    shuffled = list(rows)
    pick.shuffle(shuffled)
    seen: set[str] = set()
    for row in shuffled:
        owner: OwnerEntry | None = next(iter(row.owners), None)
        if owner is None or not owner.phone or not owner.document.trusted or owner.phone in seen or len(owner.name) > 3:
            continue
        seen.add(owner.phone)
        yield Door(row.code, owner.name, owner.phone, last_six(owner.document.number))


def register(place: ComplexRow, door: Door, snapshot_id: int, *, at: datetime) -> DemoOwner | None:
    """Claim a flat as its owner would; None where a person at the office would have to look first."""
    account = owner_account(door.phone, at=at).id
    check = check_claim(door.code, door.name, door.tail, account_id=account, at=at)
    if not check.person_id or not bind_owner(place, door.code, check.person_id, account_id=account, at=at).is_active:
        return None
    entitled = entitlements_of(snapshot_id, account)
    return DemoOwner(account, entitled[0].voter_number) if len(entitled) == 1 and entitled[0].holds is None else None


def times_of_voting(count: int, opens_at: datetime, until: datetime, pick: random.Random) -> list[datetime]:
    """Draw when ballots come: many in the first days, a flat middle."""
    span = until - opens_at
    early = min(span, timedelta(days=_FIRST_DAYS))
    drawn = []
    for _number in range(count):
        width = early if pick.randrange(100) < 42 else span
        drawn.append(opens_at + timedelta(seconds=pick.randrange(1, int(width.total_seconds()))))
    return sorted(drawn)


def vote(place: ComplexRow, definition: Definition, owner: DemoOwner, marks: list[list[int]], at: datetime) -> None:
    """Enrol a device and cast a ballot; some change their mind once within the hour."""
    credential = Credential.generate(secrets.randbelow)
    proof = prove_possession(definition.uuid, owner.voter_number, credential, secrets.randbelow)
    enrolment = json.dumps({"credential": str(credential.public), "proof": proof.to_json()}, separators=(",", ":"))
    with tenant_work(place.id, write=True):
        enrol_credential(definition.uuid, owner.account_id, owner.voter_number, enrolment.encode(), at=at)
    times = 2 if owner.voter_number % _CHANGES_ONE_IN == 0 else 1
    for minutes in range(times):
        ballot = create_ballot(definition, credential, marks, secrets.randbelow).encode()
        # Casting takes the write lock late, after the proofs: meanwhile the other process may write.
        with tenant_work(place.id):
            cast_ballot(
                place, definition.uuid, owner.account_id, owner.voter_number, ballot, at=at + timedelta(minutes=minutes)
            )
            commit()
