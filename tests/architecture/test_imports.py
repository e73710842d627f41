"""Hold the house to its import rules, with planted violations that must be caught."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
#: What one slice may take from another (app/README.md, who may import whom).
OPEN_TO_OTHERS = {"services", "queries", "types", "errors", "events", "labels", "rules"}
SLICES = {
    *("audit", "tenancy", "identity", "outbox", "documents", "board", "roll", "committee", "rulebook"),
    *("elections", "ballots", "procedure"),
}
#: Modules of a slice that are its public face without being one of the five kinds, with the reason.
EXCEPTIONS = {
    "app.identity.login": "who is signed in is asked by every slice's views",
    "app.identity.phones": "the form of a telephone number is the same on the roll and at sign-in",
    "app.documents.papers": "papers are plain values; the slices that know the facts fill them",
    "app.documents.printing": "a filled paper is typeset where it is asked for, without a database",
    "app.documents.preview": "every slice that prints shows its papers before",
    "app.documents.filing": "the slice that files puts its papers into one pack",
    "app.roll.doors": "a door is read the same wherever people write one",
    "app.roll.live": "who owns what today is the same for papers, petitions and votes",
    "app.roll.signers": "signatures are counted on the live roll as votes are",
    "app.elections.readiness": "the procedure that leads to a vote asks what it still lacks",
    "app.elections.desk_tasks": "the desk of a complex shows the tasks of its votes beside those of its procedures",
    "app.ballots.turnout": "the page of a procedure shows who came, as the vote's own pages do",
    "app.ballots.result": "the papers of a procedure print the result that was published",
    "app.ballots.result_page": "the papers of a procedure print the result as its page shows it",
    "app.identity.demo_accounts": "the demonstration writes the list that the sign-in page shows",
}
PURE_MODULES = {"rules.py", "policies.py"}
WEB_NAMES = {"request", "session", "g", "current_user"}


def imported_modules(source: str) -> set[str]:
    """List the modules a source text imports, with ``from x import y`` as x and x.y."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def foreign_insides(slice_name: str, source: str) -> set[str]:
    """List what a slice's source takes from the inside of other slices."""
    taken = set()
    for module in imported_modules(source):
        parts = module.split(".")
        if len(parts) < 3 or parts[0] != "app" or parts[1] not in SLICES or parts[1] == slice_name:
            continue
        if parts[2] not in OPEN_TO_OTHERS and not parts[2].endswith("_queries") and ".".join(parts[:3]) not in EXCEPTIONS:
            taken.add(module)
    return taken


def framework_imports(source: str) -> set[str]:
    """List web and database modules a source imports."""
    return {
        name for name in imported_modules(source) if name.split(".")[0] in {"flask", "flask_login", "flask_babel", "sqlalchemy"}
    }


def request_bound_names(source: str) -> set[str]:
    """List names bound to the request that a source imports from the web framework."""
    taken = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in {"flask", "flask_login"}:
            taken |= WEB_NAMES & {alias.name for alias in node.names}
    return taken


def functions_with_imports(source: str) -> list[str]:
    """List functions that import inside their body."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and any(isinstance(child, ast.Import | ast.ImportFrom) for child in ast.walk(node))
    ]


def sources(pattern: str = "**/*.py") -> list[Path]:
    found = sorted(APP.glob(pattern))
    assert len(found) > 0
    return found


def test_slices_take_only_the_public_face_of_others() -> None:
    broken = {}
    for path in sources():
        name = path.relative_to(APP).parts[0]
        if name in SLICES:
            taken = foreign_insides(name, path.read_text())
            if taken:
                broken[str(path.relative_to(APP))] = taken
    assert broken == {}


def test_rules_and_policies_know_no_framework() -> None:
    broken = {str(p): framework_imports(p.read_text()) for p in sources() if p.name in PURE_MODULES}
    assert broken
    assert {path: names for path, names in broken.items() if names} == {}


def test_services_know_no_request() -> None:
    services = [path for path in sources() if "services" in path.parts]
    assert len(services) > 10
    assert {str(p): n for p in services if (n := request_bound_names(p.read_text()))} == {}


def test_imports_stand_at_the_top_outside_the_assembly_and_commands() -> None:
    allowed = {"__init__.py", "cli.py", "serving.py"}
    broken = {
        str(p.relative_to(APP)): f for p in sources() if p.name not in allowed and (f := functions_with_imports(p.read_text()))
    }
    assert broken == {}


#: ``commit`` as a name of its own: not on_commit, commitment, committed, committee.
_COMMIT = re.compile(r"(?<![A-Za-z_])commit(?![a-z])")


def test_services_never_commit() -> None:
    #: Sending is its own unit of work after the commit that queued the message; casting verifies before it takes the lock.
    allowed = {"send_waiting.py"}
    broken = [
        str(path.relative_to(APP))
        for path in sources()
        if "services" in path.parts and path.name not in allowed and _COMMIT.search(path.read_text().split('"""', 2)[-1])
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("checker", "planted"),
    [
        (lambda source: foreign_insides("ballots", source), "from app.roll.models import Unit\n"),
        (framework_imports, "from flask import request\n"),
        (request_bound_names, "from flask import request\n"),
        (functions_with_imports, "def f():\n    import os\n"),
    ],
)
def test_a_planted_violation_is_caught(checker, planted) -> None:  # type: ignore[no-untyped-def]
    assert checker(planted)
