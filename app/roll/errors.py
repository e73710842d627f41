"""Own the errors of the roll: files that are not rolls, files that are not clean, and doors nobody can read."""

from __future__ import annotations

from app.errors import Malformed, RuleBroken
from app.roll.types import Handling, Problem


class RollFileRefused(Malformed):
    """Say that a file cannot be read as a roll at all, with one plain sentence in both languages."""

    code = "roll_file_refused"

    def __init__(self, code: str, message_zh: str, message_en: str, **values: object) -> None:
        super().__init__(code, **values)
        self.message_zh = message_zh
        self.message_en = message_en


class RollNotClean(RuleBroken):
    """Say that a file is a roll, but rows of it need a person's decision before anything may be stored."""

    code = "roll_not_clean"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        waiting = tuple(item for item in problems if item.handling is Handling.MUST_RESOLVE)
        super().__init__(count=len(waiting))
        self.problems = waiting


class DoorUnreadable(Malformed):
    """Say that a text does not name one door."""

    code = "door_unreadable"


class SnapshotRefused(RuleBroken):
    """Say that a roll cannot be frozen as it stands."""

    code = "snapshot_refused"
