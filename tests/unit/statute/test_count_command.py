"""Check the command ``count``: exit codes, one JSON document, one line of error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.statute.cli import count
from tests.unit.statute.cases import ballot, flats, votes


def run(tmp_path: Path, document: object, *options: str) -> Result:
    """Write a case and count it."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return CliRunner().invoke(count, [str(path), *options])


def case(**more: object) -> dict[str, object]:
    """Return a case that passes."""
    return {"matter": "HIRE", "units": flats(3), "ballots": votes(2)} | more


@pytest.mark.parametrize(("agree", "verdict"), [(2, "passed"), (1, "no_quorum")])
def test_every_verdict_is_exit_0(tmp_path: Path, agree: int, verdict: str) -> None:
    result = run(tmp_path, case(ballots=votes(agree)), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["verdict"] == verdict
    assert result.stderr == ""


def test_contradiction_is_exit_1_with_the_result(tmp_path: Path) -> None:
    ballots = [ballot("u1", "agree", 5), ballot("u1", "against", 5), ballot("u2", "agree")]
    result = run(tmp_path, case(ballots=ballots), "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["problems"] == [{"problem": "same_time", "owner": "u1"}]
    assert document["options"]["against"]["heads"] == 1
    assert "自相矛盾" in run(tmp_path, case(ballots=ballots)).stdout


def test_plain_output_is_chinese_unless_english_is_asked(tmp_path: Path) -> None:
    assert run(tmp_path, case()).stdout.endswith("结论：通过。\n")
    assert run(tmp_path, case(), "--lang", "en").stdout.endswith("Conclusion: passed.\n")


def test_json_explanation_follows_the_language(tmp_path: Path) -> None:
    assert "二百七十八" in json.loads(run(tmp_path, case(), "--json").stdout)["explanation"][0]
    assert "278(2)" in json.loads(run(tmp_path, case(), "--json", "--lang", "en").stdout)["explanation"][0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_unusable_case_is_exit_2_with_one_line(tmp_path: Path, lang: str) -> None:
    units = [*flats(2), {"unit": "bad\nname", "area": "1", "owners": ["u9"]}]
    result = run(tmp_path, case(units=units), "--json", "--lang", lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "units[2].area" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["--what"], ["a.json", "b.json"], ["a.json", "--lang", "fr"], ["missing.json"], ["/"]],
    ids=["no file", "unknown option", "two files", "unknown language", "missing file", "a folder"],
)
def test_bad_arguments_are_exit_2_with_one_line(arguments: list[str]) -> None:
    result = CliRunner().invoke(count, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert result.stderr.count("\n") == 1
