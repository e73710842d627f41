"""Own the frozen rows of stored files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileRow:
    """Hold a stored file without its content."""

    id: int
    sha256: str
    purpose: str
    media_type: str
    name: str
    size: int
    public: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FileWithContent:
    """Hold a stored file with its content."""

    row: FileRow
    content: bytes = field(repr=False)
