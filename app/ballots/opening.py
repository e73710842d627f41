"""Own the JSON that tells a trustee's page where the opening of a box stands.

It has the form of the key ceremony's state (elections), in which all rounds are over, with the phase ``decrypt``: the
weights and the address of the box, from which the page makes its own count, and the sums with which it compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.ballots.queries import box_size
from app.ballots.result import parts_given, parts_needed
from app.ballots.types import Contest
from app.ballots.weights import weights_of
from app.elections.queries import encrypted_tallies
from app.elections.types import ElectionState, TrusteeRow


def opening_state(contest: Contest, mine: TrusteeRow, *, urls: Mapping[str, str], csrf: str) -> dict[str, Any]:
    """Return the state for one trustee: ``waiting`` before the sums exist, ``decrypt``, then ``done`` once published.

    ``urls`` holds at least ``post`` and ``ballots``.
    """
    election, given = contest.row, parts_given(contest)
    state = {
        "phase": _phase(contest),
        "index": mine.index,
        "size": len(election.trustees),
        "threshold": parts_needed(contest),
        "election": {
            "uuid": election.uuid,
            "title": election.title,
            "raw": contest.definition.raw.decode(),
            "fingerprint": contest.definition.fingerprint,
        },
        "trustees": [_trustee(trustee, trustee.index in given) for trustee in election.trustees],
        "certs": [trustee.cert for trustee in election.trustees],
        "round2": [_round2(trustee, mine.index) for trustee in election.trustees],
        "verification_keys": [trustee.verification_key for trustee in election.trustees],
        "rehearsal": None,
        "urls": dict(urls),
        "csrf": csrf,
    }
    return {**state, "decrypt": _decrypt(contest, urls["ballots"])} if state["phase"] == "decrypt" else state


def _phase(contest: Contest) -> str:
    if contest.row.state is ElectionState.PUBLISHED:
        return "done"
    summed = contest.row.state is ElectionState.CLOSED and bool(encrypted_tallies(contest.row.id))
    return "decrypt" if summed else "waiting"


def _trustee(trustee: TrusteeRow, decrypted: bool) -> dict[str, Any]:
    return {
        "index": trustee.index,
        "name": trustee.organisation,
        "party": trustee.party.value,
        "round": 3,
        "rehearsed": True,
        "decrypted": decrypted,
    }


def _round2(trustee: TrusteeRow, recipient: int) -> dict[str, Any]:
    return {
        "coefexps": trustee.coefexps,
        "signature": trustee.certs_signature,
        "shares": [share for share in trustee.shares or () if share["to"] == recipient],
    }


def _decrypt(contest: Contest, ballots_url: str) -> dict[str, Any]:
    tallies = encrypted_tallies(contest.row.id)
    weights = sorted((str(public), weight) for public, weight in weights_of(contest.row).items())
    return {
        "weights": {
            "area": [[public, weight.area.centi] for public, weight in weights],
            "heads": [[public, weight.heads] for public, weight in weights],
        },
        "ballots_url": ballots_url,
        "expected": {
            "ballots": box_size(contest.row.id),
            "total_area": tallies["area"].total_weight,
            "total_heads": tallies["heads"].total_weight,
        },
    }
