"""Add a district, street, community or complex; names and slugs are unique in the database."""

from __future__ import annotations

import re

from sqlalchemy.exc import IntegrityError

from app.db.session import db
from app.errors import Malformed, RuleBroken
from app.tenancy.models import Community, Complex, District, Street

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class PlaceExists(RuleBroken):
    """Say that a place of this name stands there already."""

    code = "place_exists"


class SlugMalformed(Malformed):
    """Say that a complex's name in URLs has other characters than a-z, 0-9 and hyphens."""

    code = "slug_malformed"


def add_district(name: str) -> int:
    """Add a district and return its id."""
    return _add(District(name=name))


def add_street(district_id: int, name: str) -> int:
    """Add a street to a district and return its id."""
    return _add(Street(district_id=district_id, name=name))


def add_community(street_id: int, name: str, help_phone: str) -> int:
    """Add a community to a street and return its id."""
    return _add(Community(street_id=street_id, name=name, help_phone=help_phone))


def add_complex(community_id: int, slug: str, name: str, address: str) -> int:
    """Add a complex to a community and return its id.

    Raises: SlugMalformed, PlaceExists.
    """
    if not _SLUG.fullmatch(slug):
        raise SlugMalformed(slug=slug)
    return _add(Complex(community_id=community_id, slug=slug, name=name, address=address))


def _add(place: District | Street | Community | Complex) -> int:
    db.session.add(place)
    try:
        db.session.flush()
    except IntegrityError as problem:
        raise PlaceExists(name=place.name) from problem
    return place.id
