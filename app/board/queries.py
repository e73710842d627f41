"""Own the reads of the public record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select

from app.board.models import BoardCheckpoint, BoardLeaf
from app.board.types import CheckpointRow, LeafRow
from app.db.session import db
from app.errors import NotFound
from app.tlog.merkle import inclusion_proof

_FOLDED_KINDS = ("ballot", "enrolled", "replaced")


def all_leaves() -> list[LeafRow]:
    """List every entry of the present complex in order."""
    return [_row(leaf) for leaf in db.session.scalars(select(BoardLeaf).order_by(BoardLeaf.leaf_index))]


def leaves_up_to(tree_size: int) -> list[bytes]:
    """List the exact bytes of the first entries, as many as the tree size says."""
    query = select(BoardLeaf.body).where(BoardLeaf.leaf_index < tree_size).order_by(BoardLeaf.leaf_index)
    return list(db.session.scalars(query))


def leaf_at(index: int) -> LeafRow:
    """Return one entry by its position.

    Raises: NotFound.
    """
    row = db.session.scalar(select(BoardLeaf).where(BoardLeaf.leaf_index == index))
    if row is None:
        raise NotFound("leaf_not_found", index=index)
    return _row(row)


def leaves_of_election(election_uuid: str, kinds: Collection[str]) -> list[LeafRow]:
    """List the entries of some kinds about one election, in order."""
    query = select(BoardLeaf).where(BoardLeaf.election_uuid == election_uuid, BoardLeaf.kind.in_(kinds))
    return [_row(leaf) for leaf in db.session.scalars(query.order_by(BoardLeaf.leaf_index))]


def leaves_page(*, everything: bool, election_uuid: str, offset: int, limit: int) -> list[LeafRow]:
    """List entries newest first; without ``everything`` single ballots and enrolments are left out."""
    query = _chosen(select(BoardLeaf), everything=everything, election_uuid=election_uuid)
    return [_row(leaf) for leaf in db.session.scalars(query.order_by(BoardLeaf.leaf_index.desc()).offset(offset).limit(limit))]


def count_leaves(*, everything: bool, election_uuid: str) -> int:
    """Count the entries that ``leaves_page`` pages through."""
    query = _chosen(select(func.count()).select_from(BoardLeaf), everything=everything, election_uuid=election_uuid)
    return db.session.scalar(query) or 0


def latest_checkpoint() -> CheckpointRow:
    """Return the newest signed checkpoint.

    Raises: NotFound when none was signed yet.
    """
    row = db.session.scalar(select(BoardCheckpoint).order_by(BoardCheckpoint.tree_size.desc()).limit(1))
    if row is None:
        raise NotFound("checkpoint_not_found")
    return CheckpointRow(row.tree_size, row.root_hash, row.note, row.at)


def first_checkpoint_over(index: int) -> CheckpointRow:
    """Return the oldest signed checkpoint that covers an entry; it never changes once it exists.

    Raises: NotFound.
    """
    query = select(BoardCheckpoint).where(BoardCheckpoint.tree_size > index).order_by(BoardCheckpoint.tree_size).limit(1)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound("checkpoint_not_found")
    return CheckpointRow(row.tree_size, row.root_hash, row.note, row.at)


def proof_of_inclusion(index: int, tree_size: int) -> tuple[bytes, ...]:
    """Prove that an entry is in the tree of a size.

    Raises: NotFound when the tree does not reach the entry.
    """
    query = select(BoardLeaf.leaf_hash).where(BoardLeaf.leaf_index < tree_size).order_by(BoardLeaf.leaf_index)
    hashes = list(db.session.scalars(query))
    if not 0 <= index < tree_size == len(hashes):
        raise NotFound("leaf_not_found", index=index)
    return inclusion_proof(hashes, index)


def _chosen(query: Select[Any], *, everything: bool, election_uuid: str) -> Select[Any]:
    if not everything:
        query = query.where(BoardLeaf.kind.not_in(_FOLDED_KINDS))
    return query.where(BoardLeaf.election_uuid == election_uuid) if election_uuid else query


def _row(leaf: BoardLeaf) -> LeafRow:
    return LeafRow(leaf.leaf_index, leaf.kind, leaf.election_uuid, leaf.body, leaf.at)
