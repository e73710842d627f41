"""Test ``yeyi roll check``: exit codes, the JSON document, one line for refusals."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from app.roll.cli import roll
from tests.unit.roll.roll_files import CARD_B, ROLLS, a_row, xlsx


def run(*arguments: str) -> Result:
    return CliRunner().invoke(roll, ["check", *arguments])


def test_clean_roll_without_questions_exits_0(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx([a_row(), a_row(房号="202", 证件号码=CARD_B)]))
    result = run(str(file), "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (found["units"], found["voters"], found["area"]) == (2, 2, "254.92")
    assert found["fixed"] == found["confirm"] == found["must_resolve"] == []


def test_public_roll_exits_1_with_its_totals_and_bridge() -> None:
    result = run(str(ROLLS / "a_qinglan_v5_clean.xlsx"), "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["units"], found["voters"], found["area"]) == (1668, 1534, "189207.67")
    assert sum(line["units"] - line["voters"] for line in found["headcount_bridge"]) == 134
    assert found["must_resolve"] == []


def test_problem_names_sheet_row_and_kind(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx([a_row(专有面积=0)]))
    result = run(str(file), "--json", "--lang", "en")
    assert result.exit_code == 1
    (item,) = json.loads(result.stdout)["must_resolve"]
    assert (item["sheet"], item["row"], item["kind"]) == ("业主清册", 2, "area_outlier")
    assert item["message"].startswith("The area must be greater than 0")


def test_refused_file_exits_2_with_one_line() -> None:
    result = run(str(ROLLS / "f_tenants_fees.xlsx"), "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert "不是业主名册" in result.stderr


def test_missing_file_exits_2_with_one_line(tmp_path: Path) -> None:
    result = run(str(tmp_path / "nothing.xlsx"))
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (2, 1)


def test_without_json_a_person_reads_sentences() -> None:
    result = run(str(ROLLS / "a_qinglan_v5_clean.xlsx"))
    assert "房屋 1,668 · 业主 1,534 人 · 面积 189,207.67㎡" in result.stdout
    assert "比户数 1,668 少 134" in result.stdout
