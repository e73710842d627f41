"""Own who may claim: pure functions of the actor. Reading and managing the roll are permissions of the role table."""

from __future__ import annotations

from app.access.actor import Actor
from app.roll.errors import ClaimByStaff


def require_owner_account(actor: Actor) -> int:
    """Return the account of an owner who may claim.

    Staff accounts work with the roll and have no telephone of their own in it, so they never speak for an owner.
    Raises: ClaimByStaff.
    """
    if actor.is_staff or actor.account_id is None:
        raise ClaimByStaff()
    return actor.account_id
