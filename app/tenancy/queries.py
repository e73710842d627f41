"""Own the reads of places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Select, literal, select

from app.access.roles import Scope
from app.db.session import db
from app.errors import NotFound
from app.tenancy.models import Community, Complex, District, Street
from app.tenancy.types import ComplexRow, PlaceRow


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


def all_places() -> list[PlaceRow]:
    """List every place as a tree walked from the top: each directly under the one it belongs to, by name."""
    below: dict[tuple[Scope, int], list[PlaceRow]] = {}
    for scope, parent_scope, query in _levels():
        for place_id, name, parent_id, detail in db.session.execute(query):
            below.setdefault((parent_scope, parent_id), []).append(PlaceRow(scope, place_id, name, parent_id, (), detail))
    return _walk(below, (Scope.PLATFORM, 0), ())


def _levels() -> list[tuple[Scope, Scope, Any]]:
    return [
        (Scope.DISTRICT, Scope.PLATFORM, select(District.id, District.name, literal(0), literal("")).order_by(District.name)),
        (Scope.STREET, Scope.DISTRICT, select(Street.id, Street.name, Street.district_id, literal("")).order_by(Street.name)),
        (
            Scope.COMMUNITY,
            Scope.STREET,
            select(Community.id, Community.name, Community.street_id, Community.help_phone).order_by(Community.name),
        ),
        (
            Scope.COMPLEX,
            Scope.COMMUNITY,
            select(Complex.id, Complex.name, Complex.community_id, Complex.slug).order_by(Complex.name),
        ),
    ]


def _walk(below: dict[tuple[Scope, int], list[PlaceRow]], parent: tuple[Scope, int], above: tuple[str, ...]) -> list[PlaceRow]:
    found: list[PlaceRow] = []
    for row in below.get(parent, []):
        found.append(replace(row, above=above))
        found += _walk(below, (row.scope, row.id), (*above, row.name))
    return found
