"""Drive the outside tool ``belenios-tool`` 2.0 as a separate program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

#: The Debian package that provides the tool.
PACKAGE = "belenios-tool"


def require_tool() -> str:
    """Return the tool's path; without it fail under CI, and elsewhere skip with the reason."""
    path = shutil.which("belenios-tool")
    if path is not None:
        return path
    if os.environ.get("CI", "") not in ("", "0", "false"):
        pytest.fail(f"{PACKAGE} is not installed, and under CI nothing may be skipped")
    pytest.skip(f"interop: the Debian package {PACKAGE} is not installed")


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run one command of the tool in a folder and return its standard output."""
    done = subprocess.run([require_tool(), *arguments], cwd=folder, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, f"{' '.join(arguments)}: {done.stderr.decode()}"
    return done.stdout


def accepts(folder: Path, archive: bytes, uuid: str) -> bool:
    """Tell whether ``election verify`` accepts an archive."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{uuid}.bel").write_bytes(archive)
    command = [require_tool(), "election", "verify"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode == 0:
        assert b"all checks passed" in done.stderr
    return done.returncode == 0


@dataclass
class ToolElection:
    """Hold an election that the tool itself makes, in its folder (recipe of the tool's version 2.0)."""

    folder: Path
    uuid: str
    weights: tuple[int, ...]
    private: list[str]

    @property
    def archive(self) -> bytes:
        """Return the archive as it stands."""
        return (self.folder / f"{self.uuid}.bel").read_bytes()

    def vote(self, voter: int, choices: Sequence[Sequence[int]]) -> bytes:
        """Let one voter (from 0) make a ballot with the tool, and put it into the box."""
        (self.folder / "credential").write_text(self.private[voter])
        (self.folder / "choices.json").write_text(json.dumps(choices))
        ballot = run(self.folder, "election", "generate-ballot", "--privcred", "credential", "--ballot", "choices.json")
        self.add("Ballot", ballot)
        return ballot

    def add(self, event: str, content: bytes = b"") -> None:
        """Append an event to the archive."""
        run(self.folder, "archive", "add-event", f"--type={event}", stdin=content)

    def tally(self, deciders: Sequence[int]) -> None:
        """Close the box, decrypt with these trustees (from 1) and write the result."""
        self.add("EndBallots")
        self.add("EncryptedTally", run(self.folder, "election", "compute-encrypted-tally"))
        keys = _trustee_names(self.folder)
        for index in deciders:
            name = keys[index - 1]
            arguments = ("--key", f"{name}.key", "--decryption-key", f"{name}.dkey", "--trustee-id", str(index))
            self.add("PartialDecryption", run(self.folder, "election", "decrypt-threshold", *arguments))
        self.add("Result", run(self.folder, "election", "compute-result"))


def make_election(
    folder: Path, questions: list[dict[str, Any]], weights: Sequence[int], size: int, threshold: int
) -> ToolElection:
    """Set up an election with the tool alone: credentials, trustees, definition, empty archive."""
    uuid = run(folder, "setup", "generate-token", "--length", "14").decode().strip()
    voters = "".join(f"v{i}@example.org,v{i},{weight}\n" for i, weight in enumerate(weights))
    (folder / "voters.txt").write_text(voters)
    group = ("--group", "BELENIOS-2048")
    run(folder, "setup", "generate-credentials", "--uuid", uuid, *group, "--file", "voters.txt")
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    next(folder.glob("*.privcreds")).rename(folder / "private_creds.txt")
    private = dict(line.split(" ") for line in (folder / "private_creds.txt").read_text().splitlines())
    _make_trustees(folder, size, threshold)
    template = {
        "description": "描述",
        "name": "业主大会",
        "questions": questions,
        "administrator": "A",
        "credential_authority": "C",
    }
    (folder / "template.json").write_text(json.dumps(template, ensure_ascii=False))
    run(folder, "setup", "make-election", "--uuid", uuid, *group, "--template", "template.json")
    run(folder, "archive", "init")
    return ToolElection(folder, uuid, tuple(weights), [private[line] for line in voters.splitlines()])


def _make_trustees(folder: Path, size: int, threshold: int) -> None:
    step = ("setup", "generate-trustee-key-threshold", "--group", "BELENIOS-2048")
    for _ in range(size):
        run(folder, *step, "--step", "1")
    names = sorted(path.stem for path in folder.glob("*.cert"))
    _join(folder, "certs.jsons", [(folder / f"{name}.cert").read_bytes() for name in names])
    with_certs = (*step, "--certs", "certs.jsons")
    run(folder, *with_certs, "--step", "2")
    third = [run(folder, *with_certs, "--key", f"{n}.key", "--step", "3", "--threshold", str(threshold)) for n in names]
    _join(folder, "polynomials.jsons", third)
    run(folder, *with_certs, "--step", "4", "--polynomials", "polynomials.jsons")
    outputs = [
        run(folder, *with_certs, "--key", f"{n}.key", "--step", "5", stdin=(folder / f"{n}.vinput").read_bytes()) for n in names
    ]
    joined = run(folder, *with_certs, "--step", "6", "--polynomials", "polynomials.jsons", stdin=b"".join(outputs))
    (folder / "threshold.json").write_bytes(joined)
    (folder / "public_keys.jsons").touch()
    run(folder, "setup", "make-trustees")


def _join(folder: Path, name: str, parts: list[bytes]) -> None:
    (folder / name).write_bytes(b"".join(parts))


def _trustee_names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.cert"))
