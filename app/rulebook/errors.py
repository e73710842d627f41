"""Own what can be wrong with a change of the own rules."""

from __future__ import annotations

from app.errors import Malformed, NotFound, RuleBroken
from app.statute.own_rules import Refusal


class ChangeNotFound(NotFound):
    """Say that the complex has no such change."""

    code = "rule_change_not_found"


class ChangeRefused(Malformed):
    """Say that own rules cannot change this, or not like this; the refusal holds the sentence."""

    code = "rule_change_refused"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(reason=refusal.code, part=refusal.part)
        self.refusal = refusal


class SecondPersonNeeded(RuleBroken):
    """Say that who proposed a change cannot confirm it."""

    code = "rule_change_needs_second_person"


class ChangeSettled(RuleBroken):
    """Say that a change was confirmed or withdrawn already."""

    code = "rule_change_settled"


class ReasonMissing(Malformed):
    """Say that a change is withdrawn only with a reason."""

    code = "rule_change_reason_missing"
