"""Hold sealed values to the place they were sealed for, and indexes to the tenant they were made for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.db.personal_data import blind_index, seal, seal_bytes, unseal, unseal_bytes
from app.db.session import begin_write, commit, db
from app.errors import VerificationFailed
from app.identity.models import Account
from app.identity.queries import display_name
from app.settings import Settings
from tests.conftest import NOON
from tests.support import make_account

once_per_function = hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@once_per_function
@given(content=st.binary(max_size=200), field=st.text(max_size=20), owner=st.integers(0, 2**62))
def test_what_was_sealed_is_unsealed(app: Flask, content: bytes, field: str, owner: int) -> None:
    with app.app_context():
        assert unseal_bytes(seal_bytes(content, field=field, owner=owner), field=field, owner=owner) == content


@pytest.mark.parametrize(
    ("field", "owner"), [("owner_person.name", 8), ("account.phone", 7), ("owner_person.name", 0), ("", 7)]
)
def test_a_value_copied_elsewhere_does_not_open(app: Flask, field: str, owner: int) -> None:
    with app.app_context():
        sealed = seal("王建国", field="owner_person.name", owner=7)
        with pytest.raises(VerificationFailed):
            unseal(sealed, field=field, owner=owner)


def test_a_field_and_an_owner_are_not_confused(app: Flask) -> None:
    with app.app_context():
        sealed = seal("x", field="a|1", owner=2)
        with pytest.raises(VerificationFailed):
            unseal(sealed, field="a", owner=12)


@once_per_function
@given(position=st.integers(0, 40), bit=st.integers(0, 7))
def test_one_changed_bit_does_not_open(app: Flask, position: int, bit: int) -> None:
    with app.app_context():
        sealed = bytearray(seal("13800138000", field="account.phone", owner=7))
        sealed[position % len(sealed)] ^= 1 << bit
        with pytest.raises(VerificationFailed):
            unseal(bytes(sealed), field="account.phone", owner=7)


@pytest.mark.parametrize("length", [0, 5, 12, 27])
def test_a_cut_value_does_not_open(app: Flask, length: int) -> None:
    with app.app_context(), pytest.raises(VerificationFailed):
        unseal(seal("13800138000", field="account.phone", owner=7)[:length], field="account.phone", owner=7)


def test_equal_values_are_sealed_differently(app: Flask) -> None:
    with app.app_context():
        assert len({seal("王建国", field="f", owner=7) for _time in range(200)}) == 200


def test_another_installation_opens_nothing(app: Flask, settings: Settings) -> None:
    with app.app_context():
        sealed, index = seal("王建国", field="f", owner=7), blind_index("王建国", field="f")
        app.extensions["yeyi_settings"] = replace(settings, data_key=bytes(32))
        app.extensions.pop("yeyi_derived_keys")
        assert blind_index("王建国", field="f") != index
        with pytest.raises(VerificationFailed):
            unseal(sealed, field="f", owner=7)


def test_an_index_finds_the_equal_value_of_one_field_and_tenant_alone(app: Flask) -> None:
    with app.app_context():
        kept = blind_index("王建国", field="name", tenant_id=1)
        assert kept == blind_index("王建国", field="name", tenant_id=1)
        others = [
            blind_index("王建国", field="name", tenant_id=2),
            blind_index("王建国", field="document", tenant_id=1),
            blind_index("王建军", field="name", tenant_id=1),
            blind_index("1|王建国", field="name", tenant_id=0),
        ]
        assert len({kept, *others}) == 5
        assert len(kept) == 32


def test_a_name_moved_to_another_account_is_not_shown_there(app: Flask) -> None:
    first, second = make_account(app, NOON, name="周敏"), make_account(app, NOON, name="王芳")
    with app.app_context():
        begin_write()
        thief = db.session.get_one(Account, second)
        thief.display_name_sealed = db.session.get_one(Account, first).display_name_sealed
        commit()
        with pytest.raises(VerificationFailed):
            display_name(thief)
