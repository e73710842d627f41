"""Append one entry to the public record of the present complex, in the present unit of work.

The head row is locked first, so that entries of a complex are written one after the other on both engines.
"""

from __future__ import annotations

from datetime import datetime

import rfc8785
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.board.models import BoardHead, BoardLeaf
from app.board.types import LeafBody, LeafRow
from app.db.session import current_tenant_id, db
from app.tlog.merkle import Frontier, leaf_hash
from app.values.clock import CHINA


def append_entry(kind: str, body: LeafBody, *, at: datetime, election_uuid: str = "") -> LeafRow:
    """Write an entry of a kind; ``type`` and ``at`` are added to the body. Never pass personal data.

    Returns the entry with its index in the log.
    """
    head = _locked_head()
    frontier = Frontier.from_bytes(head.frontier)
    stamped = {**body, "type": kind, "at": at.astimezone(CHINA).isoformat(timespec="seconds")}
    raw = rfc8785.dumps(stamped)
    digest = leaf_hash(raw)
    row = LeafRow(index=frontier.size, kind=kind, election_uuid=election_uuid, body=raw, at=at)
    db.session.add(BoardLeaf(leaf_index=row.index, kind=kind, election_uuid=election_uuid, body=raw, leaf_hash=digest, at=at))
    grown = frontier.append(digest)
    head.tree_size = grown.size
    head.frontier = grown.to_bytes()
    db.session.flush()
    return row


def _locked_head() -> BoardHead:
    query = select(BoardHead).with_for_update().execution_options(populate_existing=True)
    head = db.session.scalar(query)
    if head is None:
        _begin_record()
        head = db.session.scalars(query).one()
    return head


def _begin_record() -> None:
    """Write the head of an empty record, unless another writer has just done so: then that one counts."""
    try:
        with db.session.begin_nested():
            db.session.add(BoardHead(tenant_id=current_tenant_id(), tree_size=0, frontier=Frontier().to_bytes()))
    except IntegrityError:
        return
