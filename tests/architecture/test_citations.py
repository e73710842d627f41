"""Hold every text of the repository to citing only what is in it, so that a reader can follow each citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("app", "tests", "templates", "migrations")
SUFFIXES = {".py", ".md", ".html", ".js", ".css", ".toml", ".json", ".txt", ".mako", ".svg", ".sh", ".ini", ".po"}
NOT_OURS = {"vendor", "node_modules", "__pycache__"}

#: A Markdown file as a text names it; ``*.md`` in a pattern of files is no name.
DOCUMENT = re.compile(r"(?<![\w*/.-])[\w/.-]+\.md\b")
#: What nobody who has only the repository can follow.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.}/-])/(?:work|tmp|root|home)/\w"),
    "a text outside the repository": re.compile(r"\b[Ii]ssue \d+\b|\blaw notes\b"),
    "a package registry": re.compile(
        r"\b(?:pypi|pythonhosted|npmjs|crates|rubygems|docker|proxy\.golang|deb\.debian)\.(?:org|com|io)\b"
    ),
}


def texts() -> Iterator[Path]:
    """Name every text file of the repository that people write; third-party files and the planted words below apart."""
    yield from sorted(ROOT.glob("*.md"))
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and not NOT_OURS & set(path.parts) and path != Path(__file__):
                yield path


def places(path: Path, name: str, root: Path) -> Iterator[Path]:
    """Name where a cited document may lie: below the root or beside the citing file; a bare name in a package is its own."""
    yield path.parent / name
    inside = path.relative_to(root).parts
    if "/" in name or inside[0] != "app":
        yield root / name
    else:
        yield root.joinpath(*inside[:2]) / name


def lost_citations(path: Path, text: str, root: Path = ROOT) -> list[str]:
    """List the documents a text cites that do not exist."""
    return [name for name in DOCUMENT.findall(text) if not any(place.is_file() for place in places(path, name, root))]


def forbidden_words(text: str) -> list[str]:
    """List what a text names that a reader of the repository could not look up."""
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_every_cited_document_exists() -> None:
    found = list(texts())
    assert len(found) > 400
    lost = {str(path.relative_to(ROOT)): names for path in found if (names := lost_citations(path, path.read_text("utf-8")))}
    assert lost == {}


def test_no_text_names_what_a_reader_cannot_follow() -> None:
    held = {str(path.relative_to(ROOT)): words for path in texts() if (words := forbidden_words(path.read_text("utf-8")))}
    assert held == {}


@pytest.mark.parametrize("name", ["protocol", "design/law", "app/identity/NOWHERE", "../crypto/NOWHERE", "./ux"])
def test_a_planted_citation_is_caught(name: str) -> None:
    cited = f"{name}.md"
    assert lost_citations(ROOT / "app" / "crypto" / "planted.py", f"Source: ``{cited}`` 3.") == [cited]


def test_a_package_is_not_described_by_the_readme_of_the_whole(tmp_path: Path) -> None:
    (tmp_path / "app" / "planted" / "views").mkdir(parents=True)
    (tmp_path / "README.md").write_text("whole")
    module, deeper = tmp_path / "app" / "planted" / "__init__.py", tmp_path / "app" / "planted" / "views" / "pages.py"
    assert lost_citations(module, "See README.md.", tmp_path) == ["README.md"]
    (tmp_path / "app" / "planted" / "README.md").write_text("package")
    assert lost_citations(module, "See README.md.", tmp_path) == []
    assert lost_citations(deeper, "See README.md.", tmp_path) == []


@pytest.mark.parametrize("cited", ["app/crypto/PROTOCOL.md", "PROTOCOL.md", "../statute/LAW.md", "app/README.md"])
def test_a_citation_that_exists_passes(cited: str) -> None:
    assert lost_citations(ROOT / "app" / "crypto" / "planted.py", f"Source: {cited} 3.") == []


@pytest.mark.parametrize(
    "planted",
    [
        "see /work/somewhere/cases",
        "as `/tmp/notes.txt` says",
        "asked for in issue 2 section 3",
        "Issue 4",
        "from https://files.pythonhosted.org/x",
        "from registry.npmjs.org",
        "pypi.org",
    ],
)
def test_a_planted_word_is_caught(planted: str) -> None:
    assert len(forbidden_words(planted)) == 1
