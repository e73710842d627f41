"""Own what a petition says and how far it reaches: its lines, who asks, its reasons, the member's reply and its time.

Pure. Sources: 指导规则 21, 44 (a fifth of area and heads, or a third of the members), P-20; the time to reply is a default.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.procedure.types import Dossier, SignatureState
from app.statute.calendar import days_after
from app.statute.findings import Condition
from app.statute.petition import petition_conditions
from app.statute.policies import Policies

#: Longest reasons and longest reply: both stand on the ballot, side by side.
STATEMENT_LIMIT = 130
#: Most lines taken at once.
LINES_LIMIT = 2000

_PARTS = re.compile(r"[\s,、;|]+")
#: What a part of a door has and a name has not.
_DOOR_MARK = re.compile(r"\d|(?:单元|栋|幢|座|室|号|户|门)$")


@dataclass(frozen=True, slots=True)
class SignatureCounts:
    """Hold how many lines of a petition stand in each state."""

    counted: int
    unknown_door: int
    not_an_owner: int
    withdrawn: int


def read_signature_lines(text: str) -> list[tuple[str, str]]:
    """Read a pasted list, one door a line with the signer's name behind or before it or without, as pairs of door and name."""
    lines = unicodedata.normalize("NFKC", text).splitlines()[:LINES_LIMIT]
    return [_read_line(parts) for line in lines if (parts := [part for part in _PARTS.split(line.strip()) if part])]


def _read_line(parts: list[str]) -> tuple[str, str]:
    if len(parts) > 1 and _DOOR_MARK.search(parts[-1]) is None:
        return " ".join(parts[:-1]), parts[-1]
    if len(parts) > 1 and _DOOR_MARK.search(parts[0]) is None:
        return " ".join(parts[1:]), parts[0]
    return " ".join(parts), ""


def is_asked_by_members(dossier: Dossier) -> bool:
    """Say whether members of the committee ask, so that no signatures are counted."""
    fact = dossier.facts.get("petition")
    return fact is not None and fact.details.get("by") == "members"


def statement_of(dossier: Dossier, kind: str) -> str:
    """Return the newest statement of a kind, ``reasons`` or ``reply``; empty where there is none."""
    return next((row.text for row in reversed(dossier.statements) if row.kind == kind), "")


def reply_until(dossier: Dossier) -> date | None:
    """Return the last day for the reply of the member concerned; None before the petition is checked."""
    checked = dossier.facts.get("petition_check")
    if checked is None:
        return None
    return days_after(checked.done_on, dossier.pack.number("reply_days"))


def conditions_of(dossier: Dossier) -> tuple[Condition, ...]:
    """Return what the signatures must reach on the live roll; empty where members ask."""
    if dossier.petition is None or is_asked_by_members(dossier):
        return ()
    pack = dossier.pack
    return petition_conditions(dossier.petition.signed, dossier.petition.totals, Policies(), pack)


def counts_of(dossier: Dossier) -> SignatureCounts:
    """Count the lines of the petition by what became of them."""
    states: Sequence[SignatureState] = [row.state for row in dossier.signatures]
    return SignatureCounts(*(states.count(state) for state in SignatureState))
