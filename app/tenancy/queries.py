"""Own the reads of places."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Select, select

from app.db.session import db
from app.errors import NotFound
from app.tenancy.models import Community, Complex, District, Street
from app.tenancy.types import ComplexRow


def complex_by_slug(slug: str) -> ComplexRow:
    """Find a complex by its name in URLs.

    Raises: NotFound.
    """
    row = db.session.execute(_complexes().where(Complex.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("complex_not_found", slug=slug)
    return ComplexRow(*row)


def complex_by_id(complex_id: int) -> ComplexRow:
    """Find a complex by its id.

    Raises: NotFound.
    """
    row = db.session.execute(_complexes().where(Complex.id == complex_id)).one_or_none()
    if row is None:
        raise NotFound("complex_not_found", id=complex_id)
    return ComplexRow(*row)


def all_complexes() -> list[ComplexRow]:
    """List every complex by district, street, community and name."""
    order = (District.name, Street.name, Community.name, Complex.name)
    return [ComplexRow(*row) for row in db.session.execute(_complexes().order_by(*order))]


def _complexes() -> Select[Any]:
    query: Any = (
        select(
            Complex.id,
            Complex.slug,
            Complex.name,
            Complex.address,
            Community.help_phone,
            Community.id,
            Community.name,
            Street.id,
            Street.name,
            District.id,
            District.name,
        )
        .join(Community, Complex.community_id == Community.id)
        .join(Street, Community.street_id == Street.id)
        .join(District, Street.district_id == District.id)
    )
    return cast("Select[Any]", query)
