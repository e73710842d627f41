"""Own the errors of the roll: files that are not rolls, files that are not clean, doors nobody can read, claims."""

from __future__ import annotations

from app.errors import Malformed, PermissionRefused, RuleBroken
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


class ImportDecided(RuleBroken):
    """Say that this upload was refused or confirmed already."""

    code = "import_decided"


class DeveloperUnanswered(Malformed):
    """Say that nobody has answered who the developer is."""

    code = "developer_unanswered"


class DoorUnreadable(Malformed):
    """Say that a text does not name one door."""

    code = "door_unreadable"


class ClaimByStaff(PermissionRefused):
    """Say that a staff account cannot claim a flat: owners sign in with their telephone."""

    code = "claim_by_staff"


class ClaimLapsed(RuleBroken):
    """Say that the confirmation of a claim came too late or from another account."""

    code = "claim_lapsed"


class BindingDecided(RuleBroken):
    """Say that a claim is not waiting for this decision any more."""

    code = "binding_decided"


class SnapshotRefused(RuleBroken):
    """Say that a roll cannot be frozen as it stands."""

    code = "snapshot_refused"


class ScopeUnknown(RuleBroken):
    """Say that a building which is to decide is not on the roll, or nothing in it counts; values: buildings."""

    code = "scope_unknown"
