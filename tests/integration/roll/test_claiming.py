"""Hold the claims of owners to their rules: outcomes A to F, five tries a day, one wording, notices, decisions by hand."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.roles import Role
from app.audit.models import AuditEvent
from app.db.base import new_id
from app.db.personal_data import blind_index, seal
from app.db.session import begin_write, commit, db
from app.identity.models import Account
from app.identity.queries import grants_of
from app.outbox.queries import newest_messages
from app.roll.claim_queries import bindings_of
from app.roll.errors import BindingDecided, ClaimLapsed
from app.roll.models import OwnerBinding
from app.roll.queries import entitlements_of
from app.roll.services.bind_owner import bind_owner
from app.roll.services.check_claim import ClaimResult, check_claim
from app.roll.services.confirm_import import confirm_import
from app.roll.services.decide_claim import accept_claim, end_claim
from app.roll.services.freeze_roll import freeze_roll
from app.roll.services.mark_dispute import mark_dispute
from app.roll.services.take_roll_file import take_roll_file
from app.roll.types import BindingMade
from app.tenancy.types import ComplexRow
from tests.conftest import NOON, SteerableClock
from tests.elections_support import in_complex
from tests.support import make_complexes
from tests.unit.roll.roll_files import CARD_A, CARD_B, CARD_C, COMPANY_CODE, a_row, xlsx

PHONE_A, PHONE_B, STRANGE = "19630855118", "13800138000", "13900139000"
ROWS = [
    a_row(),
    a_row(房号="202", 登记业主姓名="李强、王小芳", 证件号码=f"{CARD_B}、{CARD_C}", 登记手机号=f"{PHONE_B}、13700137000"),
    a_row(房号="301"),
    a_row(房号="302", 登记业主姓名="江城商贸有限公司", 证件类型="统一社会信用代码", 证件号码=COMPANY_CODE, 登记手机号=""),
    a_row(房号="401", 登记业主姓名="Anna Meier", 证件类型="护照", 证件号码="c4f8k2z19", 登记手机号="13600136000"),
    a_row(房号="402", 登记业主姓名="无证人", 证件类型="", 证件号码="", 登记手机号="13500135000"),
]


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    made = make_complexes(app, "qinglan")[0]
    with in_complex(app, made):
        import_id = take_roll_file(xlsx(ROWS), "名册.xlsx", at=NOON, account=7)
    with in_complex(app, made):
        confirm_import(import_id, "none", at=NOON, account=7)
    return made


def owner_account(app: Flask, phone: str) -> int:
    with app.app_context():
        begin_write()
        account_id = new_id()
        db.session.add(
            Account(
                id=account_id,
                is_staff=False,
                phone_index=blind_index(phone, field="phone"),
                phone_sealed=seal(phone, field="account.phone", owner=account_id),
                created_at=NOON,
            )
        )
        commit()
        return account_id


def check(
    app: Flask, place: ComplexRow, account: int, name: str, tail: str, code: str = "1-1-0201", at=NOON
) -> tuple[ClaimResult, int]:  # type: ignore[no-untyped-def]
    with in_complex(app, place):
        found = check_claim(code, name, tail, account_id=account, at=at)
        return found.result, found.person_id


def claim(app: Flask, place: ComplexRow, account: int, name: str, tail: str, code: str = "1-1-0201") -> BindingMade:
    result, person = check(app, place, account, name, tail, code)
    assert result is ClaimResult.MATCHED
    with in_complex(app, place):
        return bind_owner(place, code, person, account_id=account, at=NOON)


def messages(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(message.recipient, message.text) for message in newest_messages(20)]


def is_owner(app: Flask, account: int) -> bool:
    with app.app_context():
        return any(grant.role is Role.OWNER for grant in grants_of(account))


def test_a_everything_agrees(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, PHONE_A)
    assert claim(app, place, account, "谭 秀", CARD_A[-6:].lower()) == BindingMade("A", True)
    assert is_owner(app, account)
    [(to, text)] = messages(app)
    assert to == PHONE_A
    assert "尾号5118已登记为1栋1单元201业主，不是您本人请拨打027-8700-1203" in text
    assert "24小时" not in text


def test_b_phone_differs_and_the_old_number_may_object(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, STRANGE)
    assert claim(app, place, account, "谭秀", CARD_A[-6:]) == BindingMade("B", True)
    [(to, text)] = messages(app)
    assert to == PHONE_A
    assert "尾号9000已登记为1栋1单元201业主" in text
    assert "请在24小时内拨打027-8700-1203" in text


def test_binding_covers_every_flat_of_the_person(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, PHONE_A)
    claim(app, place, account, "谭秀", CARD_A[-6:])
    with in_complex(app, place):
        [binding] = bindings_of(account)
        assert [door.code for door in binding.doors] == ["1-1-0201", "1-1-0301"]
        [held] = entitlements_of(freeze_roll(at=NOON).id, account)
        assert (held.unit_codes, held.heads, str(held.area)) == (("1-1-0201", "1-1-0301"), 1, "254.92")
        assert held.holds is None


def test_c_each_co_owner_registers_for_one_vote(app: Flask, place: ComplexRow) -> None:
    first, second = owner_account(app, PHONE_B), owner_account(app, STRANGE)
    assert claim(app, place, first, "李强", CARD_B[-6:], "1-1-0202") == BindingMade("C", True)
    assert claim(app, place, second, "王小芳", CARD_C[-6:], "1-1-0202") == BindingMade("C", True)
    with in_complex(app, place):
        snapshot = freeze_roll(at=NOON).id
        one, two = entitlements_of(snapshot, first)[0], entitlements_of(snapshot, second)[0]
    assert (one.voter_number, one.co_owner_count) == (two.voter_number, 2)
    assert one.person_id != two.person_id


@pytest.mark.parametrize(
    ("code", "name", "tail"),
    [
        ("1-1-0302", "江城商贸有限公司", COMPANY_CODE[-6:]),
        ("1-1-0401", "ANNA MEIER", "8K2Z19"),
        ("1-1-0401", "anna meier", "c4f8k2z19"),
    ],
)
def test_companies_and_passports_match(app: Flask, place: ComplexRow, code: str, name: str, tail: str) -> None:
    assert claim(app, place, owner_account(app, STRANGE), name, tail, code).is_active


@pytest.mark.parametrize(
    ("code", "name", "tail"),
    [
        ("1-1-0201", "谭秀秀", CARD_A[-6:]),
        ("1-1-0201", "谭秀", CARD_B[-6:]),
        ("1-1-0202", "谭秀", CARD_A[-6:]),
        ("1-1-0202", "李强", CARD_C[-6:]),
        ("9-9-9999", "谭秀", CARD_A[-6:]),
        ("1-1-0402", "无证人", ""),
        ("1-1-0402", "无证人", "000000"),
        ("1-1-0201", "", ""),
    ],
)
def test_e_every_failure_is_the_same(app: Flask, place: ComplexRow, code: str, name: str, tail: str) -> None:
    account = owner_account(app, PHONE_A)
    assert check(app, place, account, name, tail, code) == (ClaimResult.NOT_MATCHED, 0)
    assert not is_owner(app, account)
    assert messages(app) == []


def test_the_sixth_try_of_a_day_is_refused_even_when_right(app: Flask, place: ComplexRow, clock: SteerableClock) -> None:
    one, two = owner_account(app, PHONE_A), owner_account(app, STRANGE)
    for number in range(5):
        assert check(app, place, (one, two)[number % 2], "谭秀", "111111")[0] is ClaimResult.NOT_MATCHED
    assert check(app, place, one, "谭秀", CARD_A[-6:]) == (ClaimResult.TOO_MANY_TRIES, 0)
    assert check(app, place, one, "谭秀", CARD_A[-6:], "1-1-0301")[0] is ClaimResult.MATCHED
    tomorrow = clock.forward(days=1)
    assert check(app, place, one, "谭秀", CARD_A[-6:], at=tomorrow)[0] is ClaimResult.MATCHED


def test_one_account_cannot_walk_through_the_doors(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, STRANGE)
    for number in range(20):
        assert check(app, place, account, "谭秀", CARD_A[-6:], f"8-1-{number:04d}")[0] is ClaimResult.NOT_MATCHED
    assert check(app, place, account, "谭秀", CARD_A[-6:])[0] is ClaimResult.TOO_MANY_TRIES


def test_f_a_disputed_flat_waits_for_a_person(app: Flask, place: ComplexRow) -> None:
    with in_complex(app, place):
        mark_dispute("1-1-0201", is_disputed=True, account=7, at=NOON)
    account = owner_account(app, PHONE_A)
    assert claim(app, place, account, "谭秀", CARD_A[-6:]) == BindingMade("F", False)
    assert not is_owner(app, account)
    assert messages(app) == []
    with in_complex(app, place):
        assert [held.holds for held in entitlements_of(freeze_roll(at=NOON).id, account)] == ["binding_pending"]
        binding = db.session.scalars(select(OwnerBinding.id)).one()
    with in_complex(app, place):
        accept_claim(place, binding, account=7, at=NOON)
    assert is_owner(app, account)
    assert [text for to, text in messages(app) if to == PHONE_A and "生效" in text]
    with in_complex(app, place), pytest.raises(BindingDecided):
        accept_claim(place, binding, account=7, at=NOON)


def test_a_second_account_gets_a_claimed_owner_only_with_the_rolls_number(app: Flask, place: ComplexRow) -> None:
    first, second, right = owner_account(app, STRANGE), owner_account(app, PHONE_B), owner_account(app, PHONE_A)
    assert claim(app, place, first, "谭秀", CARD_A[-6:]).is_active
    assert claim(app, place, second, "谭秀", CARD_A[-6:]) == BindingMade("F", False)
    assert claim(app, place, right, "谭秀", CARD_A[-6:]) == BindingMade("A", True)


def test_an_ended_claim_never_comes_back_by_itself(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, STRANGE)
    claim(app, place, account, "谭秀", CARD_A[-6:])
    with in_complex(app, place):
        binding = db.session.scalars(select(OwnerBinding.id)).one()
        snapshot = freeze_roll(at=NOON).id
    with in_complex(app, place):
        end_claim(place, binding, account=7, at=NOON)
        assert entitlements_of(snapshot, account) == ()
    assert claim(app, place, account, "谭秀", CARD_A[-6:]) == BindingMade("F", False)


def test_one_account_speaks_for_three_owners_at_most(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, STRANGE)
    for name, tail, code in (("谭秀", CARD_A, "1-1-0201"), ("李强", CARD_B, "1-1-0202"), ("王小芳", CARD_C, "1-1-0202")):
        assert claim(app, place, account, name, tail[-6:], code).is_active
    assert claim(app, place, account, "江城商贸有限公司", COMPANY_CODE[-6:], "1-1-0302") == BindingMade("F", False)


def test_binding_twice_changes_nothing(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, PHONE_A)
    assert claim(app, place, account, "谭秀", CARD_A[-6:]) == claim(app, place, account, "谭秀", CARD_A[-6:])
    assert len(messages(app)) == 1


def test_the_yes_comes_too_late_when_the_flat_was_sold_meanwhile(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, PHONE_A)
    _, person = check(app, place, account, "谭秀", CARD_A[-6:])
    with in_complex(app, place):
        import_id = take_roll_file(xlsx([a_row(登记业主姓名="新业主", 证件号码=CARD_C)]), "新.xlsx", at=NOON, account=7)
    with in_complex(app, place):
        confirm_import(import_id, "none", at=NOON, account=7)
    with in_complex(app, place), pytest.raises(ClaimLapsed):
        bind_owner(place, "1-1-0201", person, account_id=account, at=NOON)


def test_the_audit_holds_no_name_and_no_number(app: Flask, place: ComplexRow) -> None:
    account = owner_account(app, PHONE_A)
    check(app, place, account, "谭秀", "111111")
    claim(app, place, account, "谭秀", CARD_A[-6:])
    with app.app_context():
        events = [f"{event.tag} {event.details}" for event in db.session.scalars(select(AuditEvent))]
    assert [tag for tag in events if tag.startswith("roll:claim:bound")]
    assert not [event for event in events for secret in ("谭秀", CARD_A[-6:], PHONE_A, "5118") if secret in event]
