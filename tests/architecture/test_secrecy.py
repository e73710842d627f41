"""Hold every table and every event to the secrecy of the ballot: no person beside a choice, no choice in clear at all."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from app.audit.services.record_event import record_event
from app.db.base import Base, TenantScoped
from tests.conftest import NOON

APP = Path(__file__).parents[2] / "app"
for models in sorted(APP.glob("*/models.py")):
    importlib.import_module(f"app.{models.parent.name}.models")

PERSON_COLUMNS = {"person_id", "account_id", "account", "phone_index", "name_index", "created_by"}
BALLOT_COLUMNS = {"tracker", "body", "commitments", "receipt_code", "credential", "box_number", "effective_number"}
CHOICE_WORDS = ("choice", "vote_for", "marked", "option_value")
#: Tables whose ``body`` is no ballot.
NOT_A_BALLOT = {"board_leaves", "roll_snapshots", "encrypted_tallies", "partial_decryptions"}


def person_beside_ballot(table: Table) -> bool:
    """Say whether a row would hold a person next to a ballot or a credential."""
    names = set(table.columns.keys())
    return bool(names & PERSON_COLUMNS) and bool(names & BALLOT_COLUMNS) and table.name not in NOT_A_BALLOT


def choice_columns(table: Table) -> list[str]:
    """List columns whose name says they hold a choice."""
    return [column.name for column in table.columns if any(word in column.name for word in CHOICE_WORDS)]


def test_no_row_holds_a_person_beside_a_ballot() -> None:
    tables = Base.metadata.tables.values()
    assert len(tables) > 25
    assert [table.name for table in tables if person_beside_ballot(table)] == []


def test_no_column_holds_a_choice() -> None:
    assert {table.name: names for table in Base.metadata.tables.values() if (names := choice_columns(table))} == {}


def test_a_planted_table_is_caught() -> None:
    planted = Table("votes", MetaData(), Column("person_id", Integer), Column("tracker", Integer), Column("choice", Integer))
    assert person_beside_ballot(planted)
    assert choice_columns(planted) == ["choice"]


def test_audit_events_refuse_a_choice() -> None:
    with pytest.raises(ValueError, match="choice"):
        record_event("ballots:ballot:cast", at=NOON, choice="agree")


def tenant_tables() -> list[Table]:
    return [mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, TenantScoped)]  # type: ignore[misc]


def test_every_tenant_table_has_the_tenant_in_its_keys() -> None:
    assert len(tenant_tables()) > 15
    for table in tenant_tables():
        assert [column.name for column in table.primary_key.columns][:1] == [
            "tenant_id"
        ] or "tenant_id" in table.primary_key.columns
        for key in table.foreign_key_constraints:
            referred = key.referred_table.name
            if referred != "complexes":
                assert "tenant_id" in key.column_keys, f"{table.name} refers to {referred} without the tenant"
        for constraint in table.constraints:
            if constraint.__class__.__name__ == "UniqueConstraint" and table.name != "elections":
                assert "tenant_id" in [column.name for column in constraint.columns], (
                    f"{table.name} is unique without the tenant"
                )  # type: ignore[attr-defined]
