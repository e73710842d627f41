"""Own the reads of elections: frozen rows of the present complex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeVar, cast

from flask import current_app
from sqlalchemy import select

from app.access.roles import Role
from app.committee.queries import current_mandate
from app.db.session import db
from app.elections.errors import ElectionNotFound
from app.elections.models import (
    Candidate,
    Election,
    ElectionTrustee,
    EncryptedTally,
    Matter,
    MatterMaterial,
    PartialDecryption,
)
from app.elections.policies import party_of
from app.elections.readiness import Problem, problems_of
from app.elections.rules import order_key, shuffled
from app.elections.types import (
    CandidateRow,
    ElectionKind,
    ElectionRow,
    ElectionState,
    MaterialRow,
    MatterRow,
    PartialRow,
    Party,
    TallyRow,
    TestCiphertext,
    TrusteeChoice,
    TrusteeRow,
    complete_policies,
)
from app.identity.queries import holders_in_complex, roles_in_complex
from app.rulebook.queries import overlay_in_force
from app.settings import Settings
from app.statute.overlay import Overlay
from app.statute.rule_pack import Matter as MatterKind
from app.tenancy.types import ComplexRow
from app.values.clock import china_day

_Row = TypeVar("_Row")

#: What waits for the owners stands first.
_LIST_ORDER = (
    ElectionState.OPEN,
    ElectionState.ANNOUNCED,
    ElectionState.DRAFT,
    ElectionState.CLOSED,
    ElectionState.PUBLISHED,
    ElectionState.WITHDRAWN,
)


def get_election(uuid: str) -> ElectionRow:
    """Return an election of the present complex with its matters and trustees.

    Raises: ElectionNotFound.
    """
    row = db.session.scalar(select(Election).where(Election.uuid == uuid))
    if row is None:
        raise ElectionNotFound(uuid=uuid)
    return _whole_rows([row])[0]


def get_public_election(uuid: str) -> ElectionRow:
    """Return an election that was announced; a draft does not exist for the public.

    Raises: ElectionNotFound.
    """
    election = get_election(uuid)
    if not election.is_public:
        raise ElectionNotFound(uuid=uuid)
    return election


def list_elections(*, drafts: bool = False) -> list[ElectionRow]:
    """List the elections of the present complex: open ones first, then by opening time, newest first."""
    query = select(Election)
    if not drafts:
        query = query.where(Election.announcement.is_not(None))
    rows = _whole_rows(list(db.session.scalars(query)))
    rows.sort(key=lambda row: row.opens_at, reverse=True)
    return sorted(rows, key=lambda row: _LIST_ORDER.index(row.state))


def elections_of_trustee(account_id: int) -> list[ElectionRow]:
    """List the announced elections in which the account is a trustee."""
    query = select(ElectionTrustee.election_id).where(ElectionTrustee.account_id == account_id)
    mine = set(db.session.scalars(query))
    return [row for row in list_elections() if row.id in mine]


def draft_problems(election: ElectionRow, at: datetime, *, waived: Collection[str] = ()) -> list[Problem]:
    """List what keeps a draft from being announced at an instant, the limits of the committee's mandate among it."""
    mandate = current_mandate(china_day(at), election.pack)
    return problems_of(election, at, election.pack, mandate, waived)


def owner_order(election: ElectionRow, matter: MatterRow, owner: str) -> tuple[CandidateRow, ...]:
    """Return a matter's candidates in the order this owner sees; ``owner`` is a voter number or an account."""
    settings = cast(Settings, current_app.extensions["yeyi_settings"])
    key = order_key(settings.data_key, election.uuid, matter.position, owner)
    return tuple(matter.candidates[place] for place in shuffled(len(matter.candidates), key))


def trustee_choices(place: ComplexRow) -> list[TrusteeChoice]:
    """List the accounts that may be chosen as trustees of an election of the complex, by side and organisation."""
    choices = []
    for account_id, name, organisation in holders_in_complex(place, [Role.TRUSTEE]):
        roles = roles_in_complex(account_id, place)
        if Role.TRUSTEE in roles and organisation:
            choices.append(TrusteeChoice(account_id, name, organisation, party_of(roles)))
    return choices


def company_organisations(place: ComplexRow) -> frozenset[str]:
    """Name the property companies of the complex, none of which may be a trustee."""
    return frozenset(name for _, _, name in holders_in_complex(place, [Role.PROPERTY_COMPANY]) if name)


def encrypted_tallies(election_id: int) -> dict[str, TallyRow]:
    """Return the encrypted sums of an election by weight; empty before they were made."""
    rows = db.session.scalars(select(EncryptedTally).where(EncryptedTally.election_id == election_id))
    return {row.weight: TallyRow(row.weight, row.body, row.ballots, row.total_weight) for row in rows}


def partial_decryptions(election_id: int) -> list[PartialRow]:
    """List the trustees' parts of the decryption by index and weight."""
    query = (
        select(PartialDecryption)
        .where(PartialDecryption.election_id == election_id)
        .order_by(PartialDecryption.position, PartialDecryption.weight)
    )
    return [PartialRow(row.position, row.weight, row.body, row.at) for row in db.session.scalars(query)]


def _whole_rows(elections: Sequence[Election]) -> list[ElectionRow]:
    ids = [election.id for election in elections]
    if not ids:
        return []
    matters = list(db.session.scalars(select(Matter).where(Matter.election_id.in_(ids)).order_by(Matter.position, Matter.id)))
    matter_ids = [matter.id for matter in matters]
    candidates = select(Candidate).where(Candidate.matter_id.in_(matter_ids)).order_by(Candidate.position)
    materials = select(MatterMaterial).where(MatterMaterial.matter_id.in_(matter_ids)).order_by(MatterMaterial.id)
    of_matter = _grouped((row.matter_id, _candidate(row)) for row in db.session.scalars(candidates))
    papers = _grouped((row.matter_id, _material(row)) for row in db.session.scalars(materials))
    of_election = _grouped((row.election_id, _matter(row, of_matter[row.id], papers[row.id])) for row in matters)
    trustees = select(ElectionTrustee).where(ElectionTrustee.election_id.in_(ids)).order_by(ElectionTrustee.position)
    holders = _grouped((row.election_id, _trustee(row)) for row in db.session.scalars(trustees))
    return [_election(row, tuple(of_election[row.id]), tuple(holders[row.id])) for row in elections]


def _grouped(pairs: Iterable[tuple[int, _Row]]) -> defaultdict[int, list[_Row]]:
    groups: defaultdict[int, list[_Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return groups


def _candidate(row: Candidate) -> CandidateRow:
    return CandidateRow(row.id, row.position, row.name, row.building, row.introduction, row.photo_id)


def _material(row: MatterMaterial) -> MaterialRow:
    return MaterialRow(row.id, row.file_id, row.title)


def _matter(row: Matter, candidates: list[CandidateRow], materials: list[MaterialRow]) -> MatterRow:
    kind = MatterKind(row.kind)
    return MatterRow(row.id, row.position, kind, row.title, row.summary, row.seats, tuple(candidates), tuple(materials))


def _trustee(row: ElectionTrustee) -> TrusteeRow:
    return TrusteeRow(
        id=row.id,
        index=row.position,
        organisation=row.organisation,
        party=Party(row.party),
        account_id=row.account_id,
        cert=row.cert,
        coefexps=row.coefexps,
        certs_signature=row.certs_signature,
        shares=None if row.shares is None else tuple(row.shares),
        verification_key=row.verification_key,
        rehearsal=row.rehearsal,
    )


def _election(row: Election, matters: tuple[MatterRow, ...], trustees: tuple[TrusteeRow, ...]) -> ElectionRow:
    return ElectionRow(
        id=row.id,
        uuid=row.uuid,
        kind=ElectionKind(row.kind),
        title=row.title,
        state=ElectionState(row.state),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        policies=complete_policies(row.policies),
        rule_pack=row.rule_pack,
        snapshot_id=row.snapshot_id,
        announcement=row.announcement,
        announcement_sha256=row.announcement_sha256,
        definition=row.definition,
        fingerprint=row.fingerprint,
        trustees_body=row.trustees_body,
        rehearsal=None if row.rehearsal is None else TestCiphertext(**row.rehearsal),
        result=row.result,
        created_by=row.created_by,
        created_at=row.created_at,
        announced_at=row.announced_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        withdrawal_reason=row.withdrawal_reason,
        scope=tuple(row.scope),
        procedure_code=row.procedure_code,
        extended_from=row.extended_from,
        extension_reason=row.extension_reason,
        objections_close_at=row.objections_close_at,
        certified_at=row.certified_at,
        own_rules=overlay_in_force() if row.state == ElectionState.DRAFT else Overlay.from_json(row.own_rules),
        matters=matters,
        trustees=trustees,
    )
