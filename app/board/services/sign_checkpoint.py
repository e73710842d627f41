"""Sign the present state of a complex's public record, once per tree size."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.board.models import BoardCheckpoint, BoardHead
from app.board.services.keys import log_signing_key
from app.board.types import CheckpointRow
from app.db.session import db
from app.tlog.checkpoints import Checkpoint
from app.tlog.checkpoints import sign_checkpoint as sign
from app.tlog.merkle import Frontier


def sign_checkpoint(slug: str, *, at: datetime) -> CheckpointRow:
    """Return the checkpoint of the present tree, signing it when this size has none yet.

    The head row is locked, so that of two signers the second finds what the first has signed.
    """
    head = db.session.scalar(select(BoardHead).with_for_update().execution_options(populate_existing=True))
    frontier = Frontier.from_bytes(head.frontier) if head else Frontier()
    kept = db.session.scalar(select(BoardCheckpoint).where(BoardCheckpoint.tree_size == frontier.size))
    if kept is None:
        key = log_signing_key(slug)
        note = sign(Checkpoint.of(key.name, frontier), key).decode()
        kept = BoardCheckpoint(tree_size=frontier.size, root_hash=frontier.root(), note=note, at=at)
        db.session.add(kept)
        db.session.flush()
    return CheckpointRow(kept.tree_size, kept.root_hash, kept.note, kept.at)
