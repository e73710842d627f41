"""Choose the policies of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from app.elections.services.load_election import locked_draft
from app.elections.types import complete_policies
from app.rulebook.queries import overlay_in_force


def choose_policies(uuid: str, given: Mapping[str, str]) -> None:
    """Set every policy of a draft; what is not given takes what the complex's own rules fix, or the default.

    Raises: ElectionNotFound, ElectionFrozen, Malformed for an unknown key or value.
    """
    locked_draft(uuid).policies = dict(complete_policies({**overlay_in_force().policies, **given}))
