"""Own the frozen rows of the public record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class LeafRow:
    """Hold one entry of the public record."""

    index: int
    kind: str
    election_uuid: str
    body: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """Hold a signed statement of the record's size and root."""

    tree_size: int
    root_hash: bytes
    note: str
    at: datetime


LeafBody = dict[str, Any]
