"""Own the writing of the two archives of one election: same definition, trustees and ballots, two weight maps.

Source: app/crypto/PROTOCOL.md 6 (Two weight maps). The web application passes the bytes it stored; nothing is serialised anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.crypto.archive import ArchiveWriter
from app.statute.weight import Measure


@dataclass(frozen=True)
class MeasureParts:
    """Hold what differs between the two archives, as bytes of the archive format.

    ``num_tallied`` counts the credentials that voted (replaced ones too), ``total_weight`` adds up their weights.
    """

    credentials: bytes
    encrypted_tally: bytes
    num_tallied: int
    total_weight: int
    #: (trustee index from 1, bytes), in the order of the record.
    partial_decryptions: Sequence[tuple[int, bytes]]
    result: bytes


@dataclass(frozen=True)
class ClosedElection:
    """Hold a decrypted election; ``timestamp`` in Unix seconds stands in every archive entry."""

    timestamp: int
    election: bytes
    trustees: bytes
    ballots: Sequence[bytes]
    measures: Mapping[Measure, MeasureParts]


def archive_bytes(closed: ClosedElection, measure: Measure) -> bytes:
    """Return the ``.bel`` archive of one weight map."""
    parts = closed.measures[measure]
    writer = ArchiveWriter(closed.timestamp)
    writer.setup(closed.election, closed.trustees, parts.credentials)
    for ballot in closed.ballots:
        writer.ballot(ballot)
    writer.end_ballots()
    writer.encrypted_tally(parts.encrypted_tally, num_tallied=parts.num_tallied, total_weight=parts.total_weight)
    for owner, payload in parts.partial_decryptions:
        writer.partial_decryption(owner, payload)
    writer.result(parts.result)
    return writer.getvalue()
