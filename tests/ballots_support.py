"""Own a small complex with an open election, its owners, their devices and its trustees, for tests of the ballot box.

Rows are inserted as the slices below leave them, so that these tests need no page but their own; keys, ballots and proofs
are real.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.access.roles import Role, Scope
from app.board.services.append_entry import append_entry
from app.crypto.ballots import create_ballot
from app.crypto.credentials import Credential, prove_possession
from app.crypto.election import Election as Definition
from app.crypto.election import Question, serialise_election
from app.crypto.proofs import Secret
from app.crypto.tally import parse_tally
from app.crypto.trustee_key import TrusteeKey
from app.db.personal_data import blind_index, seal
from app.db.session import read_in_tenant, tenant_work
from app.elections.models import Candidate, Election, ElectionTrustee, Matter
from app.elections.queries import encrypted_tallies, get_election
from app.elections.services.play_ceremony import share_of
from app.elections.types import ElectionState
from app.roll.models import (
    OwnerBinding,
    OwnerPerson,
    RollSnapshot,
    SnapshotUnit,
    SnapshotVoter,
    SnapshotVoterPerson,
)
from app.statute.policies import Policies
from app.statute.rule_pack import Matter as MatterKind
from app.tenancy.types import ComplexRow
from app.values.area import Area
from app.verifier.ceremony import trustee_round_sha256
from app.verifier.definition import MATTER_OPTIONS
from app.verifier.definition import Definition as Description
from app.verifier.roll import Roll, RollUnit, RollVoter
from app.verifier.simulated_keys import KeyCeremony, Randomness, hold_ceremony, rehearse
from tests.conftest import SteerableClock
from tests.elections_support import OpenElection
from tests.support import browser_of, grant, make_account, make_complexes

RANDOM = Randomness.of(None)
OPTIONS = MATTER_OPTIONS
AGREE, AGAINST, ABSTAIN, NOTHING = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)


@lru_cache(maxsize=8)
def ceremony(uuid: str) -> KeyCeremony:
    """Hold the key ceremony of an election once per test run."""
    return hold_ceremony(uuid, 3, 2, RANDOM)


@dataclass(frozen=True)
class VoterPlan:
    """Say what one voter of the roll owns and who belongs to it; ``nominee`` is the place of the named person."""

    units: tuple[tuple[str, str], ...]
    persons: int = 1
    nominee: int | None = None
    #: Place of a voter whose persons are the same account as this one's first; -1 for none.
    same_account_as: int = -1


def flats(count: int, *, area: str = "89.32") -> list[VoterPlan]:
    """Plan voters with one flat each in three buildings."""
    return [VoterPlan(((f"{1 + at % 3}-1-{101 + at // 3:04d}", area),)) for at in range(count)]


@dataclass
class Device:
    """Be an owner's phone: the account's browser and the credential kept on it."""

    world: World
    voter: int
    client: FlaskClient
    credential: Credential | None = None

    def url(self, tail: str) -> str:
        return f"{self.world.url}/{tail}?voter={self.voter}"

    def enrol(self, credential: Credential | None = None) -> Any:
        """Enrol a fresh credential, or the given one, and keep it."""
        made = credential or Credential.generate(secrets.randbelow)
        answer = self.client.post(
            self.url("enrol"), data=self.enrolment(made), content_type="application/json", headers=JSON_HEADERS
        )
        if answer.status_code in (200, 201):
            self.credential = made
        return answer

    def enrolment(self, credential: Credential, voter: int | None = None) -> str:
        """Return the JSON that the booth sends."""
        proof = prove_possession(self.world.uuid, voter or self.voter, credential, secrets.randbelow)
        return json.dumps({"credential": str(credential.public), "proof": proof.to_json()})

    def ballot(self, *choices: Sequence[int]) -> bytes:
        """Make a ballot; without choices, agreeing to everything and electing the first candidates."""
        if self.credential is None:
            assert self.enrol().status_code in (200, 201)
        assert self.credential is not None
        marks = choices or [self.world.default_choice(q) for q in self.world.definition.questions]
        return create_ballot(self.world.definition, self.credential, marks, secrets.randbelow).encode()

    def cast(self, raw: bytes | None = None, *choices: Sequence[int]) -> Any:
        """Send a ballot, by default a fresh one."""
        body = raw if raw is not None else self.ballot(*choices)
        return self.client.post(self.url("ballots"), data=body, content_type="application/json", headers=JSON_HEADERS)


JSON_HEADERS = {"Accept": "application/json"}


@dataclass
class World:
    """Be the complex, its open election, its people and its trustees."""

    app: Flask
    clock: SteerableClock
    place: ComplexRow
    uuid: str
    definition: Definition
    held: KeyCeremony | TrusteeKeys
    #: Account of the first person of each voter, by voter number.
    accounts: dict[int, int]
    #: Account of every further person of a voter.
    co_owners: dict[int, list[int]] = field(default_factory=dict)
    #: Accounts of owners whose units lie outside the scope of the vote.
    outsiders: list[int] = field(default_factory=list)
    operator: int = 0
    trustees: tuple[int, ...] = ()

    @property
    def url(self) -> str:
        return f"/c/{self.place.slug}/elections/{self.uuid}"

    def default_choice(self, question: Question) -> tuple[int, ...]:
        return tuple(int(at < question.maximum) for at in range(len(question.answers)))

    def browser(self, account: int) -> FlaskClient:
        return browser_of(self.app, account, self.clock.at)

    def device(self, voter: int, account: int | None = None) -> Device:
        """Give the phone of a voter's first person, or of another account."""
        return Device(self, voter, self.browser(account or self.accounts[voter]))

    def read(self, query: Any) -> Any:
        """Run a read in the complex."""
        with self.app.app_context():
            return read_in_tenant(self.place.id, query)

    def close_by_clock(self) -> datetime:
        """Move the clock past the end of voting."""
        election = self.read(lambda: get_election(self.uuid))
        self.clock.at = election.closes_at + timedelta(minutes=1)
        return self.clock.at

    def decrypt(self, index: int) -> Any:
        """Let a trustee give its parts through the page's endpoint."""
        tallies = self.read(lambda: encrypted_tallies(self.read_election().id))
        body = {}
        for weight in ("area", "heads"):
            tally = parse_tally(self.definition, tallies[weight].body)
            key, share = self.held.keys[index - 1], self.held.shares[index - 1]
            body[weight] = json.loads(key.decrypt(self.definition, tally, share, secrets.randbelow).to_json())
        client = self.browser(self.trustees[index - 1])
        return client.post(f"{self.url}/decrypt", json=body, headers=JSON_HEADERS)

    def read_election(self) -> Any:
        return self.read(lambda: get_election(self.uuid))


@dataclass(frozen=True)
class TrusteeKeys:
    """Hold the trustees' keys and shares of an election, in order."""

    keys: Sequence[TrusteeKey]
    shares: Sequence[Secret]


def world_of(app: Flask, clock: SteerableClock, opened: OpenElection) -> World:
    """Give every person of an election opened by the elections' own services an account, and move to its first minute."""
    election, place = opened.election, opened.place
    clock.at = election.opens_at + timedelta(minutes=1)
    accounts = [make_account(app, clock.at, name="业主", staff=False, organisation="") for _ in opened.persons]
    for account in accounts:
        grant(app, account, Role.OWNER, Scope.COMPLEX, place.id, clock.at)
    with app.app_context(), tenant_work(place.id, write=True) as session:
        for account, person in zip(accounts, opened.persons, strict=True):
            session.add(OwnerBinding(account_id=account, person_id=person, outcome="A", state="active", bound_at=clock.at))
        session.flush()
        numbers = {
            row.person_id: row.voter_number
            for row in session.scalars(
                select(SnapshotVoterPerson).where(SnapshotVoterPerson.snapshot_id == election.snapshot_id)
            )
        }
        shares = [share_of(key, election) for key in opened.keys]
    assert election.definition is not None
    return World(
        app=app,
        clock=clock,
        place=place,
        uuid=election.uuid,
        definition=Definition.parse(election.definition),
        held=TrusteeKeys(opened.keys, shares),
        accounts={
            numbers[person]: account for person, account in zip(opened.persons, accounts, strict=True) if person in numbers
        },
        outsiders=[account for person, account in zip(opened.persons, accounts, strict=True) if person not in numbers],
        operator=opened.staff.operator,
        trustees=opened.staff.trustees,
    )


def open_world(
    app: Flask,
    clock: SteerableClock,
    plans: Sequence[VoterPlan] | None = None,
    *,
    candidates: int = 4,
    seats: int = 2,
    hire: bool = True,
    policies: Mapping[str, str] | None = None,
    uuid: str = "YeyiTestBox111",
    slug: str = "qinglan",
    place: ComplexRow | None = None,
    phones: bool = True,
) -> World:
    """Make a complex whose election is open since an hour and closes in a week."""
    plans = list(plans or flats(6))
    place = place or make_complexes(app, slug)[0]
    at = clock.at
    operator = make_account(app, at)
    grant(app, operator, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, at)
    trustees = tuple(make_account(app, at, name=f"受托人{index}") for index in (1, 2, 3))
    for account in trustees:
        grant(app, account, Role.TRUSTEE, Scope.COMPLEX, place.id, at)
    people = _accounts(app, place, plans, at)
    with app.app_context(), tenant_work(place.id, write=True) as session:
        snapshot, roll = _freeze(session, place, plans, people, at, phones)
        definition, description, held = _define(place, roll, uuid, candidates, seats, policies or {}, at, hire)
        election = Election(
            uuid=uuid,
            kind="renewal",
            title="第三届业委会换届投票",
            state=ElectionState.OPEN,
            opens_at=description.opens_at,
            closes_at=description.closes_at,
            policies=dict(description.policies),
            snapshot_id=snapshot,
            announcement=b'{"announcement":"test"}',
            announcement_sha256=description.announcement,
            definition=definition.raw,
            fingerprint=definition.fingerprint,
            trustees_body=held.raw,
            created_by=operator,
            created_at=at,
            announced_at=at - timedelta(days=16),
            opened_at=description.opens_at,
        )
        session.add(election)
        session.flush()
        _matters(session, election.id, candidates, seats, hire)
        for index, account in enumerate(trustees, start=1):
            session.add(_trustee(election.id, index, account, held))
        _journal(uuid, roll, definition, description, held, description.opens_at)
    numbers = {at: number + 1 for at, number in enumerate(range(len(plans)))}
    return World(
        app=app,
        clock=clock,
        place=place,
        uuid=uuid,
        definition=definition,
        held=held,
        accounts={numbers[index]: accounts[0] for index, accounts in enumerate(people)},
        co_owners={numbers[index]: accounts[1:] for index, accounts in enumerate(people)},
        operator=operator,
        trustees=trustees,
    )


def _accounts(app: Flask, place: ComplexRow, plans: Sequence[VoterPlan], at: datetime) -> list[list[int]]:
    people: list[list[int]] = []
    for plan in plans:
        own = [make_account(app, at, name="业主", staff=False, organisation="") for _ in range(plan.persons)]
        if plan.same_account_as >= 0:
            own[0] = people[plan.same_account_as][0]
        people.append(own)
    for account in {account for own in people for account in own}:
        grant(app, account, Role.OWNER, Scope.COMPLEX, place.id, at)
    return people


def _freeze(
    session: Any, place: ComplexRow, plans: Sequence[VoterPlan], people: list[list[int]], at: datetime, phones: bool
) -> tuple[int, Roll]:
    units = [RollUnit(code, Area.parse(area), number) for number, plan in enumerate(plans, 1) for code, area in plan.units]
    voters = [
        RollVoter(number, Area.total(Area.parse(area) for _, area in plan.units), 1) for number, plan in enumerate(plans, 1)
    ]
    roll = Roll.of(place.slug, units, voters)
    snapshot = RollSnapshot(
        roll_hash=roll.digest(),
        body=roll.to_bytes(),
        units=len(units),
        heads=roll.totals.heads,
        area=roll.totals.area,
        frozen_at=at,
    )
    session.add(snapshot)
    session.flush()
    for unit in units:
        building = unit.unit.partition("-")[0] + "栋"
        session.add(
            SnapshotUnit(snapshot_id=snapshot.id, code=unit.unit, building=building, area=unit.area, voter_number=unit.voter)
        )
    for voter in voters:
        session.add(SnapshotVoter(snapshot_id=snapshot.id, voter_number=voter.voter, area=voter.area, heads=voter.heads))
    persons: dict[int, int] = {}
    for number, (plan, accounts) in enumerate(zip(plans, people, strict=True), 1):
        for place_in_set, account in enumerate(accounts):
            if account not in persons:
                persons[account] = _person(session, account, at, len(persons), phones)
            session.add(
                SnapshotVoterPerson(
                    snapshot_id=snapshot.id,
                    voter_number=number,
                    person_id=persons[account],
                    is_nominee=plan.nominee == place_in_set,
                )
            )
    session.flush()
    return snapshot.id, roll


def _person(session: Any, account: int, at: datetime, number: int, phones: bool) -> int:
    person = OwnerPerson(
        kind="person",
        name_sealed=b"",
        name_index=secrets.token_bytes(32),
        document_kind="identity_card",
        identity_index=secrets.token_bytes(32),
    )
    session.add(person)
    session.flush()
    person.name_sealed = seal("业主", field="owner_person.name", owner=person.id)
    if phones:
        phone = f"1390000{number:04d}"
        person.phone_sealed = seal(phone, field="owner_person.phone", owner=person.id)
        person.phone_index = blind_index(phone, field="phone", tenant_id=0)
    session.add(OwnerBinding(account_id=account, person_id=person.id, outcome="A", state="active", bound_at=at))
    session.flush()
    return person.id


def _define(
    place: ComplexRow,
    roll: Roll,
    uuid: str,
    candidates: int,
    seats: int,
    policies: Mapping[str, str],
    at: datetime,
    hire: bool,
) -> tuple[Definition, Description, KeyCeremony]:
    held = ceremony(uuid)
    names = [f"候选人{number}（{1 + number % 3}栋）" for number in range(1, candidates + 1)]
    questions = [Question(OPTIONS, 0, 1, "续聘现物业公司，服务期3年")] if hire else []
    if candidates:
        questions.append(Question(tuple(names), 0, seats, "选举第三届业主委员会委员"))
    description = Description(
        announcement=sha256(b'{"announcement":"test"}').hexdigest(),
        complex=place.slug,
        kinds=(MatterKind.HIRE,) * hire + (MatterKind.ELECT,) * bool(candidates),
        opens_at=at - timedelta(hours=1),
        closes_at=at + timedelta(days=7),
        policies=dict(Policies(policies)),
        roll=roll.digest(),
        rule_pack="civil_code_2021",
        seats=(None,) * hire + (seats,) * bool(candidates),
        threshold_policy="2/3",
    )
    raw = serialise_election(
        uuid=uuid,
        name="第三届业委会换届投票",
        description=description.to_text(),
        public_key=held.trustees.public_key,
        questions=questions,
    )
    return Definition.parse(raw), description, held


def _matters(session: Any, election_id: int, candidates: int, seats: int, hire: bool) -> None:
    if hire:
        session.add(
            Matter(election_id=election_id, position=0, kind="HIRE", title="续聘现物业公司，服务期3年", summary="合同到期。")
        )
    if not candidates:
        return
    elect = Matter(
        election_id=election_id,
        position=int(hire),
        kind="ELECT",
        title="选举第三届业主委员会委员",
        summary="选委员。",
        seats=seats,
    )
    session.add(elect)
    session.flush()
    for number in range(1, candidates + 1):
        session.add(
            Candidate(
                matter_id=elect.id,
                position=number - 1,
                name=f"候选人{number}",
                building=f"{1 + number % 3}栋",
                introduction="愿意为大家做事。",
            )
        )


def _trustee(election_id: int, index: int, account: int, held: KeyCeremony) -> ElectionTrustee:
    made = held.trustees
    assert made.signatures is not None
    return ElectionTrustee(
        election_id=election_id,
        position=index,
        organisation=("青岚社区居委会", "江城社工服务中心", "换届小组")[index - 1],
        party=("operator", "supervisor", "group")[index - 1],
        account_id=account,
        cert=made.certs[index - 1].to_json(),
        coefexps=made.coefexps[index - 1].to_json(),
        certs_signature=made.signatures[index - 1].to_json(),
        shares=[],
        verification_key=made.verification_keys[index - 1].to_json(),
        rehearsal={"factor": "1", "proof": {"challenge": "0", "response": "0"}},
    )


def _journal(uuid: str, roll: Roll, definition: Definition, description: Description, held: KeyCeremony, at: datetime) -> None:
    """Write every leaf that stands before the first ballot."""
    totals = roll.totals
    append_entry(
        "roll_frozen",
        {"roll": roll.digest(), "units": roll.total_units, "heads": totals.heads, "area": str(totals.area)},
        at=at,
    )

    def write(kind: str, body: dict[str, Any]) -> None:
        append_entry(kind, {"election": uuid, **body}, at=at, election_uuid=uuid)

    write("election_announced", {"announcement": description.announcement})
    for number in (1, 2, 3):
        for index in (1, 2, 3):
            digest = trustee_round_sha256(held.trustees, number, index)
            write("trustee_round", {"index": index, "round": number, "sha256": digest})
    write("election_defined", {"fingerprint": definition.fingerprint, "sha256": definition.sha256})
    alpha, beta, value, partials = rehearse(held, RANDOM)
    write(
        "rehearsal",
        {
            "alpha": alpha,
            "beta": beta,
            "value": value,
            "partials": [
                {
                    "index": part.index,
                    "factor": part.factor,
                    "proof": {"challenge": part.proof.challenge, "response": part.proof.response},
                }
                for part in partials
            ],
        },
    )
    write("opened", {"fingerprint": definition.fingerprint})
