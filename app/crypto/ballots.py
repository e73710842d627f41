"""Own the public face of ballots: make one, read one, verify one.

Source: Belenios specification 1.x, "Ballot". The parts live in ``ballot_format``, ``claims``, ``casting`` and
``ballot_check``.
"""

from __future__ import annotations

from app.crypto.ballot_check import require_distinct, verify_ballot
from app.crypto.ballot_format import Answer, Ballot, Commitments, parse_ballot
from app.crypto.casting import create_ballot
from app.crypto.proofs import Ciphertext, Proof

__all__ = [
    "Answer",
    "Ballot",
    "Ciphertext",
    "Commitments",
    "Proof",
    "create_ballot",
    "parse_ballot",
    "require_distinct",
    "verify_ballot",
]
