"""Own who weighs what in an election: derived from the frozen roll and the leaves, exactly as the verifier derives it.

Source: app/crypto/PROTOCOL.md 6 (Two weight maps). The leaves decide, so the published credential lists cannot differ from what
the verifier computes.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.board.queries import leaves_of_election
from app.crypto.bigint import mpz
from app.crypto.group import Element
from app.elections.types import ElectionRow
from app.roll.queries import get_snapshot
from app.statute.weight import Measure, Weight
from app.verifier.enrolment import derive_enrolment
from app.verifier.leaves import parse_leaf
from app.verifier.roll import Roll

_KINDS = ("enrolled", "replaced")


def frozen_roll(election: ElectionRow) -> Roll:
    """Return the roll an announced election uses."""
    if election.snapshot_id is None:
        raise LookupError("a draft has no roll")
    return Roll.parse(get_snapshot(election.snapshot_id).body)


def weights_of(election: ElectionRow) -> dict[Element, Weight]:
    """Map every credential with a leaf to its weight; zero for replaced ones."""
    leaves = [parse_leaf(leaf.body, "leaf") for leaf in leaves_of_election(election.uuid, _KINDS)]
    derived = derive_enrolment(leaves).weights(frozen_roll(election))
    return {mpz(int(public)): weight for public, weight in derived.items()}


def measure_of(weights: Mapping[Element, Weight], measure: Measure) -> dict[Element, int]:
    """Return one of the two weight maps as integers: 0.01 m2, or heads."""
    return {public: weight[measure] for public, weight in weights.items()}
