"""Own who may enrol and cast for a voter, and who may look at what: pure functions of actor and object.

Source: P-COOWNER (Guidance Rules 25; app/statute/LAW.md 3.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.ballots.errors import CoownerSpeaks, EntitlementHeld, NotNominee
from app.elections.errors import NotATrustee
from app.elections.types import TrusteeRow
from app.roll.types import Entitlement


def require_may_vote(entitlement: Entitlement, policies: Mapping[str, str], speaker_id: int | None) -> None:
    """Refuse a person who may not speak for the voter.

    ``speaker_id`` is the person who cast first, if anyone did. Under ``void`` electronic voting follows ``first_ballot``:
    the box holds one ballot per voter, so co-owners cannot differ in it.
    Raises: EntitlementHeld, NotNominee, CoownerSpeaks.
    """
    if entitlement.holds is not None:
        raise EntitlementHeld(reason=entitlement.holds)
    if entitlement.co_owner_count > 1 and policies["P-COOWNER"] == "nominee_only" and not entitlement.is_nominee:
        raise NotNominee(voter=entitlement.voter_number)
    if speaker_id is not None and speaker_id != entitlement.person_id:
        raise CoownerSpeaks(voter=entitlement.voter_number)


def require_trustee(account_id: int, trustees: Sequence[TrusteeRow]) -> TrusteeRow:
    """Return the trustee an account acts for.

    Raises: NotATrustee.
    """
    for trustee in trustees:
        if trustee.account_id == account_id:
            return trustee
    raise NotATrustee(account=account_id)
