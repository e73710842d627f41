"""Own the frozen rows of places that other slices read."""

from __future__ import annotations

from dataclasses import dataclass

from app.access.roles import Scope


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


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Hold one place of any kind with the names of the places above it."""

    #: Kind of place.
    scope: Scope
    id: int
    name: str
    #: Place directly above; 0 for a district.
    parent_id: int
    #: Names above, widest first.
    above: tuple[str, ...]
    #: Telephone number of a community, slug of a complex; empty otherwise.
    detail: str = ""
