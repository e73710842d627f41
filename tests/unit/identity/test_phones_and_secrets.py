"""Hold telephone numbers to one form, and the rows of identity to showing no secret when they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.demo_accounts import DemoAccount
from app.identity.phones import NotAPhone, normalise_phone
from app.identity.services.create_staff import NewStaff
from app.identity.services.sign_in_by_code import CodeOutcome, CodeSignIn
from app.identity.services.sign_in_staff import StaffOutcome, StaffSignIn
from app.identity.types import SecondFactorSetup, SignedInAccount
from app.outbox.types import MessageRow
from tests.conftest import NOON

SECRET = "a-secret-value"


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "008613800138000",
        "8613800138000",
        "１３８００１３８０００",
    ],
)
def test_one_number_has_one_form(written: str) -> None:
    assert normalise_phone(written) == "13800138000"


@pytest.mark.parametrize(
    "written", ["", "1380013800", "138001380000", "12800138000", "02787001203", "+1 3800138000", "1380013800a", "13800138000;"]
)
def test_what_is_no_mobile_number_is_refused(written: str) -> None:
    with pytest.raises(NotAPhone):
        normalise_phone(written)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(written: str) -> None:
    try:
        digits = normalise_phone(written)
    except NotAPhone:
        return
    assert len(digits) == 11
    assert digits.isascii()
    assert normalise_phone(digits) == digits


@pytest.mark.parametrize(
    "row",
    [
        SignedInAccount(1, 2, True, SECRET, "居委会", NOON),
        SecondFactorSetup(SECRET, SECRET),
        NewStaff(1, SECRET, SECRET),
        CodeSignIn(CodeOutcome.ACCEPTED, SECRET),
        StaffSignIn(StaffOutcome.ACCEPTED, 1, SECRET),
        DemoAccount("owner", "业主", "王芳", "13800138000", SECRET),
        MessageRow(SECRET, SECRET, NOON, None),
    ],
    ids=lambda row: type(row).__name__,
)
def test_a_printed_row_shows_no_secret(row: object) -> None:
    assert SECRET not in repr(row) + str(row)
