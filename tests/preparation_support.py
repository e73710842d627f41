"""Own builders of a preparation that several tests share: owners by name, their accounts, pictures, steps already done."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.access.roles import Role, Scope
from app.board.models import BoardLeaf
from app.db.base import new_id
from app.db.personal_data import blind_index, seal
from app.db.session import db
from app.errors import DomainError
from app.procedure.eligibility import Declared, Requirement
from app.procedure.models import Procedure, StepFact
from app.procedure.services.decide_nomination import check_nomination
from app.procedure.services.nominate_candidate import Candidacy, record_nomination
from app.procedure.services.receive_objection import receive_objection
from app.procedure.services.record_posting import record_posting
from app.procedure.services.save_group import add_group_members
from app.procedure.types import Dossier, NominationState
from app.roll.models import OwnerBinding, OwnerPerson, Ownership, Unit
from app.roll.persons import normalise_name
from app.tenancy.types import ComplexRow
from app.values import Area
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.procedure_support import dossier_of, make_procedure
from tests.support import grant, make_account, make_complexes

#: Account id of the staff whose rights no service asks for.
STAFF = 7
BOARD = "小区公告栏"
#: Six of the owners.
SIX = ("王芳", "李强", "张伟", "刘洋", "陈静", "杨帆")
#: Owners of the roll by name and door; the last two share a flat.
OWNERS: tuple[tuple[str, str], ...] = (
    ("王芳", "1-1-0101"),
    ("李强", "1-1-0102"),
    ("张伟", "1-2-0201"),
    ("刘洋", "2-1-0301"),
    ("陈静", "2-1-0302"),
    ("杨帆", "3-1-0401"),
    ("赵敏", "3-1-0402"),
    ("黄磊", "3-1-0501"),
    ("周杰", "3-1-0502"),
    ("吴倩", "3-1-0502"),
)
#: A renewal group of nine: five owners, the street, the residents' committee and two others.
GROUP = """何平，湖畔街道办事处
周敏，青岚社区居委会
王芳，1-1-0101
李强，1-1-0102
张伟，1-2-0201
刘洋 2栋1单元301
陈静，2-1-0302
孙律师，江城律师事务所
林芳，江城社工服务中心"""
MET = {item.value: "met" for item in Requirement}
CLEAR = {item.value: "no" for item in Declared}


class Preparation:
    """Hold a renewal in a complex with a roll, and run services in it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place: ComplexRow = make_complexes(app, "qinglan")[0]
        self.persons = make_owners(app, self.place)
        self.code = make_procedure(app, self.place, NOON)

    def run(self, act: Callable[[], object]) -> object:
        with in_complex(self.app, self.place):
            return act()

    def refused(self, error: type[DomainError], act: Callable[[], object]) -> DomainError:
        with pytest.raises(error) as caught:
            self.run(act)
        return caught.value

    @property
    def dossier(self) -> Dossier:
        return dossier_of(self.app, self.place, self.code)

    def leaves(self, kind: str) -> list[dict[str, object]]:
        with in_complex(self.app, self.place, write=False):
            query = select(BoardLeaf.body).where(BoardLeaf.kind == kind).order_by(BoardLeaf.leaf_index)
            return [json.loads(body) for body in db.session.scalars(query)]

    def group(self, text: str = GROUP) -> None:
        self.run(lambda: add_group_members(self.code, text, at=NOON, account=STAFF))

    def hang(self, paper: str, *, minutes: int = 0, where: str = BOARD) -> None:
        at = NOON + timedelta(minutes=minutes)
        self.run(lambda: record_posting(self.place, self.code, paper, where, picture(), at=at, account=STAFF))

    def formed(self) -> None:
        make_fact(self.app, self.place, self.code, "group_formed", NOON.date(), NOON)

    def object(self, about: str, *, account: int = STAFF, subject: str = "", days: int = 0) -> int:
        at = NOON + timedelta(days=days, minutes=5)

        def receive() -> int:
            return receive_objection(
                self.place, self.code, about, subject, "他是物业经理的哥哥", at=at, account=account, is_owner=account != STAFF
            )

        return int(str(self.run(receive)))


def make_owners(app: Flask, place: ComplexRow, owners: Sequence[tuple[str, str]] = OWNERS) -> dict[str, int]:
    """Put owners on the roll as an import does, names sealed and found by their blind index; return persons by name."""
    persons = {}
    with in_complex(app, place):
        for name, code in owners:
            person_id = new_id()
            db.session.add(
                OwnerPerson(
                    id=person_id,
                    kind="person",
                    name_sealed=seal(name, field="owner_person.name", owner=person_id),
                    name_index=blind_index(normalise_name(name), field="name", tenant_id=place.id),
                    document_kind="identity_card",
                    identity_index=secrets.token_bytes(32),
                )
            )
            db.session.flush()
            db.session.add(Ownership(unit_id=_unit(code), person_id=person_id))
            persons[name] = person_id
    return persons


def make_owner_account(app: Flask, place: ComplexRow, person_id: int, at: datetime, *, state: str = "active") -> int:
    """Make an account that speaks for a person of the roll."""
    account = make_account(app, at, name="业主", staff=False)
    grant(app, account, Role.OWNER, Scope.COMPLEX, place.id, at)
    bind(app, place, account, person_id, at, state=state)
    return account


def bind(app: Flask, place: ComplexRow, account: int, person_id: int, at: datetime, *, state: str = "active") -> None:
    """Let an account speak for a person of the roll."""
    with in_complex(app, place):
        db.session.add(OwnerBinding(account_id=account, person_id=person_id, outcome="A", state=state, bound_at=at))


def sell(app: Flask, place: ComplexRow, person_id: int) -> None:
    """Take a person off the live roll, as an import after a sale does."""
    with in_complex(app, place):
        for row in db.session.scalars(select(Ownership).where(Ownership.person_id == person_id)):
            db.session.delete(row)


def make_fact(app: Flask, place: ComplexRow, code: str, step: str, on: date, at: datetime) -> None:
    """Write the record of a step without the rules of the use case."""
    with in_complex(app, place):
        procedure_id = db.session.scalars(select(Procedure.id).where(Procedure.code == code)).one()
        db.session.add(StepFact(procedure_id=procedure_id, step=step, done_on=on, details={}, recorded_by=1, recorded_at=at))


def make_candidates(app: Flask, place: ComplexRow, code: str, names: Sequence[str], at: datetime, account: int) -> list[int]:
    """Let people be proposed on paper and found eligible."""
    doors, made = dict(OWNERS), []
    with in_complex(app, place):
        for name in names:
            given = Candidacy("住了八年，愿意把账目贴到单元门口。", picture(), CLEAR)
            number = record_nomination(code, name, doors[name], "owners", given, at=at, account=account)
            state = check_nomination(code, number, MET, CLEAR, reason="", evidence=None, at=at, account=account)
            assert state is NominationState.ELIGIBLE
            made.append(number)
    return made


def picture(colour: str = "white", size: tuple[int, int] = (300, 400)) -> bytes:
    """Make a photo."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def _unit(code: str) -> int:
    kept = db.session.scalar(select(Unit.id).where(Unit.code == code))
    if kept is not None:
        return kept
    building, entrance, room = code.split("-")
    unit = Unit(code=code, building=f"{building}栋", entrance=entrance, room=room, area=Area.parse("98.44"))
    db.session.add(unit)
    db.session.flush()
    return unit.id
