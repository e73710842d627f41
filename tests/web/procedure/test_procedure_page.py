"""Own the tests of the page of a procedure: its spine, a recorded step, what is refused and what was typed."""

from __future__ import annotations


import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.pages import inspect
from tests.procedure_support import dossier_of, make_procedure
from tests.support import browser_of, grant, make_account, make_complexes


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


@pytest.fixture
def operator(app: Flask, place: ComplexRow) -> int:
    account = make_account(app, NOON)
    grant(app, account, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, NOON)
    return account


def test_spine(app: Flask, place: ComplexRow, operator: int) -> None:
    code = make_procedure(app, place, NOON)
    browser = browser_of(app, operator, NOON)
    shown = browser.get(f"/c/qinglan/procedures/{code}/")
    assert shown.status_code == 200
    text = shown.get_data(as_text=True)
    assert 'id="step-report"' in text
    assert 'id="step-handover"' in text
