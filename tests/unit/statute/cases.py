"""Build small cases for the statute's tests: uniform units, ballots in a row, and the count of both."""

from __future__ import annotations

from typing import Any

from app.statute.case_file import read_case
from app.statute.count import Outcome, count_matter

Document = dict[str, Any]


def flats(number: int, area: str = "100.00", prefix: str = "u") -> list[Document]:
    """Make units with one distinct owner each: u1, u2, ..."""
    return [{"unit": f"{prefix}-{i}", "area": area, "owners": [f"{prefix}{i}"]} for i in range(1, number + 1)]


def instant(minute: int) -> str:
    """Return the n-th minute of one voting day."""
    hours, minutes = divmod(minute, 60)
    return f"2027-05-{22 + hours // 24:02d}T{hours % 24:02d}:{minutes:02d}:00+08:00"


def ballot(owner: str, choice: object, minute: int = 0, channel: str = "electronic", **more: object) -> Document:
    """Make one ballot."""
    return {"owner": owner, "channel": channel, "at": instant(minute), "choice": choice, **more}


def votes(agree: int = 0, against: int = 0, abstain: int = 0, prefix: str = "u", start: int = 1) -> list[Document]:
    """Make ballots of consecutive owners: first those who agree, then against, then abstain."""
    choices = ["agree"] * agree + ["against"] * against + ["abstain"] * abstain
    return [ballot(f"{prefix}{i}", choice, i) for i, choice in enumerate(choices, start=start)]


def count(units: list[Document], ballots: list[Document], matter: str = "OTHER", **more: object) -> Outcome:
    """Read and count a case."""
    return count_matter(read_case({"matter": matter, "units": units, "ballots": ballots, **more}))


def verdict_of(units: list[Document], ballots: list[Document], matter: str = "OTHER", **more: object) -> str:
    """Return only the verdict of a case."""
    return str(count(units, ballots, matter, **more).verdict.verdict)


def reasons_of(outcome: Outcome) -> list[tuple[str, str]]:
    """Return who was ignored and why, in order."""
    return [(entry.owner, str(entry.reason)) for entry in outcome.ignored]
