"""Write, change and shorten the list of the preparatory or renewal group, until it hangs on the board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.audit.services.record_event import record_event
from app.db.session import current_tenant_id, db
from app.procedure.group_list import ListedMember, door_in, read_group_list
from app.procedure.models import GroupMember, Procedure
from app.procedure.objecting import posted_on
from app.procedure.preparation_errors import GroupListPosted, GroupListUnread, GroupMemberNotFound, GroupMemberNotOwner
from app.procedure.queries import get_dossier
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier, Side
from app.roll.owner_queries import find_owner


@dataclass(frozen=True, slots=True)
class MemberChange:
    """Hold what a row of the list becomes."""

    name: str
    side: Side
    #: Door of an owner, as people write it; the organisation of the others.
    belongs_to: str
    is_head: bool = False


def add_group_members(code: str, text: str, *, at: datetime, account: int) -> int:
    """Add the members of a pasted list, one a line; return how many.

    Without a head so far, the first one of the street becomes it. Owners are looked up where a roll stands.
    Raises: ProcedureNotFound, ProcedureNotRunning, GroupListPosted, GroupListUnread, GroupMemberNotOwner.
    """
    procedure, dossier = _changeable(code)
    read = read_group_list(text)
    if read.bad_lines or not read.members:
        raise GroupListUnread(lines="、".join(str(number) for number in read.bad_lines) or "1")
    _check_owners(dossier, read.members)
    has_head = any(row.is_head for row in dossier.group)
    last = db.session.scalar(select(func.max(GroupMember.position)).where(GroupMember.procedure_id == procedure.id))
    for place, member in enumerate(read.members, start=0 if last is None else last + 1):
        leads = not has_head and member.side is Side.STREET
        has_head = has_head or leads
        db.session.add(
            GroupMember(
                procedure_id=procedure.id,
                name=member.name,
                side=member.side.value,
                belongs_to=member.belongs_to,
                is_head=leads,
                position=place,
            )
        )
    _noted("added", len(read.members), at, account)
    return len(read.members)


def change_group_member(code: str, member_id: int, change: MemberChange, *, at: datetime, account: int) -> None:
    """Change a row of the list; a new head takes the place of the old one.

    Raises: as ``add_group_members``, and GroupMemberNotFound.
    """
    procedure, dossier = _changeable(code)
    row = _member(procedure, member_id)
    belongs_to = (door_in(change.belongs_to) if change.side is Side.OWNER else "") or change.belongs_to
    _check_owners(dossier, [ListedMember(change.name, change.side, belongs_to)])
    if change.is_head:
        for other in db.session.scalars(select(GroupMember).where(GroupMember.procedure_id == procedure.id)):
            other.is_head = False
    row.name, row.side, row.belongs_to, row.is_head = change.name, change.side.value, belongs_to, change.is_head
    _noted("changed", 1, at, account)


def remove_group_member(code: str, member_id: int, *, at: datetime, account: int) -> None:
    """Take a row off the list.

    Raises: ProcedureNotFound, ProcedureNotRunning, GroupListPosted, GroupMemberNotFound.
    """
    procedure, _dossier = _changeable(code)
    db.session.delete(_member(procedure, member_id))
    _noted("removed", 1, at, account)


def _changeable(code: str) -> tuple[Procedure, Dossier]:
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    if posted_on(dossier, "group") is not None:
        raise GroupListPosted()
    return procedure, dossier


def _member(procedure: Procedure, member_id: int) -> GroupMember:
    row = db.session.scalar(select(GroupMember).where(GroupMember.id == member_id, GroupMember.procedure_id == procedure.id))
    if row is None:
        raise GroupMemberNotFound()
    return row


def _check_owners(dossier: Dossier, members: Iterable[ListedMember]) -> None:
    """Refuse owners the roll does not have; before there is a roll nobody can tell."""
    if not dossier.has_roll:
        return
    strangers = [row.name for row in members if row.side is Side.OWNER and find_owner(row.belongs_to, row.name) is None]
    if strangers:
        raise GroupMemberNotOwner(names="、".join(strangers))


def _noted(what: str, members: int, at: datetime, account: int) -> None:
    db.session.flush()
    record_event(f"procedure:group:{what}", at=at, account=account, tenant=current_tenant_id(), members=members)
