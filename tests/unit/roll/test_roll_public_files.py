"""Test the reading of the project's public rolls against their expectations."""

from __future__ import annotations

import json
import time

import pytest

from app.roll.errors import RollFileRefused, RollNotClean
from app.roll.persons import identify_persons, is_company, propose_developer
from app.roll.reading import read_clean_roll, read_roll
from app.roll.rules import bridge_sentences, building_totals, headcount_bridge, totals_of, voters_of
from app.roll.types import Handling, ProblemKind, RollTable, UnitUse
from app.values import Area
from tests.unit.roll.roll_files import ROLLS

CLEAN = "a_qinglan_v5_clean.xlsx"


def expectation(name: str) -> dict:
    return json.loads((ROLLS / f"{name}.expected.json").read_text(encoding="utf-8"))


def read(name: str) -> RollTable:
    return read_roll((ROLLS / name).read_bytes(), name)


def summary(table: RollTable) -> tuple:
    voters = voters_of(table.rows, identify_persons(table.rows, propose_developer(table.rows)))
    return totals_of(table.rows, voters), headcount_bridge(table.rows, voters)


@pytest.mark.parametrize("name", [CLEAN, "b_qinglan_v7_registry.xlsx", "c_fenglin_v1_assets.xlsx", "e_cuiping_gbk.csv"])
def test_totals_and_bridge_are_exact(name: str) -> None:
    wanted = expectation(name)
    totals, bridge = summary(read(name))
    assert (totals.units, totals.voters) == (wanted["units"], wanted["voters"])
    assert str(totals.area) in {wanted["area"], wanted["allowed"]["area_certain"]}
    found = [{"key": str(line.reason), "units": line.units, "voters": line.voters} for line in bridge]
    assert found == [{key: line[key] for key in ("key", "units", "voters")} for line in wanted["headcount_bridge"]]
    assert sum(line.fewer for line in bridge) == totals.units - totals.voters


def test_clean_file_is_clean_and_keeps_its_digest() -> None:
    table = read_clean_roll((ROLLS / CLEAN).read_bytes(), CLEAN)
    wanted = expectation(CLEAN)
    assert table.file_sha256 == wanted["file_sha256"]
    assert {text: str(role) for text, role in table.sheets[0].columns} == wanted["sheets"][0]["columns"]
    assert table.sheets[0].header_row == 1
    assert table.problems_of(Handling.FIXED) == ()
    assert {item.kind for item in table.problems} == {ProblemKind.COOWNERS_IN_CELL, ProblemKind.DEVELOPER_UNITS}


def test_rows_of_the_clean_file_are_read_in_full() -> None:
    rows = {row.code: row for row in read(CLEAN).rows}
    flat = rows["1-1-0202"]
    assert (flat.row, flat.sheet, flat.floor, str(flat.area)) == (3, "业主清册", 2, "89.32")
    assert [(owner.name, owner.document.number, owner.phone) for owner in flat.owners] == [
        ("李健", "42011519640914759X", "19183232102"),
        ("张霞", "420115199102141146", "15180972606"),
    ]
    assert rows["S2-26"].use is UnitUse.SHOP
    assert str(rows["S2-26"].area) == "215.70"


def test_building_totals_are_those_of_the_design() -> None:
    totals = {total.label: (total.units, str(total.area)) for total in building_totals(read(CLEAN).rows)}
    assert totals["3栋"] == (256, "27646.72")
    assert totals["7栋"] == (192, "23024.64")
    assert totals["12栋"] == (44, "7633.82")
    assert Area.total(total.area for total in building_totals(read(CLEAN).rows)) == Area.parse("189207.67")


def test_bridge_sentence_adds_up() -> None:
    chinese, english = bridge_sentences(*summary(read(CLEAN)))
    assert chinese == (
        "业主人数 1,534，比户数 1,668 少 134："
        "开发商 58 处合计 1 人（少 57）；一人多套 53 人 121 处（少 68）；公司 1 家 10 处（少 9）。"
    )
    assert "134 fewer" in english


def test_developer_is_proposed_by_name_and_not_the_consultant() -> None:
    assert propose_developer(read(CLEAN).rows) == "武汉青岚置业有限公司"


def test_clean_file_is_read_and_grouped_in_two_seconds() -> None:
    started = time.perf_counter()
    summary(read(CLEAN))
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "name", ["b_qinglan_v7_registry.xlsx", "c_fenglin_v1_assets.xlsx", "d_bailu_v4_delivery.xlsx", "e_cuiping_gbk.csv"]
)
def test_dirty_file_is_refused_with_row_numbers(name: str) -> None:
    with pytest.raises(RollNotClean) as refusal:
        read_clean_roll((ROLLS / name).read_bytes(), name)
    waiting = refusal.value.problems
    assert waiting
    assert all(item.handling is Handling.MUST_RESOLVE and item.row for item in waiting)


def test_lost_digits_are_named_on_every_row_and_never_repaired() -> None:
    planted = {item["row"] for item in expectation("c_fenglin_v1_assets.xlsx")["planted"] if item["kind"] == "id_lost_digits"}
    table = read("c_fenglin_v1_assets.xlsx")
    assert {item.row for item in table.problems if item.kind is ProblemKind.ID_LOST_DIGITS} == planted
    assert not any(owner.document.trusted for row in table.rows if row.row in planted for owner in row.owners)


def test_list_of_tenants_is_refused() -> None:
    with pytest.raises(RollFileRefused) as refusal:
        read("f_tenants_fees.xlsx")
    assert refusal.value.code == "wrong_list"
    assert "租户" in refusal.value.message_zh


@pytest.mark.parametrize("name", ["b_qinglan_v7_registry.xlsx", "c_fenglin_v1_assets.xlsx", "e_cuiping_gbk.csv"])
def test_messages_hold_no_names_documents_or_phones(name: str) -> None:
    table = read(name)
    private = {
        value
        for row in table.rows
        for owner in row.owners
        for value in (owner.name, owner.document.number, owner.phone)
        if len(value) > 1 and not is_company(owner)
    }
    said = "\n".join(item.message_zh + item.message_en for item in table.problems)
    assert [value for value in private if value in said] == []
