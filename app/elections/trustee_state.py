"""Own the JSON that tells a trustee's page where the key ceremony stands and what others have given.

Another's second message is shown only when all have given theirs, and of the encrypted shares only those for this trustee.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.elections.ceremony import due_round, phase_of
from app.elections.types import THRESHOLD, TRUSTEES, ElectionRow, TrusteeRow


def trustee_state(election: ElectionRow, mine: TrusteeRow, urls: Mapping[str, str], csrf: str) -> dict[str, Any]:
    """Return the state for one trustee, up to the phase ``waiting``; the decryption has a page of its own."""
    due = due_round(election.trustees)
    test = election.rehearsal
    return {
        "phase": phase_of(election),
        "index": mine.index,
        "size": TRUSTEES,
        "threshold": THRESHOLD,
        "election": {
            "uuid": election.uuid,
            "title": election.title,
            "raw": None if election.definition is None else election.definition.decode(),
            "fingerprint": election.fingerprint,
        },
        "trustees": [
            {
                "index": trustee.index,
                "name": trustee.organisation,
                "party": trustee.party.value,
                "round": min(trustee.rounds_done, 3),
                "rehearsed": trustee.rehearsal is not None,
                "decrypted": False,
            }
            for trustee in election.trustees
        ],
        "certs": [trustee.cert for trustee in election.trustees] if due > 1 else [],
        "round2": [_round2(trustee, mine.index) for trustee in election.trustees] if due > 2 else [],
        "verification_keys": [trustee.verification_key for trustee in election.trustees] if due > 3 else [],
        "rehearsal": None if test is None else {"alpha": test.alpha, "beta": test.beta, "value": test.value},
        "urls": dict(urls),
        "csrf": csrf,
    }


def _round2(trustee: TrusteeRow, recipient: int) -> dict[str, Any]:
    return {
        "coefexps": trustee.coefexps,
        "signature": trustee.certs_signature,
        "shares": [share for share in trustee.shares or () if share["to"] == recipient],
    }
