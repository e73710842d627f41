"""Write the ballot box's leaves of the public record, in the shapes of ``app.verifier.leaves``; none names a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.board.services.append_entry import append_entry
from app.board.types import LeafRow


def write_enrolled(uuid: str, voter: int, credential: str, proof: Mapping[str, Any], *, at: datetime) -> LeafRow:
    """Bind a voter number to its first credential."""
    body = {"election": uuid, "voter": voter, "credential": credential, "proof": dict(proof)}
    return append_entry("enrolled", body, at=at, election_uuid=uuid)


def write_replaced(uuid: str, voter: int, old: str, new: str, proof: Mapping[str, Any], *, at: datetime) -> LeafRow:
    """Set the weight of a voter's old credential to zero in favour of a new one."""
    body = {"election": uuid, "voter": voter, "old": old, "new": new, "proof": dict(proof)}
    return append_entry("replaced", body, at=at, election_uuid=uuid)


def write_ballot(uuid: str, tracker: str, credential: str, number: int, *, at: datetime) -> LeafRow:
    """Bind a ballot to its place in the box."""
    body = {"election": uuid, "tracker": tracker, "credential": credential, "n": number}
    return append_entry("ballot", body, at=at, election_uuid=uuid)


def write_closed(uuid: str, ballots: int, effective: int, *, at: datetime) -> LeafRow:
    """Say how many ballots the closed box holds and how many voters' ballots count."""
    body = {"election": uuid, "ballots": ballots, "effective": effective}
    return append_entry("closed", body, at=at, election_uuid=uuid)


def write_tally(uuid: str, area: str, heads: str, *, at: datetime) -> LeafRow:
    """Bind both encrypted sums by the SHA-256 of their bytes."""
    return append_entry("tally", {"election": uuid, "area": area, "heads": heads}, at=at, election_uuid=uuid)


def write_partial(uuid: str, index: int, area: str, heads: str, *, at: datetime) -> LeafRow:
    """Bind one trustee's parts of both decryptions by the SHA-256 of their bytes."""
    body = {"election": uuid, "index": index, "area": area, "heads": heads}
    return append_entry("partial_decryption", body, at=at, election_uuid=uuid)


def write_result(uuid: str, sha256: str, *, at: datetime) -> LeafRow:
    """Bind result.json by its SHA-256."""
    return append_entry("result", {"election": uuid, "sha256": sha256}, at=at, election_uuid=uuid)
