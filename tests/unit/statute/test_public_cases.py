"""Run every public case, field by field (tests/vectors/statute/ORIGIN.md)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import Malformed
from app.statute.case_file import parse_case
from app.statute.count import count_matter
from app.statute.output import outcome_json

VECTORS = Path(__file__).parents[2] / "vectors" / "statute"
CASES = sorted(path for path in VECTORS.rglob("*.json") if not path.name.endswith(".expected.json"))


def test_vectors_are_all_there() -> None:
    folders = [path.parent.name for path in CASES]
    assert {name: folders.count(name) for name in sorted(set(folders))} == {"count": 30, "malformed": 4, "tallies": 24}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_count_gives_expected_fields(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    if expected["exit"] == 2:
        with pytest.raises(Malformed):
            count_matter(parse_case(path.read_bytes()))
        return
    outcome = count_matter(parse_case(path.read_bytes()))
    document = json.loads(json.dumps(outcome_json(outcome)))
    assert {key: document[key] for key in expected["json"]} == expected["json"]
    assert expected["exit"] == (1 if outcome.problems else 0)
