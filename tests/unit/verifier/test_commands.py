"""Own the commands ``yeyi verify`` and ``yeyi simulate`` as a person or a script meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.verifier.cli import verify
from app.verifier.package import write_files, write_package
from app.verifier.simulate import Simulation
from app.verifier.simulate_cli import simulate
from tests.unit.verifier.forge import Forge

SMALL = ["--units", "9", "--turnout", "1", "--matters", "1", "--jobs", "1"]


def _run(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def record(simulation: Simulation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(tmp_path_factory.mktemp("good") / "record", simulation.parts)


def test_good_package_is_consistent_with_exit_zero(record: Path) -> None:
    done = _run(verify, record, "--json", "--jobs", 1)
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["verdict"] == "consistent"
    assert set(answer) == {"verdict", "checks", "result"}
    assert {frozenset(check) for check in answer["checks"]} == {frozenset({"id", "title", "passed", "checked", "detail"})}
    assert {"totals", "participating", "quorum", "options", "verdict", "explanation"} <= set(answer["result"])
    assert len(answer["result"]["matters"]) == 2


def test_damaged_package_is_inconsistent_with_exit_one(forge: Forge, tmp_path: Path) -> None:
    forge.drop_ballot(len(forge.box) - 1)
    done = _run(verify, write_files(tmp_path / "bad", forge.build()), "--json", "--jobs", 1)
    assert done.exit_code == 1
    answer = json.loads(done.stdout)
    assert answer["verdict"] == "inconsistent"
    assert answer["result"] == {}
    assert "VF20" in {check["id"] for check in answer["checks"] if not check["passed"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_package_is_one_line_with_exit_two(tmp_path: Path, lang: str) -> None:
    done = _run(verify, tmp_path / "nothing", "--lang", lang)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "nothing" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["x", "--jobs", "many"], ["x", "--unknown"]])
def test_bad_option_is_one_line_with_exit_two(arguments: list[str]) -> None:
    done = _run(verify, *arguments)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1


def test_report_for_people_ends_with_the_verdict(record: Path) -> None:
    chinese, english = _run(verify, record, "--jobs", 1), _run(verify, record, "--lang", "en", "--jobs", 1)
    assert chinese.stdout.splitlines()[-1] == "一致"
    assert english.stdout.splitlines()[-1] == "consistent"
    assert "《民法典》第二百七十八条" in chinese.stdout
    assert "Civil Code" in english.stdout


def test_hints_can_be_left_aside(record: Path) -> None:
    with_hints, without = _run(verify, record), _run(verify, record, "--no-hints", "--jobs", 1)
    assert "成批" in with_hints.stdout
    assert "成批" not in without.stdout
    assert without.exit_code == 0


def test_verify_needs_no_network_no_instance_and_no_web_package(record: Path, tmp_path: Path) -> None:
    """Run in an empty environment with Flask and SQLAlchemy forbidden and every socket refused."""
    code = (
        "import sys, socket\n"
        "for name in ('flask', 'sqlalchemy', 'werkzeug'): sys.modules[name] = None\n"
        "socket.socket.connect = None\n"
        "from app.verifier.cli import verify\n"
        f"verify([{str(record)!r}, '--json'])\n"
    )
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n{code}"]
    done = subprocess.run(command, cwd=tmp_path, env={"PATH": ""}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["verdict"] == "consistent"
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []


# --- simulate -------------------------------------------------------------------------------------------------------


def test_simulation_verifies_and_knows_the_totals(tmp_path: Path) -> None:
    out = tmp_path / "record"
    done = _run(simulate, *SMALL, "--seed", "s", "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    known = json.loads(done.stdout)
    answer = json.loads(_run(verify, out, "--json", "--jobs", 1).stdout)
    assert answer["verdict"] == "consistent"
    (matter,) = known["matters"]
    published = answer["result"]["options"]
    assert [matter["options"][label] for label in ("同意", "反对", "弃权")] == [
        published[key] for key in ("agree", "against", "abstain")
    ]
    assert known["participating"] == answer["result"]["participating"]
    assert known["totals"] == answer["result"]["totals"]
    assert known["replaced"] > 0
    assert known["ballots"] > known["participating"]["heads"]


def test_same_seed_gives_the_same_roll_and_choices_with_other_keys(tmp_path: Path) -> None:
    answers = []
    for folder in ("a", "b"):
        done = _run(simulate, *SMALL, "--seed", "s", "--out", tmp_path / folder, "--json")
        answers.append(json.loads(done.stdout))
    first, second = answers
    assert (tmp_path / "a" / "roll.json").read_bytes() == (tmp_path / "b" / "roll.json").read_bytes()
    assert first["matters"] == second["matters"]
    assert first["election"] != second["election"]


def test_insecure_randomness_repeats_every_byte_and_says_so(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        _run(simulate, *SMALL, "--seed", "s", "--insecure-test-randomness", "--out", tmp_path / folder)
    names = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert len(names) == 11
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    (archive,) = (tmp_path / "a" / "area").iterdir()
    assert b'\\"insecure_test_randomness\\":true' in archive.read_bytes()
    assert "可预知的随机数" in _run(verify, tmp_path / "a", "--jobs", 1).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--units", "0"],
        ["--units", "9", "--turnout", "1.5"],
        ["--units", "9", "--turnout", "half"],
        ["--units", "9", "--matters", "0"],
        ["--units", "9", "--trustees", "2", "--threshold", "3"],
        ["--units", "9", "--candidates", "3", "--seats", "0"],
        ["--units", "many"],
    ],
)
def test_impossible_simulation_is_one_line_with_exit_two(tmp_path: Path, arguments: list[str]) -> None:
    done = _run(simulate, *arguments, "--out", tmp_path / "x")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "x").exists()


def test_simulation_never_writes_over_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    assert _run(simulate, *SMALL, "--out", tmp_path).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
