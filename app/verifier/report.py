"""Own the report of a verification: one result per check id, the verdict, and both of its forms (JSON and sentences).

Source: app/verifier/README.md (ids), app/README.md "Commands" (output of ``yeyi verify``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.errors import DomainError, VerificationFailed
from app.statute.languages import Bilingual
from app.verifier.errors import Inconsistent, NotLookedAt
from app.verifier.record import Record


@dataclass(frozen=True)
class Seen:
    """Hold what a passed check saw: how many things, and a sentence; ``checked`` zero means that nothing was due."""

    checked: int
    zh: str
    en: str


@dataclass(frozen=True)
class Check:
    """Hold one named check: ``look`` returns what it saw, or raises what is wrong.

    A check that ``waits`` needs the outcome of the box; the others are done while the box is examined.
    """

    id: str
    title: Bilingual
    look: Callable[[Record], Seen]
    waits: bool = False


@dataclass(frozen=True)
class CheckResult:
    """Hold the outcome of one check; a failed one with ``checked`` zero could not look at all."""

    id: str
    title: Bilingual
    passed: bool
    checked: int
    detail: Bilingual

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return one entry of ``checks``."""
        return {
            "id": self.id,
            "title": self.title.say(lang),
            "passed": self.passed,
            "checked": self.checked,
            "detail": self.detail.say(lang),
        }


@dataclass(frozen=True)
class Report:
    """Hold the outcome of a whole verification."""

    checks: tuple[CheckResult, ...]
    #: The legal result as in result.json once it is confirmed, else empty.
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def consistent(self) -> bool:
        """Tell whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def failed(self) -> list[str]:
        """Return the ids of checks that found something wrong (not those that could not look)."""
        return [check.id for check in self.checks if not check.passed and check.checked]

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """Return the JSON document of ``yeyi verify``."""
        return {
            "verdict": "consistent" if self.consistent else "inconsistent",
            "checks": [check.to_json(lang) for check in self.checks],
            "result": self.result,
        }


def perform(check: Check, record: Record) -> CheckResult:
    """Run one check and turn whatever it raises of the domain into a failed result."""
    try:
        seen = check.look(record)
    except Inconsistent as wrong:
        return CheckResult(check.id, check.title, False, max(1, wrong.checked), Bilingual(wrong.zh, wrong.en))
    except NotLookedAt as missing:
        zh, en = f"无法核对：{missing.zh}", f"Could not look: {missing.en}"
        return CheckResult(check.id, check.title, False, 0, Bilingual(zh, en))
    except VerificationFailed as wrong:
        return CheckResult(check.id, check.title, False, 1, Bilingual(f"不成立：{wrong}。", f"Not true: {wrong}."))
    except DomainError as error:
        zh, en = (
            f"无法核对：记录的某部分不可用（{error}）。",
            f"Could not look: a part of the record is unusable ({error}).",
        )
        return CheckResult(check.id, check.title, False, 0, Bilingual(zh, en))
    return CheckResult(check.id, check.title, True, seen.checked, Bilingual(seen.zh, seen.en))
