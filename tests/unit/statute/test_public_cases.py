"""Run every public case, field by field (tests/vectors/statute/ORIGIN.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import Malformed
from app.statute.case_file import parse_case
from app.statute.count import count_matter
from app.statute.output import outcome_json
from app.statute.timeline import plan
from app.statute.timeline_case import parse_timeline
from app.statute.timeline_output import timeline_json

VECTORS = Path(__file__).parents[2] / "vectors" / "statute"
CASES = sorted(path for path in VECTORS.rglob("*.json") if not path.name.endswith(".expected.json"))


def expected_of(path: Path) -> Any:
    """Read what a case expects."""
    return json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))


def cases_of(command: str) -> list[Path]:
    """List the cases of one command."""
    return [path for path in CASES if expected_of(path)["command"] == command]


def test_vectors_are_all_there() -> None:
    folders = [path.parent.name for path in CASES]
    expected = {"count": 30, "malformed": 4, "tallies": 24, "timeline": 4}
    assert {name: folders.count(name) for name in sorted(set(folders))} == expected


@pytest.mark.parametrize("path", cases_of("count"), ids=lambda path: path.stem)
def test_count_gives_expected_fields(path: Path) -> None:
    expected = expected_of(path)
    if expected["exit"] == 2:
        with pytest.raises(Malformed):
            count_matter(parse_case(path.read_bytes()))
        return
    outcome = count_matter(parse_case(path.read_bytes()))
    document = json.loads(json.dumps(outcome_json(outcome)))
    assert {key: document[key] for key in expected["json"]} == expected["json"]
    assert expected["exit"] == (1 if outcome.problems else 0)


@pytest.mark.parametrize("path", cases_of("timeline"), ids=lambda path: path.stem)
def test_timeline_gives_expected_steps(path: Path) -> None:
    """Compare every field the case names; a step may have a problem only where the case expects it."""
    expected = expected_of(path)
    request = parse_timeline(path.read_bytes())
    steps = plan(request)
    got = {step["key"]: step for step in timeline_json(steps, request)["steps"]}  # type: ignore[attr-defined]
    for wanted in expected["json"]["steps"]:
        step = got.pop(wanted["key"])
        assert {key: step[key] for key in wanted} == wanted
        assert step.get("problem") == wanted.get("problem")
    assert got == {}
    assert expected["exit"] == (1 if any(step.problem for step in steps) else 0)
