"""Hold areas, money, shares and the law to exact arithmetic, and time to the clock that is passed in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
EXACT = ("values", "statute", "crypto", "tlog")
#: The one module that reads the machine's time, and the processes that only wait.
READS_TIME = {"web/clock.py", "serving.py"}


def float_places(source: str) -> list[int]:
    """List lines with a float literal, a call of float, or a true division."""
    found = []
    for node in ast.walk(ast.parse(source)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        if literal or call:
            found.append(node.lineno)
    return found


def time_places(source: str) -> list[int]:
    """List lines that read the machine's time."""
    names = {"now", "utcnow", "today", "time", "time_ns", "localtime"}
    owners = {"datetime", "date", "time"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in owners
    ]


def test_no_float_stands_near_areas_money_or_the_law() -> None:
    paths = [path for package in EXACT for path in (APP / package).glob("**/*.py")]
    paths += list(APP.glob("*/rules.py"))
    assert len(paths) > 20
    assert {str(p.relative_to(APP)): f for p in paths if (f := float_places(p.read_text()))} == {}


def test_only_the_clock_reads_the_machines_time() -> None:
    broken = {}
    for path in APP.glob("**/*.py"):
        name = str(path.relative_to(APP))
        if name not in READS_TIME and not name.startswith(("verifier/", "demo/")) and (lines := time_places(path.read_text())):
            broken[name] = lines
    assert broken == {}


@pytest.mark.parametrize("planted", ["x = 0.5\n", "y = float('1')\n"])
def test_a_planted_float_is_caught(planted: str) -> None:
    assert float_places(planted)


def test_a_planted_clock_reading_is_caught() -> None:
    assert time_places("from datetime import datetime\nx = datetime.now()\n")
