"""Own what a receipt leads to: the ballot's leaf of the public record, and its proof of inclusion under a signed checkpoint."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.ballots.queries import election_of_ballot
from app.ballots.types import BallotRow
from app.board.queries import latest_checkpoint, leaf_at, proof_of_inclusion
from app.board.types import CheckpointRow
from app.elections.types import ElectionRow
from app.errors import NotFound
from app.tlog.merkle import leaf_hash, verify_inclusion


@dataclass(frozen=True)
class Inclusion:
    """Hold a ballot of a box with its place on the public record."""

    ballot: BallotRow
    election: ElectionRow
    leaf: bytes
    #: The signed checkpoint that covers the leaf; None in the minute before one is signed.
    checkpoint: CheckpointRow | None
    proof: tuple[bytes, ...] = field(repr=False)

    @property
    def leaf_hash(self) -> bytes:
        """Return the RFC 6962 hash of the leaf."""
        return leaf_hash(self.leaf)


def inclusion_of(ballot: BallotRow) -> Inclusion:
    """Return a ballot's place on the record; the proof is checked before it is shown."""
    leaf = leaf_at(ballot.leaf_index).body
    checkpoint = _covering(ballot.leaf_index)
    proof: tuple[bytes, ...] = ()
    if checkpoint is not None:
        proof = proof_of_inclusion(ballot.leaf_index, checkpoint.tree_size)
        verify_inclusion(leaf_hash(leaf), ballot.leaf_index, checkpoint.tree_size, proof, checkpoint.root_hash)
    return Inclusion(ballot, election_of_ballot(ballot), leaf, checkpoint, proof)


def _covering(index: int) -> CheckpointRow | None:
    try:
        newest = latest_checkpoint()
    except NotFound:
        return None
    return newest if newest.tree_size > index else None
