"""Own the reads of the public record."""

from __future__ import annotations

from sqlalchemy import func, select

from app.board.models import BoardCheckpoint, BoardLeaf
from app.board.types import CheckpointRow, LeafRow
from app.db.session import db
from app.errors import NotFound
from app.tlog.merkle import inclusion_proof


def all_leaves() -> list[LeafRow]:
    """List every entry of the present complex in order."""
    return [_row(leaf) for leaf in db.session.scalars(select(BoardLeaf).order_by(BoardLeaf.leaf_index))]


def newest_leaves(limit: int, *, before: int | None = None) -> list[LeafRow]:
    """List the newest entries, newest first; ``before`` is an index to page on from."""
    query = select(BoardLeaf).order_by(BoardLeaf.leaf_index.desc()).limit(limit)
    if before is not None:
        query = query.where(BoardLeaf.leaf_index < before)
    return [_row(leaf) for leaf in db.session.scalars(query)]


def leaf_count() -> int:
    """Count the entries of the present complex."""
    return db.session.scalar(select(func.count()).select_from(BoardLeaf)) or 0


def latest_checkpoint() -> CheckpointRow:
    """Return the newest signed checkpoint.

    Raises: NotFound when none was signed yet.
    """
    row = db.session.scalar(select(BoardCheckpoint).order_by(BoardCheckpoint.tree_size.desc()).limit(1))
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


def _row(leaf: BoardLeaf) -> LeafRow:
    return LeafRow(leaf.leaf_index, leaf.kind, leaf.election_uuid, leaf.body, leaf.at)
