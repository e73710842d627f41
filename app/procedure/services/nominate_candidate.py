"""Propose a candidate 推荐、自荐, or complete what was proposed; the person must be an owner on the roll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.audit.services.record_event import record_event
from app.db.session import current_tenant_id, db
from app.documents.services.store_file import store_photo
from app.elections.services.texts import checked_text
from app.procedure.models import Nomination, Procedure
from app.procedure.nominating import INTRODUCTION_LIMIT, elects_people, nominations_open
from app.procedure.preparation_errors import (
    ListFrozen,
    NominatedAlready,
    NominationNotFound,
    NominationsClosed,
    NomineeNotOwner,
    NoOwnDoor,
    TooManyNominations,
)
from app.procedure.preparation_queries import own_door
from app.procedure.queries import get_dossier
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier, NominationState
from app.roll.owner_queries import FoundOwner, find_owner

_NAME_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Candidacy:
    """Hold what is published of a candidate and what he declares."""

    introduction: str = ""
    #: Bytes of a photo; None keeps what there is.
    photo: bytes | None = None
    #: ``Declared`` to yes or no.
    declaration: Mapping[str, str] = field(default_factory=dict)


def nominate_oneself(code: str, unit_code: str, candidacy: Candidacy, *, at: datetime, account: int) -> int:
    """Let an owner stand with one of the doors the account speaks for; return the proposal's id.

    Raises: ProcedureNotFound, NominationsClosed, NoOwnDoor, NominatedAlready, TextTooLong, FileTooLarge, NotAPhoto.
    """
    procedure, dossier = _open_for_owners(code, account)
    door = own_door(account, unit_code)
    if door is None:
        raise NoOwnDoor()
    owner = FoundOwner(door.person_id, door.unit_code)
    return _propose(procedure, dossier, door.name, owner, "self", candidacy, at, account)


def nominate_neighbour(code: str, name: str, door: str, candidacy: Candidacy, *, at: datetime, account: int) -> int:
    """Let an owner propose another owner by name and door; return the proposal's id.

    Raises: as ``nominate_oneself``, TooManyNominations and NomineeNotOwner.
    """
    procedure, dossier = _open_for_owners(code, account)
    return _propose(procedure, dossier, name, _found(door, name), "owners", candidacy, at, account)


def record_nomination(
    code: str, name: str, door: str, proposed_by: str, candidacy: Candidacy, *, at: datetime, account: int
) -> int:
    """Write down a proposal that came on paper or from the community; return its id.

    Raises: ProcedureNotFound, ListFrozen, NomineeNotOwner, NominatedAlready, TextTooLong, FileTooLarge, NotAPhoto.
    """
    procedure, dossier = _open_for_staff(code)
    return _propose(procedure, dossier, name, _found(door, name), proposed_by, candidacy, at, account)


def complete_nomination(code: str, nomination_id: int, candidacy: Candidacy, *, at: datetime, account: int) -> None:
    """Put in the introduction, the photo and the declaration of somebody who was proposed.

    Raises: ProcedureNotFound, ListFrozen, NominationNotFound, TextTooLong, FileTooLarge, NotAPhoto.
    """
    procedure, _dossier = _open_for_staff(code)
    row = nomination_of(procedure, nomination_id)
    _write(row, candidacy, at, account)
    record_event("procedure:nomination:completed", at=at, account=account, tenant=current_tenant_id(), nomination=row.id)


def nomination_of(procedure: Procedure, nomination_id: int) -> Nomination:
    """Return a proposal of this procedure.

    Raises: NominationNotFound.
    """
    row = db.session.scalar(select(Nomination).where(Nomination.id == nomination_id, Nomination.procedure_id == procedure.id))
    if row is None:
        raise NominationNotFound()
    return row


def check_not_frozen(dossier: Dossier) -> None:
    """Refuse a change of the list once the vote is announced.

    Raises: ListFrozen.
    """
    if dossier.election is not None and dossier.election.is_public and dossier.election.withdrawn_at is None:
        raise ListFrozen()


def _open_for_owners(code: str, account: int) -> tuple[Procedure, Dossier]:
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    if not nominations_open(dossier):
        raise NominationsClosed()
    limit = dossier.procedure.seats or 1
    if sum(1 for row in dossier.nominations if row.created_by == account) >= limit:
        raise TooManyNominations(limit=limit)
    return procedure, dossier


def _open_for_staff(code: str) -> tuple[Procedure, Dossier]:
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    if not elects_people(dossier):
        raise NominationsClosed()
    check_not_frozen(dossier)
    return procedure, dossier


def _found(door: str, name: str) -> FoundOwner:
    owner = find_owner(door, name)
    if owner is None:
        raise NomineeNotOwner()
    return owner


def _propose(
    procedure: Procedure,
    dossier: Dossier,
    name: str,
    owner: FoundOwner,
    proposed_by: str,
    candidacy: Candidacy,
    at: datetime,
    account: int,
) -> int:
    standing = (NominationState.PROPOSED, NominationState.ELIGIBLE)
    if any(row.person_id == owner.person_id and row.state in standing for row in dossier.nominations):
        raise NominatedAlready()
    row = Nomination(
        procedure_id=procedure.id,
        name=checked_text(name, _NAME_LIMIT),
        unit_code=owner.unit_code,
        person_id=owner.person_id,
        proposed_by=proposed_by,
        created_by=account,
        created_at=at,
        declaration={},
        checks={},
    )
    _write(row, candidacy, at, account)
    db.session.add(row)
    db.session.flush()
    record_event(
        "procedure:nomination:made", at=at, account=account, tenant=current_tenant_id(), nomination=row.id, by=proposed_by
    )
    return row.id


def _write(row: Nomination, candidacy: Candidacy, at: datetime, account: int) -> None:
    row.introduction = checked_text(candidacy.introduction, INTRODUCTION_LIMIT)
    row.declaration = {**(row.declaration or {}), **candidacy.declaration}
    if candidacy.photo is not None:
        row.photo_id = store_photo(candidacy.photo, name="候选人照片", at=at, account=account, public=False).id
    db.session.flush()
