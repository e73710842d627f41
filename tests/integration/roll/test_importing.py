"""Hold the import of rolls to its promises: exact totals, all or nothing, persons kept, nothing personal in clear."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db.base import Base
from app.db.personal_data import unseal
from app.db.session import db, tenant_work
from app.roll.errors import DeveloperUnanswered, ImportDecided, RollFileRefused
from app.roll.live import live_totals, live_voters
from app.roll.models import OwnerBinding, OwnerPerson, Ownership, RollImport, Unit
from app.roll.queries import developer_id, live_units
from app.roll.reading import read_roll
from app.roll.report import RollReport, developer_choices, report_of
from app.roll.services.confirm_import import confirm_import
from app.roll.services.freeze_roll import freeze_roll
from app.roll.services.take_roll_file import take_roll_file
from app.roll.types import Handling, StoredRoll
from app.settings import Settings
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.support import make_complexes
from tests.unit.roll.roll_files import CARD_A, CARD_B, CARD_C, COMPANY_CODE, ROLLS, a_row, xlsx

QINGLAN = ROLLS / "a_qinglan_v5_clean.xlsx"


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


def take(app: Flask, place: ComplexRow, content: bytes, name: str = "名册.xlsx") -> int:
    with app.app_context(), tenant_work(place.id, write=True):
        return take_roll_file(content, name, at=NOON, account=7)


def confirm(app: Flask, place: ComplexRow, import_id: int, developer: str = "none") -> StoredRoll:
    with app.app_context(), tenant_work(place.id, write=True):
        return confirm_import(import_id, developer, at=NOON, account=7)


def import_roll(app: Flask, place: ComplexRow, content: bytes, developer: str = "none") -> StoredRoll:
    return confirm(app, place, take(app, place, content), developer)


def state_of(app: Flask, place: ComplexRow, import_id: int) -> str:
    with app.app_context(), tenant_work(place.id):
        return db.session.scalars(select(RollImport.state).where(RollImport.id == import_id)).one()


def names(app: Flask, place: ComplexRow) -> dict[str, list[str]]:
    """Return door to owners' names of the live roll."""
    with app.app_context(), tenant_work(place.id):
        held = select(Unit.code, OwnerPerson).join(Ownership, Ownership.unit_id == Unit.id)
        rows = db.session.execute(held.join(OwnerPerson, OwnerPerson.id == Ownership.person_id)).all()
        found: dict[str, list[str]] = {}
        for code, person in rows:
            found.setdefault(code, []).append(unseal(person.name_sealed, field="owner_person.name", owner=person.id))
        return {code: sorted(owners) for code, owners in found.items()}


def test_imports_the_whole_complex_exactly_and_fast(app: Flask, place: ComplexRow) -> None:
    content = QINGLAN.read_bytes()
    begun = time.monotonic()
    stored = import_roll(app, place, content, "1")
    assert time.monotonic() - begun < 10
    assert stored.units == 1668
    with app.app_context(), tenant_work(place.id):
        units = live_units()
        totals = live_totals(units, live_voters(units, developer_id()))
    assert (totals.units, totals.voters, str(totals.area)) == (1668, 1534, "189207.67")
    with app.app_context(), tenant_work(place.id, write=True):
        row = freeze_roll(at=NOON)
    assert (row.units, row.heads, str(row.area)) == (1668, 1534, "189207.67")


def stored_bytes(app: Flask, place: ComplexRow, settings: Settings) -> bytes:
    """Return every value of every table and, on the embedded engine, the database file itself."""
    with app.app_context(), tenant_work(place.id):
        rows = [db.session.execute(select(table)).all() for table in Base.metadata.tables.values()]
    values = [value for table in rows for row in table for value in row]
    raw = b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in values)
    if settings.database_url.startswith("sqlite"):
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        raw += b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))
    return raw


def test_leaves_no_personal_value_in_clear(app: Flask, place: ComplexRow, settings: Settings) -> None:
    content = QINGLAN.read_bytes()
    import_roll(app, place, content, "1")
    raw = stored_bytes(app, place, settings)
    assert b"3-1-1202" in raw
    secrets = set()
    for row in read_roll(content, QINGLAN.name).rows:
        for owner in row.owners:
            secrets |= {owner.phone, owner.document.number, owner.name}
    secrets.discard("")
    assert len(secrets) > 4000
    assert [secret for secret in secrets if secret.encode() in raw] == []


def test_keeps_nothing_of_a_file_that_is_no_roll(app: Flask, place: ComplexRow) -> None:
    with pytest.raises(RollFileRefused):
        take(app, place, (ROLLS / "f_tenants_fees.xlsx").read_bytes())
    with app.app_context(), tenant_work(place.id):
        assert db.session.scalar(select(func.count()).select_from(RollImport)) == 0


def test_refuses_a_file_that_is_not_clean_with_every_row(app: Flask, place: ComplexRow) -> None:
    rows = [a_row(), a_row(房号="202", 专有面积=0, 证件号码=CARD_B), a_row(房号="203", 专有面积="", 证件号码=CARD_C)]
    import_id = take(app, place, xlsx(rows))
    assert state_of(app, place, import_id) == "refused"
    with app.app_context(), tenant_work(place.id):
        stored = db.session.scalars(select(RollImport.report)).one()
        report = RollReport.from_json(stored)
        found = {row for group in report.of(Handling.MUST_RESOLVE) for item in group.items for row, _ in item.ranges}
        assert found == {3, 4}
        assert db.session.scalar(select(func.count()).select_from(Unit)) == 0
        assert "谭秀" not in str(stored)
        assert CARD_A not in str(stored)
    with pytest.raises(ImportDecided):
        confirm(app, place, import_id)


def test_report_survives_its_storage(app: Flask) -> None:
    table = read_roll((ROLLS / "b_qinglan_v7_registry.xlsx").read_bytes(), "b.xlsx")
    from_file = report_of(table, None)
    assert RollReport.from_json(from_file.to_json()) == from_file


def test_asks_who_the_developer_is(app: Flask, place: ComplexRow) -> None:
    import_id = take(app, place, QINGLAN.read_bytes())
    with pytest.raises(DeveloperUnanswered):
        confirm(app, place, import_id, "99")
    assert state_of(app, place, import_id) == "preview"
    choices = developer_choices(read_roll(QINGLAN.read_bytes(), "a.xlsx").rows)
    assert (choices[0].name, choices[0].proposed) == ("武汉青岚置业有限公司", True)
    assert choices[-1].value == "none"
    assert {choice.totals.voters for choice in choices} == {1534}


def test_developers_answer_joins_his_units_and_the_unsold(app: Flask, place: ComplexRow) -> None:
    header = ("楼栋", "单元", "房号", "专有面积", "登记业主姓名", "登记手机号", "证件类型", "证件号码", "房屋状态")
    company = {"登记业主姓名": "湖畔置业有限公司", "证件类型": "统一社会信用代码", "证件号码": COMPANY_CODE}
    rows = [
        (*a_row(), "已交付"),
        (*a_row(房号="202", **company), "已交付"),
        (*a_row(房号="203", **company), "未售"),
        (*a_row(房号="204", 登记业主姓名="", 证件类型="", 证件号码="", 登记手机号=""), "未售"),
    ]
    content = xlsx(rows, header)
    choices = developer_choices(read_roll(content, "名册.xlsx").rows)
    assert [(choice.name, choice.totals.voters) for choice in choices] == [("湖畔置业有限公司", 2), ("", 3)]
    import_roll(app, place, content, "1")
    assert names(app, place)["1-1-0204"] == ["湖畔置业有限公司"]
    with app.app_context(), tenant_work(place.id, write=True):
        assert freeze_roll(at=NOON).heads == 2


def test_a_second_import_keeps_persons_and_replaces_the_rest(app: Flask, place: ComplexRow) -> None:
    first = xlsx([a_row(), a_row(房号="202", 登记业主姓名="李强", 证件号码=CARD_B)])
    second = xlsx([a_row(房号="301"), a_row(房号="202", 登记业主姓名="何平", 证件号码=CARD_C)])
    import_one = take(app, place, first)
    confirm(app, place, import_one)
    with app.app_context(), tenant_work(place.id, write=True):
        freeze_roll(at=NOON)
        persons = dict(db.session.execute(select(OwnerPerson.identity_index, OwnerPerson.id)).all())
        for person in persons.values():
            db.session.add(OwnerBinding(account_id=1, person_id=person, outcome="A", state="active", bound_at=NOON))
    stored = import_roll(app, place, second)
    assert stored == StoredRoll(units=2, persons=2, bound_and_gone=1)
    assert names(app, place) == {"1-1-0301": ["谭秀"], "1-1-0202": ["何平"]}
    assert state_of(app, place, import_one) == "replaced"
    with app.app_context(), tenant_work(place.id):
        now = dict(db.session.execute(select(OwnerPerson.identity_index, OwnerPerson.id)).all())
    assert {key: now[key] for key in persons} == persons, "persons known to snapshots keep their ids"
    assert len(now) == 3


def test_marks_of_people_outlive_a_new_import(app: Flask, place: ComplexRow) -> None:
    content = xlsx([a_row(登记业主姓名="谭秀、李强", 证件号码=f"{CARD_A}、{CARD_B}", 登记手机号="19630855118、13800138000")])
    import_roll(app, place, content)
    with app.app_context(), tenant_work(place.id, write=True):
        db.session.scalars(select(Unit)).one().under_review = True
        db.session.scalars(select(Ownership).limit(1)).one().is_nominee = True
    import_roll(app, place, content)
    with app.app_context(), tenant_work(place.id):
        unit = live_units()[0]
        assert unit.under_review
        assert len(unit.owners) == 2
        assert len(unit.nominees) == 1


def test_an_owner_known_only_by_his_row_is_not_mixed_up_by_a_new_file(app: Flask, place: ComplexRow) -> None:
    plain = {"证件号码": "", "证件类型": "", "登记手机号": ""}
    import_roll(app, place, xlsx([a_row(**plain)]))
    with app.app_context(), tenant_work(place.id):
        before = db.session.scalars(select(OwnerPerson.id)).one()
    import_roll(app, place, xlsx([a_row(房号="501", 登记业主姓名="李强", **plain)]))
    with app.app_context(), tenant_work(place.id):
        assert db.session.scalars(select(OwnerPerson.id)).one() != before


def test_confirms_one_import_once(app: Flask, place: ComplexRow) -> None:
    import_id = take(app, place, xlsx([a_row()]))
    confirm(app, place, import_id)
    with pytest.raises(ImportDecided):
        confirm(app, place, import_id)


def test_one_complex_never_touches_anothers_roll(app: Flask) -> None:
    ours, theirs = make_complexes(app, "qinglan", "bailu")
    import_roll(app, ours, xlsx([a_row()]))
    import_roll(app, theirs, xlsx([a_row(房号="801", 登记业主姓名="别人", 证件号码=CARD_B)]))
    assert names(app, ours) == {"1-1-0201": ["谭秀"]}
    assert names(app, theirs) == {"1-1-0801": ["别人"]}
