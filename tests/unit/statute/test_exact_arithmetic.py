"""Check that no float comes near areas, heads or shares: no float literal, no float(), no true division."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parents[3] / "app"
SOURCES = sorted(path for package in ("values", "statute") for path in (APP / package).rglob("*.py"))


def inexact(source: str) -> list[str]:
    """Return what in a source could produce a float, with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append(f"{node.lineno}: literal {node.value}")
        if isinstance(node, ast.Name) and node.id in {"float", "complex"}:
            found.append(f"{node.lineno}: {node.id}")
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            found.append(f"{node.lineno}: /")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
            found.append(f"{node.lineno}: round")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            found += [f"{node.lineno}: {name}" for name in names if name in {"math", "statistics"}]
    return found


def thresholds(source: str) -> list[str]:
    """Return fractions written into the code; those of the law stand in the packs."""
    found = []
    for node in ast.walk(ast.parse(source)):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if called == "Fraction" and isinstance(node, ast.Call):
            literal = [arg for arg in node.args if isinstance(arg, ast.Constant)]
            found += [f"{node.lineno}: Fraction" for _ in literal[:1]]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_source_is_exact(path: Path) -> None:
    assert inexact(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    ["x = 0.5", "x = float('1')", "x = 1 / 3", "x /= 2", "x = round(y)", "import math", "from statistics import mean"],
)
def test_planted_float_is_caught(planted: str) -> None:
    assert len(inexact(planted)) == 1


def test_thresholds_stand_in_the_packs_only() -> None:
    """The one fraction in the code chooses the word 过半数; it decides nothing."""
    found = {path.name: thresholds(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: len(places) for name, places in found.items() if places} == {"explain.py": 1}
    assert thresholds("x = Fraction(2, 3)") == ["1: Fraction"]
