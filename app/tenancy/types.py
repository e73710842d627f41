"""Own the frozen rows of places that other slices read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComplexRow:
    """Hold a complex with the names of the places above it."""

    id: int
    slug: str
    name: str
    address: str
    help_phone: str
    community_id: int
    community_name: str
    street_id: int
    street_name: str
    district_id: int
    district_name: str
