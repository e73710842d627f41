"""Own the JSON that tells a trustee's page where the opening of a box stands.

It extends the state of the key ceremony by the phase ``decrypt``: the weights and the address of the box, from which the
page makes its own count, and the sums the server states, with which it compares.
"""

from __future__ import annotations

from typing import Any

from app.ballots.queries import box_size
from app.ballots.result import parts_given
from app.ballots.types import Contest
from app.ballots.weights import weights_of
from app.elections.queries import encrypted_tallies
from app.elections.trustee_state import trustee_state
from app.elections.types import ElectionState, TrusteeRow


def opening_state(contest: Contest, mine: TrusteeRow, *, post_url: str, ballots_url: str, csrf: str) -> dict[str, Any]:
    """Return the state for one trustee: ``waiting`` before the sums exist, ``decrypt``, then ``done`` once published."""
    election = contest.row
    state = trustee_state(election, mine, {"post": post_url}, csrf)
    given = parts_given(contest)
    for trustee in state["trustees"]:
        trustee["decrypted"] = trustee["index"] in given
    tallies = encrypted_tallies(election.id)
    if election.state is ElectionState.PUBLISHED:
        return {**state, "phase": "done"}
    if election.state is not ElectionState.CLOSED or not tallies:
        return {**state, "phase": "waiting"}
    weights = sorted((str(public), weight) for public, weight in weights_of(election).items())
    decrypt = {
        "weights": {
            "area": [[public, weight.area.centi] for public, weight in weights],
            "heads": [[public, weight.heads] for public, weight in weights],
        },
        "ballots_url": ballots_url,
        "expected": {
            "ballots": box_size(election.id),
            "total_area": tallies["area"].total_weight,
            "total_heads": tallies["heads"].total_weight,
        },
    }
    return {**state, "phase": "decrypt", "decrypt": decrypt}
