"""Own which matters an outgoing committee may no longer bring before the owners.

Source: P-RESTRICT, after 《上海市住宅物业管理规定》 28: once the renewal group is formed, the old committee calls no vote on
hiring or dismissing the company, on fees, on major works or on other major matters. What stays is the running of the
assembly itself: its rules, its covenant and the election.
"""

from __future__ import annotations

from app.statute.rule_pack import Matter

#: Matters of Civil Code 278 that wait for the new committee.
RESTRICTED_MATTERS = frozenset(
    {Matter.HIRE, Matter.FUND_USE, Matter.FUND_RAISE, Matter.REBUILD, Matter.COMMON_USE, Matter.OTHER}
)


def is_restricted(matter: Matter, restrict: str) -> bool:
    """Say whether a caretaker committee may not bring the matter; ``restrict`` is the value of P-RESTRICT."""
    return restrict == "on" and matter in RESTRICTED_MATTERS
